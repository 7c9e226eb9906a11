//! Literals: numbers, money, areas, lengths of time and dates.

use chrono::NaiveDate;

use super::{
    Outcome,
    typing::{Piece, Unit},
};
use crate::program::Expr;

/// Days since 1970-01-01.
pub fn days(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

pub(super) const fn number(value: i64, unit: Unit) -> Piece {
    Piece::Quantity { expr: Expr::Const(value), unit, about: None }
}

pub(super) fn scaled(piece: &Piece, unit: Unit) -> Outcome<Piece> {
    match piece {
        Piece::Quantity { expr: Expr::Const(n), unit: Unit::Number, .. } => {
            n.checked_mul(100).map(|n| number(n, unit)).ok_or_else(|| "this number is too large".to_owned())
        }
        Piece::Text(t) => hundredths(t)
            .map(|n| number(n, unit))
            .ok_or_else(|| format!("`{t}` is not a number with at most two decimals")),
        other => {
            Err(format!("yuan(…) and m2(…) want a number or a text like \"0.01\", not {}", other.name()))
        }
    }
}

fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}

pub(super) fn length(piece: &Piece, months: i64) -> Outcome<Piece> {
    match piece {
        Piece::Quantity { expr: Expr::Const(n), unit: Unit::Number, .. } => {
            Ok(number(n.saturating_mul(months), Unit::Months))
        }
        other => Err(format!("months(…) and years(…) want a whole number, not {}", other.name())),
    }
}
