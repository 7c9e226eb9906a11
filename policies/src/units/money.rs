//! Yuan as text, fen as integers.

use super::decimal::{ascii, scaled_decimal};
use crate::fault::FactFault;

/// Reads yuan as people write them, with at most two decimals of a yuan (`3,500.5`, `1.36万`, `¥5 万元`, full width
/// allowed) as fen.
///
/// # Errors
/// The fault: not a number, negative, too precise or too large.
///
/// ```
/// assert_eq!(policies::money::parse("3500.00"), Ok(350_000));
/// assert!(policies::money::parse("0.001").is_err());
/// ```
pub fn parse(yuan: &str) -> Result<i64, FactFault> {
    typed(&ascii(yuan))
}

/// The same of a text in ASCII without white space.
pub(crate) fn typed(text: &str) -> Result<i64, FactFault> {
    let bare = text.trim_start_matches(['¥', '￥']).trim_end_matches('钱').trim_end_matches(['元', '块']);
    match (bare.strip_suffix('万'), bare.strip_suffix('千')) {
        (Some(number), _) => scaled_decimal(number, 6),
        (None, Some(number)) => scaled_decimal(number, 5),
        (None, None) => scaled_decimal(bare, 2),
    }
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
