//! Numbers with at most two decimals as whole numbers of hundredths: fen of yuan, 0.01 m² of square metres.

/// Why a text is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalFault {
    /// Something else than digits and one point.
    NotANumber,
    /// More than two decimals.
    TooPrecise,
    /// More than 64 bits hold.
    TooLarge,
}

/// Reads digits with at most two decimals as hundredths: `3500.5` is 350,050. No sign, no separators.
///
/// # Errors
/// Why the text is no such number.
///
/// ```
/// use policies_model::decimal::{DecimalFault, hundredths};
/// assert_eq!(hundredths("3500.5"), Ok(350_050));
/// assert_eq!(hundredths("0.005"), Err(DecimalFault::TooPrecise));
/// assert_eq!(hundredths("13."), Err(DecimalFault::NotANumber));
/// ```
pub fn hundredths(text: &str) -> Result<i64, DecimalFault> {
    scaled(text, 2)
}

/// The same with as many decimals as `places`, each counted: `1.36` of ten thousand yuan is 1,360,000 fen at six places.
///
/// # Errors
/// Why the text is no such number.
pub fn scaled(text: &str, places: usize) -> Result<i64, DecimalFault> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || text.ends_with('.') {
        return Err(DecimalFault::NotANumber);
    }
    if part.len() > places {
        return Err(DecimalFault::TooPrecise);
    }
    format!("{whole}{part:0<places$}").parse().map_err(|_| DecimalFault::TooLarge)
}
