//! Units of facts, in words.

use policies::model::FactKind;

/// The unit shown after the box, if the kind has one.
pub fn unit_word(kind: &FactKind) -> Option<&'static str> {
    match kind {
        FactKind::Money => Some("元"),
        FactKind::Area => Some("平方米"),
        FactKind::Months => Some("个月"),
        FactKind::Count { .. }
        | FactKind::Date { .. }
        | FactKind::YesNo
        | FactKind::Choice { .. }
        | FactKind::Ratio { .. } => None,
    }
}
