//! Whether a PDF can be opened by whoever gets it. It is passed on as it is: nothing is taken out of it.

use super::Refusal;

/// Looks for the end of the file and for a lock.
///
/// # Errors
/// [`Refusal::LockedPdf`], [`Refusal::DamagedPdf`].
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let end = bytes.get(bytes.len().saturating_sub(4096)..).unwrap_or(bytes);
    if !contains(end, b"%%EOF") {
        return Err(Refusal::DamagedPdf);
    }
    // Both kinds of trailer name it in the open.
    let locked = bytes.windows(9).any(|nine| nine.starts_with(b"/Encrypt") && !letter(nine.last()));
    if locked { Err(Refusal::LockedPdf) } else { Ok(()) }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|there| there == wanted)
}

fn letter(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_or_broken_pdf_is_known() {
        let good = b"%PDF-1.4\n1 0 obj <</Title (/EncryptedWords)>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";
        assert_eq!(check(good), Ok(()));
        let locked = b"%PDF-1.4\ntrailer <</Root 1 0 R /Encrypt 5 0 R>>\n%%EOF";
        assert_eq!(check(locked), Err(Refusal::LockedPdf));
        assert_eq!(check(good.get(..40).unwrap_or_default()), Err(Refusal::DamagedPdf));
    }
}
