//! Free texts: what can be seen of them, and no longer than the office can file.

use policies::seen::visible;

/// Longest short text (address, employer), in characters.
pub(crate) const LINE_CHARS: usize = 200;
/// Longest text of several lines, in characters.
pub(crate) const TEXT_CHARS: usize = 2_000;

/// The text as it can be read; empty where there is nothing to be seen.
///
/// # Errors
/// What to do where it is longer than `most` characters.
pub(crate) fn text(typed: &str, most: usize) -> Result<String, String> {
    let text = visible(typed);
    let count = text.chars().count();
    if count > most {
        return Err(format!("这里最多写 {most} 个字，现在有 {count} 个，请删减。"));
    }
    Ok(text)
}
