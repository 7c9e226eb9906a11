//! Answers on their way out: status, body and which other origins may read them.

use protocol::error::{ErrorCode, Problem};
use serde::Serialize;

/// An answer of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `application/json`, `application/problem+json`, or `application/octet-stream` of a part of a paper.
    pub content_type: &'static str,
    /// JSON text, or the part.
    pub body: Vec<u8>,
    /// `Allow`: the methods that the address takes, where another one was used.
    pub allow: Option<&'static str>,
}

impl Reply {
    /// A value as JSON.
    pub fn json<T: Serialize>(status: u16, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self { status, content_type: "application/json", body, allow: None },
            Err(_) => Self::problem(&ErrorCode::Internal.into()),
        }
    }

    /// A part of a paper.
    pub fn part(body: Vec<u8>) -> Self {
        Self { status: 200, content_type: "application/octet-stream", body, allow: None }
    }

    /// A problem document.
    pub fn problem(problem: &Problem) -> Self {
        Self {
            status: problem.status,
            content_type: "application/problem+json",
            body: serde_json::to_vec(problem).unwrap_or_default(),
            allow: None,
        }
    }

    /// The refusal of a method that the address does not take.
    pub fn not_allowed(allow: &'static str) -> Self {
        Self { allow: Some(allow), ..Self::problem(&ErrorCode::MethodNotAllowed.into()) }
    }

    /// The answer to `OPTIONS`: nothing but headers.
    pub fn options(allow: Option<&'static str>) -> Self {
        Self { status: 204, content_type: "text/plain", body: Vec::new(), allow }
    }
}

/// Headers that let a named other origin read the answer; none for any other.
pub fn cors(origin: Option<&str>, allowed: &[String]) -> Vec<(&'static str, String)> {
    match origin {
        Some(origin) if allowed.iter().any(|name| name == origin) => vec![
            ("access-control-allow-origin", origin.to_owned()),
            ("access-control-allow-methods", "GET, POST".to_owned()),
            ("access-control-allow-headers", "authorization, content-type".to_owned()),
            ("access-control-max-age", "600".to_owned()),
            ("vary", "origin".to_owned()),
        ],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_origins_only_where_named() {
        let allowed = ["https://a.example".to_owned()];
        assert!(!cors(Some("https://a.example"), &allowed).is_empty());
        assert!(cors(Some("https://a.example.evil.example"), &allowed).is_empty());
        assert!(cors(Some("null"), &allowed).is_empty());
        assert!(cors(None, &allowed).is_empty());
    }
}
