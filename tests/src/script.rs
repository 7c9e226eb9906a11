//! One case as its two sides know it, step by step, to be played against a server that may be gone at any moment: what is
//! in doubt is sent again as it was.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use protocol::authorization::Authorization;
use protocol::case::{Acknowledgement, CaseView, NewMessage, Proof, Submission, Written};
use protocol::chain;
use protocol::desk::NewEvent;
use protocol::hash::sha256_hex;
use protocol::identity;
use protocol::keyfile::KeyFile;
use protocol::paper::{LEAST_PLAIN, PartKept};
use protocol::proof::{self, Subject};
use protocol::receipt;
use protocol::routes::Route;
use protocol::signed::{OwnersAct, sign_owner};
use reqwest::{Client, RequestBuilder, Response};
use serde::de::DeserializeOwned;

use crate::api::token;
use crate::applicant::{Applicant, NO_HEAD, proved};
use crate::clock::now;
use crate::papers::{Sheet, Sheets};
use crate::portal::PROOF_BITS;

/// Steps of a script: the letter, its papers (each of one part), a message of its owner, a reply of the office.
pub const STEPS: usize = 5;
/// Which steps bring papers; every other is an event of the case.
const PAPERS: Range<usize> = 1..3;

/// Against whom scripts are played.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The office's key.
    pub key: KeyFile,
    /// Origin of the server.
    pub origin: String,
    /// What sends the requests.
    pub client: Client,
}

/// One case, and what the server has acknowledged of it.
#[derive(Clone, Debug)]
pub struct Script {
    submission: Submission,
    token: String,
    papers: Vec<Sheet>,
    message: NewMessage,
    reply: Option<NewEvent>,
    /// What acknowledged each step: the hash of its event, or the address of its paper.
    done: Vec<String>,
}

/// An answer, or none: the server is gone.
type Answered<T> = Option<T>;

impl Script {
    /// A case with a look-up id and a token of its own and somebody else's letter and keys: only the server sees it.
    ///
    /// # Errors
    /// When the machine has no random numbers.
    pub fn like(other: &Applicant) -> Result<Self> {
        let letter = &other.submission;
        let random = || -> Result<String> { Ok(data_encoding::HEXLOWER.encode(&identity::random::<32>()?)) };
        let (token, lookup) = (random()?, random()?);
        let lookup = lookup.get(..letter.lookup.len()).context("a look-up id is shorter")?.to_owned();
        let token_hash = receipt::token_hash(&token).context("64 hexadecimal digits are a token")?;
        let (office, envelope) = (letter.office.clone(), letter.envelope.clone());
        let id = "message-of-the-owner".to_owned();
        let subject = Subject::message(&office, &lookup, &id, &envelope);
        let proof = proof::search(&subject, now(), PROOF_BITS);
        let hash = sha256_hex(envelope.as_bytes());
        let (seen, at, envelope_hash) = (NO_HEAD, now(), Some(hash.as_str()));
        let act = OwnersAct { office: &office, lookup: &lookup, seen, at, envelope_hash };
        let signed = Some(sign_owner(&other.keys.signing, &act));
        let sheets = Sheets::photographs(&[LEAST_PLAIN / 2; PAPERS.end - PAPERS.start])?;
        let (papers, proof_of_none) = (sheets.announced(), Proof { stamp: 0, nonce: 0 });
        let submission = Submission { lookup, token_hash, papers, proof: proof_of_none, ..letter.clone() };
        let message = NewMessage { id, envelope, signed, papers: Vec::new(), proof };
        let (submission, papers) = (proved(submission), sheets.all);
        Ok(Self { submission, token, papers, message, reply: None, done: Vec::new() })
    }

    /// As it was when only these steps had been acknowledged: hashes of events, addresses of papers.
    #[must_use]
    pub fn as_of(&self, known: &BTreeSet<String>) -> Self {
        let done = self.done.iter().take_while(|step| known.contains(*step)).cloned().collect();
        Self { done, ..self.clone() }
    }

    /// Its look-up id.
    pub fn lookup(&self) -> &str {
        &self.submission.lookup
    }

    /// Whether every step was acknowledged.
    pub fn is_through(&self) -> bool {
        self.done.len() == STEPS
    }

    /// How many steps were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.done.len()
    }

    /// Plays on until it is through; `false`: the server went away.
    ///
    /// # Errors
    /// When the server refuses a step.
    pub async fn play(&mut self, stage: &Stage) -> Result<bool> {
        while !self.is_through() {
            let done = match self.done.len() {
                0 => self.submit(stage).await?,
                step if PAPERS.contains(&step) => self.enclose(stage, step - PAPERS.start).await?,
                step if step == PAPERS.end => self.write(stage).await?,
                _ => self.answer(stage).await?,
            };
            let Some(done) = done else { return Ok(false) };
            self.done.push(done);
        }
        Ok(true)
    }

    async fn submit(&self, stage: &Stage) -> Result<Answered<String>> {
        let url = stage.url(Route::Submit { office: &self.submission.office });
        let told = answer::<Acknowledgement>(stage.client.post(url).json(&self.submission)).await?;
        Ok(told.map(|acknowledgement| acknowledgement.head))
    }

    async fn enclose(&self, stage: &Stage, number: usize) -> Result<Answered<String>> {
        let sheet = self.papers.get(number).context("a paper for each step")?;
        let url = stage.url(Route::SendPart { lookup: self.lookup(), paper: &sheet.paper.id, part: "0" });
        let request = stage.client.post(url).header("authorization", self.receipt());
        let request = request.header("content-type", "application/octet-stream").body(sheet.sealed.clone());
        let Some(kept) = answer::<PartKept>(request).await? else { return Ok(None) };
        ensure!(kept.whole && kept.part == 0, "a paper of one part is not whole: {kept:?}");
        Ok(Some(kept.paper))
    }

    async fn write(&self, stage: &Stage) -> Result<Answered<String>> {
        let url = stage.url(Route::Message { lookup: self.lookup() });
        let request = stage.client.post(url).header("authorization", self.receipt());
        Ok(answer::<Written>(request.json(&self.message)).await?.map(|written| written.head))
    }

    async fn answer(&mut self, stage: &Stage) -> Result<Answered<String>> {
        let path = Route::Act { office: &self.submission.office, lookup: self.lookup() }.to_path();
        let reply = self.reply.take().unwrap_or_else(|| self.first_reply(stage));
        let body = serde_json::to_vec(&reply)?;
        self.reply = Some(reply);
        let request = stage.client.post(format!("{}{path}", stage.origin));
        let request = request.header("authorization", token(&stage.key, "POST", &path, &body));
        let request = request.header("content-type", "application/json").body(body);
        Ok(answer::<Written>(request).await?.map(|written| written.head))
    }

    fn first_reply(&self, stage: &Stage) -> NewEvent {
        let event = NewEvent {
            id: "reply-of-the-office".to_owned(),
            expected_head: self.done.last().cloned().unwrap_or_default(),
            stage: None,
            on: None,
            envelope: Some(self.message.envelope.clone()),
            ..NewEvent::default()
        };
        event.signed_by(&stage.key, self.lookup(), now())
    }

    /// Looks at the case: what was acknowledged is there, once and in its place, and of the rest at most the step that
    /// was under way.
    ///
    /// # Errors
    /// When anything is lost, doubled or altered.
    pub async fn check(&self, stage: &Stage) -> Result<()> {
        let answer = self.ask(stage, Route::View { lookup: self.lookup() }).await?;
        let status = answer.status();
        if self.done.is_empty() && status.as_u16() == 404 {
            return Ok(());
        }
        let text = answer.text().await?;
        ensure!(status.is_success(), "{} with {} steps: {status} {text}", self.lookup(), self.done.len());
        let view: CaseView = serde_json::from_str(&text)?;
        let told = self.done.iter().enumerate().filter(|(step, _)| !PAPERS.contains(step));
        let heads: Vec<&String> = told.map(|(_, head)| head).collect();
        let under_way = usize::from(!PAPERS.contains(&self.done.len()));
        let (steps, events) = (heads.len(), view.events.len());
        ensure!((steps..=steps + under_way).contains(&events), "{steps} events acknowledged, {events} there");
        for (event, head) in view.events.iter().zip(heads) {
            ensure!(event.hash == *head, "event {} is another than was acknowledged", event.seq);
        }
        ensure!(chain::verify(&view.lookup, &view.events, &view.head).is_ok(), "the history does not hold");
        for sheet in self.papers.iter().filter(|sheet| self.done.contains(&sheet.paper.id)) {
            let route = Route::OwnPart { lookup: self.lookup(), paper: &sheet.paper.id, part: "0" };
            let answer = self.ask(stage, route).await?;
            ensure!(answer.status().is_success(), "a paper that was acknowledged: {}", answer.status());
            ensure!(answer.bytes().await? == sheet.sealed, "a paper is another than was acknowledged");
        }
        Ok(())
    }

    async fn ask(&self, stage: &Stage, route: Route<'_>) -> Result<Response> {
        Ok(stage.client.get(stage.url(route)).header("authorization", self.receipt()).send().await?)
    }

    fn receipt(&self) -> String {
        Authorization::Receipt(self.token.clone()).header()
    }
}

impl Stage {
    fn url(&self, route: Route<'_>) -> String {
        format!("{}{}", self.origin, route.to_path())
    }
}

/// The answer; none where the connection broke, before or in the middle of it.
async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<Answered<T>> {
    let Ok(answer) = request.send().await else { return Ok(None) };
    let status = answer.status();
    let Ok(text) = answer.text().await else { return Ok(None) };
    ensure!(status.is_success(), "{status}: {text}");
    Ok(Some(serde_json::from_str(&text)?))
}
