//! What people type, what is asked about them, and the law as a file.

use std::{io::Cursor, sync::LazyLock};

use anju::households;
use chrono::NaiveDate;
use policies::{
    Household, assess,
    compile::{self, Dictionary, File},
    identity::{credit_code, phone, resident_id},
    model::{Asked, FactKind},
    parse_value,
};

use crate::{Reader, text};

const FACTS: File<'static> =
    File { name: "facts.toml", text: include_str!("../../../policies/data/facts.toml") };
const DOCUMENT_TEXT: &str = include_str!("../../../policies/data/qujing-2018.toml");

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| compile::dictionary(FACTS).ok().unwrap());

fn on() -> NaiveDate {
    "2026-11-20".parse().unwrap()
}

pub(crate) const HOUSEHOLD: Reader = Reader {
    name: "household",
    good: || {
        vec![r#"{"facts":{"people":3,"income_12_months":3600000,"county_home_area":"13.5"},"people":[{"age":70}]}"#.into()]
    },
    read: |sent| {
        if let Ok(household) = serde_json::from_slice::<Household>(sent) {
            for document in policies::rulebook().documents() {
                let _ = assess(document, &household, on());
            }
        }
    },
    slow: false,
};

/// Many households, a row each. A row is a household or an error, and the number of its line goes up.
fn rows(rows: households::Rows) {
    let mut before = 0;
    for (line, _) in rows {
        assert!(line > before, "line {line} comes after line {before}");
        before = line;
    }
}

pub(crate) const MANY_AS_CSV: Reader = Reader {
    name: "households-csv",
    good: || {
        vec![
            "\u{feff}people,income_12_months,owns_home\r\n3,36000,是\r\n\r\n,\"1.2万\",\n".into(),
            b"people\n\"3".to_vec(),
        ]
    },
    read: |sent| {
        if let Ok(read) = households::csv(Box::new(Cursor::new(sent.to_vec())), on()) {
            rows(read);
        }
    },
    slow: false,
};

pub(crate) const MANY_AS_JSON: Reader = Reader {
    name: "households-json",
    good: || vec!["{\"facts\":{\"people\":\"3\"}}\n\n{\"people\":[{\"age\":70}]}\n".into()],
    read: |sent| rows(households::json_lines(Box::new(Cursor::new(sent.to_vec())), on())),
    slow: false,
};

pub(crate) const TYPED: Reader = Reader {
    name: "typed",
    good: || {
        ["１２，３４５．６ 元", "1.36万", "65.50㎡", "3人", "二〇二六年十一月二十日", "2026-11-20", "是"]
            .map(|typed| typed.as_bytes().to_vec())
            .to_vec()
    },
    read: |sent| {
        let sent = text(sent);
        for fact in DICTIONARY.facts.iter() {
            let _ = parse_value(fact, &sent, on());
        }
        // A sum that was understood is understood again as it is shown.
        if let Ok(policies::Value::Number(fen)) =
            parse_value(Asked::field("家庭财产", &FactKind::Money), &sent, on())
        {
            let shown = format!("{}.{:02}", fen / 100, fen % 100);
            assert_eq!(
                parse_value(Asked::field("家庭财产", &FactKind::Money), &shown, on()),
                Ok(policies::Value::Number(fen))
            );
        }
    },
    slow: false,
};

pub(crate) const IDENTITY: Reader = Reader {
    name: "identity",
    good: || vec![b"99999919900307008X".to_vec(), b"13900000017".to_vec(), b"91350100M000100Y43".to_vec()],
    read: |sent| {
        let sent = text(sent);
        if let Ok(id) = resident_id(&sent, on()) {
            assert_eq!(resident_id(&id.number, on()), Ok(id));
        }
        if let Ok(code) = credit_code(&sent) {
            assert_eq!(credit_code(&code), Ok(code));
        }
        if let Ok(number) = phone(&sent) {
            assert_eq!(phone(&number), Ok(number));
        }
    },
    slow: false,
};

pub(crate) const DOCUMENT: Reader = Reader {
    name: "document",
    good: || vec![DOCUMENT_TEXT.into()],
    read: |sent| {
        let sent = text(sent);
        let file = File { name: "document.toml", text: &sent };
        if let Err(problems) = compile::document(file, FACTS.text, &DICTIONARY, None) {
            assert!(!problems.is_empty(), "refused without a reason");
        }
    },
    slow: true,
};
