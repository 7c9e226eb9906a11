//! Papers: what may be announced, what a case takes of it and when, and who may ask; through the pure handlers.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod fixture;

use data_encoding::BASE64;
use edge::{
    api::{Incoming, Todo, prepare},
    case::{
        CaseCall,
        papers::{By, PapersAsk, PapersCall, Registered},
    },
};
use fixture::{Fixture, NOW, OFFICE, get, message, opened, terms};
use protocol::{
    authorization::Authorization,
    case::{NewMessage, Submission, Withdrawal},
    desk::{AuditAction, Role},
    error::ErrorCode,
    limits::{CASE_PAPER_BYTES, CASE_PAPERS, LETTER_PAPERS, PAPER_BYTES, PAPER_SECS, PART_BYTES},
    paper::{Announced, LEAST_PLAIN, sealed_len},
    receipt::token_hash,
    routes::Route,
};

fn paper(number: usize, padded: usize) -> Announced {
    Announced { id: format!("{number:064x}"), bytes: sealed_len(padded) as u64 }
}

fn papers(count: usize) -> Vec<Announced> {
    (0..count).map(|number| paper(number, LEAST_PLAIN)).collect()
}

#[test]
fn what_no_paper_can_be_is_not_announced() {
    let fixture = Fixture::new();
    let good = fixture.submission();
    let with = |papers| fixture.submit(&fixture.proved(Submission { papers, ..good.clone() }));
    for count in [0, 1, LETTER_PAPERS] {
        assert!(prepare(&fixture.settings, &with(papers(count)), NOW).is_ok(), "{count}");
    }
    assert_eq!(fixture.refused(&with(papers(LETTER_PAPERS + 1))), ErrorCode::TooManyPapers);
    let short = Announced { id: "00".into(), ..paper(1, LEAST_PLAIN) };
    let twice = [papers(1), papers(1)].concat();
    let unpadded = Announced { bytes: 100_000, ..paper(1, LEAST_PLAIN) };
    for wrong in [vec![short], twice, vec![unpadded]] {
        assert_eq!(fixture.refused(&with(wrong)), ErrorCode::InvalidField);
    }
    // What is announced is part of what was proved.
    let late = fixture.submit(&Submission { papers: papers(1), ..good });
    assert_eq!(fixture.refused(&late), ErrorCode::ProofInvalid);
}

#[test]
fn a_letter_that_comes_again_announces_the_same() {
    let fixture = Fixture::new();
    let (mut kept, plain) = opened(&fixture);
    let call = |submission: Submission| CaseCall::Submit {
        submission,
        stage: "submitted".into(),
        document_hash: String::new(),
        terms: terms(),
        bits: 10,
    };
    let other = Submission { papers: papers(1), ..plain.clone() };
    assert_eq!(kept.refused(call(other.clone()), NOW), ErrorCode::CaseExists);
    kept.file = None;
    let (change, _) = kept.call(call(other.clone()), NOW).unwrap();
    assert_eq!(change.papers, other.papers);
    assert_eq!((kept.file().papers, kept.file().paper_bytes), (1, other.papers[0].bytes));
    let (again, _) = kept.call(call(other), NOW).unwrap();
    assert!(again.papers.is_empty() && again.events.is_empty());
    assert_eq!(kept.refused(call(plain), NOW), ErrorCode::CaseExists);
}

#[test]
fn a_case_holds_so_many_papers_and_bytes_however_many_messages_bring_them() {
    let fixture = Fixture::new();
    let with = |id: usize, papers: Vec<Announced>| {
        let CaseCall::Message { token_hash, message, terms } = message(&fixture, id, "A".repeat(8)) else {
            panic!("no message")
        };
        CaseCall::Message { token_hash, message: NewMessage { papers, ..message }, terms }
    };
    let (mut kept, _) = opened(&fixture);
    for id in 0..CASE_PAPERS / LETTER_PAPERS {
        kept.call(with(id, papers(LETTER_PAPERS)), NOW).unwrap();
    }
    assert_eq!(kept.refused(with(50, papers(1)), NOW), ErrorCode::TooManyPapers);
    kept.call(with(51, Vec::new()), NOW).unwrap();
    let (mut kept, _) = opened(&fixture);
    let large = usize::try_from(CASE_PAPER_BYTES).unwrap() / sealed_len(PAPER_BYTES);
    kept.call(with(0, (0..large).map(|number| paper(number, PAPER_BYTES)).collect()), NOW).unwrap();
    assert_eq!(kept.refused(with(1, vec![paper(9, PAPER_BYTES)]), NOW), ErrorCode::PapersTooLarge);
    kept.call(with(2, vec![paper(9, LEAST_PLAIN)]), NOW).unwrap();
    // The same request again is the same, and with other papers it is another.
    assert!(kept.call(with(2, vec![paper(9, LEAST_PLAIN)]), NOW).unwrap().0.papers.is_empty());
    assert_eq!(kept.refused(with(2, Vec::new()), NOW), ErrorCode::RequestReused);
}

#[test]
fn a_part_comes_in_its_length_sealed_and_in_time() {
    let announced = paper(1, 5 * LEAST_PLAIN);
    let registered = Registered { announced, at: NOW, begun: false, whole: false };
    let mut first = vec![0; PART_BYTES];
    let seal = b"age-encryption.org/v1\n-> X25519 ";
    first[..seal.len()].copy_from_slice(seal);
    let last = vec![0; usize::try_from(registered.announced.bytes).unwrap() - PART_BYTES];
    for (part, bytes) in [(0, &first), (1, &last)] {
        assert_eq!(registered.takes(part, bytes, NOW + PAPER_SECS), Ok(()));
        assert_eq!(registered.takes(part, bytes, NOW + PAPER_SECS + 1), Err(ErrorCode::PaperLate));
        let more = [bytes.as_slice(), &[0]].concat();
        assert_eq!(registered.takes(part, &more, NOW), Err(ErrorCode::PartInvalid));
        assert_eq!(registered.takes(part, &bytes[1..], NOW), Err(ErrorCode::PartInvalid));
    }
    assert_eq!(registered.takes(0, &vec![0; PART_BYTES], NOW), Err(ErrorCode::PartInvalid), "not sealed");
    assert_eq!(registered.takes(2, &last, NOW), Err(ErrorCode::UnknownPaper));
}

#[test]
fn a_case_that_is_gone_or_set_aside_takes_nothing() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    assert_eq!(kept.file().takes_papers(), Ok(()));
    let mut aside = kept.file().clone();
    aside.aside = true;
    assert_eq!(aside.takes_papers(), Err(ErrorCode::SetAside));
    aside.destroyed_at = Some(NOW);
    assert_eq!(aside.takes_papers(), Err(ErrorCode::CaseClosed));
    let withdrawal = Withdrawal { id: "withdraw-00000001".into(), signed: Some(fixture.owners(None)) };
    let token_hash = token_hash(&fixture.receipt.token).unwrap();
    let (change, _) = kept.call(CaseCall::Withdraw { token_hash, withdrawal }, NOW).unwrap();
    assert!(change.forget);
    assert_eq!(kept.file().takes_papers(), Err(ErrorCode::CaseClosed));
}

#[test]
fn only_the_receipt_and_the_office_ask_about_papers() {
    let fixture = Fixture::new();
    let (kept, _) = opened(&fixture);
    let token_hash = token_hash(&fixture.receipt.token).unwrap();
    let of = |office: &str, role| By::Staff { office: office.into(), role };
    for by in [By::Receipt(token_hash), of(OFFICE, Role::Office)] {
        assert_eq!(kept.file().admits(&by), Ok(()));
    }
    for (by, code) in [
        (By::Receipt("0".repeat(64)), ErrorCode::UnknownCase),
        (of("qujing-2018", Role::Office), ErrorCode::UnknownCase),
        (of(OFFICE, Role::Supervisor), ErrorCode::RoleForbidden),
    ] {
        assert_eq!(kept.file().admits(&by), Err(code));
    }
}

#[test]
fn a_part_is_sent_as_bytes_by_the_receipt_and_read_with_a_note() {
    let fixture = Fixture::new();
    let (lookup, paper) = (fixture.receipt.lookup.as_str(), "a".repeat(64));
    let route = Route::SendPart { lookup, paper: &paper, part: "3" };
    let sent = Incoming {
        method: "POST".into(),
        path: route.to_path(),
        authorization: Some(Authorization::Receipt(fixture.receipt.token.clone()).header()),
        content_type: Some("application/octet-stream".into()),
        body: vec![7; PART_BYTES],
        ..Incoming::default()
    };
    let Ok(Todo::Case { call: CaseCall::Papers(PapersCall { by, ask }), .. }) =
        prepare(&fixture.settings, &sent, NOW)
    else {
        panic!("a part was refused")
    };
    assert!(matches!(by, By::Receipt(hash) if hash == token_hash(&fixture.receipt.token).unwrap()));
    let PapersAsk::Keep { part: 3, bytes, most, .. } = ask else { panic!("not kept") };
    assert_eq!(BASE64.decode(bytes.as_bytes()).unwrap(), sent.body);
    assert_eq!(most, fixture.settings.terms.papers);
    let json = Incoming { content_type: Some("application/json".into()), ..sent.clone() };
    assert_eq!(fixture.refused(&json), ErrorCode::UnsupportedMediaType);
    let long = Incoming { body: vec![7; PART_BYTES + 1], ..sent.clone() };
    assert_eq!(fixture.refused(&long), ErrorCode::TooLarge);
    let nobody = Incoming { authorization: None, ..sent };
    assert_eq!(fixture.refused(&nobody), ErrorCode::ReceiptMissing);

    let route = Route::OpenPart { office: OFFICE, lookup, paper: &paper, part: "0" };
    assert_eq!(fixture.refused(&get(route)), ErrorCode::SignatureMissing);
    let asked = fixture.signed(&fixture.key, get(route), NOW);
    let Ok(Todo::NotedCase { note, .. }) = prepare(&fixture.settings, &asked, NOW) else {
        panic!("a reading without a note")
    };
    let edge::office::OfficeAsk::Note { deed, .. } = note else { panic!("no note") };
    assert_eq!(deed.action, AuditAction::OpenedPaper { paper });
}
