//! The life of a case, through the pure function that decides it.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod fixture;

use chrono::NaiveDate;
use edge::case::{CaseAnswer, CaseCall, file::Change};
use edge::office::admission::Terms;
use fixture::{BITS, Fixture, Kept, NOW, OFFICE, act, event, message, opened, opened_as, opened_at, terms};
use protocol::{
    CaseKind,
    case::{Aside, NewMessage, Proof, Submission, Withdrawal},
    chain,
    desk::{AuditAction, NewEvent, Role},
    error::ErrorCode,
    limits::{ENVELOPE_CHARS, EVENTS, OWNER_CHARS, OWNER_EVENTS, THREAD_CHARS},
    receipt::token_hash,
    signed::Signed,
};

fn today() -> Option<NaiveDate> {
    Some(edge::clock::day_in_china(NOW))
}

fn to_stage(id: &str, stage: &str) -> NewEvent {
    NewEvent { stage: Some(stage.into()), on: today(), ..event(id) }
}

#[test]
fn the_same_submission_is_one_case_and_another_is_refused() {
    let fixture = Fixture::new();
    let (mut kept, submission) = opened(&fixture);
    let call = |submission: Submission| CaseCall::Submit {
        submission,
        stage: "submitted".into(),
        document_hash: String::new(),
        terms: terms(),
        bits: BITS,
    };
    let again = Submission { proof: Proof { stamp: 1, nonce: 1 }, ..submission.clone() };
    let (change, answer) = kept.call(call(again), NOW + 99).unwrap();
    assert_eq!(change, Change::default());
    let CaseAnswer::Acknowledged { acknowledgement, again: true } = answer else {
        panic!("not acknowledged again");
    };
    assert_eq!((acknowledgement.received_at, &acknowledgement.head), (NOW, &kept.file().head));
    let other = Submission { envelope: fixture.envelope("另一封"), ..submission };
    assert_eq!(kept.refused(call(other), NOW), ErrorCode::CaseExists);
    assert_eq!(kept.file().document_hash.len(), 64, "which text decided is not kept");
}

#[test]
fn messages_and_withdrawal_are_bound_to_receipt_request_and_time() {
    let fixture = Fixture::new();
    let (mut kept, submission) = opened(&fixture);
    let token = token_hash(&fixture.receipt.token).unwrap();
    let envelope = fixture.envelope("请问进度");
    let message = fixture.message("message-000000001", envelope);
    let call = |token_hash: &str, message: NewMessage| CaseCall::Message {
        token_hash: token_hash.into(),
        message,
        terms: terms(),
    };
    assert_eq!(kept.refused(call("00", message.clone()), NOW), ErrorCode::UnknownCase);
    let idle = NewMessage { proof: Proof { stamp: NOW + 1, nonce: 0 }, ..message.clone() };
    assert_eq!(kept.refused(call(&token, idle), NOW), ErrorCode::ProofInvalid);
    let again = NewMessage { id: "message-000000002".into(), ..message.clone() };
    assert_eq!(kept.refused(call(&token, again), NOW), ErrorCode::ProofInvalid, "one proof for two messages");
    let (change, first) = kept.call(call(&token, message.clone()), NOW).unwrap();
    assert_eq!(change.events.len(), 1);
    let (change, again) = kept.call(call(&token, message.clone()), NOW + 5000).unwrap();
    assert_eq!((change, again), (Change::default(), first));
    let reused = NewMessage { envelope: fixture.envelope("换内容"), ..message };
    assert_eq!(kept.refused(call(&token, reused), NOW), ErrorCode::RequestReused);
    let withdraw = || CaseCall::Withdraw {
        token_hash: token.clone(),
        withdrawal: Withdrawal { id: "withdraw-00000001".into(), signed: Some(fixture.owners(None)) },
    };
    // Ten minutes from the end of its hour: of a tip-off nobody knows the second.
    assert_eq!(kept.refused(withdraw(), NOW + 4201), ErrorCode::WithdrawTooLate);
    kept.call(withdraw(), NOW + 4200).unwrap();
    let view = kept.view(&token);
    assert!(view.withdrawn && kept.events.iter().all(|(_, envelope)| envelope.is_none()));
    assert_eq!(chain::verify_view(&view, None), Ok(()), "the history holds without what was written");
    let (again, _) = kept.call(withdraw(), NOW + 9000).unwrap();
    assert_eq!(again, Change::default());
    let resent = CaseCall::Submit {
        submission,
        stage: "submitted".into(),
        document_hash: String::new(),
        terms: terms(),
        bits: BITS,
    };
    assert_eq!(kept.refused(resent, NOW), ErrorCode::CaseClosed, "it would seem to be in");
    let late = NewEvent { envelope: Some(fixture.envelope("太晚")), ..event("a") };
    assert_eq!(kept.act_refused(&fixture, late), ErrorCode::CaseClosed);
}

#[test]
fn the_office_moves_a_case_only_along_its_procedure_and_only_to_days_that_were() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    let to = |id: &str, stage: &str, on: Option<NaiveDate>| {
        let envelope = Some(fixture.envelope("已受理"));
        NewEvent { on, envelope, ..to_stage(id, stage) }
    };
    let (yesterday, tomorrow) = (today().unwrap().pred_opt(), today().unwrap().succ_opt());
    for (event, code) in [
        (to("a", "closed", today()), ErrorCode::StageUnreachable),
        (to("b", "verifying", yesterday), ErrorCode::DateInvalid),
        (to("c", "verifying", tomorrow), ErrorCode::DateInvalid),
        (to("d", "verifying", None), ErrorCode::DateInvalid),
    ] {
        assert_eq!(kept.act_refused(&fixture, event), code);
    }
    for (id, stage) in [("e", "verifying"), ("f", "closed")] {
        let (change, _) = kept.act(&fixture, to(id, stage, today())).unwrap();
        assert_eq!((change.events.len(), change.outbox.len()), (2, 2));
        assert_eq!(kept.file().stage, stage);
    }
    let view = kept.view(&token_hash(&fixture.receipt.token).unwrap());
    assert_eq!((chain::verify_view(&view, None), view.total), (Ok(()), 5));
    let elsewhere = CaseCall::Open { office: "qujing-2018".into(), role: Role::Office, from: 0 };
    assert_eq!(kept.refused(elsewhere, NOW), ErrorCode::UnknownCase);
    let elsewhere = CaseCall::OpenThread { office: "qujing-2018".into(), role: Role::Office, from: 0 };
    assert_eq!(kept.refused(elsewhere, NOW), ErrorCode::UnknownCase);
    let stranger = CaseCall::Thread { token_hash: "00".into(), from: 0 };
    assert_eq!(kept.refused(stranger, NOW), ErrorCode::UnknownCase);
}

#[test]
fn a_case_takes_so_many_events_and_no_more() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    let envelope = fixture.envelope("第几封");
    let reply = |n: u64| NewEvent { envelope: Some(envelope.clone()), ..event(&n.to_string()) };
    for n in 1..EVENTS {
        kept.act(&fixture, reply(n)).unwrap();
    }
    assert_eq!(kept.act_refused(&fixture, reply(EVENTS)), ErrorCode::CaseFull);
}

#[test]
fn an_owner_cannot_fill_a_case_so_that_the_office_can_no_longer_act() {
    let fixture = Fixture::new();
    for (envelope, most) in
        [("A".repeat(8), OWNER_EVENTS), ("A".repeat(ENVELOPE_CHARS), OWNER_CHARS / ENVELOPE_CHARS)]
    {
        let (mut kept, _) = opened(&fixture);
        for n in 0..most {
            kept.call(message(&fixture, n, envelope.clone()), NOW).unwrap();
        }
        assert_eq!(kept.refused(message(&fixture, most, envelope.clone()), NOW), ErrorCode::CaseFull);
        // What came before is still the same request, and the office goes on.
        let (again, _) = kept.call(message(&fixture, 0, envelope.clone()), NOW).unwrap();
        assert_eq!(again, Change::default());
        let answer = NewEvent { envelope: Some(fixture.envelope("已受理")), ..to_stage("a", "verifying") };
        assert_eq!(kept.act(&fixture, answer).unwrap().0.events.len(), 2);
    }
}

#[test]
fn an_office_and_an_owner_write_within_shares_that_add_up() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    let reply = |n: usize, envelope: String| NewEvent { envelope: Some(envelope), ..event(&n.to_string()) };
    let most = (THREAD_CHARS - OWNER_CHARS) / ENVELOPE_CHARS;
    for n in 0..most {
        kept.act(&fixture, reply(n, "A".repeat(ENVELOPE_CHARS))).unwrap();
    }
    assert_eq!(kept.act_refused(&fixture, reply(most, "A".into())), ErrorCode::CaseFull);
    kept.act(&fixture, to_stage("move", "verifying")).unwrap();
    kept.call(message(&fixture, 0, "A".repeat(ENVELOPE_CHARS)), NOW).unwrap();
}

#[test]
fn of_two_desks_the_later_is_told_that_the_other_was_quicker() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    let seen = kept.file().head.clone();
    let first = NewEvent { expected_head: seen.clone(), ..to_stage("one", "verifying") };
    let (_, written) = kept.call(act(&fixture, first.clone()), NOW).unwrap();
    let second = NewEvent { expected_head: seen, ..to_stage("two", "verifying") };
    let refused = kept.call(act(&fixture, second), NOW).unwrap_err();
    assert_eq!((refused.code, refused.head.as_ref()), (ErrorCode::HeadMoved.into(), Some(&kept.file().head)));
    // The first, sent again after its answer was lost, is the same whatever its sender has seen meanwhile.
    let again = NewEvent { expected_head: kept.file().head.clone(), ..first };
    assert_eq!(kept.call(act(&fixture, again), NOW).unwrap(), (Change::default(), written));
    // A letter of the owner counts, too: nobody answers what they have not read.
    let seen = kept.file().head.clone();
    kept.call(message(&fixture, 0, "A".repeat(8)), NOW).unwrap();
    let blind = NewEvent { expected_head: seen, envelope: Some("A".into()), ..event("three") };
    assert_eq!(kept.refused(act(&fixture, blind), NOW), ErrorCode::HeadMoved);
}

/// Midday in China on a day of November 2026.
fn noon(day: u64) -> u64 {
    1_795_233_600 + day * 86_400 - 21 * 86_400
}

#[test]
fn publicity_lasts_as_long_as_it_must_whatever_comes_between() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened_as(&fixture, CaseKind::Application);
    let mut step = |id: &str, stage: &str, day: u64| {
        let event = NewEvent { on: Some(edge::clock::day_in_china(noon(day))), ..to_stage(id, stage) };
        let role = if stage == "town_review" { Role::Town } else { Role::Office };
        kept.act_as(&fixture, role, event, noon(day))
            .map(drop)
            .map_err(|problem| (problem.code, problem.not_before))
    };
    for (id, stage) in [("a", "accepted"), ("b", "town_review"), ("c", "centre_review"), ("d", "publicity")] {
        step(id, stage, 2).unwrap();
    }
    // Posted on Monday the 2nd: the seventh day is the 9th.
    let first = NaiveDate::from_ymd_opt(2026, 11, 10);
    assert_eq!(step("e", "waiting", 2), Err((ErrorCode::StageTooEarly.into(), first)));
    assert_eq!(step("f", "waiting", 9), Err((ErrorCode::StageTooEarly.into(), first)));
    // An objection is looked into at once, and does not make the rest of the seven days go away.
    step("g", "objection", 5).unwrap();
    assert_eq!(step("h", "waiting", 6), Err((ErrorCode::StageTooEarly.into(), first)));
    // A day that was too early stays too early, also for who looks later.
    let late = NewEvent { on: NaiveDate::from_ymd_opt(2026, 11, 9), ..to_stage("i", "waiting") };
    step("j", "waiting", 10).unwrap();
    let refused = kept.act_at(&fixture, late, noon(12)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::StageUnreachable);
    assert_eq!((kept.file().stage.as_str(), kept.file().held_until), ("waiting", None));
}

/// What the office's list is told of the last day is counted without the days on which the owner had to answer.
#[test]
fn a_request_for_corrections_stops_the_clock_and_the_return_starts_it() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened_as(&fixture, CaseKind::Application);
    let mut due = |id: &str, stage: &str, day: u64| {
        let event = NewEvent { on: Some(edge::clock::day_in_china(noon(day))), ..to_stage(id, stage) };
        let (change, _) = kept.act_as(&fixture, Role::Town, event, noon(day)).unwrap();
        change.outbox.last().unwrap().row.due.map(|due| due.to_string())
    };
    assert_eq!(due("a", "accepted", 2), None);
    assert_eq!(due("b", "town_review", 2).as_deref(), Some("2026-11-30"));
    assert_eq!(due("c", "supplement", 9), None, "it waits for its owner");
    assert_eq!(due("d", "town_review", 16).as_deref(), Some("2026-12-07"), "five working days are left out");
    assert_eq!(due("e", "supplement", 17), None);
    assert_eq!(due("f", "town_review", 18).as_deref(), Some("2026-12-08"), "and one more");
    assert_eq!(due("g", "supplement", 18), None);
    // Taken in anew, it is counted anew.
    assert_eq!(due("h", "accepted", 19), None);
    assert_eq!(due("i", "town_review", 19).as_deref(), Some("2026-12-17"));
}

#[test]
fn a_role_opens_and_moves_what_the_document_gives_it_and_nothing_else() {
    let fixture = Fixture::new();
    let (mut tip_off, _) = opened(&fixture);
    let open = |role| CaseCall::Open { office: OFFICE.into(), role, from: 0 };
    for role in [Role::Community, Role::Town] {
        assert_eq!(tip_off.refused(open(role), NOW), ErrorCode::RoleForbidden);
        let read = CaseCall::OpenThread { office: OFFICE.into(), role, from: 0 };
        assert_eq!(tip_off.refused(read, NOW), ErrorCode::RoleForbidden);
        let answer = NewEvent { envelope: Some("A".into()), ..event("a") };
        let refused = tip_off.act_as(&fixture, role, answer, NOW).unwrap_err();
        assert_eq!(refused.code, ErrorCode::RoleForbidden);
    }
    tip_off.call(open(Role::Department), NOW).unwrap();
    tip_off.act_as(&fixture, Role::Department, to_stage("b", "verifying"), NOW).unwrap();

    let (mut application, _) = opened_as(&fixture, CaseKind::Application);
    let mut moves = |role, id: &str, stage: &str| {
        application.act_as(&fixture, role, to_stage(id, stage), NOW).map(drop).map_err(|refused| refused.code)
    };
    assert_eq!(moves(Role::Community, "a", "not_accepted"), Err(ErrorCode::RoleForbidden.into()));
    assert_eq!(moves(Role::Town, "b", "accepted"), Ok(()));
    assert_eq!(moves(Role::Office, "c", "town_review"), Err(ErrorCode::RoleForbidden.into()));
    assert_eq!(moves(Role::Community, "d", "town_review"), Ok(()));
    assert_eq!(moves(Role::Community, "e", "centre_review"), Err(ErrorCode::RoleForbidden.into()));
}

#[test]
fn a_decision_against_somebody_comes_with_its_reason_and_ends_taking_back() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened_as(&fixture, CaseKind::Application);
    let token_hash = token_hash(&fixture.receipt.token).unwrap();
    assert_eq!(kept.view(&token_hash).withdraw_until, NOW + 600);
    let refusal = to_stage("a", "not_accepted");
    assert_eq!(kept.act_refused(&fixture, refusal.clone()), ErrorCode::ReasonRequired);
    let reasoned = NewEvent { envelope: Some(fixture.envelope("理由")), ..refusal };
    kept.act(&fixture, reasoned).unwrap();
    let withdrawal = Withdrawal { id: "withdraw-00000001".into(), signed: Some(fixture.owners(None)) };
    let withdraw = CaseCall::Withdraw { token_hash: token_hash.clone(), withdrawal };
    assert_eq!(kept.refused(withdraw, NOW + 1), ErrorCode::AlreadyDecided);
    assert_eq!(kept.view(&token_hash).withdraw_until, 0);
    // What is no decision needs no reason, and an end is one although it is against nobody.
    let (mut tip_off, _) = opened(&fixture);
    for (id, stage, decided) in [("a", "verifying", false), ("b", "closed", true)] {
        let result = decided.then(|| fixture.envelope("已经查过"));
        tip_off.act(&fixture, NewEvent { envelope: result, ..to_stage(id, stage) }).unwrap();
        assert_eq!(tip_off.file().decided, decided, "{stage}");
    }
}

#[test]
fn a_tip_off_is_not_closed_without_its_result() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    kept.act(&fixture, to_stage("a", "verifying")).unwrap();
    assert_eq!(kept.act_refused(&fixture, to_stage("b", "closed")), ErrorCode::ResultRequired);
    assert_eq!(kept.file().stage, "verifying");
    let told = NewEvent { envelope: Some(fixture.envelope("已经查过")), ..to_stage("c", "closed") };
    let (change, _) = kept.act(&fixture, told).unwrap();
    assert_eq!((change.events.len(), kept.file().stage.as_str()), (2, "closed"));
}

/// What an informant does is told by the hour, to themselves, to the office and on the disk; what an officer does by the
/// second, as it is signed; and nothing goes back in time.
#[test]
fn of_what_an_informant_does_the_hour_is_kept_and_nothing_finer() {
    let fixture = Fixture::new();
    let second = NOW + 1234;
    let (mut kept, _) = opened_at(&fixture, CaseKind::TipOff, second);
    let mut said = 0;
    let mut say = |kept: &mut Kept, at: u64| {
        said += 1;
        let call = message(&fixture, said, "A".repeat(8 * said));
        let CaseCall::Message { token_hash, message, terms } = call else { panic!("no message") };
        let message = NewMessage { proof: Proof { stamp: at, nonce: 0 }, ..message };
        kept.call(CaseCall::Message { token_hash, message, terms }, at).unwrap();
    };
    assert_eq!((kept.file().received_at, kept.file().updated_at), (NOW, NOW));
    say(&mut kept, second + 1);
    kept.act_as(&fixture, Role::Office, to_stage("a", "verifying"), second + 60).unwrap();
    say(&mut kept, second + 120);
    say(&mut kept, NOW + 3 * 3600 + 59);
    let view = kept.view(&token_hash(&fixture.receipt.token).unwrap());
    let at: Vec<u64> = view.events.iter().map(|event| event.at).collect();
    assert_eq!(at, [NOW, NOW, second + 60, second + 60, NOW + 3 * 3600]);
    assert_eq!(view.withdraw_until, NOW + 3600 + 600, "ten minutes at least, and no second is told by it");
    let kept_on_disk = serde_json::to_string(kept.file()).unwrap();
    assert!(!kept_on_disk.contains(&second.to_string()), "{kept_on_disk}");
    // An applicant's seconds are kept: terms run from them.
    let (kept, _) = opened_at(&fixture, CaseKind::Application, second);
    assert_eq!(kept.file().received_at, second);
}

#[test]
fn what_the_owner_does_is_signed_with_the_receipts_key_where_the_case_names_one() {
    let fixture = Fixture::new();
    let token_hash = token_hash(&fixture.receipt.token).unwrap();
    let say = |signed: Option<Signed>, envelope: &str| CaseCall::Message {
        token_hash: token_hash.clone(),
        message: NewMessage {
            id: "message-00000000-1".into(),
            envelope: envelope.into(),
            signed,
            papers: Vec::new(),
            proof: Proof { stamp: NOW, nonce: 0 },
        },
        terms: Terms { bits: 0, ..terms() },
    };
    let take_back = |signed: Option<Signed>| CaseCall::Withdraw {
        token_hash: token_hash.clone(),
        withdrawal: Withdrawal { id: "withdraw-00000001".into(), signed },
    };
    let (mut kept, submission) = opened(&fixture);
    let (for_a, for_back) = (fixture.owners(Some("A")), fixture.owners(None));
    let cut = Signed { signature: String::new(), ..for_a.clone() };
    for signed in [None, Some(fixture.owners(Some("B"))), Some(for_back.clone()), Some(cut)] {
        assert_eq!(kept.refused(say(signed, "A"), NOW), ErrorCode::ActUnsigned);
    }
    for signed in [None, Some(for_a.clone())] {
        assert_eq!(kept.refused(take_back(signed), NOW), ErrorCode::ActUnsigned);
    }
    kept.call(say(Some(for_a.clone()), "A"), NOW).unwrap();
    kept.call(take_back(Some(for_back.clone())), NOW).unwrap();
    let signatures: Vec<_> = kept.events.iter().map(|(event, _)| event.signed.clone()).collect();
    assert_eq!(signatures, [None, Some(for_a.clone()), Some(for_back)]);
    assert_eq!(chain::verify_view(&kept.view(&token_hash), None), Ok(()));

    // A case from a page of before there was a key: nobody could check a signature, and none is kept.
    let old = fixture.proved(Submission { owner_key: String::new(), ..submission });
    let mut kept = Kept::default();
    let stage = "submitted".into();
    let opening =
        CaseCall::Submit { submission: old, stage, document_hash: String::new(), terms: terms(), bits: BITS };
    kept.call(opening, NOW).unwrap();
    kept.call(say(Some(for_a), "A"), NOW).unwrap();
    kept.call(take_back(None), NOW).unwrap();
    assert!(kept.events.iter().all(|(event, _)| event.signed.is_none()));
}

fn aside(id: &str, how: Aside) -> NewEvent {
    NewEvent { aside: Some(how), ..event(id) }
}

#[test]
fn junk_is_set_aside_and_brought_back_and_nothing_of_it_is_erased() {
    let fixture = Fixture::new();
    let token = token_hash(&fixture.receipt.token).unwrap();
    let (mut kept, submission) = opened(&fixture);
    let (change, _) = kept.act(&fixture, aside("a", Aside::Unopened)).unwrap();
    let news = change.outbox.last().unwrap();
    assert!(news.row.aside && !news.row.closed && !news.row.waiting_for_office && news.row.due.is_none());
    assert_eq!(news.deed.as_ref().unwrap().action, AuditAction::Aside { how: Aside::Unopened });
    assert!(!change.forget && kept.events.first().unwrap().1.as_ref() == Some(&submission.envelope));
    let view = kept.view(&token);
    assert_eq!((view.aside(), chain::verify_view(&view, None)), (Some(Aside::Unopened), Ok(())));
    // Once more is the same, by its request and by where it stands.
    for id in ["a", "b"] {
        assert_eq!(kept.act(&fixture, aside(id, Aside::Unopened)).unwrap().0, Change::default());
    }
    let (change, _) = kept.act(&fixture, aside("c", Aside::Back)).unwrap();
    let news = change.outbox.last().unwrap();
    assert!(!news.row.aside && news.row.waiting_for_office && news.fresh, "it is out of sight");
    assert_eq!(kept.view(&token).aside(), None);
    assert_eq!(kept.act(&fixture, aside("d", Aside::Back)).unwrap().0, Change::default());
}

#[test]
fn whatever_happens_to_a_case_that_was_set_aside_brings_it_back() {
    let fixture = Fixture::new();
    let token = token_hash(&fixture.receipt.token).unwrap();
    let set_aside = || {
        let (mut kept, _) = opened(&fixture);
        kept.act(&fixture, aside("a", Aside::Unusable)).unwrap();
        assert!(kept.file().aside);
        kept
    };
    let mut written_to = set_aside();
    let (change, _) = written_to.call(message(&fixture, 1, fixture.envelope("是真的")), NOW).unwrap();
    let row = &change.outbox.last().unwrap().row;
    assert!(!row.aside && row.waiting_for_office, "its owner's word is not seen");
    let mut moved = set_aside();
    moved.act(&fixture, to_stage("b", "verifying")).unwrap();
    assert!(!moved.file().aside);
    let mut taken_back = set_aside();
    let withdrawal = Withdrawal { id: "withdraw-00000001".into(), signed: Some(fixture.owners(None)) };
    let call = CaseCall::Withdraw { token_hash: token.clone(), withdrawal };
    let (change, _) = taken_back.call(call, NOW).unwrap();
    let row = &change.outbox.last().unwrap().row;
    assert!(row.closed && !row.aside);
    assert_eq!(taken_back.act_refused(&fixture, aside("c", Aside::Unusable)), ErrorCode::CaseClosed);
}

#[test]
fn only_a_letter_that_nobody_has_taken_up_is_set_aside_and_only_by_who_moves_its_kind() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    let refused = kept.act_as(&fixture, Role::Town, aside("a", Aside::Unopened), NOW).unwrap_err();
    assert_eq!(refused.code, ErrorCode::RoleForbidden);
    let refused = kept.act_as(&fixture, Role::Auditor, aside("b", Aside::Unopened), NOW).unwrap_err();
    assert_eq!(refused.code, ErrorCode::RoleForbidden);
    let blind = NewEvent { expected_head: "0".repeat(64), ..aside("c", Aside::Unopened) };
    assert_eq!(kept.refused(act(&fixture, blind), NOW), ErrorCode::HeadMoved);
    for both in [
        NewEvent { envelope: Some(fixture.envelope("垃圾")), ..aside("d", Aside::Unusable) },
        NewEvent { aside: Some(Aside::Unusable), ..to_stage("e", "verifying") },
    ] {
        assert_eq!(kept.act_refused(&fixture, both), ErrorCode::InvalidField);
    }
    kept.act(&fixture, to_stage("f", "verifying")).unwrap();
    assert_eq!(kept.act_refused(&fixture, aside("g", Aside::Unusable)), ErrorCode::AlreadyTakenUp);
}
