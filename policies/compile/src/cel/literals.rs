//! Literals: numbers, money, areas, lengths of time and dates.

use super::{
    Parsed,
    typing::{Piece, Unit},
};
use policies_model::{decimal::hundredths, program::Expr};

pub(super) const fn number(value: i64, unit: Unit) -> Piece {
    Piece::Quantity { expr: Expr::Const(value), unit, about: None }
}

pub(super) fn scaled(piece: &Piece, unit: Unit) -> Parsed<Piece> {
    match piece {
        Piece::Quantity { expr: Expr::Const(n), unit: Unit::Number, .. } => {
            n.checked_mul(100).map(|n| number(n, unit)).ok_or_else(|| "this number is too large".to_owned())
        }
        Piece::Text(t) => hundredths(t)
            .map(|n| number(n, unit))
            .map_err(|_| format!("`{t}` is not a number with at most two decimals")),
        other => {
            Err(format!("yuan(…) and m2(…) want a number or a text like \"0.01\", not {}", other.name()))
        }
    }
}

pub(super) fn length(piece: &Piece, months: i64) -> Parsed<Piece> {
    match piece {
        Piece::Quantity { expr: Expr::Const(n), unit: Unit::Number, .. } => {
            Ok(number(n.saturating_mul(months), Unit::Months))
        }
        other => Err(format!("months(…) and years(…) want a whole number, not {}", other.name())),
    }
}
