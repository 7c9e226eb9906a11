//! How far a household is from a line, in words and on a scale. Integers only.

use chrono::DateTime;

use crate::{
    assess::assessment::{Answer, Margin},
    model::{Fact, FactKind, RatioUnit},
    units::{date::chinese_date, money},
};

/// A margin ready to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarginWords {
    /// What was measured: `人均月收入`.
    pub label: String,
    /// The household's own value: `3,200.00 元`.
    pub own: String,
    /// The line: `不超过 3,500.00 元`.
    pub line: String,
    /// How far: `比 3,500.00 元少 300.00 元`.
    pub place: String,
    /// The same with what follows from it: `比 3,500.00 元少 300.00 元，符合`.
    pub gap: String,
    /// All of it in one sentence.
    pub sentence: String,
    /// Value and line in parts per thousand of a scale, where a bar makes sense.
    pub scale: Option<(u32, u32)>,
    /// Whether it is good to lie below the line.
    pub below: bool,
}

/// The unit in which a quantity is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Money,
    Area,
    Months,
    Plain,
    Day,
}

impl Unit {
    fn of(kind: &FactKind) -> Self {
        match kind {
            FactKind::Money | FactKind::Ratio { unit: RatioUnit::Money, .. } => Self::Money,
            FactKind::Area | FactKind::Ratio { unit: RatioUnit::Area, .. } => Self::Area,
            FactKind::Months => Self::Months,
            FactKind::Date { .. } => Self::Day,
            FactKind::Count { .. }
            | FactKind::YesNo
            | FactKind::Choice { .. }
            | FactKind::Ratio { unit: RatioUnit::Number, .. } => Self::Plain,
        }
    }

    /// A quotient in this unit; `约` where decimals had to be cut.
    fn words(self, numerator: i128, denominator: i128) -> String {
        match self {
            Self::Money => format!("{} 元", hundredths(numerator, denominator)),
            Self::Area => format!("{} 平方米", hundredths(numerator, denominator)),
            Self::Months => format!("{} 个月", whole(numerator, denominator)),
            Self::Plain => whole(numerator, denominator).to_string(),
            Self::Day => day(whole(numerator, denominator)),
        }
    }

    /// A distance in this unit.
    fn distance(self, numerator: i128, denominator: i128) -> String {
        match self {
            Self::Day => span(whole(numerator, denominator)),
            Self::Money | Self::Area if numerator > 0 && numerator.saturating_mul(2) < denominator => {
                format!("不到 0.01 {}", if self == Self::Money { "元" } else { "平方米" })
            }
            Self::Money | Self::Area | Self::Months | Self::Plain => self.words(numerator, denominator),
        }
    }
}

/// A margin in words, with the answer to the whole requirement: one comparison alone must not say “不符合”
/// where a person decides. `None` for comparisons that have no distance (yes/no, choices).
pub fn margin_words(fact: &Fact, margin: &Margin, answer: Answer) -> Option<MarginWords> {
    if matches!(fact.kind, FactKind::YesNo | FactKind::Choice { .. }) {
        return None;
    }
    let unit = Unit::of(&fact.kind);
    let denominator = i128::from(margin.denominator.max(1));
    let numerator = i128::from(margin.numerator);
    let line = i128::from(margin.line).saturating_mul(denominator);
    let is = |value: i64| numerator == i128::from(value).saturating_mul(denominator);
    let open = fact.open_ended.as_ref().filter(|open| is(open.value));
    let own = open.map_or_else(|| unit.words(numerator, denominator), |open| open.label.clone());
    let limit = unit.words(line, denominator);
    let gap = unit.distance(numerator.saturating_sub(line).saturating_abs(), denominator);
    let (rule, strict, below) = match (&*margin.op, unit) {
        ("<=", Unit::Day) => ("不晚于", false, true),
        ("<", Unit::Day) => ("早于", true, true),
        (">=", Unit::Day) => ("不早于", false, false),
        (">", Unit::Day) => ("晚于", true, false),
        ("<=", _) => ("不超过", false, true),
        ("<", _) => ("低于", true, true),
        (">=", _) => ("不少于", false, false),
        (">", _) => ("多于", true, false),
        _ => ("等于", false, true),
    };
    let (more, less) = if unit == Unit::Day { ("晚", "早") } else { ("多", "少") };
    let place = match numerator.cmp(&line) {
        _ if open.is_some() => own.clone(),
        std::cmp::Ordering::Equal if strict && answer == Answer::NotMet => {
            format!("正好是 {limit}，要{rule}它才行")
        }
        std::cmp::Ordering::Equal => format!("正好是 {limit}"),
        std::cmp::Ordering::Greater => format!("比 {limit}{more}{gap}"),
        std::cmp::Ordering::Less => format!("比 {limit}{less}{gap}"),
    };
    let verdict = match answer {
        Answer::Met => "，符合",
        Answer::NotMet => "，不符合",
        Answer::Ask => "，请窗口认定",
        Answer::Unknown => "",
    };
    Some(MarginWords {
        label: fact.label.clone(),
        gap: format!("{place}{verdict}"),
        sentence: format!("{}：{own}。要求{rule} {limit}。{place}{verdict}。", fact.label),
        place,
        own,
        line: format!("{rule} {limit}"),
        scale: (unit != Unit::Day).then(|| scale(numerator, line)),
        below,
    })
}

/// Both on a scale whose end is a quarter beyond the larger.
fn scale(value: i128, line: i128) -> (u32, u32) {
    let end = whole(value.max(line).saturating_mul(5), 4).max(1);
    let part = |what: i128| u32::try_from(whole(what.max(0).saturating_mul(1000), end)).unwrap_or(1000);
    (part(value), part(line))
}

/// A quotient of hundredths with two decimals, rounded to the nearest for reading only.
fn hundredths(numerator: i128, denominator: i128) -> String {
    let denominator = denominator.max(1);
    let rounded =
        whole(numerator.saturating_mul(2).saturating_add(denominator), denominator.saturating_mul(2));
    let about = if numerator.checked_rem(denominator) == Some(0) { "" } else { "约 " };
    format!("{about}{}", money::format(i64::try_from(rounded).unwrap_or(i64::MAX)))
}

/// How many times the divisor goes into a number; a divisor below one counts as one.
fn whole(numerator: i128, denominator: i128) -> i128 {
    numerator.checked_div(denominator.max(1)).unwrap_or_default()
}

fn day(days: i128) -> String {
    i64::try_from(days)
        .ok()
        .and_then(|days| DateTime::from_timestamp(days.checked_mul(86_400)?, 0))
        .map_or_else(String::new, |moment| chinese_date(moment.date_naive()))
}

/// Days as people say them: counted while they can be, then months or years of the mean length, as an estimate.
fn span(days: i128) -> String {
    match days {
        0..=90 => format!("{days} 天"),
        91..=730 => format!("约 {} 个月", whole(days.saturating_mul(12).saturating_add(182), 365)),
        _ => format!("约 {} 年", whole(days.saturating_mul(4).saturating_add(730), 1461)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn margin(fact: &str, numerator: i64, denominator: i64, op: &str, line: i64, holds: bool) -> MarginWords {
        let fact = crate::rulebook().fact(fact).unwrap();
        let margin =
            Margin { fact: fact.id.as_str().into(), numerator, denominator, op: op.into(), line, holds };
        let answer = if holds { Answer::Met } else { Answer::NotMet };
        margin_words(fact, &margin, answer).unwrap()
    }

    #[test]
    fn a_fen_over_the_line_is_told_exactly() {
        // 3500.00 yuan for 3 people over 12 months, and one fen more in the year.
        let on = margin("income_per_person_month", 12_600_000, 36, "<=", 350_000, true);
        assert!(on.sentence.contains("正好是 3,500.00 元，符合"), "{}", on.sentence);
        let over = margin("income_per_person_month", 12_600_001, 36, "<=", 350_000, false);
        assert!(over.sentence.contains("约 3,500.00 元"), "{}", over.sentence);
        assert!(over.sentence.contains("多不到 0.01 元"), "{}", over.sentence);
    }

    #[test]
    fn a_strict_line_says_why_the_line_itself_fails() {
        let at = margin("assets_total", 10_000_000, 1, "<", 10_000_000, false);
        assert!(at.sentence.contains("正好是 100,000.00 元，要低于它才行"), "{}", at.sentence);
        assert_eq!(at.scale, Some((800, 800)));
    }

    #[test]
    fn what_a_person_decides_is_neither_yes_nor_no() {
        let fact = crate::rulebook().fact("assets_total").unwrap();
        let at = Margin {
            fact: fact.id.as_str().into(),
            numerator: 84_000,
            denominator: 1,
            op: "<".into(),
            line: 84_000,
            holds: false,
        };
        let told = |answer| margin_words(fact, &at, answer).unwrap().gap;
        assert_eq!(told(Answer::Ask), "正好是 840.00 元，请窗口认定");
        assert_eq!(told(Answer::Unknown), "正好是 840.00 元");
        assert!(told(Answer::NotMet).ends_with("，不符合"));
    }

    #[test]
    fn what_has_no_end_is_not_told_in_months() {
        let facts = crate::rulebook().facts();
        let (fact, open) = facts.iter().find_map(|fact| Some((fact, fact.open_ended.as_ref()?))).unwrap();
        let told = margin(&fact.id, open.value, 1, ">=", 24, true);
        assert_eq!((told.own.as_str(), told.place.as_str()), (&*open.label, &*open.label));
        assert!(!told.sentence.contains(&open.value.to_string()), "{}", told.sentence);
    }

    #[test]
    fn a_long_time_is_told_in_months_or_years() {
        assert_eq!(span(1), "1 天");
        assert_eq!(span(90), "90 天");
        assert_eq!(span(91), "约 3 个月");
        assert_eq!(span(730), "约 24 个月");
        assert_eq!(span(19_258), "约 53 年");
    }

    #[test]
    fn nothing_against_nothing_has_a_scale() {
        assert_eq!(scale(0, 0), (0, 0));
    }
}
