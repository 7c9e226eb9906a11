//! Heads of columns, as different tables write the same one.

/// A head without what tells nothing: spaces and line breaks, brackets with what is in them (`（必填）`, `(月)`), stars and
/// colons; in one width and case. Empty: nothing is left of it.
///
/// ```
/// use sheets::heads::bare;
/// assert_eq!(bare(" 身 份 证\n号（必填）*："), "身份证号");
/// assert_eq!(bare("合同期限(月)"), "合同期限");
/// ```
pub fn bare(head: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0_u32;
    for sign in head.chars().map(narrow) {
        match sign {
            '(' | '[' | '【' => depth = depth.saturating_add(1),
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '*' | ':' | '、' | ',' | '.' | '/' | '_' | '-' | '?' | '。' | '\u{feff}' | '\u{200b}' => {}
            _ if sign.is_whitespace() || sign.is_control() => {}
            _ => bare.extend(sign.to_lowercase()),
        }
    }
    bare
}

/// A sign of full width as its plain one.
fn narrow(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => {
            u32::from(sign).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(sign)
        }
        '\u{3000}' => ' ',
        other => other,
    }
}

/// A column as spreadsheets call it, counted from 0: `A`, `Z`, `AA`.
///
/// ```
/// assert_eq!([0, 25, 26, 701, 702].map(sheets::heads::letters), ["A", "Z", "AA", "ZZ", "AAA"]);
/// ```
pub fn letters(column: u32) -> String {
    let (mut rest, mut letters) = (column, Vec::new());
    loop {
        let letter = u8::try_from(rest % 26).unwrap_or_default();
        letters.push(char::from(b'A'.saturating_add(letter)));
        match (rest / 26).checked_sub(1) {
            Some(more) => rest = more,
            None => break,
        }
    }
    letters.iter().rev().collect()
}
