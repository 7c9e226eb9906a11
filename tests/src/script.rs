//! One case as its two sides know it, step by step, to be played against a server that may be gone at any moment: what is
//! in doubt is sent again as it was.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use protocol::authorization::Authorization;
use protocol::case::{Acknowledgement, CaseView, NewMessage, Proof, Submission, Written};
use protocol::chain;
use protocol::desk::NewEvent;
use protocol::hash::sha256_hex;
use protocol::identity;
use protocol::keyfile::KeyFile;
use protocol::proof::{self, Subject};
use protocol::receipt;
use protocol::routes::Route;
use protocol::signed::{OwnersAct, sign_owner};
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;

use crate::api::token;
use crate::applicant::{Applicant, NO_HEAD, proved};
use crate::clock::now;
use crate::portal::PROOF_BITS;

/// Steps of a script: the letter, a message of its owner, a reply of the office.
pub const STEPS: usize = 3;

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
    message: NewMessage,
    reply: Option<NewEvent>,
    /// Hash of the event of each step that was acknowledged.
    heads: Vec<String>,
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
        let submission =
            Submission { lookup, token_hash, proof: Proof { stamp: 0, nonce: 0 }, ..letter.clone() };
        let message = NewMessage { id, envelope, signed, papers: Vec::new(), proof };
        Ok(Self { submission: proved(submission), token, message, reply: None, heads: Vec::new() })
    }

    /// As it was when only these heads had been acknowledged.
    #[must_use]
    pub fn as_of(&self, known: &BTreeSet<String>) -> Self {
        let heads = self.heads.iter().take_while(|head| known.contains(*head)).cloned().collect();
        Self { heads, ..self.clone() }
    }

    /// Its look-up id.
    pub fn lookup(&self) -> &str {
        &self.submission.lookup
    }

    /// Whether every step was acknowledged.
    pub fn is_through(&self) -> bool {
        self.heads.len() == STEPS
    }

    /// How many steps were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.heads.len()
    }

    /// Plays on until it is through; `false`: the server went away.
    ///
    /// # Errors
    /// When the server refuses a step.
    pub async fn play(&mut self, stage: &Stage) -> Result<bool> {
        while !self.is_through() {
            let head = match self.heads.len() {
                0 => self.submit(stage).await?,
                1 => self.write(stage).await?,
                _ => self.answer(stage).await?,
            };
            let Some(head) = head else { return Ok(false) };
            self.heads.push(head);
        }
        Ok(true)
    }

    async fn submit(&self, stage: &Stage) -> Result<Answered<String>> {
        let url = stage.url(Route::Submit { office: &self.submission.office });
        let told = answer::<Acknowledgement>(stage.client.post(url).json(&self.submission)).await?;
        Ok(told.map(|acknowledgement| acknowledgement.head))
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
            expected_head: self.heads.last().cloned().unwrap_or_default(),
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
        let url = stage.url(Route::View { lookup: self.lookup() });
        let answer = stage.client.get(url).header("authorization", self.receipt()).send().await?;
        let status = answer.status();
        if self.heads.is_empty() && status.as_u16() == 404 {
            return Ok(());
        }
        let text = answer.text().await?;
        ensure!(status.is_success(), "{} with {} steps: {status} {text}", self.lookup(), self.heads.len());
        let view: CaseView = serde_json::from_str(&text)?;
        let (steps, events) = (self.heads.len(), view.events.len());
        ensure!(events == steps || events == steps + 1, "{steps} steps acknowledged, {events} there");
        for (event, head) in view.events.iter().zip(&self.heads) {
            ensure!(event.hash == *head, "step {} is another than was acknowledged", event.seq);
        }
        ensure!(chain::verify(&view.lookup, &view.events, &view.head).is_ok(), "the history does not hold");
        Ok(())
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
