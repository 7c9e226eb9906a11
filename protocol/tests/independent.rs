//! What is written about signatures is enough to check them: `verify.mjs`, which knows nothing of this crate, finds the same.
#![cfg(feature = "seal")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use data_encoding::BASE64;
use protocol::{
    CaseKind,
    card::{Card, CardOfficer},
    case::{Action, Actor, Aside, CaseView, Event},
    chain,
    config::{OfficeConfig, PortalConfig},
    desk::{NewEvent, Role},
    handover::{Handover, PassingOn},
    hash::sha256_hex,
    keyfile::KeyFile,
    signed::{OwnersAct, Signed, sign_owner},
    staff::public_key,
};

const OFFICE: &str = "yongshun-2023";
const ROOT: [u8; 32] = [1; 32];
const OWNER: [u8; 32] = [2; 32];
const NOW: u64 = 1_790_000_000;

struct Case {
    officer: KeyFile,
    lookup: String,
    events: Vec<Event>,
}

impl Case {
    /// Received, set aside and brought back, moved with a message, answered by the owner, answered.
    fn new() -> Self {
        let officer = KeyFile::generate(OFFICE, Role::Town).unwrap();
        let mut case = Self { officer, lookup: "a".repeat(32), events: Vec::new() };
        let key = BASE64.encode(&public_key(&OWNER));
        case.add(Actor::Applicant, Action::submitted(&key), None);
        case.put_aside(Aside::Unopened);
        case.put_aside(Aside::Back);
        case.act(Some("accepted"), Some("QQ=="));
        let (lookup, seen, hash) = (case.lookup.clone(), case.events[0].hash.clone(), sha256_hex(b"Qg=="));
        let act =
            OwnersAct { office: OFFICE, lookup: &lookup, seen: &seen, at: NOW, envelope_hash: Some(&hash) };
        case.add(Actor::Applicant, Action::message("Qg=="), Some(sign_owner(&OWNER, &act)));
        case.act(None, Some("Qw=="));
        case
    }

    fn add(&mut self, by: Actor, action: Action, signed: Option<Signed>) {
        let prev = self.events.last().map_or("genesis", |last| last.hash.as_str()).to_owned();
        let seq = u64::try_from(self.events.len()).unwrap();
        self.events.push(chain::next((&self.lookup, &prev), (seq, NOW), by, action, signed));
    }

    fn act(&mut self, stage: Option<&str>, envelope: Option<&str>) {
        let event = NewEvent {
            expected_head: self.events.last().unwrap().hash.clone(),
            stage: stage.map(str::to_owned),
            on: stage.map(|_| "2026-09-21".parse().unwrap()),
            envelope: envelope.map(str::to_owned),
            ..NewEvent::default()
        };
        let event = event.signed_by(&self.officer, &self.lookup, NOW);
        let moved = event.stage.clone().zip(event.on).map(|(stage, on)| Action::Moved { stage, on });
        for action in moved.into_iter().chain(envelope.map(Action::message)) {
            let by = Actor::Office { kid: self.officer.kid.clone(), role: self.officer.role };
            self.add(by, action, Some(event.signed()));
        }
    }

    fn put_aside(&mut self, how: Aside) {
        let expected_head = self.events.last().unwrap().hash.clone();
        let event = NewEvent { expected_head, aside: Some(how), ..NewEvent::default() };
        let event = event.signed_by(&self.officer, &self.lookup, NOW);
        let by = Actor::Office { kid: self.officer.kid.clone(), role: self.officer.role };
        self.add(by, Action::Aside { how }, Some(event.signed()));
    }

    fn pass_on(&mut self) {
        let expected_head = self.events.last().unwrap().hash.clone();
        let handover = Handover { card: 1, envelope: "QQ==".into() };
        let passing = PassingOn { to: "receiver".into(), role: Role::Department, handover };
        let event = NewEvent { expected_head, passing_on: Some(passing.clone()), ..NewEvent::default() };
        let event = event.signed_by(&self.officer, &self.lookup, NOW);
        let by = Actor::Office { kid: self.officer.kid.clone(), role: self.officer.role };
        let keys_hash = event.envelope_hash().unwrap();
        self.add(
            by,
            Action::PassedOn { to: passing.to, role: passing.role, keys_hash },
            Some(event.signed()),
        );
    }

    /// What the script says, of the case as it stands now.
    fn told(&self, root: &[u8; 32], pin: &str) -> (bool, String) {
        let view = CaseView {
            office: OFFICE.into(),
            kind: CaseKind::Application,
            lookup: self.lookup.clone(),
            document_hash: String::new(),
            stage: "accepted".into(),
            received_at: NOW,
            withdraw_until: NOW,
            withdrawn: false,
            destroyed_at: None,
            kept_days: None,
            not_before: None,
            reply_to: String::new(),
            total: u64::try_from(self.events.len()).unwrap(),
            events: self.events.clone(),
            head: self.events.last().unwrap().hash.clone(),
        };
        let officer = CardOfficer {
            kid: self.officer.kid.clone(),
            role: self.officer.role,
            public_key: self.officer.public_key(),
            last_day: "2026-09-21".parse().ok(),
        };
        let card = Card {
            supervision: protocol::card::Supervision::default(),
            counters: Vec::new(),
            office: OFFICE.into(),
            version: 1,
            not_after: "2027-12-31".parse().unwrap(),
            demonstration: false,
            recipients: Vec::new(),
            staff: vec![officer],
        };
        let office = OfficeConfig { card: Some(card.sign(&ROOT)), recipients: Vec::new() };
        let config =
            PortalConfig { offices: BTreeMap::from([(OFFICE.into(), office)]), ..PortalConfig::default() };
        let folder = std::env::temp_dir().join(format!("anju-verify-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("case.json"), serde_json::to_string(&view).unwrap()).unwrap();
        fs::write(folder.join("config.json"), serde_json::to_string(&config).unwrap()).unwrap();
        let output = Command::new("node")
            .arg(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("verify.mjs"))
            .args([folder.join("case.json"), folder.join("config.json")])
            .args([BASE64.encode(&public_key(root)).as_str(), pin])
            .output()
            .unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    }

    /// Makes the chain hold again after rows were changed, as whoever keeps the store could.
    fn rehash(&mut self) {
        for Event { by, action, signed, .. } in std::mem::take(&mut self.events) {
            self.add(by, action, signed);
        }
    }
}

/// One test: they share two files.
#[test]
fn a_script_of_its_own_tells_a_rightful_history_from_every_other() {
    let case = Case::new();
    let pin = chain::pin(&case.events[0].hash).to_owned();
    assert_eq!(case.told(&ROOT, &pin), (true, "7 events, whole and signed\n".into()));
    let refused = |case: &Case, root: &[u8; 32], pin: &str, words: &str| {
        let (fine, said) = case.told(root, pin);
        assert!(!fine && said.contains(words), "{said}");
    };
    refused(&case, &[3; 32], &pin, "root key");
    refused(&case, &ROOT, "0123456789abcdef01234567", "not the case");
    let mut broken = Case::new();
    broken.events[2].at += 1;
    refused(&broken, &ROOT, "", "event 2 does not follow");

    for place in [4, 5, 6] {
        let mut other = Case::new();
        other.events[place].action = Action::message("RA==");
        other.rehash();
        let first = if place == 4 { 3 } else { place };
        refused(&other, &ROOT, "", &format!("event {first} is not signed"));
    }
    let mut otherwise = Case::new();
    otherwise.events[1].action = Action::Aside { how: Aside::Unusable };
    otherwise.rehash();
    refused(&otherwise, &ROOT, "", "event 1 is not signed");
    let mut passed = Case::new();
    passed.pass_on();
    assert_eq!(passed.told(&ROOT, &pin), (true, "8 events, whole and signed\n".into()));
    let Action::PassedOn { to, .. } = &mut passed.events[7].action else { unreachable!() };
    "somebody else".clone_into(to);
    passed.rehash();
    refused(&passed, &ROOT, "", "event 7 is not signed");
    let mut halved = Case::new();
    halved.events.remove(4);
    halved.rehash();
    refused(&halved, &ROOT, "", "event 3 is not signed");
    let mut made_up = Case::new();
    let by = made_up.events[3].by.clone();
    made_up.add(by, Action::message("RA=="), None);
    refused(&made_up, &ROOT, "", "event 7 is not signed");
    let mut repeated = Case::new();
    let Event { by, action, signed, .. } = repeated.events[6].clone();
    repeated.add(by, action, signed);
    refused(&repeated, &ROOT, "", "is not signed");
}
