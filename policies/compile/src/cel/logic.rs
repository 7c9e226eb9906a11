//! Conditions as logic: negation pushed down to the comparisons, nested lists flattened.

use policies_model::{FactKind, program::Cond};

use super::Named;

/// What holds exactly when a condition does not.
pub(super) fn negate(cond: Cond, facts: &[Named<'_>]) -> Cond {
    match cond {
        Cond::Always(b) => Cond::Always(!b),
        Cond::Open => Cond::Open,
        Cond::Flag(s, b) => Cond::Flag(s, !b),
        Cond::OneOf(s, mask) => {
            let all = match facts.get(usize::from(s)).map(|f| f.kind) {
                Some(FactKind::Choice { choices }) if choices.len() < 64 => (1 << choices.len()) - 1,
                _ => u64::MAX,
            };
            Cond::OneOf(s, all & !mask)
        }
        Cond::Line(s, op, line) => Cond::Line(s, op.negated(), line),
        Cond::Compare(a, op, b, about) => Cond::Compare(a, op.negated(), b, about),
        Cond::All(inner) => Cond::Any(inner.into_iter().map(|c| negate(c, facts)).collect()),
        Cond::Any(inner) => Cond::All(inner.into_iter().map(|c| negate(c, facts)).collect()),
    }
}

/// Flattens nested lists of the same kind.
pub(crate) fn simplify(cond: Cond) -> Cond {
    match cond {
        Cond::All(inner) => {
            let mut flat = Vec::new();
            for c in inner.into_iter().map(simplify) {
                if let Cond::All(more) = c { flat.extend(more) } else { flat.push(c) }
            }
            Cond::All(flat)
        }
        Cond::Any(inner) => {
            let mut flat = Vec::new();
            for c in inner.into_iter().map(simplify) {
                if let Cond::Any(more) = c { flat.extend(more) } else { flat.push(c) }
            }
            Cond::Any(flat)
        }
        other => other,
    }
}
