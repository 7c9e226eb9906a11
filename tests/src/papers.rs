//! A letter with papers, natively: sealed as the pages do it, announced, sent in parts.

use anyhow::{Context, Result, ensure};
use protocol::hash::sha256_hex;
use protocol::identity;
use protocol::letter::Letter;
use protocol::limits::PART_BYTES;
use protocol::paper::{Announced, CasePapers, Enclosures, Media, Paper, PartKept, Removed};
use protocol::receipt::{self, ReceiptCode};
use protocol::routes::Route;
use protocol::seal;
use reqwest::RequestBuilder;

use crate::api::{self, Api, ok};
use crate::applicant::{Applicant, Server};
use crate::officer::Officer;
use crate::portal::Portal;

/// One paper, sealed.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it says in its letter.
    pub paper: Paper,
    /// Its content.
    pub content: Vec<u8>,
    /// The age file.
    pub sealed: Vec<u8>,
}

/// Papers of one letter.
#[derive(Clone, Debug)]
pub struct Sheets {
    /// `AGE-SECRET-KEY-1…`.
    pub key: String,
    /// Each.
    pub all: Vec<Sheet>,
}

/// A photograph as good as any of so many bytes: nobody but its reader looks further than where it begins.
pub fn photograph(bytes: usize, seed: u8) -> Vec<u8> {
    let mut content = vec![0xff, 0xd8, 0xff, 0xe0];
    let mut state = u32::from(seed) | 1;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    content.extend(noise.take(bytes.saturating_sub(4)));
    content
}

/// A picture that every browser shows, of so many pixels.
///
/// # Errors
/// When it cannot be encoded.
pub fn picture((width, height): (u32, u32)) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    let mut encoder = png::Encoder::new(&mut content, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let pixels: Vec<u8> =
        (0..height).flat_map(|y| (0..width).map(move |x| (x ^ y).to_le_bytes()[0])).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(content)
}

impl Sheets {
    /// Seals contents with a key of their own.
    ///
    /// # Errors
    /// When the machine has no random numbers.
    pub fn seal(contents: &[(&str, Media, Vec<u8>)]) -> Result<Self> {
        let (key, recipient) = identity::drawn()?;
        let sheet = |(name, media, content): &(&str, Media, Vec<u8>)| {
            let sealed = seal::seal_paper(&recipient, content.clone())?;
            let (id, bytes) = (sha256_hex(&sealed), content.len() as u64);
            let (wanted, removed) = (Some("id_card".to_owned()), vec![Removed::Place]);
            let paper = Paper { id, name: (*name).to_owned(), wanted, media: *media, bytes, removed };
            anyhow::Ok(Sheet { paper, content: content.clone(), sealed })
        };
        let all = contents.iter().map(sheet).collect::<Result<_>>()?;
        Ok(Self { key, all })
    }

    /// Photographs of these sizes.
    ///
    /// # Errors
    /// When the machine has no random numbers.
    pub fn photographs(sizes: &[usize]) -> Result<Self> {
        let named = |(seed, size): (u8, &usize)| ("测试照片", Media::Jpeg, photograph(*size, seed));
        Self::seal(&(0..).zip(sizes).map(named).collect::<Vec<_>>())
    }

    /// What stands in the letter.
    pub fn enclosures(&self) -> Enclosures {
        let papers = self.all.iter().map(|sheet| sheet.paper.clone()).collect();
        Enclosures { key: self.key.clone(), papers }
    }

    /// What is said in the open.
    pub fn announced(&self) -> Vec<Announced> {
        self.all.iter().map(Sheet::announced).collect()
    }

    /// Somebody who sends a tip-off with them.
    ///
    /// # Errors
    /// When the machine has no memory for the derivation.
    pub fn sender(&self, server: &Server, office: &str) -> Result<Applicant> {
        let said = ("测试小区", "测试内容");
        Applicant::enclosing(server, office, said, Some(self.enclosures()), self.announced())
    }
}

impl Sheet {
    /// What is said of it in the open.
    pub fn announced(&self) -> Announced {
        Announced { id: self.paper.id.clone(), bytes: self.sealed.len() as u64 }
    }

    /// Its parts, in their order.
    pub fn parts(&self) -> impl Iterator<Item = (u32, &[u8])> {
        (0..).zip(self.sealed.chunks(PART_BYTES))
    }

    /// Sends every part.
    ///
    /// # Errors
    /// When one is refused.
    pub async fn send(&self, api: &Api<'_>, sender: &Applicant) -> Result<PartKept> {
        let mut last = None;
        for (part, bytes) in self.parts() {
            last = Some(ok::<PartKept>(send_part(api, sender, &self.paper.id, part, bytes)).await?);
        }
        last.context("a paper without parts")
    }
}

/// Sends a part.
pub fn send_part(api: &Api<'_>, sender: &Applicant, paper: &str, part: u32, bytes: &[u8]) -> RequestBuilder {
    let part = part.to_string();
    let route = Route::SendPart { lookup: &sender.keys.lookup, paper, part: &part };
    api.post_bytes(&route.to_path(), bytes).header("authorization", api::receipt(sender))
}

/// Asks for a part of one's own.
pub fn own_part(api: &Api<'_>, sender: &Applicant, paper: &str, part: u32) -> RequestBuilder {
    let part = part.to_string();
    let route = Route::OwnPart { lookup: &sender.keys.lookup, paper, part: &part };
    api.get(&route.to_path()).header("authorization", api::receipt(sender))
}

/// What has come, as the owner sees it.
///
/// # Errors
/// When the server refuses.
pub async fn standing(api: &Api<'_>, sender: &Applicant) -> Result<CasePapers> {
    let path = Route::Papers { lookup: &sender.keys.lookup }.to_path();
    ok(api.get(&path).header("authorization", api::receipt(sender))).await
}

/// What an office opens of the papers of its one case, with what the letter says of each.
///
/// # Errors
/// When the case or one of them does not come, or does not open.
pub async fn at_the_office(
    portal: &Portal,
    office: &str,
    code: &ReceiptCode,
) -> Result<Vec<(Paper, Vec<u8>)>> {
    let (officer, key) = (Officer::of(portal, office)?, portal.key(office)?);
    officer.inbox_of(1).await?;
    let lookup = receipt::derive(code)?.lookup;
    let case = officer.case(&lookup).await?;
    let letter = Letter::parse(&seal::open_envelope(&key.identity, &case.envelope)?)?;
    let enclosures = letter.enclosures().context("no papers in the letter")?;
    let mut opened = Vec::new();
    for paper in &enclosures.papers {
        let mut sealed = Vec::new();
        for part in 0_u32.. {
            let number = part.to_string();
            let route = Route::OpenPart { office, lookup: &lookup, paper: &paper.id, part: &number };
            let answer = Api::of(portal).signed_get(key, &route.to_path()).send().await?;
            ensure!(answer.status().is_success(), "part {part}: {}", answer.text().await?);
            let bytes = answer.bytes().await?;
            sealed.extend_from_slice(&bytes);
            if bytes.len() < PART_BYTES {
                break;
            }
        }
        opened.push((paper.clone(), seal::open_paper(&enclosures.key, &sealed, paper.bytes)?));
    }
    Ok(opened)
}
