//! Proof of work: a little of the sender's time, bound to one submission, so that nobody floods an
//! office and nobody needs to be tracked.
//!
//! `seed = SHA-256("anju proof v1\n" office "\n" lookup "\n" hex(SHA-256(envelope)) "\n" stamp)`, and the
//! proof is a `nonce` such that `SHA-256(seed ‖ nonce as 8 bytes, big-endian)` begins with the
//! asked number of zero bits. 18 bits are 262,144 hashes on average: some tenths of a second.

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::{case::Proof, limits::PROOF_WINDOW_SECS};

/// Why a proof is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProofError {
    /// Too little work, or for other content.
    #[error("the proof of work does not fit this content")]
    Work,
    /// Made too long ago, or by a clock that is ahead.
    #[error("the proof of work is not of now")]
    Stamp,
}

/// What a proof is bound to.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Office id.
    pub office: &'a str,
    /// Look-up id.
    pub lookup: &'a str,
    /// SHA-256 of the envelope as sent (base64), lower-case hex: [`crate::hash::sha256_hex`].
    pub envelope_hash: &'a str,
}

impl Subject<'_> {
    fn seed(&self, stamp: u64) -> [u8; 32] {
        let Self { office, lookup, envelope_hash } = self;
        let text = format!("anju proof v1\n{office}\n{lookup}\n{envelope_hash}\n{stamp}");
        Sha256::digest(text.as_bytes()).into()
    }
}

fn zero_bits(seed: &[u8; 32], nonce: u64) -> u32 {
    let digest = Sha256::new().chain_update(seed).chain_update(nonce.to_be_bytes()).finalize();
    let mut bits = 0u32;
    for byte in digest {
        bits = bits.saturating_add(byte.leading_zeros());
        if byte != 0 {
            break;
        }
    }
    bits
}

/// Checks a proof against the clock (`now`, Unix seconds) and the work asked for.
///
/// # Errors
/// [`ProofError`].
pub fn verify(subject: Subject<'_>, proof: Proof, bits: u32, now: u64) -> Result<(), ProofError> {
    if proof.stamp.abs_diff(now) > PROOF_WINDOW_SECS {
        return Err(ProofError::Stamp);
    }
    if zero_bits(&subject.seed(proof.stamp), proof.nonce) < bits {
        return Err(ProofError::Work);
    }
    Ok(())
}

/// Tries `count` nonces from `start`; `None` if none fits. For showing progress between slices.
pub fn search_slice(subject: Subject<'_>, stamp: u64, bits: u32, start: u64, count: u64) -> Option<Proof> {
    let seed = subject.seed(stamp);
    (start..start.saturating_add(count))
        .find(|nonce| zero_bits(&seed, *nonce) >= bits)
        .map(|nonce| Proof { stamp, nonce })
}

/// Searches until it finds. Takes `2^bits` hashes on average.
pub fn search(subject: Subject<'_>, stamp: u64, bits: u32) -> Proof {
    let seed = subject.seed(stamp);
    let nonce = (0..u64::MAX).find(|nonce| zero_bits(&seed, *nonce) >= bits).unwrap_or(u64::MAX);
    Proof { stamp, nonce }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_fits_only_what_it_was_made_for() {
        let subject = Subject { office: "yongshun-2023", lookup: "aa", envelope_hash: "0a" };
        let proof = search(subject, 1_000_000, 14);
        assert_eq!(search_slice(subject, 1_000_000, 14, 0, proof.nonce + 1), Some(proof));
        assert_eq!(search_slice(subject, 1_000_000, 14, 0, proof.nonce), None);
        assert_eq!(verify(subject, proof, 14, 1_000_900), Ok(()));
        assert_eq!(verify(subject, proof, 14, 999_100), Ok(()));
        assert_eq!(verify(subject, proof, 14, 1_000_901), Err(ProofError::Stamp));
        assert_eq!(verify(subject, proof, 14, 999_099), Err(ProofError::Stamp));
        for other in [
            Subject { office: "qujing-2018", ..subject },
            Subject { lookup: "ab", ..subject },
            Subject { envelope_hash: "0b", ..subject },
        ] {
            assert_eq!(verify(other, proof, 14, 1_000_000), Err(ProofError::Work));
        }
        let later = Proof { stamp: proof.stamp + 1, ..proof };
        assert_eq!(verify(subject, later, 14, 1_000_000), Err(ProofError::Work));
    }
}
