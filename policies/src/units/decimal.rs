//! Decimal numbers as people type them.

use crate::{
    fault::FactFault,
    model::decimal::{DecimalFault, hundredths},
};

/// Reads a decimal number with at most two decimals as hundredths; thousands separators are understood.
pub(crate) fn decimal(text: &str) -> Result<i64, FactFault> {
    if let Some(rest) = text.strip_prefix('-') {
        return Err(if decimal(rest).is_ok() { FactFault::Negative } else { FactFault::NotANumber });
    }
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let whole = ungrouped(whole).ok_or(FactFault::NotANumber)?;
    let plain = part.map_or_else(|| whole.clone(), |part| format!("{whole}.{part}"));
    hundredths(&plain).map_err(|fault| match fault {
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

/// Full-width characters to ASCII, without any white space.
pub(crate) fn ascii(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c),
            '。' => '.',
            '−' | '–' | '—' => '-',
            other => other,
        })
        .collect()
}
