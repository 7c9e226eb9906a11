//! The description of the API (OpenAPI 3.1), made from the routes, the types and the error codes.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{
    assess::{AssessRequest, Assessment},
    case::{Acknowledgement, CaseView, Delivered, Messages, NewMessage, Submission, Withdrawal, Written},
    challenge::Challenge,
    desk::{AuditTrail, DeskCase, Inbox, NewEvent},
    error::{ErrorCode, Problem},
    handover::Handover,
    health::Health,
    limits::{
        CASE_PAPERS, ENVELOPE_CHARS, EVENTS_AT_ONCE, INBOX_ROWS, LETTER_PAPERS, PART_BYTES, TICKETS_AT_ONCE,
        TOKEN_SECS, TRAIL_ROWS,
    },
    paper::{self, CasePapers, PartKept},
    query::{InboxQuery, Onward, Standing, TrailQuery},
    receipt::{LOOKUP_HEX, TOKEN_HEX},
    routes::Route,
    ticket::{self, NewTickets, TicketsMade},
};

/// Where the description keeps its schemas.
const SCHEMAS: &str = "/components/schemas";

/// Who may ask a route.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asker {
    /// Everybody.
    Anyone,
    /// Whoever holds the receipt.
    Receipt,
    /// Whoever signs with a registered key of the office.
    Staff,
}

/// What a route takes, gives and refuses; what all of its sort refuse is added later.
struct Operation {
    asker: Asker,
    /// What is sent: JSON of a type, or the bytes of a part.
    request: Option<Body>,
    /// What comes, and each status under which it does, with what that means.
    reply: Body,
    granted: &'static [(u16, &'static str)],
    refused: &'static [ErrorCode],
}

/// A body of one of the two kinds.
enum Body {
    Json(Schema),
    Bytes,
}

impl Body {
    fn described(&self) -> Value {
        match self {
            Self::Json(schema) => json!({ "application/json": { "schema": schema } }),
            Self::Bytes => json!({ "application/octet-stream": {
                "schema": { "type": "string", "format": "binary", "maxLength": PART_BYTES }
            } }),
        }
    }
}

/// Two generators, since a field may be left out of a request that every reply has.
struct Types {
    requests: SchemaGenerator,
    replies: SchemaGenerator,
}

impl Types {
    fn new() -> Self {
        let settings = || SchemaSettings::draft2020_12().with(|one| one.definitions_path = SCHEMAS.into());
        Self {
            requests: settings().for_deserialize().into_generator(),
            replies: settings().for_serialize().into_generator(),
        }
    }

    fn taken<T: JsonSchema>(&mut self) -> Option<Body> {
        Some(Body::Json(self.requests.subschema_for::<T>()))
    }

    fn given<T: JsonSchema>(&mut self) -> Body {
        Body::Json(self.replies.subschema_for::<T>())
    }

    /// Every type by its name, with the forms of its texts.
    fn named(mut self) -> Map<String, Value> {
        let mut all = self.requests.take_definitions(true);
        all.extend(self.replies.take_definitions(true));
        all.iter_mut().for_each(|(name, schema)| add_forms(name, schema));
        all
    }
}

/// The description, as `edge/openapi.json` holds it.
pub fn document() -> Value {
    let mut types = Types::new();
    let mut paths = Map::new();
    for route in Route::ALL {
        let (method, operation) = (route.method().name().to_lowercase(), describe(route, &mut types));
        let parameters: Vec<Value> = route.ids().iter().map(|id| parameter(id)).collect();
        let mut item = Map::new();
        if !parameters.is_empty() {
            item.insert("parameters".to_owned(), parameters.into());
        }
        item.insert(method, operation);
        paths.insert(route.to_path(), item.into());
    }
    types.given::<Problem>();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Anju 安居 sealed mailbox",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            "description": "Every answer is JSON, but for the parts of papers; every refusal is a problem document with a stable code. An address that \
                            is none of these answers `not_found`, another method `method_not_allowed` with `Allow`. \
                            `HEAD` is answered like `GET`, without the body.",
        },
        "x-errors": names(&[ErrorCode::NotFound, ErrorCode::MethodNotAllowed]),
        "paths": paths,
        "components": { "securitySchemes": security(), "schemas": types.named() },
    })
}

/// The operation of a route. A route that is not named here does not compile.
fn operation(route: &Route<'_>, types: &mut Types) -> Operation {
    use ErrorCode as E;
    let plain = |asker, reply, granted, refused| Operation { asker, request: None, reply, granted, refused };
    match route {
        Route::Health {} => plain(Asker::Anyone, types.given::<Health>(), &[(200, "Yes.")], &[]),
        Route::Assess {} => Operation {
            request: types.taken::<AssessRequest>(),
            ..plain(
                Asker::Anyone,
                types.given::<Assessment<'static>>(),
                &[(200, "Advice with reasons, never a decision.")],
                &[E::FactsInvalid, E::UnknownDocument],
            )
        },
        Route::Challenge { .. } => {
            plain(Asker::Anyone, types.given::<Challenge>(), &[(200, "The bits asked for.")], &[])
        }
        Route::Submit { .. } => Operation {
            request: types.taken::<Submission>(),
            ..plain(
                Asker::Anyone,
                types.given::<Acknowledgement>(),
                &[(201, "Durable."), (200, "It was there before.")],
                &[
                    E::CaseClosed,
                    E::CaseExists,
                    E::EnvelopeInvalid,
                    E::InvalidField,
                    E::KindNotOffered,
                    E::PapersTooLarge,
                    E::ProofExpired,
                    E::ProofInvalid,
                    E::ProofTooEasy,
                    E::StorageFull,
                    E::TicketSpent,
                    E::TicketUnknown,
                    E::TicketsResting,
                    E::TooManyPapers,
                ],
            )
        },
        Route::View { .. } => {
            plain(Asker::Receipt, types.given::<CaseView>(), &[(200, "The case.")], &[E::InvalidField])
        }
        Route::Thread { .. } => {
            let refused = &[E::InvalidField, E::ReadTooOften];
            plain(Asker::Receipt, types.given::<Messages>(), &[(200, "The messages.")], refused)
        }
        Route::OwnLetter { .. } => {
            let given = &[(200, "The letter, as the message of event 0.")];
            plain(Asker::Receipt, types.given::<Messages>(), given, &[E::ReadTooOften])
        }
        Route::Message { .. } => Operation {
            request: types.taken::<NewMessage>(),
            ..plain(
                Asker::Receipt,
                types.given::<Written>(),
                &[(200, "Durable.")],
                &[
                    E::ActUnsigned,
                    E::CaseClosed,
                    E::CaseFull,
                    E::EnvelopeInvalid,
                    E::InvalidField,
                    E::PapersTooLarge,
                    E::ProofExpired,
                    E::ProofInvalid,
                    E::ProofTooEasy,
                    E::RequestReused,
                    E::TooManyPapers,
                ],
            )
        },
        Route::Withdraw { .. } => Operation {
            request: types.taken::<Withdrawal>(),
            ..plain(
                Asker::Receipt,
                types.given::<Written>(),
                &[(200, "Withdrawn.")],
                &[
                    E::ActUnsigned,
                    E::AlreadyDecided,
                    E::CaseFull,
                    E::InvalidField,
                    E::RequestReused,
                    E::WithdrawTooLate,
                ],
            )
        },
        Route::Papers { .. } => {
            plain(Asker::Receipt, types.given::<CasePapers>(), &[(200, "What has come.")], &[])
        }
        Route::OwnPart { .. } => {
            plain(Asker::Receipt, Body::Bytes, &[(200, "The part.")], &[E::PartMissing, E::ReadTooOften])
        }
        Route::SendPart { .. } => Operation {
            request: Some(Body::Bytes),
            ..plain(
                Asker::Receipt,
                types.given::<PartKept>(),
                &[(200, "Durable.")],
                &[
                    E::CaseClosed,
                    E::PaperAltered,
                    E::PaperLate,
                    E::PapersFull,
                    E::PartDiffers,
                    E::PartInvalid,
                    E::SetAside,
                    E::StorageFull,
                ],
            )
        },
        Route::Deliver { .. } => {
            plain(Asker::Anyone, types.given::<Delivered>(), &[(200, "The list has it.")], &[])
        }
        Route::Inbox { .. } => {
            plain(Asker::Staff, types.given::<Inbox>(), &[(200, "A part of the inbox.")], &[E::InvalidField])
        }
        Route::Open { .. } => plain(
            Asker::Staff,
            types.given::<DeskCase>(),
            &[(200, "The case.")],
            &[E::InvalidField, E::RoleForbidden],
        ),
        Route::OpenThread { .. } => plain(
            Asker::Staff,
            types.given::<Messages>(),
            &[(200, "The messages.")],
            &[E::InvalidField, E::RoleForbidden],
        ),
        Route::OpenPapers { .. } => {
            plain(Asker::Staff, types.given::<CasePapers>(), &[(200, "What has come.")], &[E::RoleForbidden])
        }
        Route::OpenPart { .. } => {
            let refused = &[E::PartMissing, E::RoleForbidden];
            plain(Asker::Staff, Body::Bytes, &[(200, "The part.")], refused)
        }
        Route::Act { .. } => Operation {
            request: types.taken::<NewEvent>(),
            ..plain(
                Asker::Staff,
                types.given::<Written>(),
                &[(200, "Durable.")],
                &[
                    E::ActUnsigned,
                    E::AlreadyTakenUp,
                    E::CaseClosed,
                    E::CaseFull,
                    E::DateInvalid,
                    E::EnvelopeInvalid,
                    E::HeadMoved,
                    E::InvalidField,
                    E::ReasonRequired,
                    E::RequestReused,
                    E::ResultRequired,
                    E::RoleForbidden,
                    E::StageTooEarly,
                    E::StageUnreachable,
                ],
            )
        },
        Route::HandOn { .. } => Operation {
            request: types.taken::<Handover>(),
            ..plain(
                Asker::Staff,
                types.given::<Written>(),
                &[(200, "Durable.")],
                &[E::CaseClosed, E::EnvelopeInvalid, E::RoleForbidden],
            )
        },
        Route::Tickets { .. } => Operation {
            request: types.taken::<NewTickets>(),
            ..plain(
                Asker::Staff,
                types.given::<TicketsMade>(),
                &[(200, "They are good.")],
                &[E::InvalidField, E::RequestReused, E::RoleForbidden, E::TicketsEnough],
            )
        },
        Route::Audit { .. } => plain(
            Asker::Staff,
            types.given::<AuditTrail>(),
            &[(200, "A part of the trail.")],
            &[E::InvalidField, E::RoleForbidden],
        ),
    }
}

/// The operation in the words of OpenAPI.
fn describe(route: &Route<'_>, types: &mut Types) -> Value {
    let operation = operation(route, types);
    let refused = refusals(route, &operation);
    let mut responses: Map<String, Value> = operation
        .granted
        .iter()
        .map(|(status, words)| {
            (status.to_string(), json!({ "description": words, "content": operation.reply.described() }))
        })
        .collect();
    for code in &refused {
        let alike: Vec<ErrorCode> =
            refused.iter().copied().filter(|other| other.status() == code.status()).collect();
        let problem = json!({ "$ref": format!("#{SCHEMAS}/Problem") });
        let content = json!({ "application/problem+json": { "schema": problem } });
        let words = names(&alike).join(", ");
        responses.insert(code.status().to_string(), json!({ "description": words, "content": content }));
    }
    let security = match operation.asker {
        Asker::Anyone => json!([]),
        Asker::Receipt => json!([{ "receipt": [] }]),
        Asker::Staff => json!([{ "staff": [] }]),
    };
    let mut described = json!({
        "operationId": route.name().to_lowercase(),
        "summary": route.summary(),
        "x-errors": names(&refused),
        "responses": responses,
        "security": security,
    });
    let asked = queries(route);
    if let (false, Some(fields)) = (asked.is_empty(), described.as_object_mut()) {
        fields.insert("parameters".to_owned(), asked.into());
    }
    if let (Some(body), Some(fields)) = (operation.request, described.as_object_mut()) {
        fields.insert("requestBody".to_owned(), json!({ "required": true, "content": body.described() }));
    }
    described
}

/// What a route refuses: its own codes, and those of all routes that ask for the same.
fn refusals(route: &Route<'_>, operation: &Operation) -> Vec<ErrorCode> {
    let mut refused = vec![ErrorCode::Internal, ErrorCode::Unavailable];
    refused.extend(operation.refused);
    if operation.request.is_some() {
        refused.extend([ErrorCode::TooLarge, ErrorCode::UnsupportedMediaType]);
    }
    if let Some(Body::Json(_)) = operation.request {
        refused.push(ErrorCode::InvalidJson);
    }
    match operation.asker {
        Asker::Anyone => {}
        Asker::Receipt => refused.push(ErrorCode::ReceiptMissing),
        Asker::Staff => refused.extend([
            ErrorCode::SignatureExpired,
            ErrorCode::SignatureInvalid,
            ErrorCode::SignatureMissing,
        ]),
    }
    refused.extend(route.ids().iter().map(|id| match *id {
        "lookup" => ErrorCode::UnknownCase,
        "office" => ErrorCode::UnknownOffice,
        _ => ErrorCode::UnknownPaper,
    }));
    refused.sort_unstable_by_key(|code| code.code());
    refused.dedup();
    refused
}

fn names(codes: &[ErrorCode]) -> Vec<&'static str> {
    codes.iter().map(|code| code.code()).collect()
}

/// What a route's address may carry behind its `?`.
fn queries(route: &Route<'_>) -> Vec<Value> {
    let names = match route {
        Route::View { .. } | Route::Thread { .. } | Route::Open { .. } | Route::OpenThread { .. } => {
            Onward::NAMES
        }
        Route::Inbox { .. } => InboxQuery::NAMES,
        Route::Audit { .. } => TrailQuery::NAMES,
        _ => &[],
    };
    names.iter().map(|name| query(name)).collect()
}

/// What a text in an address may be.
const QUERY_TEXT: &str = "^[A-Za-z0-9._-]+$";

fn query(name: &str) -> Value {
    let (schema, words) = match name {
        "from" => {
            (json!({ "type": "integer", "minimum": 0 }), "The number of the first event that is wanted.")
        }
        "before" => (json!({ "type": "integer", "minimum": 0 }), "Only lines before this number."),
        "standing" => {
            let words: Vec<&str> = Standing::EVERY.into_iter().map(Standing::id).collect();
            (
                json!({ "type": "string", "enum": words, "default": Standing::default().id() }),
                "How they stand.",
            )
        }
        "kind" => (json!({ "$ref": format!("#{SCHEMAS}/CaseKind") }), "Of one kind only."),
        "stage" => (json!({ "type": "string", "pattern": QUERY_TEXT }), "In one stage only, by its id."),
        _ => (json!({ "type": "string", "pattern": QUERY_TEXT }), "After a place: what `next` said."),
    };
    json!({ "name": name, "in": "query", "required": false, "schema": schema, "description": words })
}

fn parameter(id: &str) -> Value {
    let schema = match id {
        "office" => {
            json!({ "type": "string", "description": "Document id: the place and the year of the document, in `a-z 0-9 -`." })
        }
        "paper" => json!({ "type": "string", "pattern": hex(paper::ID_HEX) }),
        "part" => json!({ "type": "string", "pattern": "^(0|[1-9]|[12][0-9]|3[01])$" }),
        _ => json!({ "type": "string", "pattern": hex(LOOKUP_HEX) }),
    };
    json!({ "name": id, "in": "path", "required": true, "schema": schema })
}

fn security() -> Value {
    let staff = format!(
        "`Staff <JWS>`: compact JWS, header {{\"alg\":\"EdDSA\",\"typ\":\"anju-staff\"}}, claims kid, office, role, iat, exp \
         (at most {TOKEN_SECS} s), method, path, body (hex SHA-256)."
    );
    let receipt = format!(
        "`Receipt <token>`: {TOKEN_HEX} hexadecimal digits derived from the receipt code. Only their SHA-256 is kept."
    );
    let header = |words: String| json!({ "type": "apiKey", "in": "header", "name": "Authorization", "description": words });
    json!({ "receipt": header(receipt), "staff": header(staff) })
}

fn hex(digits: usize) -> String {
    format!("^[0-9a-f]{{{digits}}}$")
}

/// What Rust's types do not say of a text or a list: its form and its size, by the type's and the field's name. Links
/// of Rust's documentation become plain words.
fn add_forms(name: &str, schema: &mut Value) {
    let Some(fields) = schema.as_object_mut() else { return };
    if let Some(Value::String(words)) = fields.get_mut("description") {
        *words = words.replace("[`crate::", "[`protocol::").replace("[`", "`").replace("`]", "`");
    }
    for (field, property) in fields.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
    {
        add_forms("", property);
        let (rule, value): (_, Value) = match (name, field.as_str()) {
            ("Problem", "code" | "type" | "status" | "title") => {
                // Said for reading only: every reply has them.
                property.as_object_mut().map(|property| property.remove("default"));
                continue;
            }
            (_, "lookup") => ("pattern", hex(LOOKUP_HEX).into()),
            (_, "token_hash" | "hash" | "prev" | "head" | "expected_head" | "envelope_hash" | "seen") => {
                ("pattern", hex(64).into())
            }
            (_, "envelope") => ("maxLength", ENVELOPE_CHARS.into()),
            (_, "signature") => ("pattern", "^[A-Za-z0-9+/]{86}==$".into()),
            (_, "owner_key") => ("pattern", "^([A-Za-z0-9+/]{43}=)?$".into()),
            (_, "ticket") => ("pattern", format!("^[0-9]{{{}}}$", ticket::DIGITS).into()),
            ("NewTickets", "hashes") => ("maxItems", TICKETS_AT_ONCE.into()),
            ("NewMessage" | "NewEvent" | "NewTickets" | "Withdrawal", "id") => {
                ("pattern", "^[0-9a-z-]{16,64}$".into())
            }
            ("Submission" | "CaseView", "reply_to") => ("pattern", "^age1[a-z0-9]{58}$".into()),
            ("CaseView", "events") => ("maxItems", EVENTS_AT_ONCE.into()),
            ("Announced" | "PaperStanding", "id") | ("PartKept", "paper") => {
                ("pattern", hex(paper::ID_HEX).into())
            }
            ("Submission" | "NewMessage", "papers") => ("maxItems", LETTER_PAPERS.into()),
            ("CasePapers", "papers") => ("maxItems", CASE_PAPERS.into()),
            ("Inbox", "cases") => ("maxItems", INBOX_ROWS.into()),
            ("AuditTrail", "rows") => ("maxItems", TRAIL_ROWS.into()),
            _ => continue,
        };
        if let Some(property) = property.as_object_mut() {
            property.insert(rule.to_owned(), value);
        }
    }
    for variant in fields.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
        add_forms(name, variant);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_is_both_taken_and_given_is_the_same() {
        let mut types = Types::new();
        for route in Route::ALL {
            describe(route, &mut types);
        }
        let taken = types.requests.take_definitions(true);
        let given = types.replies.take_definitions(true);
        let both: Vec<_> = taken.iter().filter(|(name, _)| given.contains_key(*name)).collect();
        assert!(both.iter().any(|(name, _)| *name == "CaseKind"), "the search finds nothing at all");
        for (name, schema) in both {
            assert_eq!(given.get(name), Some(schema), "{name}");
        }
    }
}
