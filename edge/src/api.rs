//! From a request to what is to be done: every check that needs no stored state.

use data_encoding::BASE64;
use policies::assess;
use protocol::{
    CaseKind,
    addressee::Addressee,
    assess::AssessRequest,
    case::{NewMessage, Submission, Withdrawal},
    desk::{AuditAction, NewEvent},
    envelope::{self, EnvelopeError, Outside},
    error::{ErrorCode, Problem},
    handover::Handover,
    hash::{is_hex, is_request_id},
    health::Health,
    limits::{ASSESS_BYTES, BODY_BYTES, PART_BYTES, SIGNED_WITHIN_SECS, TICKETS_AT_ONCE},
    paper::{self, Announced, AnnouncedError},
    proof::{self, Subject},
    query::{InboxQuery, Onward, TrailQuery},
    receipt::{LOOKUP_HEX, TOKEN_HEX},
    recipient::is_recipient,
    routes::{self, Route},
    signed::{self, key_bytes},
    ticket::{NewTickets, Ticket},
};
use serde::de::DeserializeOwned;

use crate::{
    auth::{self, Signed, Staff},
    case::{
        CaseCall,
        file::proof_refused,
        papers::{By, PapersAsk, PapersCall},
    },
    facts,
    office::{Deed, OfficeAsk},
    procedure,
    reply::Reply,
    settings::{Settings, StaffKey},
};

/// Characters of an Ed25519 signature in standard base64.
const SIGNATURE_CHARS: usize = 88;

/// A request of the API, as received.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// `GET`, `POST` …
    pub method: String,
    /// From `/api/`, without query.
    pub path: String,
    /// What stands behind the `?`.
    pub query: String,
    /// `Authorization`.
    pub authorization: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// The body, never longer than [`BODY_BYTES`].
    pub body: Vec<u8>,
}

/// What is to be done.
#[derive(Clone, Debug)]
pub enum Todo {
    /// Answer at once.
    Answer(Reply),
    /// Ask the case.
    Case {
        /// Look-up id.
        lookup: String,
        /// The call.
        call: CaseCall,
    },
    /// Ask the case, but note the reading at the office first.
    NotedCase {
        /// Look-up id.
        lookup: String,
        /// The call.
        call: CaseCall,
        /// The office's list that the role works on.
        list: String,
        /// The note.
        note: OfficeAsk,
    },
    /// Ask the office.
    Office {
        /// Which of the office's lists.
        list: String,
        /// The call.
        ask: OfficeAsk,
    },
}

/// Checks a request made at `now` (Unix seconds).
///
/// # Errors
/// A [`Problem`]; then nothing was touched.
pub fn prepare(settings: &Settings, request: &Incoming, now: u64) -> Result<Todo, Problem> {
    match Route::parse(&request.method, &request.path)? {
        Route::Health {} => Ok(Todo::Answer(Reply::json(200, &health(now)))),
        Route::Assess {} => assessment(request),
        Route::Challenge { office } => {
            if !settings.has_office(office) {
                return Err(ErrorCode::UnknownOffice.into());
            }
            let ask = OfficeAsk::Challenge { terms: settings.terms };
            Ok(Todo::Office { list: Addressee::Office.list(office), ask })
        }
        Route::Submit { office } => submission(settings, request, office, now),
        Route::View { lookup } => {
            let token_hash = auth::receipt(request.authorization.as_deref())?;
            let from = Onward::parse(&request.query)?.from;
            Ok(Todo::Case { lookup: lookup.to_owned(), call: CaseCall::View { token_hash, from } })
        }
        Route::Thread { lookup } => {
            let token_hash = auth::receipt(request.authorization.as_deref())?;
            let from = Onward::parse(&request.query)?.from;
            Ok(Todo::Case { lookup: lookup.to_owned(), call: CaseCall::Thread { token_hash, from } })
        }
        Route::OwnLetter { lookup } => {
            let token_hash = auth::receipt(request.authorization.as_deref())?;
            Ok(Todo::Case { lookup: lookup.to_owned(), call: CaseCall::OwnLetter { token_hash } })
        }
        Route::Message { lookup } => {
            let token_hash = auth::receipt(request.authorization.as_deref())?;
            let message: NewMessage = body(request)?;
            request_id(&message.id)?;
            sealed(&message.envelope)?;
            well_formed(message.signed.as_ref())?;
            announced(&message.papers)?;
            let call = CaseCall::Message { token_hash, message, terms: settings.terms };
            Ok(Todo::Case { lookup: lookup.to_owned(), call })
        }
        Route::Withdraw { lookup } => {
            let token_hash = auth::receipt(request.authorization.as_deref())?;
            let withdrawal: Withdrawal = body(request)?;
            request_id(&withdrawal.id)?;
            well_formed(withdrawal.signed.as_ref())?;
            let call = CaseCall::Withdraw { token_hash, withdrawal };
            Ok(Todo::Case { lookup: lookup.to_owned(), call })
        }
        Route::Papers { lookup } => by_receipt(request, lookup, PapersAsk::List),
        Route::OwnPart { lookup, paper, part } => by_receipt(request, lookup, read(paper, part)?),
        Route::SendPart { lookup, paper, part } => {
            let bytes = BASE64.encode(part_of(request)?);
            let (paper, part) = (paper.to_owned(), number(part)?);
            by_receipt(request, lookup, PapersAsk::Keep { paper, part, bytes, most: settings.terms.papers })
        }
        Route::Deliver { lookup } => Ok(Todo::Case { lookup: lookup.to_owned(), call: CaseCall::Deliver {} }),
        Route::Inbox { office } => {
            let staff = signed(settings, request, office, now)?;
            InboxQuery::parse(&request.query)?;
            let list = Addressee::of(staff.role).list(office);
            let ask = OfficeAsk::List { staff, query: request.query.clone() };
            Ok(Todo::Office { list, ask })
        }
        Route::Open { office, lookup } => {
            let staff = signed(settings, request, office, now)?;
            let from = Onward::parse(&request.query)?.from;
            let call = CaseCall::Open { office: office.to_owned(), role: staff.role, from };
            Ok(noted((staff, AuditAction::Opened), office, lookup, call))
        }
        Route::OpenThread { office, lookup } => {
            let staff = signed(settings, request, office, now)?;
            let from = Onward::parse(&request.query)?.from;
            let call = CaseCall::OpenThread { office: office.to_owned(), role: staff.role, from };
            Ok(noted((staff, AuditAction::Opened), office, lookup, call))
        }
        Route::OpenPapers { office, lookup } => {
            let staff = signed(settings, request, office, now)?;
            let call = by_staff(office, &staff, PapersAsk::List);
            Ok(Todo::Case { lookup: lookup.to_owned(), call })
        }
        Route::OpenPart { office, lookup, paper, part } => {
            let staff = signed(settings, request, office, now)?;
            let call = by_staff(office, &staff, read(paper, part)?);
            Ok(noted((staff, AuditAction::OpenedPaper { paper: paper.to_owned() }), office, lookup, call))
        }
        Route::Act { office, lookup } => {
            let staff = signed(settings, request, office, now)?;
            if !staff.role.may_write() {
                return Err(ErrorCode::RoleForbidden.into());
            }
            let event: NewEvent = body(request)?;
            request_id(&event.id)?;
            if !is_hex(&event.expected_head, TOKEN_HEX) {
                return Err(Problem::new(ErrorCode::InvalidField).at("expected_head"));
            }
            event.envelope.as_deref().map(sealed).transpose()?;
            if let Some(passing) = &event.passing_on {
                sealed(&passing.handover.envelope)?;
                let receives =
                    |key: &StaffKey| key.role == passing.role && key.role.may_write() && key.signs_at(now);
                if !settings.key(office, &passing.to).is_some_and(receives) {
                    return Err(Problem::new(ErrorCode::InvalidField).at("passing_on"));
                }
            }
            signed_act(settings, (office, lookup), &staff, &event, now)?;
            let call = CaseCall::Act { office: office.to_owned(), staff, event };
            Ok(Todo::Case { lookup: lookup.to_owned(), call })
        }
        Route::HandOn { office, lookup } => {
            let staff = signed(settings, request, office, now)?;
            if !staff.role.may_write() {
                return Err(ErrorCode::RoleForbidden.into());
            }
            let handover: Handover = body(request)?;
            sealed(&handover.envelope)?;
            let call = CaseCall::HandOn { office: office.to_owned(), role: staff.role, handover };
            Ok(noted((staff, AuditAction::HandedOn), office, lookup, call))
        }
        Route::Tickets { office } => {
            let staff = signed(settings, request, office, now)?;
            if !staff.role.may_write() || Addressee::of(staff.role) != Addressee::Office {
                return Err(ErrorCode::RoleForbidden.into());
            }
            let request: NewTickets = body(request)?;
            request_id(&request.id)?;
            let hashes = &request.hashes;
            let fits = (1..=TICKETS_AT_ONCE).contains(&hashes.len());
            if !fits || !hashes.iter().all(|hash| is_hex(hash, TOKEN_HEX)) {
                return Err(Problem::new(ErrorCode::InvalidField).at("hashes"));
            }
            Ok(Todo::Office {
                list: Addressee::Office.list(office),
                ask: OfficeAsk::Tickets { staff, request },
            })
        }
        Route::Audit { office } => {
            let staff = signed(settings, request, office, now)?;
            if !staff.role.may_audit() {
                return Err(ErrorCode::RoleForbidden.into());
            }
            let before = TrailQuery::parse(&request.query)?.before;
            let list = Addressee::of(staff.role).list(office);
            Ok(Todo::Office { list, ask: OfficeAsk::Audit { staff, before } })
        }
    }
}

fn health(now: u64) -> Health {
    Health { now, ok: true, version: env!("CARGO_PKG_VERSION").to_owned() }
}

/// The refusal of a request: one whose method alone was wrong is told which the address takes.
pub fn refusal(path: &str, problem: &Problem) -> Reply {
    match allow(path) {
        Some(allow) if problem.code == ErrorCode::MethodNotAllowed => Reply::not_allowed(allow),
        _ => Reply::problem(problem),
    }
}

/// What `Allow` says of an address of the API; nothing of one that is not served.
pub fn allow(path: &str) -> Option<&'static str> {
    Route::recognise(path).ok().map(|route| route.method().allow())
}

/// What the office does with a case and no event tells of, a reading for one.
fn noted((staff, action): (Staff, AuditAction), office: &str, lookup: &str, call: CaseCall) -> Todo {
    let list = Addressee::of(staff.role).list(office);
    let deed = Deed { staff, action };
    let note = OfficeAsk::Note { deed, lookup: lookup.to_owned() };
    Todo::NotedCase { lookup: lookup.to_owned(), call, list, note }
}

fn assessment(request: &Incoming) -> Result<Todo, Problem> {
    // Nothing is asked for in return, no proof and no signature, so that what it costs must be small.
    if request.body.len() > ASSESS_BYTES {
        return Err(ErrorCode::TooLarge.into());
    }
    let asked: AssessRequest = body(request).map_err(|problem| {
        if problem.code == ErrorCode::InvalidJson {
            facts::refused(&request.body).unwrap_or(problem)
        } else {
            problem
        }
    })?;
    let document = procedure::document(&asked.document)
        .map_err(|_| Problem::new(ErrorCode::UnknownDocument).at("document"))?;
    let assessment = assess(document, &asked.household, asked.on).map_err(facts::problem)?;
    Ok(Todo::Answer(Reply::json(200, &assessment)))
}

fn submission(settings: &Settings, request: &Incoming, office: &str, now: u64) -> Result<Todo, Problem> {
    if !settings.has_office(office) {
        return Err(ErrorCode::UnknownOffice.into());
    }
    let submission: Submission = body(request)?;
    let invalid = |field| Problem::new(ErrorCode::InvalidField).at(field);
    if submission.office != office {
        return Err(invalid("office"));
    }
    let stage = procedure::first_stage(office, submission.kind)?.to_owned();
    let document_hash = procedure::document(office)?.hash().to_owned();
    if !is_hex(&submission.lookup, LOOKUP_HEX) {
        return Err(invalid("lookup"));
    }
    if !is_hex(&submission.token_hash, TOKEN_HEX) {
        return Err(invalid("token_hash"));
    }
    if !is_recipient(&submission.reply_to) {
        return Err(invalid("reply_to"));
    }
    if !submission.owner_key.is_empty() && key_bytes(&submission.owner_key).is_none() {
        return Err(invalid("owner_key"));
    }
    // A letter that nobody here may open would lie there unseen.
    let for_supervisors = submission.addressee == Addressee::Supervisor;
    if for_supervisors && (submission.kind != CaseKind::TipOff || !settings.has_supervisor(office, now)) {
        return Err(invalid("addressee"));
    }
    let reads_as_sent = |text: &str| Ticket::parse(text).is_ok_and(|ticket| ticket.plain() == text);
    if !submission.ticket.as_deref().is_none_or(reads_as_sent) {
        return Err(invalid("ticket"));
    }
    announced(&submission.papers)?;
    fits(envelope::check_opening(&submission.envelope))?;
    let subject = Subject::submission(&submission);
    let terms = settings.terms;
    let bits = proof::verify(&subject, submission.proof, terms.bits, now).map_err(proof_refused)?;
    let lookup = submission.lookup.clone();
    Ok(Todo::Case { lookup, call: CaseCall::Submit { submission, stage, document_hash, terms, bits } })
}

/// Whether the signature that will stay with the events is of the key that signed the request, and of now.
fn signed_act(
    settings: &Settings,
    (office, lookup): (&str, &str),
    staff: &Staff,
    event: &NewEvent,
    now: u64,
) -> Result<(), ErrorCode> {
    let key = settings.key(office, &staff.kid).ok_or(ErrorCode::SignatureInvalid)?;
    let hash = event.envelope_hash();
    let act = event.act((office, lookup), (&staff.kid, staff.role), hash.as_deref());
    let of_now = event.signed_at.abs_diff(now) <= SIGNED_WITHIN_SECS;
    if of_now && signed::fits(&key.public_key, &act.text(), &event.signature) {
        Ok(())
    } else {
        Err(ErrorCode::ActUnsigned)
    }
}

fn signed(settings: &Settings, request: &Incoming, office: &str, now: u64) -> Result<Staff, ErrorCode> {
    let path = routes::with_query(&request.path, &request.query);
    let signed = Signed { office, method: &request.method, path: &path, body: &request.body };
    auth::staff(settings, request.authorization.as_deref(), signed, now)
}

fn body<T: DeserializeOwned>(request: &Incoming) -> Result<T, Problem> {
    of_type(request, "application/json")?;
    if request.body.len() > BODY_BYTES {
        return Err(ErrorCode::TooLarge.into());
    }
    serde_json::from_slice(&request.body).map_err(|_| ErrorCode::InvalidJson.into())
}

fn of_type(request: &Incoming, wanted: &str) -> Result<(), ErrorCode> {
    let kind = request.content_type.as_deref().and_then(|value| value.split(';').next());
    if kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted)) {
        Ok(())
    } else {
        Err(ErrorCode::UnsupportedMediaType)
    }
}

/// The bytes of a part.
fn part_of(request: &Incoming) -> Result<&[u8], ErrorCode> {
    of_type(request, "application/octet-stream")?;
    if request.body.len() > PART_BYTES { Err(ErrorCode::TooLarge) } else { Ok(&request.body) }
}

fn number(part: &str) -> Result<u32, ErrorCode> {
    routes::part_number(part).ok_or(ErrorCode::UnknownPaper)
}

fn read(paper: &str, part: &str) -> Result<PapersAsk, ErrorCode> {
    Ok(PapersAsk::Read { paper: paper.to_owned(), part: number(part)? })
}

fn by_receipt(request: &Incoming, lookup: &str, ask: PapersAsk) -> Result<Todo, Problem> {
    let by = By::Receipt(auth::receipt(request.authorization.as_deref())?);
    Ok(Todo::Case { lookup: lookup.to_owned(), call: CaseCall::Papers(PapersCall { by, ask }) })
}

fn by_staff(office: &str, staff: &Staff, ask: PapersAsk) -> CaseCall {
    let by = By::Staff { office: office.to_owned(), role: staff.role };
    CaseCall::Papers(PapersCall { by, ask })
}

/// What is announced beside a letter or a message.
fn announced(papers: &[Announced]) -> Result<(), Problem> {
    paper::check(papers).map_err(|error| {
        let code = match error {
            AnnouncedError::TooMany => ErrorCode::TooManyPapers,
            AnnouncedError::Malformed => ErrorCode::InvalidField,
        };
        Problem::new(code).at("papers")
    })
}

fn request_id(id: &str) -> Result<(), Problem> {
    if is_request_id(id) { Ok(()) } else { Err(Problem::new(ErrorCode::InvalidField).at("id")) }
}

/// The form of a signature, whatever the case makes of it: nothing of any length is kept.
fn well_formed(signed: Option<&signed::Signed>) -> Result<(), Problem> {
    match signed {
        Some(signed) if !is_hex(&signed.seen, TOKEN_HEX) || signed.signature.len() != SIGNATURE_CHARS => {
            Err(Problem::new(ErrorCode::InvalidField).at("signed"))
        }
        _ => Ok(()),
    }
}

fn sealed(envelope: &str) -> Result<(), Problem> {
    fits(envelope::check(envelope))
}

fn fits(outside: Result<Outside, EnvelopeError>) -> Result<(), Problem> {
    outside.map(drop).map_err(|error| {
        let code = match error {
            EnvelopeError::TooLarge => ErrorCode::TooLarge,
            EnvelopeError::Encoding | EnvelopeError::Header | EnvelopeError::Length => {
                ErrorCode::EnvelopeInvalid
            }
        };
        Problem::new(code).at("envelope")
    })
}
