//! Digits that people read aloud and type: the last one checks the others.

use policies::seen::shows_nothing;

/// Damm's table: a totally anti-symmetric quasigroup of order 10, so that every single wrong digit
/// and every swap of two neighbours changes the check digit.
///
/// Source: H. Michael Damm, *Total anti-symmetrische Quasigruppen*, Marburg 2004.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// Why what was typed is no such code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misread {
    /// Something other than digits, spaces and dashes.
    Character,
    /// So many digits, and not as many as it has.
    Length(usize),
    /// The check digit says no.
    Check,
}

/// The last digits of a number with their check digit.
pub(crate) fn checked<const N: usize>(mut number: u128) -> [u8; N] {
    let mut digits = [0u8; N];
    for digit in digits.iter_mut().rev().skip(1) {
        *digit = u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
    }
    let check = check_digit(digits.iter().take(N.saturating_sub(1)).copied());
    if let Some(last) = digits.last_mut() {
        *last = check;
    }
    digits
}

/// Reads what a person types: spaces, dashes, full-width digits and signs that show nothing are fine.
pub(crate) fn read<const N: usize>(typed: &str) -> Result<[u8; N], Misread> {
    let mut found = Vec::with_capacity(N);
    for c in typed.chars() {
        match digit(c) {
            Some(digit) => found.push(digit),
            None if joins(c) => {}
            None => return Err(Misread::Character),
        }
    }
    let count = found.len();
    let digits: [u8; N] = found.try_into().map_err(|_| Misread::Length(count))?;
    if check_digit(digits.iter().copied()) == 0 { Ok(digits) } else { Err(Misread::Check) }
}

/// The digits without spaces.
pub(crate) fn plain(digits: &[u8]) -> String {
    digits.iter().map(character).collect()
}

/// The digits in groups, for reading aloud and printing.
pub(crate) fn grouped(digits: &[u8], of: usize) -> String {
    digits.chunks(of.max(1)).map(plain).collect::<Vec<_>>().join(" ")
}

/// A digit as people type it, full-width too.
pub(crate) fn digit(c: char) -> Option<u8> {
    let c = match c {
        '０'..='９' => char::from_digit(u32::from(c).saturating_sub('０'.into()), 10)?,
        other => other,
    };
    u8::try_from(c.to_digit(10)?).ok()
}

/// What may stand between the digits.
pub(crate) fn joins(c: char) -> bool {
    shows_nothing(c) || matches!(c, '-' | '－' | '−' | '\u{2010}'..='\u{2015}')
}

fn character(digit: &u8) -> char {
    char::from_digit((*digit).into(), 10).unwrap_or('0')
}

fn check_digit(digits: impl Iterator<Item = u8>) -> u8 {
    digits.fold(0, |interim, digit| {
        DAMM.get(usize::from(interim))
            .and_then(|row| row.get(usize::from(digit)))
            .copied()
            .unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn codes() -> impl Iterator<Item = [u8; 10]> {
        (0u128..64).map(|n| checked(n * 15_485_863 + 7))
    }

    #[test]
    fn every_single_wrong_digit_and_every_swap_of_neighbours_is_caught() {
        for code in codes() {
            let typed = |digits: &[u8; 10]| read::<10>(&plain(digits));
            for place in 0..10 {
                for digit in 0..10 {
                    let mut other = code;
                    other[place] = digit;
                    assert_eq!(typed(&other).is_ok(), other == code);
                }
                let mut swapped = code;
                swapped.swap(place, (place + 1).min(9));
                assert_eq!(typed(&swapped).is_ok(), swapped == code);
            }
            assert_eq!(read(&grouped(&code, 5)), Ok(code));
        }
    }

    #[test]
    fn what_is_no_code_says_why() {
        assert_eq!(read::<10>("12a"), Err(Misread::Character));
        assert_eq!(read::<10>("12 34"), Err(Misread::Length(4)));
        assert_eq!(read::<3>("00１"), Err(Misread::Check));
    }
}
