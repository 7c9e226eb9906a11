//! A self-check as text, the way it is kept in the browser: a line for each reply, in a form of its
//! own, because reading JSON would cost everyone who only checks a tenth of the download.
//!
//! ```text
//! thorough
//! together          who applies together was told
//! ~spouse 1         how many of a relation there are
//! !people #3        a reply that stands
//! -dibao yes        an earlier one, to be offered again
//! !moved @2024-03-01
//! !kind =rural      the id of a choice
//! !assets ?         不知道
//! ```

use policies::{household::Value, iso};

use super::{relatives::Relatives, replies::Replies, self_check::Reply};

/// A self-check as it lies in the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredCheck {
    /// Every reply given, by fact.
    pub(super) replies: Replies,
    /// The facts whose replies stand, in the order they were asked.
    pub(super) trail: Vec<String>,
    /// How many of each relation apply together, where it was told.
    pub(super) together: Option<Relatives>,
    /// Whether the questions go on after a “no”.
    pub(super) thorough: bool,
}

impl StoredCheck {
    /// As text.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::new();
        if self.thorough {
            text.push_str("thorough\n");
        }
        if let Some(together) = &self.together {
            text.push_str("together\n");
            for (relation, count) in together.iter() {
                text.push_str(&["~", relation, " ", &count.to_string(), "\n"].concat());
            }
        }
        let standing =
            self.trail.iter().filter_map(|fact| Some(('!', fact.as_str(), self.replies.get(fact)?)));
        let earlier = self.replies.iter().filter(|(fact, _)| !self.trail.iter().any(|known| known == fact));
        for (mark, fact, reply) in standing.chain(earlier.map(|(fact, reply)| ('-', fact, reply))) {
            text.push(mark);
            text.push_str(fact);
            text.push(' ');
            match reply {
                None => text.push('?'),
                Some(Value::YesNo(yes)) => text.push_str(if *yes { "yes" } else { "no" }),
                Some(Value::Number(number)) => {
                    text.push('#');
                    text.push_str(&number.to_string());
                }
                Some(Value::Date(date)) => {
                    text.push('@');
                    text.push_str(&date.to_string());
                }
                Some(Value::Choice(id)) => {
                    text.push('=');
                    text.push_str(id);
                }
            }
            text.push('\n');
        }
        text
    }

    /// Reads what [`StoredCheck::to_text`] wrote; lines that are no reply count for nothing.
    pub(super) fn of_text(text: &str) -> Self {
        let mut check = Self::default();
        for line in text.lines() {
            match line {
                "thorough" => check.thorough = true,
                "together" => check.together = Some(Relatives::default()),
                _ => {}
            }
            let Some((fact, reply)) = line.split_once(' ') else { continue };
            if let (Some(relation), Some(together)) = (fact.strip_prefix('~'), &mut check.together) {
                if let Ok(count) = reply.parse() {
                    together.set(relation, count);
                }
                continue;
            }
            let Some(reply) = reply_of(reply) else { continue };
            if let Some(fact) = fact.strip_prefix('!') {
                check.trail.push(fact.to_owned());
                check.replies.set(fact, reply);
            } else if let Some(fact) = fact.strip_prefix('-') {
                check.replies.set(fact, reply);
            }
        }
        check
    }
}

fn reply_of(text: &str) -> Option<Reply> {
    let value = match text {
        "?" => return Some(None),
        "yes" => Value::YesNo(true),
        "no" => Value::YesNo(false),
        _ => {
            if let Some(number) = text.strip_prefix('#') {
                Value::Number(number.parse().ok()?)
            } else if let Some(day) = text.strip_prefix('@') {
                Value::Date(iso::read(day)?)
            } else {
                Value::Choice(text.strip_prefix('=')?.to_owned())
            }
        }
    };
    Some(Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let replies = [
            ("a", Some(Value::YesNo(true))),
            ("b", Some(Value::Number(350_000))),
            ("c", iso::read("2024-03-01").map(Value::Date)),
            ("d", Some(Value::Choice("rural".to_owned()))),
            ("e", None),
            ("f", Some(Value::YesNo(false))),
        ];
        let mut kept = Replies::default();
        replies.into_iter().for_each(|(fact, reply)| kept.set(fact, reply));
        let mut told = Relatives::default();
        told.set("spouse", 1);
        told.set("child", 2);
        let check = StoredCheck {
            replies: kept,
            trail: vec!["e".to_owned(), "a".to_owned()],
            together: Some(told),
            thorough: true,
        };
        assert_eq!(StoredCheck::of_text(&check.to_text()), check);
        let alone = StoredCheck { together: Some(Relatives::default()), ..StoredCheck::default() };
        assert_eq!(StoredCheck::of_text(&alone.to_text()), alone);
    }

    #[test]
    fn nonsense_is_no_reply() {
        let nonsense = "{\"trail\":[]}\n!a\n!b #x\n~spouse 1\n!c @2024-13-01\nd yes\n\n! \n";
        assert_eq!(StoredCheck::of_text(nonsense), StoredCheck::default());
    }
}
