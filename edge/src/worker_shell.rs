//! The thin shell around the pure handlers: bytes in, bytes out.

mod pages;

use std::{cell::RefCell, sync::OnceLock};

use data_encoding::BASE64;
use futures_util::StreamExt;
use protocol::{
    case::{Delivered, Messages},
    error::{ErrorCode, Problem},
    headers,
    limits::BODY_BYTES,
    paper::CasePapers,
    routes,
};
use serde::{Serialize, de::DeserializeOwned};
use worker::{
    Context, Date, Env, Headers, Method, Request, RequestInit, Response, Result, console_error, event,
    js_sys, wasm_bindgen::JsValue,
};

use crate::{
    api::{self, Incoming, Todo},
    case::{CaseAnswer, CaseCall, papers::PapersAnswer},
    office::{OfficeAnswer, OfficeAsk, OfficeCall, turned_away::TurnedAway},
    reply::{Reply, cors},
    settings::{Bindings, Settings},
};

/// A refused body is read to its end up to this many bytes, so that the sender gets to read the answer.
const DRAIN_BYTES: usize = 16 * 1024 * 1024;

#[event(fetch)]
async fn fetch(mut request: Request, env: Env, _context: Context) -> Result<Response> {
    quiet_panics();
    let path = request.path();
    if !routes::is_api(&path) {
        return pages::serve(&request, &env).await;
    }
    let settings = match settings(&env) {
        Ok(settings) => settings,
        Err(code) => return finish(Reply::problem(&code.into()), Vec::new()),
    };
    let origin = request.headers().get("origin")?;
    let allowed = cors(origin.as_deref(), &settings.allowed_origins);
    if word(&request) == "OPTIONS" {
        return finish(Reply::options(api::allow(&path)), allowed);
    }
    let reply = match api_call(&mut request, &env, settings).await {
        Ok(reply) => reply,
        Err(problem) => api::refusal(&path, &problem),
    };
    finish(reply, allowed)
}

/// The method as it was sent: the library's own type takes every word that it does not know for `GET`.
fn word(request: &Request) -> String {
    request.inner().method()
}

async fn api_call(request: &mut Request, env: &Env, settings: &Settings) -> Result<Reply, Problem> {
    let header = |name| request.headers().get(name).ok().flatten();
    let mut incoming = Incoming {
        method: word(request),
        path: request.path(),
        query: query(request),
        authorization: header("authorization"),
        content_type: header("content-type"),
        body: Vec::new(),
    };
    if incoming.method == routes::Method::Post.name() {
        incoming.body = read(request).await?;
    }
    match api::prepare(settings, &incoming, now())? {
        Todo::Answer(reply) => Ok(reply),
        Todo::Case { lookup, call } => {
            let proof = match &call {
                CaseCall::Submit { submission, bits, .. } if submission.ticket.is_none() => {
                    Some((submission.office.clone(), submission.kind, *bits))
                }
                _ => None,
            };
            if let Some((office, kind, bits)) = &proof
                && TURNED_AWAY.with_borrow(|known| known.knows(office, *kind, *bits, now()))
                && stored(env, &lookup).await.is_err()
            {
                return Err(ErrorCode::ProofTooEasy.into());
            }
            if !matches!(call, CaseCall::Submit { .. }) {
                stored(env, &lookup).await?;
                if call.grows() && is_full(env).await {
                    return Err(ErrorCode::StorageFull.into());
                }
            } else if is_full(env).await && stored(env, &lookup).await.is_err() {
                return Err(ErrorCode::StorageFull.into());
            }
            let answer = ask(env, "CASE", &lookup, &call).await;
            if let (Some((office, kind, bits)), Err(problem)) = (proof, &answer)
                && problem.code == ErrorCode::ProofTooEasy
            {
                TURNED_AWAY.with_borrow_mut(|known| known.note(&office, kind, bits, now()));
            }
            answer.map(case_reply)
        }
        Todo::NotedCase { lookup, call, list, note } => {
            stored(env, &lookup).await?;
            let answer = ask(env, "CASE", &lookup, &call).await?;
            ask_office(env, list, note).await?;
            Ok(case_reply(answer))
        }
        Todo::Office { list, ask } => match ask_office(env, list, ask).await? {
            OfficeAnswer::Challenge(challenge) => Ok(Reply::json(200, &challenge)),
            OfficeAnswer::Inbox(inbox) => Ok(Reply::json(200, &inbox)),
            OfficeAnswer::Tickets(made) => Ok(Reply::json(200, &made)),
            OfficeAnswer::Trail(trail) => Ok(Reply::json(200, &trail)),
            OfficeAnswer::Done => Err(ErrorCode::Internal.into()),
        },
    }
}

/// Turns away who asks for a case that was never opened. Plain workerd makes a file for every object that is woken,
/// found or not, so that guesses would fill the disk; there the configuration binds the folder of those files
/// (`CASE_FILES`), and an object without a file is not woken. Cloudflare keeps nothing for an object that wrote
/// nothing, and has no such binding.
async fn stored(env: &Env, lookup: &str) -> Result<(), Problem> {
    let Ok(files) = env.service("CASE_FILES") else { return Ok(()) };
    let id = env.durable_object("CASE").and_then(|all| all.id_from_name(lookup).map(|id| id.to_string()));
    let Ok(id) = id else { return Ok(()) };
    let mut init = RequestInit::new();
    init.with_method(Method::Head);
    let address = format!("http://files/anju-case/{id}.sqlite");
    match files.fetch(address, Some(init)).await {
        Ok(found) if found.status_code() == 404 => Err(ErrorCode::UnknownCase.into()),
        _ => Ok(()),
    }
}

/// Whether the disk is so full that no new letter is taken, so that what is here can still be read, moved and closed. A
/// Worker sees no disk: whoever runs it under plain workerd lays a file down (`STATE`, `anju-server serve`).
async fn is_full(env: &Env) -> bool {
    let Ok(state) = env.service("STATE") else { return false };
    let mut init = RequestInit::new();
    init.with_method(Method::Head);
    state.fetch("http://state/full", Some(init)).await.is_ok_and(|found| found.status_code() == 200)
}

fn case_reply(answer: CaseAnswer) -> Reply {
    match answer {
        CaseAnswer::Acknowledged { acknowledgement, again } => {
            Reply::json(if again { 200 } else { 201 }, &acknowledgement)
        }
        CaseAnswer::Written(written) => Reply::json(200, &written),
        CaseAnswer::Delivered {} => Reply::json(200, &Delivered { done: true }),
        CaseAnswer::View(view) => Reply::json(200, &view),
        CaseAnswer::Thread(messages) => Reply::json(200, &Messages { messages }),
        CaseAnswer::OwnLetter(envelope) => Reply::json(200, &Messages::letter(envelope)),
        CaseAnswer::Desk(case) => Reply::json(200, &case),
        CaseAnswer::Papers(PapersAnswer::List(papers)) => Reply::json(200, &CasePapers { papers }),
        CaseAnswer::Papers(PapersAnswer::Kept(kept)) => Reply::json(200, &kept),
        CaseAnswer::Papers(PapersAnswer::Part(bytes)) => match BASE64.decode(bytes.as_bytes()) {
            Ok(bytes) => Reply::part(bytes),
            Err(_) => Reply::problem(&ErrorCode::Internal.into()),
        },
    }
}

async fn ask_office(env: &Env, list: String, ask: OfficeAsk) -> Result<OfficeAnswer, Problem> {
    let call = OfficeCall { list: list.clone(), ask };
    self::ask(env, "OFFICE", &list, &call).await
}

/// Calls a Durable Object by name.
pub(crate) async fn ask<C: Serialize, A: DeserializeOwned>(
    env: &Env,
    namespace: &str,
    name: &str,
    call: &C,
) -> Result<A, Problem> {
    let unavailable = |_| {
        log("a durable object did not answer");
        Problem::from(ErrorCode::Unavailable)
    };
    let body = serde_json::to_string(call).map_err(|_| Problem::from(ErrorCode::Internal))?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(JsValue::from_str(&body)));
    let request = Request::new_with_init("http://object/", &init).map_err(unavailable)?;
    let stub = env.durable_object(namespace).and_then(|all| all.get_by_name(name));
    let sent = stub.map_err(unavailable)?.fetch_with_request(request).await;
    let mut response = sent.map_err(unavailable)?;
    if response.status_code() == 200 {
        response.json().await.map_err(unavailable)
    } else {
        Err(response.json().await.map_err(unavailable)?)
    }
}

/// A Durable Object's answer to [`ask`].
pub(crate) fn object_reply<A: Serialize>(answer: &Result<A, Problem>) -> Result<Response> {
    let reply = match answer {
        Ok(answer) => Reply::json(200, answer),
        Err(problem) => Reply::problem(problem),
    };
    finish(reply, Vec::new())
}

/// The headers that every page and answer carries.
fn secured() -> Result<Headers> {
    let secured = Headers::new();
    secured.set(headers::CONTENT_SECURITY_POLICY, &headers::content_security_policy(""))?;
    for (name, value) in headers::SECURITY_HEADERS {
        secured.set(name, value)?;
    }
    Ok(secured)
}

fn finish(reply: Reply, more: Vec<(&'static str, String)>) -> Result<Response> {
    let headers = secured()?;
    headers.set("content-type", reply.content_type)?;
    headers.set("cache-control", "no-store")?;
    if let Some(allow) = reply.allow {
        headers.set("allow", allow)?;
    }
    for (name, value) in more {
        headers.set(name, &value)?;
    }
    let builder = Response::builder().with_status(reply.status).with_headers(headers);
    Ok(if reply.status == 204 { builder.empty() } else { builder.fixed(reply.body) })
}

async fn read(request: &mut Request) -> Result<Vec<u8>, Problem> {
    let length = request.headers().get("content-length").ok().flatten();
    let announced = length.and_then(|text| text.parse::<usize>().ok()).unwrap_or(0);
    if announced > DRAIN_BYTES {
        return Err(ErrorCode::TooLarge.into());
    }
    // A request without a body has no stream.
    let Ok(mut stream) = request.stream() else { return Ok(Vec::new()) };
    let mut body = Vec::with_capacity(announced.min(BODY_BYTES));
    let mut total = 0usize;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Problem::from(ErrorCode::InvalidJson))?;
        total = total.saturating_add(chunk.len());
        if total > DRAIN_BYTES {
            break;
        }
        if total <= BODY_BYTES {
            body.extend_from_slice(&chunk);
        }
    }
    if total > BODY_BYTES { Err(ErrorCode::TooLarge.into()) } else { Ok(body) }
}

/// What stands behind the `?` of the address, as it was sent: to parse all of it takes 90 kB of code.
fn query(request: &Request) -> String {
    let address = request.inner().url();
    address
        .split_once('?')
        .map(|(_, query)| query.split('#').next().unwrap_or_default().to_owned())
        .unwrap_or_default()
}

thread_local! {
    /// Proofs that were too easy of late: of no sender, and in memory alone.
    static TURNED_AWAY: RefCell<TurnedAway> = RefCell::default();
}

/// The configuration: it is that of the Worker and does not change while it lives.
static SETTINGS: OnceLock<Settings> = OnceLock::new();

pub(crate) fn settings(env: &Env) -> Result<&'static Settings, ErrorCode> {
    match SETTINGS.get() {
        Some(settings) => Ok(settings),
        None => read_settings(env).map(|settings| SETTINGS.get_or_init(|| settings)),
    }
}

fn read_settings(env: &Env) -> Result<Settings, ErrorCode> {
    let text = |name: &str| -> String {
        let value = js_sys::Reflect::get(env, &JsValue::from_str(name)).unwrap_or_default();
        match value.as_string() {
            Some(text) => text,
            None if value.is_object() => {
                js_sys::JSON::stringify(&value).ok().and_then(|text| text.as_string()).unwrap_or_default()
            }
            None => String::new(),
        }
    };
    let [offices, proof_bits, daily_cap, daily_papers_mib, allowed_origins, retention_days] =
        ["OFFICES", "PROOF_BITS", "DAILY_CAP", "DAILY_PAPERS_MIB", "ALLOWED_ORIGINS", "RETENTION_DAYS"]
            .map(text);
    let bindings = Bindings {
        offices: &offices,
        proof_bits: &proof_bits,
        daily_cap: &daily_cap,
        daily_papers_mib: &daily_papers_mib,
        allowed_origins: &allowed_origins,
        retention_days: &retention_days,
    };
    Settings::parse(&bindings).map_err(|error| {
        log(error.0);
        ErrorCode::Internal
    })
}

/// Unix seconds.
pub(crate) fn now() -> u64 {
    Date::now().as_millis() / 1000
}

/// Writes a fixed sentence to the log: the type keeps anything else out.
pub(crate) fn log(sentence: &'static str) {
    console_error!("anju: {}", sentence);
}

/// A panic's message can carry what a person typed; its place in the code cannot.
pub(crate) fn quiet_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            let (file, line) = info.location().map_or(("?", 0), |at| (at.file(), at.line()));
            console_error!("anju: panic at {}:{}", file, line);
        }));
    });
}
