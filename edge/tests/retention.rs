//! What was written in a closed case goes when the office's time for it is over, not a second before, and not where
//! nobody has set a time.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod fixture;

use edge::case::CaseCall;
use edge::clock::{DAY_SECS, day_in_china, start_of_day};
use fixture::{Fixture, Kept, NOW, event, message, opened};
use protocol::{
    case::{Aside, Withdrawal},
    chain,
    desk::{AuditAction, NewEvent, Role},
    error::ErrorCode,
    receipt::token_hash,
};

const DAYS: Option<u32> = Some(30);

fn closed(fixture: &Fixture) -> Kept {
    let (mut kept, _) = opened(fixture);
    for (id, stage, result) in [("a", "verifying", None), ("b", "closed", Some("QQ=="))] {
        let (on, envelope) = (Some(day_in_china(NOW)), result.map(str::to_owned));
        kept.act(fixture, NewEvent { stage: Some(stage.into()), on, envelope, ..event(id) }).unwrap();
    }
    kept
}

/// The first second after so many days that follow the day of a second.
fn after(days: u64, second: u64) -> u64 {
    start_of_day(second) + (days + 1) * DAY_SECS
}

#[test]
fn it_goes_on_the_day_after_the_last_and_what_happened_stays() {
    let fixture = Fixture::new();
    let mut kept = closed(&fixture);
    let first = after(30, NOW);
    assert_eq!(kept.file().kept_until(DAYS), Some(first));
    let mut file = kept.file().clone();
    assert_eq!(file.let_go(DAYS, first - 1), None);
    let change = file.let_go(DAYS, first).unwrap();
    assert!(change.forget && change.events.is_empty());
    let [told] = change.outbox.as_slice() else { panic!("the office is not told once") };
    assert_eq!((told.row.destroyed_at, told.row.updated_at), (Some(first), NOW));
    let deed = told.deed.as_ref().unwrap();
    assert_eq!((deed.staff.kid.as_str(), deed.staff.role), ("", Role::Office), "it was nobody's key");
    assert_eq!(deed.action, AuditAction::Destroyed);
    assert_eq!((file.let_go(DAYS, first + 1), file.kept_until(DAYS)), (None, None), "once is enough");

    kept.file = Some(file);
    let view = kept.view(&token_hash(&fixture.receipt.token).unwrap());
    assert_eq!((view.destroyed_at, view.total), (Some(first), 4));
    assert_eq!(chain::verify_view(&view, None), Ok(()));
    assert_eq!(kept.refused(message(&fixture, 0, "A".repeat(8)), first), ErrorCode::CaseClosed);
    let late = NewEvent { envelope: Some("A".into()), ..event("c") };
    assert_eq!(kept.act_refused(&fixture, late), ErrorCode::CaseClosed);
}

#[test]
fn it_stays_where_no_time_is_set_while_the_case_is_open_and_while_somebody_writes() {
    let fixture = Fixture::new();
    let (open, _) = opened(&fixture);
    assert_eq!(open.file().kept_until(DAYS), None);
    let mut kept = closed(&fixture);
    assert_eq!(kept.file().kept_until(None), None, "no document gives a period");
    // Whatever day an officer gives, it counts from the last word.
    let later = NOW + 20 * DAY_SECS;
    let word = NewEvent { envelope: Some("A".into()), ..event("c") };
    kept.act_at(&fixture, word, later).unwrap();
    assert_eq!(kept.file().kept_until(DAYS), Some(after(30, later)));
}

#[test]
fn what_was_set_aside_goes_like_what_was_closed_and_stays_once_it_is_brought_back() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    let aside = |id, how| NewEvent { aside: Some(how), ..event(id) };
    kept.act(&fixture, aside("a", Aside::Unopened)).unwrap();
    let first = after(30, NOW);
    assert_eq!(kept.file().kept_until(DAYS), Some(first));
    let mut file = kept.file().clone();
    assert_eq!(file.let_go(DAYS, first - 1), None);
    assert!(file.let_go(DAYS, first).is_some_and(|change| change.forget));
    kept.act(&fixture, aside("b", Aside::Back)).unwrap();
    assert_eq!(kept.file().kept_until(DAYS), None, "somebody took it up");
}

#[test]
fn what_was_taken_back_is_gone_already() {
    let fixture = Fixture::new();
    let (mut kept, _) = opened(&fixture);
    let withdraw = CaseCall::Withdraw {
        token_hash: token_hash(&fixture.receipt.token).unwrap(),
        withdrawal: Withdrawal { id: "withdraw-00000001".into(), signed: Some(fixture.owners(None)) },
    };
    kept.call(withdraw, NOW).unwrap();
    assert!(kept.file().is_closed() && kept.file().is_gone());
    assert_eq!(kept.file().clone().let_go(DAYS, u64::MAX), None);
}
