//! The API over HTTP, without the pages: requests as a resident, as an officer, and as neither.

use std::borrow::Cow;

use anyhow::{Result, ensure};
use protocol::authorization::Authorization;
use protocol::case::{NewMessage, Submission};
use protocol::error::{ErrorCode, Problem};
use protocol::keyfile::KeyFile;
use protocol::letter::Letter;
use protocol::paper::Announced;
use protocol::proof::{self, Subject};
use protocol::routes::Route;
use protocol::seal;
use protocol::staff::{Claims, sign};
use reqwest::{Body, Client, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::applicant::{Applicant, NO_HEAD};
use crate::clock::now;
use crate::described;
use crate::portal::{PROOF_BITS, Portal};

/// Requests to one server.
#[derive(Clone, Debug)]
pub struct Api<'a> {
    origin: Cow<'a, str>,
    /// The client that sends them.
    pub client: Client,
}

impl<'a> Api<'a> {
    /// The API of a portal.
    pub fn of(portal: &Portal) -> Self {
        Self { origin: portal.url("").into(), client: Client::new() }
    }

    /// The API at an origin.
    pub fn at(origin: &'a str) -> Self {
        Self { origin: origin.into(), client: Client::new() }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// A request without a signature.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    /// A request with a body and without a signature.
    pub fn post<T: Serialize>(&self, path: &str, body: &T) -> RequestBuilder {
        self.client.post(self.url(path)).json(body)
    }

    /// A request with bytes, without a signature.
    pub fn post_bytes(&self, path: &str, bytes: &[u8]) -> RequestBuilder {
        let request = self.client.post(self.url(path)).header("content-type", "application/octet-stream");
        request.body(bytes.to_vec())
    }

    /// A submission to the office that it names.
    pub fn submit(&self, submission: &Submission) -> RequestBuilder {
        self.post(&Route::Submit { office: &submission.office }.to_path(), submission)
    }

    /// A request signed by a member of staff.
    pub fn signed_get(&self, key: &KeyFile, path: &str) -> RequestBuilder {
        self.get(path).header("authorization", token(key, "GET", path, b""))
    }

    /// A request with a body signed by a member of staff.
    ///
    /// # Errors
    /// When the body has no JSON form.
    pub fn signed_post<T: Serialize>(&self, key: &KeyFile, path: &str, body: &T) -> Result<RequestBuilder> {
        let bytes = serde_json::to_vec(body)?;
        let token = token(key, "POST", path, &bytes);
        let request = self.client.post(self.url(path));
        Ok(request.header("authorization", token).header("content-type", "application/json").body(bytes))
    }
}

/// `Authorization` of a staff request made now.
pub fn token(key: &KeyFile, method: &str, path: &str, body: &[u8]) -> String {
    token_of(now(), key, method, path, body)
}

/// `Authorization` of a staff request made at a time, in Unix seconds.
pub fn token_of(at: u64, key: &KeyFile, method: &str, path: &str, body: &[u8]) -> String {
    let who = (key.kid.as_str(), key.office.as_str(), key.role);
    Authorization::Staff(sign(&key.signing, &Claims::new(who, at, method, path, body))).header()
}

/// `Authorization` of a receipt's holder.
pub fn receipt(sender: &Applicant) -> String {
    Authorization::Receipt(sender.keys.token.clone()).header()
}

/// The answer to a request that is granted; both are held to the description of the API.
///
/// # Errors
/// When it is refused.
pub async fn ok<T: DeserializeOwned>(request: RequestBuilder) -> Result<T> {
    let (client, request) = request.build_split();
    let request = request?;
    let (method, path) = (request.method().as_str().to_owned(), request.url().path().to_owned());
    let sent = request.body().and_then(Body::as_bytes).unwrap_or_default().to_vec();
    let answer = client.execute(request).await?;
    let (status, text) = (answer.status(), answer.text().await?);
    ensure!(status.is_success(), "{status}: {text}");
    let route = Route::parse(&method, &path).map_err(Problem::from)?;
    described::taken(&route, &sent)?;
    described::given(&route, status.as_u16(), text.as_bytes())?;
    Ok(serde_json::from_str(&text)?)
}

/// The bytes of a part that is granted, held to the description.
///
/// # Errors
/// When it is refused.
pub async fn part(request: RequestBuilder) -> Result<Vec<u8>> {
    let (client, request) = request.build_split();
    let request = request?;
    let path = request.url().path().to_owned();
    let answer = client.execute(request).await?;
    let (status, kind) = (answer.status(), answer.headers().get("content-type").cloned());
    let bytes = answer.bytes().await?;
    ensure!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&bytes));
    ensure!(kind.is_some_and(|kind| kind == "application/octet-stream"), "not as bytes");
    described::given(&Route::parse("GET", &path).map_err(Problem::from)?, status.as_u16(), &bytes)?;
    Ok(bytes.into())
}

/// The problem of a request that is refused: its status, its type and its code, the same three everywhere, as described.
///
/// # Errors
/// When it is granted, or refused with another code.
pub async fn refused(request: RequestBuilder, code: ErrorCode) -> Result<Problem> {
    let (client, request) = request.build_split();
    let request = request?;
    let (method, path) = (request.method().as_str().to_owned(), request.url().path().to_owned());
    let answer = client.execute(request).await?;
    let status = answer.status();
    let kind = answer.headers().get("content-type").map(|v| v.to_str().unwrap_or("").to_owned());
    let text = answer.text().await?;
    ensure!(status == code.status(), "{code:?}: {status} {text}");
    ensure!(kind.as_deref() == Some("application/problem+json"), "{code:?}: {kind:?}");
    let problem: Problem = serde_json::from_str(&text)?;
    ensure!(problem.code == code, "{code:?}: {text}");
    ensure!(problem.kind == format!("urn:anju:error:{}", code.code()), "{text}");
    ensure!(problem.title == code.title() && problem.status == code.status(), "{text}");
    // An address that leads nowhere has no description.
    if let Ok(route) = Route::parse(&method, &path) {
        described::given(&route, status.as_u16(), text.as_bytes())?;
    }
    Ok(problem)
}

/// A message sealed to an office and to a receipt, as both sides send it.
///
/// # Errors
/// When the office has no key here.
pub fn sealed(portal: &Portal, office: &str, sender: &Applicant, text: &str) -> Result<String> {
    sealed_to(&portal.key(office)?.recipient, sender, text)
}

/// A message sealed to somebody and to a receipt.
///
/// # Errors
/// When the recipient is none.
pub fn sealed_to(recipient: &str, sender: &Applicant, text: &str) -> Result<String> {
    let to = [recipient, sender.keys.recipient.as_str()];
    Ok(seal::seal_envelope(&to, &Letter::message(text).to_padded())?)
}

/// A resident's message with its proof of work and the owner's signature. Which head they saw only the pages judge.
pub fn message(office: &str, sender: &Applicant, id: &str, envelope: String) -> NewMessage {
    message_with(PROOF_BITS, office, sender, id, envelope)
}

/// The same where another amount of work is asked for.
pub fn message_with(bits: u32, office: &str, sender: &Applicant, id: &str, envelope: String) -> NewMessage {
    let subject = Subject::message(office, &sender.keys.lookup, id, &envelope);
    let proof = proof::search(&subject, now(), bits);
    let signed = Some(sender.signed(NO_HEAD, Some(&envelope)));
    NewMessage { id: id.to_owned(), envelope, signed, papers: Vec::new(), proof }
}

/// A message with papers that are announced beside it, and the proof for that.
pub fn announcing(
    office: &str,
    sender: &Applicant,
    message: NewMessage,
    papers: Vec<Announced>,
) -> NewMessage {
    let NewMessage { id, envelope, .. } = &message;
    let subject = Subject::message(office, &sender.keys.lookup, id, envelope).announcing(&papers);
    NewMessage { papers, proof: proof::search(&subject, now(), PROOF_BITS), ..message }
}
