//! Every reader of this crate that meets what strangers send: nothing makes it panic, what it takes is what it writes,
//! and nothing that was altered passes for what it was.
#![cfg(feature = "seal")]
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::LazyLock;

use data_encoding::BASE64;
use nearly::{bytes, text};
use policies::{Household, Value};
use proptest::prelude::*;
use protocol::{
    CaseKind,
    authorization::Authorization,
    case::{NewMessage, Submission, Withdrawal},
    desk::{NewEvent, Role},
    envelope,
    keyfile::KeyFile,
    letter::{Application, Declarations, Letter, Person, Wanted},
    query::{InboxQuery, Onward, TrailQuery},
    receipt::ReceiptCode,
    recipient::is_recipient,
    routes::Route,
    seal,
    staff::{self, Claims},
};

const EVENT: &str = r#"{"id":"0123456789abcdef","expected_head":"00","stage":"verifying","on":"2026-11-20","envelope":"QQ==","signed_at":1000,"signature":"AA=="}"#;

static KEY: LazyLock<KeyFile> = LazyLock::new(|| KeyFile::generate("yongshun-2023", Role::Office).unwrap());
static PLAIN: LazyLock<Vec<u8>> = LazyLock::new(|| Letter::message("请补充楼栋号。").to_padded());
static APPLICATION: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let on = "2026-11-20".parse().unwrap();
    let declarations = Declarations {
        truth: true,
        consent: true,
        members_agree: true,
        authorised: Some((on, on)),
        on,
        wording: vec![],
    };
    let application = Application {
        kind: CaseKind::Application,
        document: "yongshun-2023".into(),
        document_hash: "00".repeat(32),
        on,
        applicant: Person {
            name: "测试甲·阿卜杜𠮷".into(), relation: "本人".into(), ..Person::default()
        },
        members: vec![Person { name: "测试乙".into(), ..Person::default() }],
        address: "测试路九号".into(),
        wanted: Wanted::Flat,
        household: Household { facts: [("people".into(), Value::Number(2))].into(), people: Vec::new() },
        assessment: None,
        declarations,
        remarks: "谢谢。".into(),
        reply_to: KEY.recipient.clone(),
        owner_key: KEY.public_key(),
    };
    Letter::Application(Box::new(application)).to_padded()
});
static SEALED: LazyLock<Vec<u8>> = LazyLock::new(|| seal::seal(&[&KEY.recipient], &PLAIN).unwrap());
static PUBLIC: LazyLock<[u8; 32]> = LazyLock::new(|| staff::public_key(&KEY.signing));
static TOKEN: LazyLock<String> = LazyLock::new(|| {
    let path = Route::Inbox { office: "yongshun-2023" }.to_path();
    let claims = Claims::new((&KEY.kid, &KEY.office, KEY.role), 1000, "POST", &path, b"{}");
    staff::sign(&KEY.signing, &claims)
});
static PATHS: LazyLock<[String; 2]> = LazyLock::new(|| {
    let lookup = "0123456789abcdef0123456789abcdef";
    [Route::Open { office: "yongshun-2023", lookup }, Route::Health {}].map(|route| route.to_path())
});

proptest! {
    #[test]
    fn letters(sent in bytes(vec![PLAIN.clone(), APPLICATION.clone()])) {
        if let Ok(letter) = Letter::parse(&sent) {
            prop_assert_eq!(Letter::parse(&letter.to_padded()).ok(), Some(letter));
        }
    }

    #[test]
    fn envelopes(sent in text(&[&BASE64.encode(&SEALED)])) {
        let taken = envelope::check(&sent).is_ok();
        prop_assert!(!taken || BASE64.decode(sent.as_bytes()).is_ok());
        prop_assert!(envelope::check_opening(&sent).is_err() || taken);
    }

    #[test]
    fn staff_tokens(sent in text(&[&TOKEN])) {
        let _ = staff::peek(&sent);
        let passes = staff::verify(&sent, &PUBLIC).is_ok();
        prop_assert_eq!(passes, sent == *TOKEN);
    }

    #[test]
    fn receipt_codes(sent in text(&["查询码：1234 5678 9012 3456 7890", &ReceiptCode::from_entropy([7; 16]).grouped()])) {
        for code in [ReceiptCode::parse(&sent), ReceiptCode::find(&sent)].into_iter().flatten() {
            prop_assert_eq!(ReceiptCode::parse(&code.grouped()).map(|code| code.plain()), Ok(code.plain()));
        }
    }

    #[test]
    fn recipients(sent in text(&[&KEY.recipient])) {
        prop_assert_eq!(is_recipient(&sent), sent == KEY.recipient);
    }

    #[test]
    fn addresses(sent in text(&PATHS.each_ref().map(String::as_str))) {
        if let Ok(route) = Route::recognise(&sent) {
            prop_assert_eq!(route.to_path(), sent);
        }
    }

    #[test]
    fn queries(sent in text(&["from=12", "before=7", "standing=open&kind=tip_off&stage=received&after=0-1"])) {
        if let Ok(read) = Onward::parse(&sent) {
            prop_assert_eq!(Onward::parse(&read.to_text()), Ok(read));
        }
        if let Ok(read) = TrailQuery::parse(&sent) {
            prop_assert_eq!(TrailQuery::parse(&read.to_text()), Ok(read));
        }
        if let Ok(read) = InboxQuery::parse(&sent) {
            prop_assert_eq!(InboxQuery::parse(&read.to_text()), Ok(read));
        }
    }

    #[test]
    fn headers(sent in text(&["Receipt 00ff", "Staff a.b.c"])) {
        prop_assert!(Authorization::receipt(&sent).is_none_or(|token| sent.trim_end().ends_with(token)));
        prop_assert!(Authorization::staff(&sent).is_none_or(|token| sent.trim_end().ends_with(token)));
    }

    #[test]
    fn bodies(sent in bytes(vec![EVENT.as_bytes().to_vec(), br#"{"id":"0123456789abcdef"}"#.to_vec()])) {
        if let Ok(event) = serde_json::from_slice::<NewEvent>(&sent) {
            let again = serde_json::from_slice::<NewEvent>(&serde_json::to_vec(&event).unwrap());
            prop_assert_eq!(again.ok(), Some(event));
        }
        let _ = serde_json::from_slice::<Submission>(&sent);
        let _ = serde_json::from_slice::<NewMessage>(&sent);
        let _ = serde_json::from_slice::<Withdrawal>(&sent);
    }
}

/// A quarter of the usual number where every try costs a multiplication on the curve, unoptimised.
fn few() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, ..usual }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn key_files(sent in text(&[&KEY.to_text()])) {
        if let Ok(key) = KeyFile::parse(&sent) {
            prop_assert_eq!(KeyFile::parse(&key.to_text()).map(|again| again.to_text()).ok(), Some(key.to_text()));
        }
    }

    #[test]
    fn what_was_sealed_opens_as_it_was_or_not_at_all(sent in bytes(vec![SEALED.clone()])) {
        let opened = seal::open(&KEY.identity, &sent);
        prop_assert_eq!(opened.ok(), (sent == *SEALED).then(|| PLAIN.clone()));
    }
}
