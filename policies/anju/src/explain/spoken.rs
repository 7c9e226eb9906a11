//! A condition or an amount as it is written, in words, with what is known of the household beside each fact.

use chrono::NaiveDate;
use policies::{
    Household, chinese_date, format_value,
    model::{Fact, FactKind},
    rulebook,
};

/// Speaks of one household.
pub(crate) struct Spoken<'h> {
    household: &'h Household,
    on: NaiveDate,
}

/// A word of the language of conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    Name(&'t str),
    Text(&'t str),
    Sign(&'t str),
}

/// Signs, the longer before those that they begin with.
const SIGNS: [(&str, &str); 18] = [
    ("&&", " 并且 "),
    ("||", " 或者 "),
    ("<=", " 不超过 "),
    (">=", " 不少于 "),
    ("==", " 是 "),
    ("!=", " 不是 "),
    ("<", " 低于 "),
    (">", " 多于 "),
    ("!", "不是"),
    ("?", " 就 "),
    (":", "；否则 "),
    ("*", " × "),
    ("/", " ÷ "),
    ("+", " + "),
    ("-", " − "),
    (",", "、"),
    ("(", "（"),
    (")", "）"),
];

/// What a comparison of dates says instead.
const OF_DAYS: [(&str, &str); 4] = [("<=", " 不晚于 "), (">=", " 不早于 "), ("<", " 早于 "), (">", " 晚于 ")];

impl<'h> Spoken<'h> {
    pub(crate) const fn new(household: &'h Household, on: NaiveDate) -> Self {
        Self { household, on }
    }

    /// The words.
    pub(crate) fn of(&self, expression: &str) -> String {
        let tokens = tokens(expression);
        let mut out = String::new();
        let mut about: Option<&Fact> = None;
        let mut rest = tokens.as_slice();
        while let [token, after @ ..] = rest {
            rest = after;
            match (token, after) {
                (Token::Name(call), [Token::Sign("("), argument, Token::Sign(")"), beyond @ ..])
                    if self.quantity(call, *argument).is_some() =>
                {
                    out += &self.quantity(call, *argument).unwrap_or_default();
                    rest = beyond;
                }
                (Token::Sign("!"), [Token::Name(name), beyond @ ..]) if Self::is_flag(name) => {
                    out += &format!("“{}”为否", self.word(name));
                    rest = beyond;
                }
                (Token::Name(name), _) if Self::is_flag(name) => out += &format!("“{}”为是", self.word(name)),
                (Token::Name(name), _) => {
                    let fact = rulebook().fact(name);
                    about = fact.or(about);
                    out += &self.word(name);
                }
                (Token::Text(id), _) => {
                    let choice = about.and_then(|fact| fact.kind.choice(id));
                    out += &format!("“{}”", choice.map_or(*id, |choice| choice.label.as_str()));
                }
                (Token::Sign("["), _) => out += "（",
                (Token::Sign("]"), _) => out += "）之一",
                (Token::Sign(sign), _) => {
                    let of_days = about.is_some_and(|fact| matches!(fact.kind, FactKind::Date { .. }));
                    let days = OF_DAYS.iter().find(|(known, _)| of_days && known == sign);
                    let words = days.or_else(|| SIGNS.iter().find(|(known, _)| known == sign));
                    out += words.map_or(*sign, |(_, words)| *words);
                }
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A fact with what is known of it.
    fn known(&self, fact: &Fact) -> String {
        match (self.household.facts.get(&fact.id), &fact.kind) {
            (_, FactKind::Ratio { .. }) => fact.label.clone(),
            (Some(value), _) => format!("{}〔{}〕", fact.label, format_value(fact, value)),
            (None, _) if fact.from_people.is_some() && !self.household.people.is_empty() => {
                format!("{}〔按每个人说的〕", fact.label)
            }
            (None, _) => format!("{}〔不知道〕", fact.label),
        }
    }

    fn quantity(&self, call: &str, argument: Token<'_>) -> Option<String> {
        let (Token::Name(written) | Token::Text(written)) = argument else { return None };
        Some(match call {
            "yuan" => format!("{written} 元"),
            "m2" => format!("{written} 平方米"),
            "months" => format!("{written} 个月"),
            "years" => format!("{written} 年"),
            "days" => format!("{written} 天"),
            "date" => policies::iso::read(written).map_or_else(|| written.to_owned(), chinese_date),
            _ => return None,
        })
    }

    fn is_flag(name: &str) -> bool {
        rulebook().fact(name).is_some_and(|fact| fact.kind == FactKind::YesNo)
    }

    fn word(&self, name: &str) -> String {
        if let Some(fact) = rulebook().fact(name) {
            return self.known(fact);
        }
        match name {
            "today" => format!("申请那天〔{}〕", chinese_date(self.on)),
            "in" => " 是 ".to_owned(),
            "min" => "取小的".to_owned(),
            "max" => "取大的".to_owned(),
            "round_down" => "往下取整".to_owned(),
            "round_up" => "往上取整".to_owned(),
            "round_nearest" => "四舍五入".to_owned(),
            "true" => "总是".to_owned(),
            "false" => "从不".to_owned(),
            other => other.to_owned(),
        }
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let cut = |end: usize| (rest.get(..end).unwrap_or_default(), rest.get(end..).unwrap_or_default());
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let (token, after) = if let Some(quoted) = rest.strip_prefix(['"', '\'']) {
            let end = quoted.find(['"', '\'']).unwrap_or(quoted.len());
            let (inner, after) =
                (quoted.get(..end).unwrap_or_default(), quoted.get(end..).unwrap_or_default());
            (Token::Text(inner), after.get(1..).unwrap_or_default())
        } else if rest.starts_with(is_name) {
            let (name, after) = cut(rest.find(|c| !is_name(c)).unwrap_or(rest.len()));
            (Token::Name(name), after)
        } else {
            let known = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign));
            let one = rest.chars().next().map_or(1, char::len_utf8);
            let (sign, after) = cut(known.map_or(one, |(sign, _)| sign.len()));
            (Token::Sign(sign), after)
        };
        all.push(token);
        rest = after.trim_start();
    }
    all
}
