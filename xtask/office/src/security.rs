//! `/.well-known/security.txt` (RFC 9116): whom to tell of a weakness.

use anyhow::{Context, Result, ensure};
use chrono::{Days, NaiveDate};

/// For how many days the text is good: it must say so, and no longer than a year.
const GOOD_FOR: Days = Days::new(364);

/// The text. The contact is the operator's own: none is made up here.
///
/// # Errors
/// When the contact is neither `mailto:`, `tel:` nor `https:`, or a text cannot stand on one line.
pub fn text(origin: &str, contact: &str, today: NaiveDate) -> Result<String> {
    let known = ["mailto:", "tel:", "https://"].iter().any(|scheme| contact.starts_with(scheme));
    ensure!(known, "{contact} is no contact: write mailto:…, tel:… or https://…");
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_graphic());
    ensure!(plain(origin) && plain(contact), "{origin} and {contact} must be plain addresses");
    let expires = today.checked_add_days(GOOD_FOR).context("a day too far away")?;
    Ok(format!(
        "Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: zh, en\n\
         Canonical: {origin}/.well-known/security.txt\n"
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::text;

    #[test]
    fn it_names_whom_to_tell_and_until_when() {
        let today = "2026-11-26".parse().unwrap();
        let made = text("https://portal.example.org", "mailto:security@example.org", today).unwrap();
        assert_eq!(
            made,
            "Contact: mailto:security@example.org\nExpires: 2027-11-25T00:00:00Z\nPreferred-Languages: zh, en\n\
             Canonical: https://portal.example.org/.well-known/security.txt\n"
        );
        for bad in ["security@example.org", "http://example.org", "mailto:a\nExpires: never", ""] {
            assert!(text("https://portal.example.org", bad, today).is_err(), "{bad}");
        }
    }
}
