//! Proof of work: a little of the sender's time, bound to one request, so that nobody floods an office and nobody needs
//! to be tracked.
//!
//! `seed = SHA-256("anju proof v2\n" verb "\n" office "\n" lookup "\n" content "\n" stamp)`, and the proof is a `nonce`
//! such that `SHA-256(seed ‖ nonce as 8 bytes, big-endian)` begins with the asked number of zero bits. The content of a
//! submission is [`chain::genesis`], which binds kind, token, reply key and letter (with a ticket, the verb is another and
//! the content `SHA-256(genesis "\n" ticket)`, so that each try of a ticket costs its own work); that of a message is
//! `SHA-256(id "\n" hex(SHA-256(envelope)))`. Papers that are announced add a line after the content, their
//! [`paper::digest`]. 18 bits are 262,144 hashes on average: some tenths of a second.

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::{
    case::{Proof, Submission},
    chain,
    hash::sha256_hex,
    limits::{PROOF_AHEAD_SECS, PROOF_WINDOW_SECS},
    paper::{self, Announced},
};

/// Why a proof is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProofError {
    /// Too little work, or for another request.
    #[error("the proof of work does not fit this request")]
    Work,
    /// Made too long ago, or by a clock that is ahead.
    #[error("the proof of work is not of now")]
    Stamp,
}

/// The one request that a proof is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    /// The opening of a case; the proof in it is not looked at.
    pub fn submission(submission: &Submission) -> Self {
        let Submission { office, lookup, ticket, papers, .. } = submission;
        let genesis = chain::genesis(submission);
        let letter = match ticket {
            None => Self::of("submit", office, lookup, &genesis),
            Some(ticket) => {
                let content = sha256_hex(format!("{genesis}\n{ticket}").as_bytes());
                Self::of("submit by ticket", office, lookup, &content)
            }
        };
        letter.announcing(papers)
    }

    /// The owner's message with this request id, before any papers: [`Self::announcing`].
    pub fn message(office: &str, lookup: &str, id: &str, envelope: &str) -> Self {
        let content = sha256_hex(format!("{id}\n{}", sha256_hex(envelope.as_bytes())).as_bytes());
        Self::of("message", office, lookup, &content)
    }

    /// The same with papers that are announced beside it.
    #[must_use]
    pub fn announcing(self, papers: &[Announced]) -> Self {
        if papers.is_empty() { self } else { Self(format!("{}\n{}", self.0, paper::digest(papers))) }
    }

    fn of(verb: &str, office: &str, lookup: &str, content: &str) -> Self {
        Self(format!("anju proof v2\n{verb}\n{office}\n{lookup}\n{content}"))
    }

    /// Everything that is bound, but for the stamp.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// A subject from its [`Subject::text`].
    pub fn from_text(text: String) -> Self {
        Self(text)
    }

    fn seed(&self, stamp: u64) -> [u8; 32] {
        Sha256::digest(format!("{}\n{stamp}", self.0).as_bytes()).into()
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

/// Checks a proof against the clock (`now`, Unix seconds) and the work asked for, and gives the work that is in it.
///
/// # Errors
/// [`ProofError`].
pub fn verify(subject: &Subject, proof: Proof, bits: u32, now: u64) -> Result<u32, ProofError> {
    let (ahead, behind) = (proof.stamp.saturating_sub(now), now.saturating_sub(proof.stamp));
    if ahead > PROOF_AHEAD_SECS || behind > PROOF_WINDOW_SECS {
        return Err(ProofError::Stamp);
    }
    let found = zero_bits(&subject.seed(proof.stamp), proof.nonce);
    if found < bits { Err(ProofError::Work) } else { Ok(found) }
}

/// Tries `count` nonces from `start`; `None` if none fits. For showing progress between slices.
pub fn search_slice(subject: &Subject, stamp: u64, bits: u32, start: u64, count: u64) -> Option<Proof> {
    let seed = subject.seed(stamp);
    (start..start.saturating_add(count))
        .find(|nonce| zero_bits(&seed, *nonce) >= bits)
        .map(|nonce| Proof { stamp, nonce })
}

/// Searches until it finds. Takes `2^bits` hashes on average.
pub fn search(subject: &Subject, stamp: u64, bits: u32) -> Proof {
    let seed = subject.seed(stamp);
    let nonce = (0..u64::MAX).find(|nonce| zero_bits(&seed, *nonce) >= bits).unwrap_or(u64::MAX);
    Proof { stamp, nonce }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CaseKind, addressee::Addressee};

    fn submission() -> Submission {
        Submission {
            office: "yongshun-2023".into(),
            kind: CaseKind::TipOff,
            lookup: "aa".into(),
            token_hash: "bb".into(),
            reply_to: "age1cc".into(),
            envelope: "QQ==".into(),
            owner_key: "AA==".into(),
            addressee: Addressee::Office,
            ticket: None,
            papers: Vec::new(),
            proof: Proof { stamp: 0, nonce: 0 },
        }
    }

    #[test]
    fn a_proof_is_of_the_last_quarter_of_an_hour_and_hardly_ahead() {
        let subject = Subject::submission(&submission());
        let proof = search(&subject, 1_000_000, 14);
        assert_eq!(search_slice(&subject, 1_000_000, 14, 0, proof.nonce + 1), Some(proof));
        assert_eq!(search_slice(&subject, 1_000_000, 14, 0, proof.nonce), None);
        for (now, fits) in [(1_000_900, true), (1_000_901, false), (999_940, true), (999_939, false)] {
            assert_eq!(verify(&subject, proof, 14, now).is_ok(), fits, "{now}");
        }
        assert!(verify(&subject, proof, 14, 1_000_000).is_ok_and(|found| found >= 14));
        assert_eq!(verify(&subject, proof, 60, 1_000_000), Err(ProofError::Work));
        let later = Proof { stamp: proof.stamp + 1, ..proof };
        assert_eq!(verify(&subject, later, 14, 1_000_000), Err(ProofError::Work));
    }

    #[test]
    fn a_proof_fits_only_the_request_that_it_was_made_for() {
        let made = submission();
        let proof = search(&Subject::submission(&made), 1_000_000, 14);
        for other in [
            Submission { office: "qujing-2018".into(), ..made.clone() },
            Submission { kind: CaseKind::Application, ..made.clone() },
            Submission { lookup: "ab".into(), ..made.clone() },
            Submission { token_hash: "bc".into(), ..made.clone() },
            Submission { reply_to: "age1cd".into(), ..made.clone() },
            Submission { envelope: "Qg==".into(), ..made.clone() },
            Submission { owner_key: "AQ==".into(), ..made.clone() },
            Submission { addressee: Addressee::Supervisor, ..made.clone() },
            Submission { ticket: Some("0000000000".into()), ..made.clone() },
            Submission { papers: vec![paper(1)], ..made.clone() },
        ] {
            let refused = verify(&Subject::submission(&other), proof, 14, 1_000_000);
            assert_eq!(refused, Err(ProofError::Work), "{other:?}");
        }
        let by = |ticket: &str| Submission { ticket: Some(ticket.into()), ..made.clone() };
        let proof = search(&Subject::submission(&by("0000000000")), 1_000_000, 14);
        let refused = verify(&Subject::submission(&by("0000000031")), proof, 14, 1_000_000);
        assert_eq!(refused, Err(ProofError::Work), "one proof tries two tickets");
        let subject = |office, lookup, id, envelope| Subject::message(office, lookup, id, envelope);
        let message = subject("o", "aa", "id-1", "QQ==");
        let proof = search(&message, 1_000_000, 14);
        assert!(verify(&Subject::from_text(message.text().to_owned()), proof, 14, 1_000_000).is_ok());
        for other in [
            subject("p", "aa", "id-1", "QQ=="),
            subject("o", "ab", "id-1", "QQ=="),
            subject("o", "aa", "id-2", "QQ=="),
            subject("o", "aa", "id-1", "Qg=="),
            subject("o", "aa", "id-1", "QQ==").announcing(&[paper(1)]),
            Subject::submission(&made),
        ] {
            assert_eq!(verify(&other, proof, 14, 1_000_000), Err(ProofError::Work), "{other:?}");
        }
        let with = |papers| Subject::submission(&Submission { papers, ..made.clone() });
        let proof = search(&with(vec![paper(1)]), 1_000_000, 14);
        for papers in [Vec::new(), vec![paper(2)], vec![paper(1), paper(2)]] {
            assert_eq!(verify(&with(papers), proof, 14, 1_000_000), Err(ProofError::Work));
        }
        assert_eq!(message.clone().announcing(&[]), message, "without papers it is what it was");
    }

    fn paper(bytes: u64) -> Announced {
        Announced { id: "0".repeat(64), bytes }
    }
}
