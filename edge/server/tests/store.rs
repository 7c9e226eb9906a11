//! Backup, restoration and check on stores made by hand: what fits, what does not, what cannot be read.

#![allow(missing_docs, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use anju_server::backup::{Made, backup};
use anju_server::check::check;
use anju_server::folder::Folder;
use anju_server::metrics::metrics;
use anju_server::restore::restore;
use anju_server::store::{ALARMS, CASES, OFFICES, file};
use rusqlite::Connection;
use tempfile::TempDir;

const CASE: &str = include_str!("../../schemas/case.sql");
const OFFICE: &str = include_str!("../../schemas/office.sql");
/// What workerd itself keeps in a case's file, and of all cases.
const OWN_ALARM: &str = "CREATE TABLE _cf_METADATA (key INTEGER PRIMARY KEY, value BLOB)";
const ALL_ALARMS: &str = "CREATE TABLE _cf_ALARM (actor_id TEXT PRIMARY KEY, scheduled_time INTEGER, actor_name TEXT) WITHOUT ROWID";
const MADE_AT: u64 = 1_795_000_000;

struct Store {
    place: TempDir,
    folder: Folder,
}

impl Store {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::make(&place.path().join("data")).unwrap();
        for kind in [CASES, OFFICES] {
            fs::create_dir(folder.store().join(kind)).unwrap();
        }
        let store = Self { place, folder };
        store.open(&store.folder.store().join(CASES).join(ALARMS)).execute_batch(ALL_ALARMS).unwrap();
        store.open(&store.file(OFFICES, 'f')).execute_batch(OFFICE).unwrap();
        store
    }

    fn file(&self, kind: &str, sign: char) -> PathBuf {
        file(&self.folder.store(), kind, &sign.to_string().repeat(64))
    }

    /// In the mode that workerd uses.
    fn open(&self, file: &Path) -> Connection {
        let open = Connection::open(file).unwrap();
        open.pragma_update(None, "journal_mode", "WAL").unwrap();
        open
    }

    /// A case with so many events, of which the office was told up to a number.
    fn case(&self, sign: char, events: i64, told: Option<i64>) -> Connection {
        let case = self.open(&self.file(CASES, sign));
        case.execute_batch(CASE).unwrap();
        case.execute_batch(OWN_ALARM).unwrap();
        let lookup = format!("0{sign}");
        case.execute("INSERT INTO head VALUES (1, json_object('lookup', ?1))", [&lookup]).unwrap();
        for seq in 0..events {
            case.execute("INSERT INTO event (seq, json) VALUES (?1, '{}')", [seq]).unwrap();
        }
        if let Some(told) = told {
            self.tell(&lookup, told);
        }
        case
    }

    fn tell(&self, lookup: &str, seq: i64) {
        self.open(&self.file(OFFICES, 'f'))
            .execute(
                "INSERT OR REPLACE INTO entry VALUES (?1, ?2, 'tip_off', 'submitted', 0, 0, 0, 99999, 0, 0, '{}')",
                (lookup, seq),
            )
            .unwrap();
    }

    fn backup(&self, name: &str) -> Made {
        backup(&self.folder, &self.path(name), MADE_AT).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }
}

#[test]
fn everything_is_in_a_backup_and_comes_back_with_its_alarms() {
    let store = Store::new();
    let _open = store.case('a', 2, Some(1));
    let waking = store.case('b', 1, Some(0));
    waking.execute("INSERT INTO _cf_METADATA VALUES (1, 77)", []).unwrap();
    // Rung since, and gone from the case.
    store
        .open(&store.folder.store().join(CASES).join(ALARMS))
        .execute("INSERT INTO _cf_ALARM VALUES ('old', 1, 'old')", [])
        .unwrap();
    let made = store.backup("one");
    assert_eq!((made.cases, made.offices), (2, 1));
    assert!(made.unread.is_empty() && made.unfit.is_empty(), "{made}");
    let elsewhere = store.path("elsewhere");
    restore(&made.file, &elsewhere).unwrap();
    let found = check(&Folder::find(&elsewhere).unwrap()).unwrap();
    assert_eq!((found.cases, found.indexed, found.faults.len()), (2, (2, 0), 0), "{found}");
    let alarms = Connection::open(elsewhere.join("store").join(CASES).join(ALARMS)).unwrap();
    let rung: (String, i64, String) = alarms
        .query_row("SELECT * FROM _cf_ALARM", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    assert_eq!(rung, ("b".repeat(64), 77, "0b".to_owned()));
}

#[test]
fn a_trail_that_was_rolled_back_or_lost_is_told_from_one_that_goes_on() {
    let store = Store::new();
    let note = |seq: i64| {
        let line = "INSERT INTO audit VALUES (?1, NULL, json_object('hash', ?2))";
        store.open(&store.file(OFFICES, 'f')).execute(line, (seq, format!("hash-{seq}"))).unwrap();
    };
    note(0);
    let old = check(&store.folder).unwrap().to_string();
    note(1);
    let said = check(&store.folder).unwrap().to_string();
    assert!(said.contains("hash-1") && !said.contains("hash-0"), "{said}");
    note(2);
    let faults = |said: &str| {
        let mut found = check(&store.folder).unwrap();
        found.hold_against(&store.folder, said).map(|()| found.faults)
    };
    assert!(faults(&said).unwrap().is_empty(), "it goes on");
    assert!(faults("2 offices").is_err(), "that names no trail");
    store.open(&store.file(OFFICES, 'f')).execute("DELETE FROM audit WHERE seq > 0", []).unwrap();
    assert!(faults(&old).unwrap().is_empty());
    assert!(faults(&said).unwrap()[0].contains("no longer has its line 1"));
    fs::remove_file(store.file(OFFICES, 'f')).unwrap();
    assert_eq!(faults(&old).unwrap().len(), 1, "it was lost whole");
}

#[test]
fn what_is_deleted_from_a_database_is_in_no_backup() {
    let store = Store::new();
    let case = store.case('a', 1, Some(0));
    let secret = "planted-4711-planted".repeat(50);
    case.execute("UPDATE event SET envelope = ?1", [&secret]).unwrap();
    case.execute("UPDATE event SET envelope = NULL", []).unwrap();
    let made = store.backup("one");
    let elsewhere = store.path("elsewhere");
    restore(&made.file, &elsewhere).unwrap();
    for file in local::files(&elsewhere).unwrap() {
        let bytes = fs::read(&file).unwrap();
        let there = bytes.windows(20).any(|part| part == b"planted-4711-planted");
        assert!(!there, "{}", file.display());
    }
}

#[test]
fn a_case_that_is_being_written_is_waited_for() {
    let store = Store::new();
    let case = store.case('a', 2, Some(0));
    case.execute("INSERT INTO outbox (json) VALUES ('{}')", []).unwrap();
    let made = std::thread::scope(|scope| {
        let making = scope.spawn(|| store.backup("one"));
        std::thread::sleep(std::time::Duration::from_millis(300));
        store.tell("0a", 1);
        case.execute("DELETE FROM outbox", []).unwrap();
        making.join().unwrap()
    });
    assert!(made.unfit.is_empty(), "{made}");
    let elsewhere = store.path("elsewhere");
    restore(&made.file, &elsewhere).unwrap();
    let found = check(&Folder::find(&elsewhere).unwrap()).unwrap();
    assert!(found.faults.is_empty(), "{found}");
}

#[test]
fn what_is_damaged_missing_or_out_of_step_is_told_by_name() {
    let store = Store::new();
    drop(store.case('a', 1, Some(0)));
    let sound = check(&store.folder).unwrap();
    assert!(
        sound.faults.is_empty() && sound.to_string().contains("1 offices, 1 cases on disk, 1 in the indexes")
    );
    // The office has not heard of it, and nothing is on its way.
    drop(store.case('b', 2, None));
    let faults = check(&store.folder).unwrap().faults;
    let named = format!("case {} and its office", "b".repeat(64));
    assert!(faults.len() == 1 && faults.iter().all(|fault| fault.starts_with(&named)), "{faults:?}");
    let made = store.backup("out-of-step");
    assert!(made.unfit.len() == 1 && made.cases == 2, "{made}");
    store.tell("0b", 1);
    // A page in the middle of a file is overwritten.
    let torn = store.file(CASES, 'a');
    let mut bytes = fs::read(&torn).unwrap();
    let (from, to) = (bytes.len() / 2, bytes.len() / 2 + 4096);
    bytes.get_mut(from..to).unwrap().fill(0x55);
    fs::write(&torn, bytes).unwrap();
    let faults = check(&store.folder).unwrap().faults;
    assert!(faults.iter().any(|fault| fault.starts_with(&format!("case {}", "a".repeat(64)))), "{faults:?}");
    // No database at all: what can be read is backed up, and what cannot is told.
    fs::write(&torn, "no database").unwrap();
    let made = store.backup("torn");
    assert_eq!((made.unread.clone(), made.cases), (vec![format!("case {}", "a".repeat(64))], 1), "{made}");
}

#[test]
fn an_operator_is_told_numbers_and_nothing_of_a_case() {
    const TODAY: i64 = 20_784;
    let store = Store::new();
    for (sign, standing, waiting, due) in [
        ('a', 0, 1, TODAY - 1),
        ('b', 0, 1, TODAY),
        ('c', 0, 0, 99_999),
        ('d', 1, 0, TODAY - 1),
        ('e', 2, 0, 0),
    ] {
        let _case = store.case(sign, 1, Some(0));
        let place = (standing, waiting, due, format!("0{sign}"));
        let index = store.open(&store.file(OFFICES, 'f'));
        let moved = "UPDATE entry SET standing = ?1, waiting = ?2, due = ?3 WHERE lookup = ?4";
        assert_eq!(index.execute(moved, place).unwrap(), 1);
    }
    let said = metrics(&store.folder, TODAY).unwrap().to_string();
    for line in [
        "anju_cases{kind=\"tip_off\",standing=\"open\"} 3",
        "anju_cases{kind=\"tip_off\",standing=\"closed\"} 1",
        "anju_cases{kind=\"tip_off\",standing=\"aside\"} 1",
        "anju_cases_waiting_for_the_office 2",
        // The last day itself is still in time.
        "anju_cases_overdue 1",
        "anju_case_files 5",
        "anju_indexes_unread 0",
    ] {
        assert!(said.lines().any(|told| told == line), "“{line}” is not in\n{said}");
    }
    assert!(!said.contains("0a") && !said.contains("submitted"), "{said}");
    // An index of another shape is told, and counted in nothing.
    store.open(&store.file(OFFICES, 'f')).execute_batch("DROP TABLE tally").unwrap();
    let said = metrics(&store.folder, TODAY).unwrap().to_string();
    assert!(said.contains("anju_indexes_unread 1") && !said.contains("anju_cases{"), "{said}");
}
