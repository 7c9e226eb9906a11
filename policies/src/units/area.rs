//! Square metres as text, 0.01 m² as integers.

use super::{
    decimal::{ascii, decimal},
    money,
};
use crate::fault::FactFault;

/// Reads square metres with at most two decimals as 0.01 m².
///
/// # Errors
/// The fault: not a number, negative, too precise or too large.
///
/// ```
/// assert_eq!(policies::area::parse("13"), Ok(1_300));
/// assert!(policies::area::parse("13.005").is_err());
/// ```
pub fn parse(square_metres: &str) -> Result<i64, FactFault> {
    decimal(&ascii(square_metres))
}

/// Shows 0.01 m² as square metres with two decimals: `13.00`.
pub fn format(hundredths: i64) -> String {
    money::format(hundredths)
}
