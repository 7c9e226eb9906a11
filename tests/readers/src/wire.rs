//! What travels.

use std::sync::LazyLock;

use data_encoding::BASE64;
use policies::{Household, Value};
use protocol::{
    CaseKind,
    authorization::Authorization,
    case::{NewMessage, Submission, Withdrawal},
    config::PortalConfig,
    desk::NewEvent,
    envelope,
    letter::{Application, Declarations, Letter, Person, Wanted},
    paper::{Enclosures, Media, Paper, Removed},
    query::{InboxQuery, Onward, TrailQuery},
    receipt::ReceiptCode,
    recipient::is_recipient,
    routes::Route,
    ticket::{NewTickets, Ticket},
};

use crate::{
    Reader,
    keys::{KEY, PLAIN, SEALED_TO_IT},
    text,
};

const EVENT: &str = r#"{"id":"0123456789abcdef","expected_head":"00","stage":"verifying","on":"2026-11-20","envelope":"QQ==","signed_at":1000,"signature":"AA=="}"#;
const WITHDRAWAL: &str = r#"{"id":"0123456789abcdef"}"#;

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
        own_copy: true,
        enclosures: Some(Enclosures {
            key: KEY.identity.clone(),
            papers: vec![Paper {
                id: "00".repeat(32),
                name: "户口簿 第 1 页".into(),
                wanted: Some("household_register".into()),
                media: Media::Jpeg,
                bytes: 400_000,
                removed: vec![Removed::Place, Removed::Other],
            }],
        }),
    };
    Letter::Application(Box::new(application)).to_padded()
});

pub(crate) const LETTER: Reader = Reader {
    name: "letter",
    good: || vec![PLAIN.clone(), APPLICATION.clone()],
    read: |sent| {
        if let Ok(letter) = Letter::parse(sent) {
            assert_eq!(Letter::parse(&letter.to_padded()).ok(), Some(letter));
        }
    },
    slow: false,
};

pub(crate) const ENVELOPE: Reader = Reader {
    name: "envelope",
    good: || vec![BASE64.encode(SEALED_TO_IT).into_bytes()],
    read: |sent| {
        let sent = text(sent);
        let taken = envelope::check(&sent).is_ok();
        assert!(!taken || BASE64.decode(sent.as_bytes()).is_ok());
        assert!(envelope::check_opening(&sent).is_err() || taken);
    },
    slow: false,
};

pub(crate) const RECIPIENT: Reader = Reader {
    name: "recipient",
    good: || vec![KEY.recipient.clone().into_bytes()],
    // Its checksum finds what is near, and not what was made to fit.
    read: |sent| {
        let sent = text(sent);
        assert!(!is_recipient(&sent) || (sent.starts_with("age1") && sent.len() == KEY.recipient.len()));
    },
    slow: false,
};

pub(crate) const RECEIPT_CODE: Reader = Reader {
    name: "receipt-code",
    good: || {
        let code = ReceiptCode::from_entropy([7; 16]).grouped();
        vec!["查询码：1234 5678 9012 3456 7890".into(), code.into_bytes()]
    },
    read: |sent| {
        let sent = text(sent);
        for code in [ReceiptCode::parse(&sent), ReceiptCode::find(&sent)].into_iter().flatten() {
            assert_eq!(ReceiptCode::parse(&code.grouped()).map(|code| code.plain()), Ok(code.plain()));
        }
    },
    slow: false,
};

pub(crate) const TICKET: Reader = Reader {
    name: "ticket",
    good: || vec![Ticket::from_entropy([7; 8]).grouped().into_bytes()],
    read: |sent| {
        if let Ok(ticket) = Ticket::parse(&text(sent)) {
            assert_eq!(Ticket::parse(&ticket.plain()), Ok(ticket));
        }
    },
    slow: false,
};

pub(crate) const ADDRESS: Reader = Reader {
    name: "address",
    good: || {
        Route::ALL
            .iter()
            .map(|route| {
                route
                    .to_path()
                    .replace("{lookup}", &"0a".repeat(16))
                    .replace("{office}", "yongshun-2023")
                    .into_bytes()
            })
            .collect()
    },
    read: |sent| {
        let sent = text(sent);
        if let Ok(route) = Route::recognise(&sent) {
            assert_eq!(route.to_path(), sent);
        }
    },
    slow: false,
};

pub(crate) const QUERY: Reader = Reader {
    name: "query",
    good: || {
        let all = ["from=12", "before=7", "standing=open&kind=tip_off&stage=received&after=0-1"];
        all.iter().map(|query| query.as_bytes().to_vec()).collect()
    },
    read: |sent| {
        let sent = text(sent);
        if let Ok(read) = Onward::parse(&sent) {
            assert_eq!(Onward::parse(&read.to_text()), Ok(read));
        }
        if let Ok(read) = TrailQuery::parse(&sent) {
            assert_eq!(TrailQuery::parse(&read.to_text()), Ok(read));
        }
        if let Ok(read) = InboxQuery::parse(&sent) {
            assert_eq!(InboxQuery::parse(&read.to_text()), Ok(read));
        }
    },
    slow: false,
};

pub(crate) const HEADER: Reader = Reader {
    name: "header",
    good: || vec![b"Receipt 00ff".to_vec(), b"Staff a.b.c".to_vec()],
    read: |sent| {
        let sent = text(sent);
        assert!(Authorization::receipt(&sent).is_none_or(|token| sent.trim_end().ends_with(token)));
        assert!(Authorization::staff(&sent).is_none_or(|token| sent.trim_end().ends_with(token)));
    },
    slow: false,
};

pub(crate) const BODY: Reader = Reader {
    name: "body",
    good: || vec![EVENT.into(), WITHDRAWAL.into()],
    read: |sent| {
        if let Ok(event) = serde_json::from_slice::<NewEvent>(sent) {
            let again = serde_json::from_slice::<NewEvent>(&serde_json::to_vec(&event).unwrap());
            assert_eq!(again.ok(), Some(event));
        }
        let _ = serde_json::from_slice::<Submission>(sent);
        let _ = serde_json::from_slice::<NewMessage>(sent);
        let _ = serde_json::from_slice::<Withdrawal>(sent);
        let _ = serde_json::from_slice::<NewTickets>(sent);
    },
    slow: false,
};

pub(crate) const CONFIGURATION: Reader = Reader {
    name: "configuration",
    good: || {
        vec![br#"{"api":"","proof_bits":18,"offices":{"yongshun-2023":{"card":{"payload":"{}","signature":"AA=="},"recipients":[]}}}"#.to_vec()]
    },
    read: |sent| {
        if let Ok(config) = serde_json::from_slice::<PortalConfig>(sent) {
            let again = serde_json::from_slice::<PortalConfig>(&serde_json::to_vec(&config).unwrap());
            assert_eq!(again.ok(), Some(config));
        }
    },
    slow: false,
};
