//! Parts of papers, in and out: each asked for alone.

use data_encoding::BASE64;
use protocol::{
    challenge::Sort,
    error::{ErrorCode, Problem},
    limits::READ_PAPER_BYTES,
    paper::PartKept,
};

use super::{Case, failed, unreadable};
use crate::{
    case::{
        file::CaseFile,
        papers::{By, PapersAnswer, PapersAsk, PapersCall, Registered},
        shelf,
    },
    office::{OfficeAsk, admission::PaperAdmission},
    worker_shell::now,
};

/// A part that wants to be kept.
struct Coming {
    paper: String,
    part: u32,
    bytes: Vec<u8>,
}

/// What is to be done with it.
enum Verdict {
    /// It is there.
    Again(Registered),
    /// It may come.
    Takes(u64, Registered),
}

impl Case {
    pub(super) async fn papers(&self, call: PapersCall) -> Result<PapersAnswer, Problem> {
        let file = self.asked(&call.by)?;
        let sql = self.state.storage().sql();
        match call.ask {
            PapersAsk::List => shelf::list(&sql).map(PapersAnswer::List).map_err(unreadable),
            PapersAsk::Read { paper, part } => {
                let by_owner = matches!(call.by, By::Receipt(_));
                if by_owner {
                    self.reading_papers.is_open(now(), READ_PAPER_BYTES)?;
                }
                let (n, _) = shelf::find(&sql, &paper).map_err(unreadable)?.ok_or(ErrorCode::UnknownPaper)?;
                let bytes =
                    shelf::part(&sql, (n, part)).map_err(unreadable)?.ok_or(ErrorCode::PartMissing)?;
                if by_owner {
                    self.reading_papers.count(bytes.len());
                }
                Ok(PapersAnswer::Part(BASE64.encode(&bytes)))
            }
            PapersAsk::Keep { paper, part, bytes, most } => {
                let bytes = BASE64.decode(bytes.as_bytes()).map_err(|_| ErrorCode::Internal)?;
                let coming = Coming { paper, part, bytes };
                self.keep(&file, &call.by, coming, most).await.map(PapersAnswer::Kept)
            }
        }
    }

    async fn keep(&self, file: &CaseFile, by: &By, coming: Coming, most: u64) -> Result<PartKept, Problem> {
        if let Verdict::Takes(_, Registered { begun: false, announced, .. }) = self.judge(file, &coming)?
            && !file.by_ticket
        {
            let admission = PaperAdmission { sort: Sort::of(file.kind), bytes: announced.bytes, most };
            self.office(&file.list(), OfficeAsk::AdmitPaper(admission)).await?;
        }
        // Much may have happened while the office was asked.
        let file = self.asked(by)?;
        let whole = match self.judge(&file, &coming)? {
            Verdict::Again(registered) => registered.whole,
            Verdict::Takes(n, registered) => {
                let sql = self.state.storage().sql();
                let unwritten = |_| failed("a paper could not be written");
                shelf::keep(&sql, (n, coming.part), coming.bytes).map_err(unwritten)?;
                match shelf::complete(&sql, n, &registered.announced).map_err(unwritten)? {
                    Some(false) => return Err(ErrorCode::PaperAltered.into()),
                    whole => whole.is_some(),
                }
            }
        };
        Ok(PartKept { paper: coming.paper, part: coming.part, whole })
    }

    fn judge(&self, file: &CaseFile, coming: &Coming) -> Result<Verdict, Problem> {
        file.takes_papers()?;
        let sql = self.state.storage().sql();
        let found = shelf::find(&sql, &coming.paper).map_err(unreadable)?;
        let (n, registered) = found.ok_or(ErrorCode::UnknownPaper)?;
        match shelf::has(&sql, (n, coming.part), &coming.bytes).map_err(unreadable)? {
            Some(true) => Ok(Verdict::Again(registered)),
            Some(false) => Err(ErrorCode::PartDiffers.into()),
            None => {
                registered.takes(coming.part, &coming.bytes, now())?;
                Ok(Verdict::Takes(n, registered))
            }
        }
    }

    /// The case, where it is there and whoever asks may.
    fn asked(&self, by: &By) -> Result<CaseFile, Problem> {
        let file = self.load()?.ok_or(ErrorCode::UnknownCase)?;
        file.admits(by)?;
        Ok(file)
    }
}
