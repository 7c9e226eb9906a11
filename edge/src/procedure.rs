//! Stages, as the documents' procedures order them.

use std::{collections::HashMap, sync::LazyLock};

use chrono::NaiveDate;
use policies::{
    Compiled,
    calendar::{Visits, clock_due, running},
    model::{CaseKind, Procedure, Stage},
    rulebook,
};
use protocol::{
    addressee::{Addressee, Mail},
    desk::Role,
    error::ErrorCode,
};

/// Every document by its id: a request costs the same however many there are.
static DOCUMENTS: LazyLock<HashMap<&str, &Compiled>> = LazyLock::new(|| {
    rulebook().documents().iter().map(|document| (document.document().id.as_str(), document)).collect()
});

/// The document of an office.
///
/// # Errors
/// `unknown_office`.
pub fn document(office: &str) -> Result<&'static Compiled, ErrorCode> {
    DOCUMENTS.get(office).copied().ok_or(ErrorCode::UnknownOffice)
}

fn procedure(office: &str, kind: CaseKind) -> Result<&'static Procedure, ErrorCode> {
    let document = document(office)?;
    document.document().procedure(kind).ok_or(ErrorCode::KindNotOffered)
}

/// The stage in which a new case begins.
///
/// # Errors
/// `unknown_office`, `kind_not_offered`.
pub fn first_stage(office: &str, kind: CaseKind) -> Result<&'static str, ErrorCode> {
    let first: &Stage = procedure(office, kind)?.stages.first().ok_or(ErrorCode::KindNotOffered)?;
    Ok(&first.id)
}

/// Whether a role may open the letters of a kind of case and answer them: who moves it anywhere by the document may, and
/// the auditor, to whom nothing is sealed. What is for the supervisors is theirs alone, and nothing else is.
pub fn may_open(office: &str, mail: Mail, role: Role) -> bool {
    let Ok(procedure) = procedure(office, mail.kind) else { return false };
    mail.addressee == Addressee::of(role)
        && (role == Role::Auditor || procedure.stages.iter().any(|stage| stage.lets(role)))
}

/// Whether a role may move a case into a stage.
pub fn may_move(office: &str, kind: CaseKind, role: Role, to: &str) -> bool {
    let procedure = procedure(office, kind).ok();
    procedure.and_then(|procedure| procedure.stage(to)).is_some_and(|stage| stage.lets(role))
}

/// Whether the document lets a case go from one stage to another.
///
/// # Errors
/// `stage_unreachable`, besides those of [`first_stage`].
pub fn check_move(office: &str, kind: CaseKind, from: &str, to: &str) -> Result<(), ErrorCode> {
    let procedure = procedure(office, kind)?;
    let reachable = procedure.stage(from).is_some_and(|stage| stage.next.iter().any(|next| next == to));
    let exists = procedure.stage(to).is_some();
    if reachable && exists { Ok(()) } else { Err(ErrorCode::StageUnreachable) }
}

/// The first day on which a case may leave a stage that began on a day, where the document lets it last so long.
pub fn not_before(office: &str, kind: CaseKind, stage: &str, since: NaiveDate) -> Option<NaiveDate> {
    let document = document(office).ok()?.document();
    let clock = document.clock_of(document.procedure(kind)?.stage(stage)?)?;
    if clock.at_least { clock_due(clock, since).last_day.succ_opt() } else { None }
}

/// Whether a stage may begin while another must still last.
pub fn interrupts(office: &str, kind: CaseKind, stage: &str) -> bool {
    let procedure = procedure(office, kind).ok();
    procedure.and_then(|procedure| procedure.stage(stage)).is_some_and(|stage| stage.interrupts)
}

/// Whether a stage is a decision against whoever sent the case.
pub fn is_adverse(office: &str, kind: CaseKind, stage: &str) -> bool {
    let procedure = procedure(office, kind).ok();
    procedure.and_then(|procedure| procedure.stage(stage)).is_some_and(|stage| stage.adverse)
}

/// Whether nothing follows a stage; a stage that the document does not have (any more) is not the last.
pub fn is_last(office: &str, kind: CaseKind, stage: &str) -> bool {
    let procedure = procedure(office, kind).ok();
    procedure.and_then(|procedure| procedure.stage(stage)).is_some_and(|stage| stage.next.is_empty())
}

/// Whether whoever sent the case must be told, in words, what came of it when it comes to a stage.
pub fn needs_result(office: &str, kind: CaseKind, stage: &str) -> bool {
    let procedure = procedure(office, kind).ok();
    procedure.and_then(|procedure| procedure.stage(stage)).is_some_and(|stage| stage.needs_result(kind))
}

/// Whether a stage is that in which the owner is asked for corrections.
pub fn is_correction(office: &str, kind: CaseKind, stage: &str) -> bool {
    let procedure = procedure(office, kind).ok();
    procedure.and_then(|procedure| procedure.stage(stage)).is_some_and(Stage::is_correction)
}

/// The last day on which the present stage is in time; what it waited for its owner is not counted. A stage that must last a
/// while is never late, nor is one whose limit holds as a rule only.
pub fn due(office: &str, kind: CaseKind, visits: Visits<'_>) -> Option<NaiveDate> {
    let document = document(office).ok()?.document();
    let procedure = document.procedure(kind)?;
    let clock = document.clock_of(procedure.stage(visits.last()?.0)?)?;
    let due = running(document, procedure, visits)?;
    (!clock.at_least && !clock.as_a_rule).then_some(due.last_day)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_procedure_can_be_walked_from_its_first_stage() {
        for document in rulebook().documents() {
            let document = document.document();
            for procedure in &document.procedures {
                let first = first_stage(&document.id, procedure.case).unwrap();
                let mut seen = vec![first];
                let mut at = 0;
                while let Some(stage) = seen.get(at).copied() {
                    let stage = procedure.stage(stage).unwrap();
                    for next in &stage.next {
                        assert!(check_move(&document.id, procedure.case, &stage.id, next).is_ok());
                        if !seen.contains(&next.as_str()) {
                            seen.push(next);
                        }
                    }
                    at += 1;
                }
                assert_eq!(seen.len(), procedure.stages.len(), "{} {first}", document.id);
            }
        }
    }

    #[test]
    fn a_role_moves_a_case_where_the_document_says_so_and_nowhere_else() {
        let may = |role, kind, stage| may_move("yongshun-2023", kind, role, stage);
        let application = CaseKind::Application;
        assert!(may(Role::Community, application, "town_review") && may(Role::Town, application, "accepted"));
        for stage in ["struck_off", "refused", "waiting", "submitted", "gone"] {
            assert!(!may(Role::Community, application, stage), "{stage}");
        }
        assert!(
            may(Role::Office, application, "struck_off") && !may(Role::Office, application, "town_review")
        );
        let opens = |role, kind| may_open("yongshun-2023", Mail::for_office(kind), role);
        assert!(opens(Role::Office, CaseKind::TipOff) && opens(Role::Department, CaseKind::TipOff));
        assert!(!opens(Role::Community, CaseKind::TipOff) && !opens(Role::Town, CaseKind::TipOff));
        assert!(opens(Role::Town, application) && opens(Role::Auditor, CaseKind::TipOff));
        assert!(!may_open("atlantis-1", Mail::for_office(application), Role::Office));
    }

    #[test]
    fn what_is_about_the_office_is_its_supervisors_and_nothing_else_is() {
        let office = "yongshun-2023";
        let opens = |addressee, role| may_open(office, Mail::new(CaseKind::TipOff, addressee), role);
        for role in [Role::Community, Role::Town, Role::Office, Role::Department, Role::Auditor] {
            assert!(!opens(Addressee::Supervisor, role), "{role:?}");
        }
        assert!(
            opens(Addressee::Supervisor, Role::Supervisor) && !opens(Addressee::Office, Role::Supervisor)
        );
        for stage in &procedure(office, CaseKind::TipOff).unwrap().stages {
            assert!(may_move(office, CaseKind::TipOff, Role::Supervisor, &stage.id), "{}", stage.id);
        }
    }

    /// Whoever only reports or delivers takes no decision, and whoever decides has a way to keep the household.
    #[test]
    fn who_only_reports_does_not_decide() {
        let (renewal, change) = (CaseKind::Renewal, CaseKind::ChangeReport);
        for (kind, kept) in [(renewal, "statement"), (change, "recorded")] {
            let may = |role, stage| may_move("tiedong-2024", kind, role, stage);
            assert!(may(Role::Town, "reported") && may(Role::Community, "reported"));
            assert!(may(Role::Office, "judging") && !may(Role::Town, "judging"));
            assert!(may(Role::Town, "notified") && !may(Role::Office, "notified"));
            assert!(check_move("tiedong-2024", kind, "judging", kept).is_ok());
            assert!(check_move("tiedong-2024", kind, "reported", "notified").is_err());
            let adverse = |stage| is_adverse("tiedong-2024", kind, stage);
            assert!(adverse("notified") && !adverse("judging") && !adverse("reported"));
        }
        let applies = |role, stage| may_move("tiedong-2024", CaseKind::Application, role, stage);
        assert!(applies(Role::Office, "subsidised") && !applies(Role::Community, "subsidised"));
        assert!(applies(Role::Office, "publicity") && applies(Role::Community, "publicity"));
        let stops = |role| may_move("yongchuan-2019", renewal, role, "stopped");
        assert!(stops(Role::Office) && !stops(Role::Town));
    }

    #[test]
    fn all_whom_the_document_names_take_part_and_no_others() {
        let opens = |office, kind, role| may_open(office, Mail::for_office(kind), role);
        assert!(opens("tiedong-2024", CaseKind::Application, Role::Department));
        assert!(!opens("tiedong-2024", CaseKind::Renewal, Role::Department));
        assert!(opens("tiedong-2024", CaseKind::TipOff, Role::Community));
        assert!(!opens("shishi-2021", CaseKind::TipOff, Role::Community));
        let town = |stage| may_move("shishi-2021", CaseKind::ChangeReport, Role::Town, stage);
        assert!(town("recheck") && !town("cleared"));
        for kind in [CaseKind::Application, CaseKind::EmployerGroup] {
            let department = |stage| may_move("yongshun-2023", kind, Role::Department, stage);
            assert!(department("centre_review") && !department("refused"));
        }
        let town = |stage| may_move("yongshun-2023", CaseKind::ChangeReport, Role::Town, stage);
        assert!(town("joint_review") && !town("cancelled"));
    }

    #[test]
    fn what_goes_against_a_household_is_adverse() {
        for (office, kind, stage, adverse) in [
            ("yongchuan-2019", CaseKind::Renewal, "reduced", true),
            ("yongchuan-2019", CaseKind::Renewal, "adjusted", false),
            ("yongchuan-2019", CaseKind::Renewal, "new_lease", true),
            ("tiedong-2024", CaseKind::ChangeReport, "benefit_changed", true),
            ("tiedong-2024", CaseKind::ChangeReport, "recorded", false),
            ("yongshun-2023", CaseKind::ChangeReport, "market_rent", true),
            ("yongshun-2023", CaseKind::ChangeReport, "court", true),
            ("yongshun-2023", CaseKind::ChangeReport, "vacated", false),
        ] {
            assert_eq!(is_adverse(office, kind, stage), adverse, "{office} {stage}");
        }
    }

    #[test]
    fn a_case_goes_on_where_the_document_lets_it() {
        for (office, kind, from, to, goes) in [
            ("yongchuan-2019", CaseKind::Renewal, "adjustment_posting", "objection", true),
            ("yongchuan-2019", CaseKind::Renewal, "adjustment_posting", "renewed", false),
            ("yongshun-2023", CaseKind::ChangeReport, "vacating", "court", true),
            ("yongshun-2023", CaseKind::ChangeReport, "market_rent", "court", true),
            ("yongshun-2023", CaseKind::ChangeReport, "cancelled", "court", false),
            ("yongshun-2023", CaseKind::EmployerGroup, "centre_supplement", "centre_review", true),
            ("yongshun-2023", CaseKind::EmployerGroup, "centre_review", "supplement", false),
        ] {
            assert_eq!(check_move(office, kind, from, to).is_ok(), goes, "{office} {from} {to}");
        }
    }

    /// Where the document gives a way against a result without saying for which, each decision tells of it.
    #[test]
    fn a_decision_names_the_way_against_it() {
        for (kind, stage) in [
            (CaseKind::Application, "refused"),
            (CaseKind::Application, "struck_off"),
            (CaseKind::Renewal, "ended"),
            (CaseKind::ChangeReport, "cancelled"),
        ] {
            let stage = procedure("yongshun-2023", kind).unwrap().stage(stage).unwrap();
            let remedy = stage.remedy.as_ref().unwrap();
            assert!(remedy.says.contains("复核") && remedy.cite.article == "第十七条第二项", "{}", stage.id);
        }
    }

    #[test]
    fn publicity_must_last_and_only_an_objection_may_come_between() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let kind = CaseKind::Application;
        let first = |stage, since| not_before("yongshun-2023", kind, stage, day(since));
        // Posted on Monday: seven days, the last one the Monday after, so that it may go on on the Tuesday.
        assert_eq!(first("publicity", "2026-11-02"), Some(day("2026-11-10")));
        // Posted on a Saturday: the last day is a Saturday and runs on to the Monday.
        assert_eq!(first("publicity", "2026-11-07"), Some(day("2026-11-17")));
        assert_eq!(first("town_review", "2026-11-02"), None, "a last day is no first day");
        assert!(interrupts("yongshun-2023", kind, "objection"));
        assert!(
            !interrupts("yongshun-2023", kind, "waiting") && !interrupts("atlantis-1", kind, "objection")
        );
    }

    #[test]
    fn a_stage_is_late_only_where_the_document_sets_a_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let due = |office, kind, stage| due(office, kind, &[(stage, day("2026-11-02"))]);
        // Twenty working days after Monday 2 November 2026.
        let review = due("yongshun-2023", CaseKind::Application, "town_review");
        assert_eq!(review, Some(day("2026-11-30")));
        assert_eq!(due("yongshun-2023", CaseKind::Application, "publicity"), None, "it must last so long");
        assert_eq!(due("yongshun-2023", CaseKind::Application, "accepted"), None);
        assert_eq!(due("yongshun-2023", CaseKind::Application, "gone"), None);
        assert!(is_last("yongshun-2023", CaseKind::TipOff, "closed"));
        assert!(!is_last("yongshun-2023", CaseKind::TipOff, "verifying"));
        assert!(!is_last("yongshun-2023", CaseKind::TipOff, "gone"));
    }

    #[test]
    fn what_was_reported_is_closed_with_a_result_in_every_place_and_nothing_else_needs_one() {
        for document in rulebook().documents() {
            let document = document.document();
            for procedure in &document.procedures {
                for stage in &procedure.stages {
                    let asked = needs_result(&document.id, procedure.case, &stage.id);
                    let is_end = procedure.case == CaseKind::TipOff && stage.next.is_empty();
                    assert_eq!(asked, is_end, "{} {}", document.id, stage.id);
                }
            }
        }
        assert!(!needs_result("yongshun-2023", CaseKind::TipOff, "gone"));
    }

    /// Wherever something is reported, it is received, looked into, seen on the spot, decided and closed; what the
    /// documents say may come of it stands there too.
    #[test]
    fn a_tip_off_goes_through_the_stages_and_outcomes_of_its_document() {
        for document in rulebook().documents() {
            let document = document.document();
            let stages = &document.procedure(CaseKind::TipOff).unwrap().stages;
            assert!(stages.len() >= 5, "{}", document.id);
            assert!(stages.iter().any(|stage| stage.id == "visited"), "{}", document.id);
        }
        for (office, outcomes) in [
            ("shishi-2021", ["correcting", "clearing", "transferred"].as_slice()),
            ("tiedong-2024", &["correcting", "notified", "recovering", "escalated"]),
            ("yongshun-2023", &["handling", "transferred"]),
        ] {
            let procedure = procedure(office, CaseKind::TipOff).unwrap();
            for outcome in outcomes {
                let stage = procedure.stage(outcome).unwrap();
                assert!(!stage.ours && !stage.cite.article.is_empty(), "{office} {outcome}");
            }
        }
        let goes = |from, to| check_move("tiedong-2024", CaseKind::TipOff, from, to).is_ok();
        assert!(
            goes("judging", "recovering") && goes("notified", "recovering") && goes("recovering", "closed")
        );
        assert!(!goes("investigating", "recovering"), "who only looks decides nothing");
    }

    #[test]
    fn every_office_takes_tip_offs_and_refuses_leaps() {
        for document in rulebook().documents() {
            let id = &document.document().id;
            let first = first_stage(id, CaseKind::TipOff).unwrap();
            let leap = check_move(id, CaseKind::TipOff, first, "nowhere");
            assert_eq!(leap, Err(ErrorCode::StageUnreachable));
        }
        assert_eq!(first_stage("atlantis-1", CaseKind::TipOff), Err(ErrorCode::UnknownOffice));
    }
}
