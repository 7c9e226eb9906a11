//! Facts and their values, in words.

use policies::model::{Fact, FactKind};

use crate::{components::FieldKind, state::self_check::Reply};

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

/// The box in which a value of the kind is typed; choices have none and are picked.
pub fn field_kind(kind: &FactKind) -> FieldKind {
    match kind {
        FactKind::Money | FactKind::Area => FieldKind::Decimal,
        FactKind::Count { .. } | FactKind::Months => FieldKind::Whole,
        FactKind::Date { .. } => FieldKind::Date,
        FactKind::YesNo | FactKind::Choice { .. } | FactKind::Ratio { .. } => FieldKind::Text,
    }
}

/// A reply for reading: the value, or 不知道.
pub fn reply_words(fact: &Fact, reply: &Reply) -> String {
    reply.as_ref().map_or_else(|| "不知道".to_owned(), |value| policies::format_value(fact, value))
}
