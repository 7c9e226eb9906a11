//! What a verdict leaves open is told with it: the book that every resident downloads keeps it, and no moves of a case
//! lead past what the document makes a must.
#![allow(clippy::unwrap_used)]

use policies::{
    Rulebook,
    model::{CaseKind, Document, Procedure},
    program::Book,
    rulebook,
};

fn book(bytes: &[u8]) -> Rulebook {
    Rulebook::new(postcard::from_bytes::<Book>(bytes).unwrap())
}

#[test]
fn the_light_book_keeps_what_the_result_shows() {
    let whole = book(include_bytes!(concat!(env!("OUT_DIR"), "/whole.bin")));
    let light = book(include_bytes!(concat!(env!("OUT_DIR"), "/light.bin")));
    let (mut clauses, mut reminders, mut lines) = (0, 0, 0);
    for document in whole.documents() {
        let whole = document.document();
        let light = light.document(&whole.id).unwrap().document();
        let told = |d: &Document| {
            let clauses = d
                .open_clauses
                .iter()
                .map(|c| (c.label.clone(), c.says.clone(), c.categories.clone(), c.cite.article.clone()));
            let reminders =
                d.reminders.iter().map(|r| (r.label.clone(), r.says.clone(), r.cite.article.clone()));
            let lines = d.benefits.iter().map(|benefit| benefit.open.clone());
            (clauses.collect::<Vec<_>>(), reminders.collect::<Vec<_>>(), lines.collect::<Vec<_>>())
        };
        assert_eq!(told(whole), told(light), "{}", whole.id);
        clauses += whole.open_clauses.len();
        reminders += whole.reminders.len();
        lines += whole.benefits.iter().map(|benefit| benefit.open.len()).sum::<usize>();
    }
    assert!(clauses > 0 && reminders > 0 && lines > 0, "{clauses} {reminders} {lines}");
}

#[test]
fn documents_come_back_from_json_as_they_went() {
    for compiled in rulebook().documents() {
        let document = compiled.document();
        let json = serde_json::to_string(document).unwrap();
        assert_eq!(&serde_json::from_str::<Document>(&json).unwrap(), document, "{}", document.id);
    }
}

/// Whether a case can come from its first stage to an end without ever standing in one of these.
fn passes_by(procedure: &Procedure, to: &str, past: &[&str]) -> bool {
    let mut open = vec![procedure.stages.first().unwrap().id.as_str()];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        if seen.contains(&id) || past.contains(&id) {
            continue;
        }
        seen.push(id);
        open.extend(procedure.stage(id).unwrap().next.iter().map(String::as_str));
    }
    false
}

/// Each with the stage that must not be reached without the publicity (or the review with it) that the document demands.
#[test]
fn no_move_skips_a_publicity() {
    for (document, case, to, past) in [
        ("yongchuan-2019", CaseKind::Renewal, "filing", "first_publicity"),
        ("yongchuan-2019", CaseKind::Renewal, "renewed", "second_publicity"),
        ("yongchuan-2019", CaseKind::Renewal, "stopped", "second_publicity"),
        ("qujing-2018", CaseKind::Application, "allotted", "publicity"),
        ("qujing-2018", CaseKind::EmployerGroup, "allotted", "publicity"),
    ] {
        let procedure = rulebook().document(document).unwrap().document().procedure(case).unwrap();
        assert!(!passes_by(procedure, to, &[past]), "{document}: {to} without {past}");
        assert!(passes_by(procedure, to, &[]), "{document}: {to} is out of reach");
    }
    let yongchuan = rulebook().document("yongchuan-2019").unwrap().document();
    let posting = yongchuan.procedure(CaseKind::Renewal).unwrap().stage("adjustment_posting").unwrap();
    assert_eq!(posting.next, ["filing", "objection"], "only what nobody objects to goes on");
    // What the park reviews is not made public by this document.
    for case in [CaseKind::Application, CaseKind::EmployerGroup] {
        let document = rulebook().document("yongshun-2023").unwrap().document();
        let procedure = document.procedure(case).unwrap();
        for past in ["town_review", "publicity"] {
            assert!(!passes_by(procedure, "waiting", &[past, "park_review"]), "waiting without {past}");
        }
    }
}

/// Only this portal's own stages say so, so that they can be left out where nothing can be sent; the rest still joins.
#[test]
fn without_our_stages_a_case_still_has_a_course() {
    for compiled in rulebook().documents() {
        for procedure in &compiled.document().procedures {
            assert!(procedure.stages.first().is_some_and(|stage| stage.ours), "{}", compiled.document().id);
            let theirs = || procedure.stages.iter().filter(|stage| !stage.ours);
            let first = theirs().next().unwrap();
            for stage in theirs().filter(|stage| stage.id != first.id) {
                let led_to = procedure.stages.iter().any(|s| s.next.contains(&stage.id));
                assert!(led_to, "{}: {}", compiled.document().id, stage.id);
            }
        }
    }
}
