//! Every address of the API, once: both ends and the tests make and read them here.

use crate::{
    error::ErrorCode,
    hash::is_hex,
    limits::{PAPER_SEALED, PART_BYTES},
    paper,
    receipt::LOOKUP_HEX,
};

/// What every address of the API begins with.
pub const ROOT: &str = "/api";

/// Whether an address is meant for the API, known there or not; all others are files of the site.
pub fn is_api(path: &str) -> bool {
    path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How a route is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads. `HEAD` is answered alike, without the body.
    Get,
    /// Writes, or sends what is to be judged.
    Post,
}

impl Method {
    /// The word of HTTP.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }

    /// What `Allow` says of a route with this method.
    pub const fn allow(self) -> &'static str {
        match self {
            Self::Get => "GET, HEAD, OPTIONS",
            Self::Post => "POST, OPTIONS",
        }
    }

    /// Whether a request with this word of HTTP is one.
    pub fn takes(self, word: &str) -> bool {
        word == self.name() || (self == Self::Get && word == "HEAD")
    }
}

/// The kinds of ids that addresses carry.
#[derive(Clone, Copy, Default)]
struct Ids<'a> {
    office: &'a str,
    lookup: &'a str,
    paper: &'a str,
    part: &'a str,
}

macro_rules! routes {
    ($($(#[doc = $doc:literal])+ $name:ident { $($id:ident),* } = $method:ident $template:literal;)+) => {
        /// A route with its ids.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Route<'a> {
            $($(#[doc = $doc])+ #[doc = concat!("\n\n`", $template, "`")] $name {
                $(#[doc = concat!("The id in the place of `{", stringify!($id), "}`.")] $id: &'a str),*
            },)+
        }

        impl Route<'static> {
            /// Every route, with the ids' names in braces for ids: its path is its template.
            pub const ALL: &[Self] = &[$(Self::$name { $($id: concat!("{", stringify!($id), "}")),* }),+];
        }

        impl<'a> Route<'a> {
            /// Its name.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$name { .. } => stringify!($name)),+ }
            }

            /// What it does, in a sentence.
            pub fn summary(&self) -> &'static str {
                match self { $(Self::$name { .. } => concat!($($doc),+).trim()),+ }
            }

            /// How it is asked.
            pub const fn method(&self) -> Method {
                match self { $(Self::$name { .. } => Method::$method),+ }
            }

            /// The names of the ids that its address carries.
            pub const fn ids(&self) -> &'static [&'static str] {
                match self { $(Self::$name { .. } => &[$(stringify!($id)),*]),+ }
            }

            /// The address, from `/api/`.
            pub fn to_path(&self) -> String {
                match self { $(Self::$name { $($id),* } => format!($template)),+ }
            }

            /// Reads an address (from `/api/`, without query); which method asks is not looked at.
            ///
            /// # Errors
            /// `not_found`; `unknown_office`, `unknown_case` and `unknown_paper` for what cannot be an id.
            pub fn recognise(path: &'a str) -> Result<Self, ErrorCode> {
                $(if let Some(_ids) = fit($template, path)? {
                    return Ok(Self::$name { $($id: _ids.$id),* });
                })+
                Err(ErrorCode::NotFound)
            }
        }
    };
}

routes! {
    /// Whether the server answers, and its clock.
    Health {} = Get "/api/health";
    /// Assesses a household. Nothing is kept.
    Assess {} = Post "/api/assess";
    /// How much work the office asks for just now.
    Challenge { office } = Get "/api/offices/{office}/challenge";
    /// Opens a case. Sending the same again gives the same acknowledgement.
    Submit { office } = Post "/api/offices/{office}/cases";
    /// The case of a receipt, its events from a number on.
    View { lookup } = Get "/api/cases/{lookup}";
    /// The sealed messages of a case, from a number on.
    Thread { lookup } = Get "/api/cases/{lookup}/thread";
    /// The sealed letter that a case began with: no message once it is gone.
    OwnLetter { lookup } = Get "/api/cases/{lookup}/letter";
    /// The owner writes to the office.
    Message { lookup } = Post "/api/cases/{lookup}/messages";
    /// The owner takes the case back; its letter is erased.
    Withdraw { lookup } = Post "/api/cases/{lookup}/withdraw";
    /// The papers of a case, and what has come of each.
    Papers { lookup } = Get "/api/cases/{lookup}/papers";
    /// A part of a sealed paper, for its owner.
    OwnPart { lookup, paper, part } = Get "/api/cases/{lookup}/papers/{paper}/{part}";
    /// The owner sends a part of a paper that was announced with a letter or a message. The same again changes nothing.
    SendPart { lookup, paper, part } = Post "/api/cases/{lookup}/uploads/{paper}/{part}";
    /// The case tells the office's list again where it stands: for an operator whose list was lost. Nothing is told to the sender.
    Deliver { lookup } = Post "/api/cases/{lookup}/deliver";
    /// The office's cases.
    Inbox { office } = Get "/api/desk/{office}/cases";
    /// A case with its sealed letter, its events from a number on. The reading is noted in the audit trail.
    Open { office, lookup } = Get "/api/desk/{office}/cases/{lookup}";
    /// The sealed messages of a case, from a number on. The reading is noted in the audit trail.
    OpenThread { office, lookup } = Get "/api/desk/{office}/cases/{lookup}/thread";
    /// The papers of a case, and what has come of each.
    OpenPapers { office, lookup } = Get "/api/desk/{office}/cases/{lookup}/papers";
    /// A part of a sealed paper. The reading is noted in the audit trail.
    OpenPart { office, lookup, paper, part } = Get "/api/desk/{office}/cases/{lookup}/papers/{paper}/{part}";
    /// Moves a case along its document's procedure, or replies, or both. Not for auditors.
    Act { office, lookup } = Post "/api/desk/{office}/cases/{lookup}/events";
    /// Hands the keys of a case's envelopes on to those who are on the office's card now. Not for auditors; noted in the audit trail.
    HandOn { office, lookup } = Post "/api/desk/{office}/cases/{lookup}/handover";
    /// Tickets that the office will hand out at its counter. Not for auditors.
    Tickets { office } = Post "/api/desk/{office}/tickets";
    /// Who did what on the desk. For the office and auditors.
    Audit { office } = Get "/api/desk/{office}/audit";
}

impl<'a> Route<'a> {
    /// Reads method and address (from `/api/`, without query).
    ///
    /// # Errors
    /// Those of [`Route::recognise`]; `method_not_allowed`.
    pub fn parse(method: &str, path: &'a str) -> Result<Self, ErrorCode> {
        let route = Self::recognise(path)?;
        if route.method().takes(method) { Ok(route) } else { Err(ErrorCode::MethodNotAllowed) }
    }
}

/// An address with its query, as it is asked and signed.
pub fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The ids of an address that has the form of a template.
fn fit<'a>(template: &str, path: &'a str) -> Result<Option<Ids<'a>>, ErrorCode> {
    let (wanted, mut given) = (template.split('/'), path.split('/'));
    let (mut office, mut lookup, mut paper, mut part) = (None, None, None, None);
    for place in wanted {
        let Some(text) = given.next() else { return Ok(None) };
        match place {
            "{office}" => office = Some(text),
            "{lookup}" => lookup = Some(text),
            "{paper}" => paper = Some(text),
            "{part}" => part = Some(text),
            _ if place == text => {}
            _ => return Ok(None),
        }
    }
    if given.next().is_some() {
        return Ok(None);
    }
    if !office.is_none_or(is_office) {
        return Err(ErrorCode::UnknownOffice);
    }
    if !lookup.is_none_or(|text| is_hex(text, LOOKUP_HEX)) {
        return Err(ErrorCode::UnknownCase);
    }
    if !paper.is_none_or(|text| is_hex(text, paper::ID_HEX))
        || part.is_some_and(|text| part_number(text).is_none())
    {
        return Err(ErrorCode::UnknownPaper);
    }
    let [office, lookup, paper, part] = [office, lookup, paper, part].map(Option::unwrap_or_default);
    Ok(Some(Ids { office, lookup, paper, part }))
}

/// The number of a part as an address carries it: written in one way only, and below what the largest paper has.
pub fn part_number(text: &str) -> Option<u32> {
    let number = text.parse().ok().filter(|number| *number < PAPER_SEALED.div_ceil(PART_BYTES) as u32);
    number.filter(|number: &u32| number.to_string() == text)
}

/// Whether a text has the form of an office id: 1 to 64 of `a-z 0-9 -`.
fn is_office(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_template_is_recognised_with_its_method_only_and_made_again() {
        for template in Route::ALL {
            let method = template.method();
            let path = template
                .to_path()
                .replace("{office}", "o-1")
                .replace("{lookup}", &"0".repeat(32))
                .replace("{paper}", &"0".repeat(64))
                .replace("{part}", "31");
            let route = Route::parse(method.name(), &path).unwrap();
            assert_eq!((route.method(), route.name()), (method, template.name()));
            assert_eq!(route.to_path(), path);
            assert!(template.summary().ends_with('.') && !template.summary().starts_with(' '));
            let other = if method == Method::Get { "POST" } else { "GET" };
            for word in [other, "PROPFIND", "CONNECT", "get", ""] {
                assert_eq!(Route::parse(word, &path), Err(ErrorCode::MethodNotAllowed), "{word}");
            }
            assert_eq!(Route::parse("HEAD", &path).is_ok(), method == Method::Get);
            assert_eq!(Route::parse(method.name(), &format!("{path}/x/y/z")), Err(ErrorCode::NotFound));
            assert!(is_api(&path));
        }
    }

    #[test]
    fn pages_are_no_part_of_the_api() {
        assert!(is_api("/api") && is_api("/api/") && is_api("/api/nothing"));
        assert!(!is_api("/") && !is_api("/apis") && !is_api("/assets/api/"));
    }

    #[test]
    fn what_cannot_be_an_id_goes_nowhere() {
        assert_eq!(Route::parse("GET", "/api/cases/abc"), Err(ErrorCode::UnknownCase));
        let capitals = format!("/api/cases/{}", "A".repeat(32));
        assert_eq!(Route::parse("GET", &capitals), Err(ErrorCode::UnknownCase));
        assert_eq!(Route::parse("GET", "/api/desk/../audit"), Err(ErrorCode::UnknownOffice));
        assert_eq!(Route::parse("GET", "/api"), Err(ErrorCode::NotFound));
        assert_eq!(Route::parse("GET", ""), Err(ErrorCode::NotFound));
        let (lookup, paper) = ("0".repeat(32), "0".repeat(64));
        for (paper, part) in
            [("0", "0"), (paper.as_str(), "32"), (&paper, "01"), (&paper, "+1"), (&paper, "")]
        {
            let path = format!("/api/cases/{lookup}/papers/{paper}/{part}");
            assert_eq!(Route::parse("GET", &path), Err(ErrorCode::UnknownPaper), "{path}");
        }
    }
}
