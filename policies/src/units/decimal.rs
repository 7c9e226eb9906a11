//! Decimal numbers as people type them.

use super::seen::shows_nothing;
use crate::{
    fault::FactFault,
    model::decimal::{DecimalFault, scaled},
};

/// Reads a decimal number with at most two decimals as hundredths; thousands separators are understood.
pub(crate) fn decimal(text: &str) -> Result<i64, FactFault> {
    scaled_decimal(text, 2)
}

/// The same with so many decimals, each counted.
pub(crate) fn scaled_decimal(text: &str, places: usize) -> Result<i64, FactFault> {
    if let Some(rest) = text.strip_prefix('-') {
        return Err(if scaled_decimal(rest, places).is_ok() {
            FactFault::Negative
        } else {
            FactFault::NotANumber
        });
    }
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let whole = ungrouped(whole).ok_or(FactFault::NotANumber)?;
    let plain = part.map_or_else(|| whole.clone(), |part| format!("{whole}.{part}"));
    scaled(&plain, places).map_err(|fault| match fault {
        DecimalFault::NotANumber => FactFault::NotANumber,
        DecimalFault::TooPrecise => FactFault::TooPrecise,
        DecimalFault::TooLarge => FactFault::TooLarge,
    })
}

/// Removes thousands separators where they stand in threes: `12,345` but not `1,2`.
fn ungrouped(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_owned());
    }
    let mut groups = text.split(',');
    let first = groups.next()?.len();
    ((1..=3).contains(&first) && groups.all(|g| g.len() == 3)).then(|| text.replace(',', ""))
}

/// Full-width characters to ASCII, without anything that shows nothing.
pub(crate) fn ascii(typed: &str) -> String {
    typed.chars().filter(|c| !shows_nothing(*c)).map(ascii_sign).collect()
}

/// A full-width character, a Chinese full stop or any dash as ASCII has it.
pub(crate) fn ascii_sign(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c),
        '。' => '.',
        '−' | '\u{2010}'..='\u{2015}' => '-',
        other => other,
    }
}
