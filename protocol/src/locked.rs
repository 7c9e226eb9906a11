//! A text locked with a passphrase: an age file (scrypt) in armor, as `age -p -a` makes it, so that the stock `age -d` opens
//! it, and `age -d -i` takes it as an identity.

use std::io::{Read, Write};

use age::{scrypt, secrecy::SecretString};
use data_encoding::BASE64;
use thiserror::Error;

const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";

/// scrypt with N = 2^16 and r = 8: 64 MiB, as much as a receipt code takes, so that a page can do it, too.
const WORK: u8 = 16;
/// The most that is undertaken for a file from elsewhere: 256 MiB.
const MOST_WORK: u8 = 18;

/// Fewest characters of a passphrase. Ten characters of a keyboard at random are some 65 bits; twelve leave room for
/// words.
pub const PASSPHRASE_CHARS: usize = 12;

/// Why a text was not locked or unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LockError {
    /// Fewer than [`PASSPHRASE_CHARS`].
    #[error("the passphrase has fewer than {PASSPHRASE_CHARS} characters")]
    Short,
    /// Not a locked text, or one that asks for more work than is undertaken.
    #[error("this is no text locked with a passphrase, or it is damaged")]
    Malformed,
    /// Another passphrase, or altered.
    #[error("the passphrase does not open it")]
    Passphrase,
    /// The secure random source failed.
    #[error("no secure random numbers")]
    Random,
}

/// Whether a text is locked.
pub fn is_locked(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(BEGIN)
}

/// Locks a text.
///
/// # Errors
/// [`LockError::Short`], [`LockError::Random`].
pub fn lock(text: &str, passphrase: &str) -> Result<String, LockError> {
    if passphrase.chars().count() < PASSPHRASE_CHARS {
        return Err(LockError::Short);
    }
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK);
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
        .map_err(|_| LockError::Random)?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|_| LockError::Random)?;
    writer.write_all(text.as_bytes()).map_err(|_| LockError::Random)?;
    writer.finish().map_err(|_| LockError::Random)?;
    let base64 = BASE64.encode(&sealed);
    let lines: Vec<&str> =
        base64.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    Ok(format!("{BEGIN}\n{}\n{END}\n", lines.join("\n")))
}

/// Unlocks a text.
///
/// # Errors
/// [`LockError::Malformed`], [`LockError::Passphrase`].
pub fn unlock(locked: &str, passphrase: &str) -> Result<String, LockError> {
    let text = locked.trim_start_matches('\u{feff}').trim();
    let inside =
        text.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END)).ok_or(LockError::Malformed)?;
    let base64: String = inside.split_whitespace().collect();
    let sealed = BASE64.decode(base64.as_bytes()).map_err(|_| LockError::Malformed)?;
    let decryptor = age::Decryptor::new(sealed.as_slice()).map_err(|_| LockError::Malformed)?;
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(MOST_WORK);
    let mut reader =
        decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(|error| match error {
            age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed => {
                LockError::Passphrase
            }
            _ => LockError::Malformed,
        })?;
    let mut plain = String::new();
    reader.read_to_string(&mut plain).map_err(|_| LockError::Malformed)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_passphrase_opens_it() {
        let locked = lock("# 钥匙\nAGE-SECRET-KEY-1…\n", "correct horse 电池").unwrap();
        assert!(is_locked(&locked) && locked.lines().all(|line| line.len() <= 64));
        assert_eq!(unlock(&locked, "correct horse 电池").unwrap(), "# 钥匙\nAGE-SECRET-KEY-1…\n");
        let windows = format!("\u{feff}{}", locked.replace('\n', "\r\n"));
        assert!(is_locked(&windows) && unlock(&windows, "correct horse 电池").is_ok());
        assert_eq!(unlock(&locked, "correct horse 电脑"), Err(LockError::Passphrase));
        assert_eq!(lock("x", "eleven char"), Err(LockError::Short));
        assert_eq!(unlock("# anju office key v1", "x"), Err(LockError::Malformed));
        let cut: String = locked.lines().take(3).chain([END]).collect::<Vec<_>>().join("\n");
        assert_eq!(unlock(&cut, "correct horse 电池"), Err(LockError::Malformed));
    }
}
