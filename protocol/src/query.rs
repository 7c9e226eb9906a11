//! What a reading address may carry behind its `?`: each name at most once, values without signs that would need escapes.

use crate::error::{ErrorCode, Problem};

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
