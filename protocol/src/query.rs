//! What a reading address may carry behind its `?`: each name at most once, values without signs that would need escapes.

use crate::{
    CaseKind,
    error::{ErrorCode, Problem},
};

/// The names and values of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Query<'a> {
    /// Reads what stands behind the `?`, which may be nothing.
    ///
    /// # Errors
    /// `invalid_field` for what is no `name=value`, for a name that is none of `known` or comes twice, and for a value that
    /// is empty or has a sign beyond `A-Z a-z 0-9 - _ .`.
    pub fn parse(text: &'a str, known: &[&'static str]) -> Result<Self, Problem> {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for part in text.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| refused("query"))?;
            let name = known.iter().copied().find(|known| *known == name).ok_or_else(|| refused("query"))?;
            if !plain(value) || pairs.iter().any(|(other, _)| *other == name) {
                return Err(refused(name));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// The value of a name, as it was sent.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    /// The value of a name as a number.
    ///
    /// # Errors
    /// `invalid_field` for what is none below 2^53, which JavaScript can carry.
    pub fn number(&self, name: &'static str) -> Result<Option<u64>, Problem> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let number = text.parse::<u64>().ok().filter(|number| *number < 1 << 53);
        number.map(Some).ok_or_else(|| refused(name))
    }
}

/// The names and values as an address carries them, without the `?`.
pub fn to_text(pairs: &[(&str, Option<String>)]) -> String {
    let given = pairs.iter().filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?)));
    given.collect::<Vec<_>>().join("&")
}

/// Asks for what comes from a number on: events, messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Onward {
    /// The first number that is wanted.
    pub from: u64,
}

impl Onward {
    /// Its names.
    pub const NAMES: &'static [&'static str] = &["from"];

    /// Reads it; nothing asked means from the beginning.
    ///
    /// # Errors
    /// Those of [`Query`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let query = Query::parse(text, Self::NAMES)?;
        Ok(Self { from: query.number("from")?.unwrap_or(0) })
    }

    /// As an address carries it; nothing where everything is asked for.
    pub fn to_text(self) -> String {
        to_text(&[("from", (self.from > 0).then(|| self.from.to_string()))])
    }
}

/// Asks for a part of an audit trail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrailQuery {
    /// Only lines before this number; none means up to the latest.
    pub before: Option<u64>,
}

impl TrailQuery {
    /// Its names.
    pub const NAMES: &'static [&'static str] = &["before"];

    /// Reads it.
    ///
    /// # Errors
    /// Those of [`Query`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Ok(Self { before: Query::parse(text, Self::NAMES)?.number("before")? })
    }

    /// As an address carries it.
    pub fn to_text(self) -> String {
        to_text(&[("before", self.before.map(|before| before.to_string()))])
    }
}

/// How cases stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Not at an end.
    #[default]
    Open,
    /// Waiting for the office's word.
    Waiting,
    /// Open, and their day is over.
    Overdue,
    /// At an end.
    Closed,
    /// Every one but those set aside.
    All,
    /// Set aside as junk.
    Aside,
    /// Open, still where they arrived, and waiting for the office's first word: the newest first.
    Fresh,
}

impl Standing {
    /// Every one, in the order shown.
    pub const EVERY: [Self; 7] =
        [Self::Open, Self::Waiting, Self::Overdue, Self::Closed, Self::All, Self::Aside, Self::Fresh];

    /// The word used in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Overdue => "overdue",
            Self::Closed => "closed",
            Self::All => "all",
            Self::Aside => "aside",
            Self::Fresh => "fresh",
        }
    }
}

/// Asks for a part of an inbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxQuery {
    /// How they stand.
    pub standing: Standing,
    /// Of one kind only.
    pub kind: Option<CaseKind>,
    /// In one stage only, by its id.
    pub stage: Option<String>,
    /// After a place: [`crate::desk::Inbox::next`].
    pub after: Option<String>,
}

impl InboxQuery {
    /// Its names.
    pub const NAMES: &'static [&'static str] = &["standing", "kind", "stage", "after"];

    /// Reads it; nothing asked means the open cases from the beginning.
    ///
    /// # Errors
    /// Those of [`Query`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let query = Query::parse(text, Self::NAMES)?;
        let standing = match query.text("standing") {
            None => Standing::default(),
            Some(id) => {
                let known = Standing::EVERY.into_iter().find(|standing| standing.id() == id);
                known.ok_or_else(|| refused("standing"))?
            }
        };
        let kind =
            query.text("kind").map(|id| serde_json::from_value(id.into()).map_err(|_| refused("kind")));
        let owned = |name| query.text(name).map(str::to_owned);
        Ok(Self { standing, kind: kind.transpose()?, stage: owned("stage"), after: owned("after") })
    }

    /// As an address carries it.
    pub fn to_text(&self) -> String {
        let kind = self.kind.and_then(|kind| serde_json::to_value(kind).ok());
        to_text(&[
            ("standing", Some(self.standing.id().to_owned())),
            ("kind", kind.and_then(|kind| kind.as_str().map(str::to_owned))),
            ("stage", self.stage.clone()),
            ("after", self.after.clone()),
        ])
    }
}

fn plain(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

fn refused(field: &str) -> Problem {
    Problem::new(ErrorCode::InvalidField).at(field)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_place_to_read_on_from_goes_there_and_back() {
        for from in [0, 1, 50, (1 << 53) - 1] {
            let text = Onward { from }.to_text();
            assert_eq!(Onward::parse(&text), Ok(Onward { from }));
            assert_eq!(text.is_empty(), from == 0);
        }
    }

    #[test]
    fn a_part_of_a_trail_goes_there_and_back() {
        for asked in [None, Some(0), Some(500)].map(|before| TrailQuery { before }) {
            assert_eq!(TrailQuery::parse(&asked.to_text()), Ok(asked));
        }
        assert!(TrailQuery::parse("before=x").is_err() && TrailQuery::parse("after=1").is_err());
    }

    #[test]
    fn a_part_of_an_inbox_goes_there_and_back() {
        for standing in Standing::EVERY {
            for (kind, stage, after) in [
                (None, None, None),
                (Some(CaseKind::TipOff), Some("town_review"), None),
                (Some(CaseKind::ChangeOfApplicant), None, Some("0-20760-1790000000-0a")),
            ] {
                let [stage, after] = [stage, after].map(|text: Option<&str>| text.map(str::to_owned));
                let asked = InboxQuery { standing, kind, stage, after };
                assert_eq!(InboxQuery::parse(&asked.to_text()), Ok(asked));
            }
        }
        assert_eq!(InboxQuery::parse(""), Ok(InboxQuery::default()));
        for (text, field) in [("standing=lost", "standing"), ("kind=cat", "kind"), ("stage=a%20b", "stage")] {
            assert_eq!(InboxQuery::parse(text).unwrap_err().field.as_deref(), Some(field));
        }
    }

    #[test]
    fn what_is_no_query_is_named() {
        for (text, field) in [
            ("from", "query"),
            ("form=1", "query"),
            ("from=1&from=1", "from"),
            ("from=", "from"),
            ("from=-1", "from"),
            ("from=1e3", "from"),
            ("from=%31", "from"),
            ("from=9007199254740992", "from"),
        ] {
            let problem = Onward::parse(text).unwrap_err();
            assert_eq!(
                (problem.field.as_deref(), problem.code),
                (Some(field), ErrorCode::InvalidField.into()),
                "{text}"
            );
        }
        assert_eq!(Onward::parse("&from=1&"), Ok(Onward { from: 1 }));
    }
}
