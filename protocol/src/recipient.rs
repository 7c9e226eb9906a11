//! age recipients as text.

use bech32::{Bech32, Hrp, primitives::decode::CheckedHrpstring};

/// Prefix of a recipient.
pub(crate) const PREFIX: &str = "age";

/// Whether a text is an age X25519 recipient as age writes it (C2SP `age`, Bech32 in small letters): `age1`, 32 bytes, a
/// checksum that fits.
pub fn is_recipient(text: &str) -> bool {
    CheckedHrpstring::new::<Bech32>(text)
        .is_ok_and(|key| key.hrp() == Hrp::parse_unchecked(PREFIX) && key.byte_iter().count() == 32)
        && !text.bytes().any(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_recipient_with_one_wrong_letter_is_none() {
        let written =
            |prefix, bytes: &[u8]| bech32::encode::<Bech32>(Hrp::parse_unchecked(prefix), bytes).unwrap();
        let good = written(PREFIX, &[9; 32]);
        assert!(is_recipient(&good));
        for at in 4..good.len() {
            let other = if good.as_bytes()[at] == b'q' { "p" } else { "q" };
            let mut wrong = good.clone();
            wrong.replace_range(at..=at, other);
            assert!(!is_recipient(&wrong), "{wrong}");
        }
        for wrong in
            [good.to_uppercase(), written(PREFIX, &[9; 31]), written("lage", &[9; 32]), String::new()]
        {
            assert!(!is_recipient(&wrong), "{wrong}");
        }
    }
}
