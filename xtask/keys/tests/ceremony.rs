//! An office's keys from the first day on: what each step makes, and that builds and sealers take it as it is.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use chrono::NaiveDate;
use keys::ceremony::{add, renew, revoke, rotate, start, tell_counters};
use keys::counters;
use keys::folder::Folder;
use protocol::CaseKind;
use protocol::addressee::{Addressee, Mail};
use protocol::card::{Card, CardError, Holder, Roots, SignedCard};
use protocol::desk::Role;
use protocol::keyfile::KeyFile;
use protocol::locked::unlock;
use protocol::seal;
use tempfile::TempDir;

const OFFICE: &str = "yongshun-2023";
const ROOT: &str = "a passphrase for the root";
const RECOVERY: &str = "another for the recovery";
const OFFICER: &str = "the officer's own words";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct Office {
    _temporary: TempDir,
    folder: Folder,
}

impl Office {
    fn new() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::of(temporary.path(), OFFICE);
        start(&folder, ROOT, RECOVERY, day("2027-12-31")).unwrap();
        Self { _temporary: temporary, folder }
    }

    /// The card as a sealer that was built with the folder's list takes it.
    fn card(&self, at_least: u64) -> Result<Card, CardError> {
        let list = fs::read_to_string(self.folder.roots()).unwrap();
        let roots = Roots::parse(&list).unwrap();
        let signed: SignedCard =
            serde_json::from_str(&fs::read_to_string(self.folder.card()).unwrap()).unwrap();
        signed.check(&roots, OFFICE, at_least, day("2027-06-01")).map(|(card, _)| card)
    }

    fn add(&self, role: Role) -> KeyFile {
        let made = add(&self.folder, ROOT, OFFICER, role, None).unwrap();
        let text = fs::read_to_string(made.key.unwrap()).unwrap();
        KeyFile::parse(&unlock(&text, OFFICER).unwrap()).unwrap()
    }
}

fn opens(card: &Card, key: &KeyFile) -> bool {
    let recipients: Vec<&str> = card.recipients.iter().map(|one| one.recipient.as_str()).collect();
    let sealed = seal::seal(&recipients, b"{}").unwrap();
    std::iter::once(&key.identity).chain(&key.earlier).any(|identity| seal::open(identity, &sealed).is_ok())
}

#[test]
fn officers_come_change_their_keys_and_go_and_every_card_follows_the_last() {
    let office = Office::new();
    let officer = office.add(Role::Office);
    let auditor = office.add(Role::Auditor);
    let card = office.card(3).unwrap();
    assert_eq!((card.version, card.staff.len(), card.demonstration), (3, 2, false));
    assert!(opens(&card, &officer) && !opens(&card, &auditor));

    let made = rotate(&office.folder, ROOT, OFFICER, &officer.kid, day("2027-05-01")).unwrap();
    let text = fs::read_to_string(made.key.unwrap()).unwrap();
    let changed = KeyFile::parse(&unlock(&text, OFFICER).unwrap()).unwrap();
    let after = office.card(4).unwrap();
    assert!(opens(&after, &changed) && opens(&card, &changed) && !opens(&after, &officer));
    let of = |card: &Card, kid: &str| card.staff.iter().find(|one| one.kid == kid).unwrap().clone();
    assert_eq!(of(&after, &officer.kid).last_day, Some(day("2027-05-01")));
    assert_eq!(of(&after, &changed.kid).last_day, None);

    revoke(&office.folder, ROOT, &changed.kid, day("2027-05-20")).unwrap();
    let last = office.card(5).unwrap();
    assert!(!opens(&last, &changed) && last.staff.len() == 3, "who signed once stays on the card");
    assert_eq!(of(&last, &changed.kid).last_day, Some(day("2027-05-20")));
    revoke(&office.folder, ROOT, &changed.kid, day("2027-12-01")).unwrap();
    assert_eq!(of(&office.card(6).unwrap(), &changed.kid).last_day, Some(day("2027-05-20")), "it came back");

    renew(&office.folder, ROOT, day("2027-05-31")).unwrap();
    assert_eq!(office.card(0), Err(CardError::Expired));
    renew(&office.folder, ROOT, day("2028-12-31")).unwrap();
    assert_eq!(office.card(8).unwrap().version, 8);
    assert_eq!(office.card(9), Err(CardError::RolledBack));
}

#[test]
fn a_supervisor_opens_what_is_about_the_office_and_nobody_else_but_the_recovery_key() {
    let office = Office::new();
    let officer = office.add(Role::Office);
    let about = Mail::new(CaseKind::TipOff, Addressee::Supervisor);
    assert!(office.card(2).unwrap().recipients_for(about).is_empty());
    let supervisor = office.add(Role::Supervisor);
    let card = office.card(3).unwrap();
    let recovery = card.recipients.iter().find(|one| one.holder == Holder::Recovery).unwrap();
    assert_eq!(card.recipients_for(about), [&supervisor.recipient, &recovery.recipient]);
    let sealed = seal::seal(&card.recipients_for(about), b"{}").unwrap();
    assert!(
        seal::open(&supervisor.identity, &sealed).is_ok() && seal::open(&officer.identity, &sealed).is_err()
    );
    assert!(!opens(&card, &supervisor), "the office's mail is not the supervisor's");
    revoke(&office.folder, ROOT, &supervisor.kid, day("2027-05-20")).unwrap();
    let last = office.card(4).unwrap();
    assert!(last.recipients_for(about).is_empty() && last.signers().len() == 2);
}

#[test]
fn nothing_is_done_without_the_roots_passphrase_and_nothing_is_written_over() {
    let office = Office::new();
    let before = fs::read_to_string(office.folder.card()).unwrap();
    assert!(add(&office.folder, "some other passphrase", OFFICER, Role::Town, None).is_err());
    assert!(add(&office.folder, ROOT, "too short", Role::Town, None).is_err());
    assert!(revoke(&office.folder, ROOT, "0011", day("2027-01-01")).is_err());
    assert!(start(&office.folder, ROOT, RECOVERY, day("2027-12-31")).is_err());
    assert_eq!(fs::read_to_string(office.folder.card()).unwrap(), before);
    for file in [office.folder.root_key(), office.folder.recovery_key()] {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"), "{}", file.display());
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions()) & 0o077,
            0
        );
    }
}

#[test]
fn the_recovery_key_opens_what_is_sealed_by_every_card() {
    let office = Office::new();
    office.add(Role::Town);
    let card = office.card(2).unwrap();
    let recovery = card.recipients.iter().filter(|one| one.holder == Holder::Recovery);
    assert_eq!(recovery.count(), 1);
    let text = unlock(&fs::read_to_string(office.folder.recovery_key()).unwrap(), RECOVERY).unwrap();
    let identity = text.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1")).unwrap();
    let recipients: Vec<&str> = card.recipients.iter().map(|one| one.recipient.as_str()).collect();
    let sealed = seal::seal(&recipients, b"{}").unwrap();
    assert_eq!(seal::open(identity, &sealed).unwrap(), b"{}");
}

/// As `cargo xtask keys` calls it, passphrases line by line.
#[test]
fn the_program_does_it_by_passphrases_from_standard_input() {
    let temporary = tempfile::tempdir().unwrap();
    let run = |words: &[&str], said: &[&str]| {
        let mut child = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_keys")))
            .args([words[0], OFFICE])
            .arg(temporary.path())
            .args(&words[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines: String = said.iter().map(|line| format!("{line}\n")).collect();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    assert!(!run(&["start", "2027-12-31"], &[ROOT, "other words than before", RECOVERY, RECOVERY]).0);
    let (started, said) = run(&["start", "2027-12-31"], &[ROOT, ROOT, RECOVERY, RECOVERY]);
    assert!(started && said.contains("Card, version 1"), "{said}");
    let (added, said) = run(&["add", "town"], &[ROOT, OFFICER, OFFICER]);
    assert!(added && said.contains("Card, version 2") && said.contains(".town."), "{said}");
    assert!(!run(&["add", "king"], &[ROOT, OFFICER, OFFICER]).0);
    assert!(!run(&["renew", "soon"], &[ROOT]).0);
}

#[test]
fn the_card_says_where_the_office_is_reached_as_its_file_does() {
    let office = Office::new();
    let file = office._temporary.path().join("counters.toml");
    let read = |text: &str| {
        fs::write(&file, text).unwrap();
        counters::read(&file)
    };
    let good = "[[counter]]\nname = \"一楼 3 号窗口\"\npurpose = \"申请\"\nphone = \"0000-1234567\"\nhours = \"工作日 8:30—12:00\"\n";
    let said = read(good).unwrap();
    let made = tell_counters(&office.folder, ROOT, said.clone()).unwrap();
    assert_eq!((made.version, office.card(2).unwrap().counters), (2, said.clone()));
    // What else changes leaves them; what comes later stands in their place.
    office.add(Role::Office);
    assert_eq!(office.card(3).unwrap().counters, said);
    tell_counters(&office.folder, ROOT, read("").unwrap()).unwrap();
    assert!(office.card(4).unwrap().counters.is_empty());
    let error = |text: &str| format!("{:#}", read(text).unwrap_err());
    assert!(error(&good.replace("phone", "telephone")).contains("“telephone” is none of name, purpose"));
    assert!(error(&good.replace("0000-1234567", "Tel. 1")).contains("“一楼 3 号窗口”: a phone is"));
    assert!(error(&good.repeat(13)).contains("at most 12"));
}
