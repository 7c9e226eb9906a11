//! Someone who submits without a browser: the same wire types, derivation and sealing, natively.

use anyhow::{Context, Result, ensure};
use data_encoding::HEXLOWER;
use protocol::CaseKind;
use protocol::addressee::Addressee;
use protocol::authorization::Authorization;
use protocol::case::{Acknowledgement, CaseView, Messages, Proof, Submission, Withdrawal};
use protocol::hash::sha256_hex;
use protocol::letter::{Letter, Misuse, Spot, TipOff};
use protocol::paper::{Announced, Enclosures};
use protocol::proof::{self, Subject};
use protocol::query::Onward;
use protocol::receipt::{self, ReceiptCode, ReceiptKeys};
use protocol::routes::{Route, with_query};
use protocol::signed::{OwnersAct, Signed, sign_owner};
use protocol::{identity, seal};
use reqwest::{Client, StatusCode};
use serde::de::DeserializeOwned;

use crate::clock::now;
use crate::described;
use crate::portal::{PROOF_BITS, Portal};

/// The head of no case at all.
pub const NO_HEAD: &str = protocol::chain::AUDIT_START;

/// Where somebody submits: all that the pages are told of it.
#[derive(Clone, Debug)]
pub struct Server {
    /// Origin, without a slash at the end.
    pub origin: String,
    /// The office's age recipient.
    pub recipient: String,
    /// Leading zero bits of the proof of work.
    pub proof_bits: u32,
}

impl Server {
    /// A portal, for whose office mail is sealed to somebody.
    pub fn of(portal: &Portal, recipient: &str) -> Self {
        Self { origin: portal.url(""), recipient: recipient.to_owned(), proof_bits: PROOF_BITS }
    }
}

/// A submission with its proof of work, made at a time in Unix seconds.
pub fn proved_at(at: u64, bits: u32, submission: Submission) -> Submission {
    Submission { proof: proof::search(&Subject::submission(&submission), at, bits), ..submission }
}

/// Whether work done for something else counts here by chance, as one in `2^bits` does: a test of refusals draws again.
pub fn counts_by_chance(subject: &Subject, proof: Proof, bits: u32) -> bool {
    proof::verify(subject, proof, bits, now()).is_ok()
}

/// A submission with a proof of now.
pub fn proved(submission: Submission) -> Submission {
    proved_at(now(), PROOF_BITS, submission)
}

/// A letter of nothing, from nobody, with the envelope of another: without a proof.
///
/// # Errors
/// When the machine has no random bytes to give.
pub fn junk(first: &Submission, kind: CaseKind) -> Result<Submission> {
    let (lookup, token) = (identity::random::<16>()?, identity::random::<32>()?);
    let (lookup, token_hash) = (HEXLOWER.encode(&lookup), HEXLOWER.encode(&token));
    Ok(Submission { kind, lookup, token_hash, ..first.clone() })
}

/// A sender with a receipt, and what was prepared to be sent.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// The receipt code.
    pub code: ReceiptCode,
    /// What follows from the receipt code.
    pub keys: ReceiptKeys,
    /// Ready to send, as often as wanted.
    pub submission: Submission,
    client: Client,
    origin: String,
}

impl Applicant {
    /// Prepares an anonymous tip-off to an office.
    ///
    /// # Errors
    /// When the office has no key here, or the machine no memory for the derivation.
    pub fn with_tip_off(portal: &Portal, office: &str, place: &str, text: &str) -> Result<Self> {
        Self::sealed_to(portal, office, &portal.key(office)?.recipient, place, text)
    }

    /// Prepares a tip-off to an office, sealed to whomever: what the office cannot open is noise to it.
    ///
    /// # Errors
    /// When the machine has no memory for the derivation.
    pub fn sealed_to(
        portal: &Portal,
        office: &str,
        recipient: &str,
        place: &str,
        text: &str,
    ) -> Result<Self> {
        Self::of(&Server::of(portal, recipient), office, place, text)
    }

    /// Prepares an anonymous tip-off to an office anywhere.
    ///
    /// # Errors
    /// When the machine has no memory for the derivation.
    pub fn of(server: &Server, office: &str, place: &str, text: &str) -> Result<Self> {
        Self::enclosing(server, office, (place, text), None, Vec::new())
    }

    /// Prepares an anonymous tip-off with papers, and announces some, which may be others.
    ///
    /// # Errors
    /// When the machine has no memory for the derivation.
    pub fn enclosing(
        server: &Server,
        office: &str,
        (place, text): (&str, &str),
        enclosures: Option<Enclosures>,
        papers: Vec<Announced>,
    ) -> Result<Self> {
        let code = ReceiptCode::from_entropy(identity::random::<16>()?);
        let keys = receipt::derive(&code)?;
        let letter = Letter::TipOff(TipOff {
            document: office.to_owned(),
            what: Misuse::Sublet,
            breach: String::new(),
            informant: None,
            no_questions: false,
            place: place.to_owned(),
            spot: Spot::default(),
            since: String::new(),
            how_known: String::new(),
            text: text.to_owned(),
            on: "2026-11-20".parse()?,
            reply_to: keys.recipient.clone(),
            owner_key: keys.owner_key.clone(),
            addressee: Addressee::Office,
            enclosures,
        });
        let envelope = seal::seal_envelope(&[&server.recipient], &letter.to_padded())?;
        let submission = Submission {
            office: office.to_owned(),
            kind: CaseKind::TipOff,
            lookup: keys.lookup.clone(),
            token_hash: receipt::token_hash(&keys.token).context("a derived token is well formed")?,
            reply_to: keys.recipient.clone(),
            envelope,
            owner_key: keys.owner_key.clone(),
            addressee: Addressee::Office,
            ticket: None,
            papers,
            proof: Proof { stamp: 0, nonce: 0 },
        };
        let submission = proved_at(now(), server.proof_bits, submission);
        // A connection kept open would not outlive the server, and a test ends the server.
        let client = Client::builder().pool_max_idle_per_host(0).build()?;
        Ok(Self { code, keys, submission, client, origin: server.origin.clone() })
    }

    /// The same sender at another origin.
    #[must_use]
    pub fn at(self, origin: &str) -> Self {
        Self { origin: origin.to_owned(), ..self }
    }

    /// Sends it, and reads the acknowledgement.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn submit(&self) -> Result<(StatusCode, Acknowledgement)> {
        let route = Route::Submit { office: &self.submission.office };
        let url = format!("{}{}", self.origin, route.to_path());
        let answer = self.client.post(url).json(&self.submission).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "{status}: {text}");
        described::taken(&route, &serde_json::to_vec(&self.submission)?)?;
        described::given(&route, status.as_u16(), text.as_bytes())?;
        Ok((status, serde_json::from_str(&text)?))
    }

    /// Looks the case up with the receipt.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn view(&self) -> Result<CaseView> {
        let mut view: CaseView = self.read(Route::View { lookup: &self.keys.lookup }, 0).await?;
        while let Some(from) = view.next() {
            view = view.with_more(self.read(Route::View { lookup: &self.keys.lookup }, from).await?);
            ensure!(view.next() != Some(from), "nothing comes from {from} on");
        }
        Ok(view)
    }

    /// Looks the case up with the receipt, and fetches what was written.
    ///
    /// # Errors
    /// When the server refuses, or keeps a message back.
    pub async fn whole(&self) -> Result<CaseView> {
        let mut view = self.view().await?;
        while let Some(from) = view.unread() {
            let fetched: Messages = self.read(Route::Thread { lookup: &self.keys.lookup }, from).await?;
            view.take(fetched.messages);
            ensure!(view.unread() != Some(from), "no message {from} comes");
        }
        Ok(view)
    }

    /// The owner's signature on a message, or on taking the case back, having seen a head.
    pub fn signed(&self, seen: &str, envelope: Option<&str>) -> Signed {
        let hash = envelope.map(|envelope| sha256_hex(envelope.as_bytes()));
        let act = OwnersAct {
            office: &self.submission.office,
            lookup: &self.keys.lookup,
            seen,
            at: now(),
            envelope_hash: hash.as_deref(),
        };
        sign_owner(&self.keys.signing, &act)
    }

    /// Asks to take the case back. Which head they saw only the pages judge.
    pub fn withdrawal(&self, id: &str) -> Withdrawal {
        Withdrawal { id: id.to_owned(), signed: Some(self.signed(NO_HEAD, None)) }
    }

    async fn read<T: DeserializeOwned>(&self, route: Route<'_>, from: u64) -> Result<T> {
        let url = format!("{}{}", self.origin, with_query(&route.to_path(), &Onward { from }.to_text()));
        let receipt = Authorization::Receipt(self.keys.token.clone()).header();
        let answer = self.client.get(url).header("authorization", receipt).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "{status}: {text}");
        described::given(&route, status.as_u16(), text.as_bytes())?;
        Ok(serde_json::from_str(&text)?)
    }
}
