//! Yuan as text, fen as integers.

use super::decimal::{ascii, decimal};
use crate::fault::FactFault;

/// Reads yuan with at most two decimals (`3,500.5`, full width allowed) as fen.
///
/// # Errors
/// The fault: not a number, negative, too precise or too large.
///
/// ```
/// assert_eq!(policies::money::parse("3500.00"), Ok(350_000));
/// assert!(policies::money::parse("0.001").is_err());
/// ```
pub fn parse(yuan: &str) -> Result<i64, FactFault> {
    decimal(&ascii(yuan))
}

/// Shows fen as yuan with separators and two decimals: `3,500.00`.
///
/// ```
/// assert_eq!(policies::money::format(350_000), "3,500.00");
/// assert_eq!(policies::money::format(-5), "-0.05");
/// ```
pub fn format(fen: i64) -> String {
    let (whole, part) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && digits.len().saturating_sub(i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{grouped}.{part:02}")
}
