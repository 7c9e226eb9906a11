//! Keys, and what is signed or sealed with them. Their seeds stand here, so that what a run finds is found again.

use std::sync::LazyLock;

use protocol::{
    card::{Card, CardOfficer, CardRecipient, Holder, Root, Roots, SignedCard, Supervision},
    desk::Role,
    keyfile::KeyFile,
    letter::Letter,
    routes::Route,
    seal,
    staff::{self, Claims},
};

use crate::{Reader, text};

const OFFICE: &str = "yongshun-2023";
const ROOT: [u8; 32] = [7; 32];

pub(crate) static KEY: LazyLock<KeyFile> =
    LazyLock::new(|| KeyFile::parse(include_str!("../office.key")).unwrap());
pub(crate) static PLAIN: LazyLock<Vec<u8>> = LazyLock::new(|| Letter::message("请补充楼栋号。").to_padded());
/// [`PLAIN`] sealed to [`KEY`], once: sealing draws numbers by chance, and what one run tries must be the same for the next.
pub(crate) const SEALED_TO_IT: &[u8] = include_bytes!("../letter.age");
static PUBLIC: LazyLock<[u8; 32]> = LazyLock::new(|| staff::public_key(&KEY.signing));
static TOKEN: LazyLock<String> = LazyLock::new(|| {
    let path = Route::Inbox { office: OFFICE }.to_path();
    let claims = Claims::new((&KEY.kid, &KEY.office, KEY.role), 1000, "POST", &path, b"{}");
    staff::sign(&KEY.signing, &claims)
});
static SIGNED: LazyLock<SignedCard> = LazyLock::new(|| {
    let holder = Holder::Officer(KEY.kid.clone());
    let card = Card {
        office: OFFICE.into(),
        version: 3,
        not_after: "2027-12-31".parse().unwrap(),
        demonstration: false,
        recipients: vec![CardRecipient { recipient: KEY.recipient.clone(), holder, kinds: Vec::new() }],
        staff: vec![CardOfficer {
            kid: KEY.kid.clone(),
            role: Role::Office,
            public_key: KEY.public_key(),
            last_day: None,
        }],
        supervision: Supervision::default(),
        counters: Vec::new(),
    };
    card.sign(&ROOT)
});
static TRUSTED: LazyLock<Roots> =
    LazyLock::new(|| [Root::new(OFFICE, staff::public_key(&ROOT), false)].into_iter().collect());

pub(crate) const STAFF_TOKEN: Reader = Reader {
    name: "staff-token",
    good: || vec![TOKEN.clone().into_bytes()],
    read: |sent| {
        let sent = text(sent);
        let _ = staff::peek(&sent);
        assert_eq!(staff::verify(&sent, &PUBLIC).is_ok(), sent == *TOKEN);
    },
    slow: false,
};

pub(crate) const CARD: Reader = Reader {
    name: "card",
    good: || vec![serde_json::to_vec(&*SIGNED).unwrap()],
    read: |sent| {
        if let Ok(card) = serde_json::from_slice::<SignedCard>(sent) {
            let trusted = card.check(&TRUSTED, OFFICE, 0, "2026-11-20".parse().unwrap()).is_ok();
            assert_eq!(trusted, card == *SIGNED);
        }
        let _ = serde_json::from_slice::<Card>(sent);
    },
    slow: true,
};

pub(crate) const ROOTS: Reader = Reader {
    name: "roots",
    good: || vec![TRUSTED.to_text().into_bytes(), b"* AAAA demonstration\n".to_vec()],
    read: |sent| {
        if let Ok(roots) = Roots::parse(&text(sent)) {
            assert_eq!(
                Roots::parse(&roots.to_text()).ok().map(|again| again.to_text()),
                Some(roots.to_text())
            );
        }
    },
    slow: false,
};

pub(crate) const KEY_FILE: Reader = Reader {
    name: "key-file",
    good: || vec![KEY.to_text().into_bytes()],
    read: |sent| {
        if let Ok(key) = KeyFile::parse(&text(sent)) {
            let again = KeyFile::parse(&key.to_text()).map(|again| again.to_text());
            assert_eq!(again.ok(), Some(key.to_text()));
        }
    },
    slow: true,
};

pub(crate) const SEALED: Reader = Reader {
    name: "sealed",
    good: || vec![SEALED_TO_IT.to_vec()],
    read: |sent| {
        let opened = seal::open(&KEY.identity, sent);
        assert_eq!(opened.ok(), (sent == SEALED_TO_IT).then(|| PLAIN.clone()));
    },
    slow: true,
};
