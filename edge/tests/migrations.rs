//! A file of an earlier version becomes one of today, with everything that was in it.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use edge::case::file::CaseFile;
use protocol::{
    CaseKind,
    case::{Action, Actor, Event},
    chain,
    desk::Role,
    history::{Owner, authors},
    signed::Authorship,
};

/// The tables of a case of version 1, as they were made then.
const CASE_1: &str = "
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), office TEXT NOT NULL, kind TEXT NOT NULL,
  lookup TEXT NOT NULL, token_hash TEXT NOT NULL, reply_to TEXT NOT NULL, envelope TEXT NOT NULL, genesis TEXT NOT NULL,
  stage TEXT NOT NULL, received_at INTEGER NOT NULL, withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1))) STRICT;
CREATE TABLE event (seq INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE request (id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE outbox (n INTEGER PRIMARY KEY AUTOINCREMENT, json TEXT NOT NULL) STRICT;
";

/// Runs statements on a fresh database with the `sqlite3` command and gives what they print.
fn sqlite(statements: &str) -> String {
    let mut child = Command::new("sqlite3")
        .arg("-bail")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(statements.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A case of version 1 with a move and a message of each side.
fn history() -> Vec<Event> {
    let office = Actor::Office { kid: "k".into(), role: Role::Office };
    let written = |text: &str| Action::Message { envelope_hash: String::new(), envelope: Some(text.into()) };
    let on = "2026-09-22".parse().unwrap();
    let mut events: Vec<Event> = Vec::new();
    for (at, by, action) in [
        (1_790_000_000, Actor::Applicant, Action::submitted("")),
        (1_790_000_100, office.clone(), Action::Moved { stage: "verifying".into(), on }),
        (1_790_000_200, office, written("QUFB")),
        (1_790_000_300, Actor::Applicant, written("QkJCQkJC")),
    ] {
        let prev = events.last().map_or_else(|| "genesis".to_owned(), |last| last.hash.clone());
        let place = (u64::try_from(events.len()).unwrap(), at);
        events.push(chain::next(("aa", &prev), place, by, action, None));
    }
    events
}

fn filled() -> String {
    let history = history();
    let events = history.iter().map(|event| {
        format!(
            "INSERT INTO event VALUES ({}, {});",
            event.seq,
            quoted(&serde_json::to_string(event).unwrap())
        )
    });
    let head = "INSERT INTO head VALUES (1, 'o', '\"tip_off\"', 'aa', 'th', 'age1', 'TEVUVEVS', 'genesis', 'verifying', \
                1790000000, 0);
        INSERT INTO request VALUES ('id-1', 'c-1'), ('id-2', 'c-2'), ('id-3', 'c-3');
        INSERT INTO outbox (json) VALUES ('{}');";
    format!("{CASE_1}{head}{}", events.collect::<String>())
}

const TO_NOW: &str = concat!(
    include_str!("../migrations/case-1.sql"),
    include_str!("../migrations/case-2.sql"),
    include_str!("../migrations/case-3.sql")
);

#[test]
fn a_case_of_version_1_stands_where_it_stood() {
    let printed = sqlite(&format!("{}{TO_NOW} SELECT json FROM head;", filled()));
    let file: CaseFile = serde_json::from_str(printed.trim()).unwrap();
    let events = history();
    assert_eq!((file.office.as_str(), file.kind, file.lookup.as_str()), ("o", CaseKind::TipOff, "aa"));
    assert_eq!((file.stage.as_str(), file.since.to_string().as_str()), ("verifying", "2026-09-22"));
    assert_eq!((file.total, file.received_at, file.updated_at), (4, 1_790_000_000, 1_790_000_300));
    assert_eq!((&file.first, &file.head), (&events.first().unwrap().hash, &events.last().unwrap().hash));
    assert_eq!((file.owner_messages, file.owner_chars, file.office_chars), (1, 8, 4));
    assert!(file.waiting && !file.withdrawn && file.owner_key.is_empty());
}

#[test]
fn its_letter_its_history_and_its_requests_are_still_there() {
    let read = |what: &str| sqlite(&format!("{}{TO_NOW} {what}", filled()));
    assert_eq!(read("SELECT seq, envelope FROM event WHERE envelope IS NOT NULL;"), "0|TEVUVEVS\n");
    let kept: Vec<Event> = read("SELECT json FROM event ORDER BY seq;")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(kept, history());
    assert_eq!(chain::verify("aa", &kept, &kept.last().unwrap().hash), Ok(()));
    let authors = authors(("o", "aa"), &kept, &[], Owner::Unknown);
    assert_eq!(authors, [Authorship::Unsigned; 4], "it is of before there were signatures");
    let requests = read("SELECT request, content FROM event WHERE request IS NOT NULL ORDER BY request;");
    assert_eq!(requests, "id-1|c-1\nid-2|c-2\nid-3|c-3\n");
    assert_eq!(read("SELECT n, json FROM outbox;"), "1|{}\n");
}

/// The tables that a file has, and nothing of how it came to them.
fn tables(made: &str) -> String {
    sqlite(&format!(
        "{made} SELECT version FROM meta; SELECT m.name, p.name, p.type, p.pk FROM sqlite_master m, \
         pragma_table_info(m.name) p WHERE m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2;"
    ))
}

/// The tables of an office of version 1, with three cases and a line of its trail.
const OFFICE_1: &str = r#"
CREATE TABLE entry (lookup TEXT PRIMARY KEY, seq INTEGER NOT NULL, received_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
CREATE INDEX entry_by_update ON entry (updated_at DESC);
CREATE INDEX entry_by_receipt ON entry (received_at);
CREATE TABLE audit (seq INTEGER PRIMARY KEY, source TEXT UNIQUE, json TEXT NOT NULL) STRICT;
INSERT INTO entry VALUES
  ('aa', 3, 100, 300, '{"lookup":"aa","kind":"tip_off","stage":"verifying","received_at":100,"updated_at":300,
    "waiting_for_office":true,"withdrawn":false}'),
  ('bb', 1, 200, 250, '{"lookup":"bb","kind":"application","stage":"submitted","received_at":200,"updated_at":250,
    "waiting_for_office":false,"withdrawn":true}'),
  ('cc', 0, 300, 300, '{"lookup":"cc","kind":"tip_off","stage":"submitted","received_at":300,"updated_at":300,
    "waiting_for_office":true,"withdrawn":false}');
INSERT INTO audit VALUES (0, 'aa:1', '{"line":0}');
"#;

fn office(more: &str) -> String {
    let steps = [
        include_str!("../migrations/office-1.sql"),
        include_str!("../migrations/office-2.sql"),
        include_str!("../migrations/office-3.sql"),
        include_str!("../migrations/office-4.sql"),
        include_str!("../migrations/office-5.sql"),
        include_str!("../migrations/office-6.sql"),
    ];
    format!("{OFFICE_1}{}{more}", steps.concat())
}

#[test]
fn an_office_of_version_1_keeps_its_index_and_its_trail() {
    let read = |what: &str| sqlite(&office(what));
    let rows = read(
        "SELECT lookup, seq, kind, stage, standing, fresh, waiting, due, received_at FROM entry ORDER BY lookup;",
    );
    assert_eq!(
        rows,
        "aa|3|tip_off|verifying|0|0|1|99999|100\nbb|1|application|submitted|1|0|0|99999|200\n\
         cc|0|tip_off|submitted|0|1|1|99999|300\n"
    );
    let tally = read("SELECT kind, stage, standing, fresh, waiting, n FROM tally ORDER BY kind, stage;");
    assert_eq!(
        tally,
        "application|submitted|1|0|0|1\ntip_off|submitted|0|1|1|1\ntip_off|verifying|0|0|1|1\n"
    );
    assert_eq!(read("SELECT * FROM audit;"), "0|aa:1|{\"line\":0}\n");
    for made in [office(""), include_str!("../schemas/office.sql").to_owned()] {
        let without = sqlite(&format!("{made} SELECT wr FROM pragma_table_list WHERE name = 'entry';"));
        assert_eq!(without, "1\n", "the order in which letters came in is kept");
    }
}

/// The counts are right after every sort of change, since nobody counts again.
#[test]
fn how_many_stand_where_follows_the_index() {
    let change = "
        INSERT INTO entry VALUES ('dd', 0, 'tip_off', 'submitted', 0, 1, 1, 99999, 300, 0, '{}');
        INSERT INTO entry VALUES ('dd', 1, 'tip_off', 'verifying', 0, 0, 0, 99999, 300, 0, '{}')
          ON CONFLICT (lookup) DO UPDATE SET stage = excluded.stage, fresh = excluded.fresh, waiting = excluded.waiting;
        UPDATE entry SET standing = 1, waiting = 0 WHERE lookup = 'aa';
        UPDATE entry SET standing = 2, fresh = 0, waiting = 0 WHERE lookup = 'cc';
        SELECT kind, stage, standing, fresh, waiting, n FROM tally WHERE n <> 0 ORDER BY 1, 2, 3;";
    let counted = sqlite(&office(change));
    assert_eq!(
        counted,
        "application|submitted|1|0|0|1\ntip_off|submitted|2|0|0|1\n\
         tip_off|verifying|0|0|0|1\ntip_off|verifying|1|0|0|1\n"
    );
}

/// However many cases there are, a part of the inbox is read from an index, never sorted or searched through.
#[test]
fn every_part_of_an_inbox_is_read_in_the_order_of_an_index() {
    let of_work = "standing, due, received_at, lookup";
    let newest = "received_at DESC, lookup DESC";
    let fresh = "fresh = 1";
    for (condition, order) in [
        ("standing = 0", of_work),
        ("standing = 0 AND waiting = 1", of_work),
        ("standing = 0 AND due < 20000", of_work),
        ("standing = 1 AND kind = 'tip_off'", of_work),
        ("standing = 0 AND kind = 'tip_off' AND stage = 'verifying'", of_work),
        ("standing = 0 AND stage = 'verifying'", of_work),
        ("standing = 0 AND (standing, due, received_at, lookup) > (0, 1, 1, 'aa')", of_work),
        ("standing < 2", of_work),
        ("standing < 2 AND (standing, due, received_at, lookup) > (0, 1, 1, 'aa')", of_work),
        ("standing = 2 AND kind = 'tip_off'", of_work),
        (fresh, newest),
        (&format!("{fresh} AND kind = 'tip_off' AND (received_at, lookup) < (1, 'aa')"), newest),
    ] {
        let plan = sqlite(&format!(
            "{} EXPLAIN QUERY PLAN SELECT json FROM entry WHERE {condition} ORDER BY {order} LIMIT 101;",
            include_str!("../schemas/office.sql")
        ));
        assert!(plan.contains("INDEX") && !plan.contains("TEMP B-TREE"), "{condition}: {plan}");
    }
    let plan = sqlite(&format!(
        "{} EXPLAIN QUERY PLAN SELECT json FROM entry WHERE {fresh} AND kind = 'tip_off' ORDER BY {newest} LIMIT 101;",
        include_str!("../schemas/office.sql")
    ));
    assert!(plan.contains("entry_fresh_by_kind"), "others of its kind are looked through: {plan}");
}

#[test]
fn an_old_file_ends_with_the_tables_of_a_new_one() {
    assert_eq!(tables(&office("")), tables(include_str!("../schemas/office.sql")));
    let case = include_str!("../schemas/case.sql");
    assert_eq!(tables(&format!("{}{TO_NOW}", filled())), tables(case));
}

/// Which parts of papers are there is read without one of them, and each of them alone.
#[test]
fn parts_of_papers_are_found_without_reading_them() {
    let plan =
        |asked: &str| sqlite(&format!("{} EXPLAIN QUERY PLAN {asked};", include_str!("../schemas/case.sql")));
    for asked in [
        "SELECT paper, part FROM part ORDER BY paper, part",
        "SELECT 1 FROM part WHERE paper = 1 LIMIT 1",
        "SELECT count(*) AS n FROM part WHERE paper = 1",
    ] {
        let plan = plan(asked);
        assert!(plan.contains("COVERING INDEX") && !plan.contains("TEMP B-TREE"), "{asked}: {plan}");
    }
    let one = plan("SELECT bytes FROM part WHERE paper = 1 AND part = 1");
    assert!(one.contains("SEARCH part USING INDEX"), "{one}");
}
