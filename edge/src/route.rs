//! Addresses of the API.

use protocol::{error::ErrorCode, hash::is_hex, receipt::LOOKUP_HEX};

/// Where a request goes. Parts that cannot be ids never get here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `GET /api/health`.
    Health,
    /// `POST /api/assess`.
    Assess,
    /// `POST /api/offices/{office}/cases`.
    Submit {
        /// Office id.
        office: String,
    },
    /// `GET /api/cases/{lookup}`.
    View {
        /// Look-up id.
        lookup: String,
    },
    /// `POST /api/cases/{lookup}/messages`.
    Message {
        /// Look-up id.
        lookup: String,
    },
    /// `POST /api/cases/{lookup}/withdraw`.
    Withdraw {
        /// Look-up id.
        lookup: String,
    },
    /// `GET /api/desk/{office}/cases`.
    Inbox {
        /// Office id.
        office: String,
    },
    /// `GET /api/desk/{office}/cases/{lookup}`.
    Open {
        /// Office id.
        office: String,
        /// Look-up id.
        lookup: String,
    },
    /// `POST /api/desk/{office}/cases/{lookup}/events`.
    Act {
        /// Office id.
        office: String,
        /// Look-up id.
        lookup: String,
    },
    /// `GET /api/desk/{office}/audit`.
    Audit {
        /// Office id.
        office: String,
    },
}

/// Every route as the OpenAPI file writes it.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("GET", "/api/health"),
    ("POST", "/api/assess"),
    ("POST", "/api/offices/{office}/cases"),
    ("GET", "/api/cases/{lookup}"),
    ("POST", "/api/cases/{lookup}/messages"),
    ("POST", "/api/cases/{lookup}/withdraw"),
    ("GET", "/api/desk/{office}/cases"),
    ("GET", "/api/desk/{office}/cases/{lookup}"),
    ("POST", "/api/desk/{office}/cases/{lookup}/events"),
    ("GET", "/api/desk/{office}/audit"),
];

impl Route {
    /// Reads method and path (from `/api/`, without query).
    ///
    /// # Errors
    /// `not_found`, `unknown_case` for what cannot be a look-up id, `method_not_allowed`.
    pub fn parse(method: &str, path: &str) -> Result<Self, ErrorCode> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let (wanted, route) = match parts.as_slice() {
            ["api", "health"] => ("GET", Self::Health),
            ["api", "assess"] => ("POST", Self::Assess),
            ["api", "offices", office, "cases"] => ("POST", Self::Submit { office: id(office)? }),
            ["api", "cases", lookup] => ("GET", Self::View { lookup: case(lookup)? }),
            ["api", "cases", lookup, "messages"] => ("POST", Self::Message { lookup: case(lookup)? }),
            ["api", "cases", lookup, "withdraw"] => ("POST", Self::Withdraw { lookup: case(lookup)? }),
            ["api", "desk", office, "cases"] => ("GET", Self::Inbox { office: id(office)? }),
            ["api", "desk", office, "cases", lookup] => {
                ("GET", Self::Open { office: id(office)?, lookup: case(lookup)? })
            }
            ["api", "desk", office, "cases", lookup, "events"] => {
                ("POST", Self::Act { office: id(office)?, lookup: case(lookup)? })
            }
            ["api", "desk", office, "audit"] => ("GET", Self::Audit { office: id(office)? }),
            _ => return Err(ErrorCode::NotFound),
        };
        if method == wanted { Ok(route) } else { Err(ErrorCode::MethodNotAllowed) }
    }
}

fn id(text: &str) -> Result<String, ErrorCode> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if (1..=64).contains(&text.len()) && text.bytes().all(plain) {
        Ok(text.to_owned())
    } else {
        Err(ErrorCode::UnknownOffice)
    }
}

fn case(text: &str) -> Result<String, ErrorCode> {
    if is_hex(text, LOOKUP_HEX) { Ok(text.to_owned()) } else { Err(ErrorCode::UnknownCase) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_served_with_its_method_only() {
        for (method, template) in TEMPLATES {
            let path = template.replace("{office}", "o-1").replace("{lookup}", &"0".repeat(32));
            assert!(Route::parse(method, &path).is_ok(), "{template}");
            let other = if *method == "GET" { "POST" } else { "GET" };
            assert_eq!(Route::parse(other, &path), Err(ErrorCode::MethodNotAllowed));
            assert_eq!(Route::parse(method, &format!("{path}/x/y")), Err(ErrorCode::NotFound));
        }
    }

    #[test]
    fn what_cannot_be_an_id_goes_nowhere() {
        assert_eq!(Route::parse("GET", "/api/cases/abc"), Err(ErrorCode::UnknownCase));
        assert_eq!(
            Route::parse("GET", &format!("/api/cases/{}", "A".repeat(32))),
            Err(ErrorCode::UnknownCase)
        );
        assert_eq!(Route::parse("GET", "/api/desk/../audit"), Err(ErrorCode::UnknownOffice));
        assert_eq!(Route::parse("GET", "/api"), Err(ErrorCode::NotFound));
        assert_eq!(Route::parse("GET", ""), Err(ErrorCode::NotFound));
    }
}
