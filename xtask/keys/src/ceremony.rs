//! What can be done with an office's keys. Each step ends with a new version of the card, signed by the root.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail, ensure};
use chrono::NaiveDate;
use protocol::card::{Card, CardOfficer, CardRecipient, Holder, Supervision};
use protocol::counter::Counter;
use protocol::desk::Role;
use protocol::keyfile::KeyFile;
use protocol::locked::{lock, unlock};

use crate::folder::{Folder, write_key};
use crate::root::RootKey;

/// What a step left for others: told at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Which version the card is now.
    pub version: u64,
    /// The key by which people know the office.
    pub fingerprint: String,
    /// A key file that was made for an officer.
    pub key: Option<PathBuf>,
}

/// Makes root key, recovery key and a card without officers.
///
/// # Errors
/// When the office has keys here already, or a passphrase is too short.
pub fn start(
    folder: &Folder,
    root_passphrase: &str,
    recovery_passphrase: &str,
    not_after: NaiveDate,
) -> Result<Made> {
    let root = RootKey::generate(folder.office())?;
    let recovery = KeyFile::generate(folder.office(), Role::Office)?;
    ensure!(!folder.root_key().exists() && !folder.card().exists(), "the office has keys here already");
    let (locked_root, locked_recovery) =
        (lock(&root.to_text(), root_passphrase)?, lock(&identity_text(&recovery), recovery_passphrase)?);
    write_key(&folder.root_key(), &locked_root)?;
    write_key(&folder.recovery_key(), &locked_recovery)?;
    let card = Card {
        office: folder.office().to_owned(),
        version: 0,
        not_after,
        demonstration: false,
        recipients: vec![CardRecipient {
            recipient: recovery.recipient,
            holder: Holder::Recovery,
            kinds: Vec::new(),
        }],
        staff: Vec::new(),
        supervision: Supervision::default(),
        counters: Vec::new(),
    };
    let line = [root.public()].into_iter().collect::<protocol::card::Roots>().to_text();
    folder.add_root(&line)?;
    sign(folder, &root, card)
}

/// What of the recovery key is kept: it opens and signs nothing. The stock `age -d -i` takes it, locked as it is.
fn identity_text(key: &KeyFile) -> String {
    format!(
        "# anju recovery key v1\n# office: {}\n# public key: {}\n{}\n",
        key.office, key.recipient, key.identity
    )
}

/// Makes an officer's key: it signs, and opens the mail of its role; an auditor's opens none.
///
/// # Errors
/// When a passphrase is wrong or too short.
pub fn add(
    folder: &Folder,
    root_passphrase: &str,
    passphrase: &str,
    role: Role,
    last_day: Option<NaiveDate>,
) -> Result<Made> {
    let root = root(folder, root_passphrase)?;
    let key = KeyFile::generate(folder.office(), role)?;
    let mut card = folder.read_card()?;
    card.enter(CardOfficer::of(&key, last_day), &key.recipient);
    let file = write_officer(folder, &key, passphrase)?;
    Ok(Made { key: Some(file), ..sign(folder, &root, card)? })
}

/// Gives an officer a new key, which still opens what was sealed to the old one; the old one signs up to a last day and
/// gets no more mail.
///
/// # Errors
/// When a passphrase is wrong, or the old key is not there.
pub fn rotate(
    folder: &Folder,
    root_passphrase: &str,
    passphrase: &str,
    kid: &str,
    last_day: NaiveDate,
) -> Result<Made> {
    let root = root(folder, root_passphrase)?;
    let mut card = folder.read_card()?;
    let officer = officer(&mut card, kid)?;
    let (role, until) = (officer.role, officer.last_day);
    let file = fs::read_to_string(folder.root_key().with_file_name(format!(
        "{}.{}.{kid}.key",
        folder.office(),
        role.id()
    )))
    .with_context(|| format!("the key file of {kid} is needed, since the new one opens what it opened"))?;
    let old = KeyFile::parse(&unlock(&file, passphrase)?).map_err(|error| anyhow!("{error}"))?;
    let key = old.successor()?;
    leave(&mut card, kid, last_day)?;
    card.enter(CardOfficer::of(&key, until), &key.recipient);
    let file = write_officer(folder, &key, passphrase)?;
    Ok(Made { key: Some(file), ..sign(folder, &root, card)? })
}

/// Ends a key: it signs up to a last day, which may be over, and gets no more mail. What it signed before stays signed.
///
/// # Errors
/// When the passphrase is wrong, or there is no such key.
pub fn revoke(folder: &Folder, root_passphrase: &str, kid: &str, last_day: NaiveDate) -> Result<Made> {
    let root = root(folder, root_passphrase)?;
    let mut card = folder.read_card()?;
    leave(&mut card, kid, last_day)?;
    sign(folder, &root, card)
}

/// Lets the card be used up to another day.
///
/// # Errors
/// When the passphrase is wrong.
pub fn renew(folder: &Folder, root_passphrase: &str, not_after: NaiveDate) -> Result<Made> {
    let root = root(folder, root_passphrase)?;
    sign(folder, &root, Card { not_after, ..folder.read_card()? })
}

/// Says on the card where the office is reached, in the place of what was said before.
///
/// # Errors
/// When the passphrase is wrong.
pub fn tell_counters(folder: &Folder, root_passphrase: &str, counters: Vec<Counter>) -> Result<Made> {
    let root = root(folder, root_passphrase)?;
    sign(folder, &root, Card { counters, ..folder.read_card()? })
}

fn root(folder: &Folder, passphrase: &str) -> Result<RootKey> {
    let file = folder.root_key();
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let root = RootKey::parse(&unlock(&text, passphrase)?)?;
    ensure!(root.office == folder.office(), "{} is the root key of {}", file.display(), root.office);
    Ok(root)
}

fn leave(card: &mut Card, kid: &str, last_day: NaiveDate) -> Result<()> {
    let officer = officer(card, kid)?;
    officer.last_day = Some(officer.last_day.map_or(last_day, |before| before.min(last_day)));
    let holder = Holder::Officer(kid.to_owned());
    for recipients in [&mut card.recipients, &mut card.supervision.recipients] {
        recipients.retain(|one| one.holder != holder);
    }
    Ok(())
}

fn officer<'c>(card: &'c mut Card, kid: &str) -> Result<&'c mut CardOfficer> {
    let mut all = card.staff.iter_mut().chain(&mut card.supervision.staff);
    all.find(|one| one.kid == kid).with_context(|| format!("no officer has the key {kid}"))
}

fn write_officer(folder: &Folder, key: &KeyFile, passphrase: &str) -> Result<PathBuf> {
    let file = folder.officer_key(key);
    write_key(&file, &lock(&key.to_text(), passphrase)?)?;
    Ok(file)
}

fn sign(folder: &Folder, root: &RootKey, card: Card) -> Result<Made> {
    if !card.recipients.iter().any(|one| one.holder == Holder::Recovery) {
        bail!("the card has no recovery key: mail would be lost with the officers' keys");
    }
    let card = Card { version: card.version.checked_add(1).context("no version follows")?, ..card };
    folder.write_card(&card.sign(&root.seed))?;
    Ok(Made { version: card.version, fingerprint: root.public().fingerprint(), key: None })
}
