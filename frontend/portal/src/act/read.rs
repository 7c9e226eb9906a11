//! A filled-in form as what is sent, or all that is wrong with it, field by field.

use chrono::NaiveDate;
use policies::{
    model::{FieldKind, Form, FormField, FormPart},
    seen::visible,
};
use protocol::letter::{FieldAnswer, FilledPart};
use ui::components::FieldFault;

use super::draft::{ActDraft, control};
use crate::typed::{Faults, answer, missing};

/// Every entry with the answers that were asked for.
///
/// # Errors
/// The faults, in the order of the page.
pub(super) fn read(form: &Form, draft: &ActDraft, on: NaiveDate) -> Result<Vec<FilledPart>, Vec<FieldFault>> {
    let (mut faults, mut entries) = (Faults::default(), Vec::new());
    for part in &form.parts {
        for (n, typed) in (1..).zip(draft.of(part)) {
            let mut answers = Vec::new();
            for field in part.fields.iter().filter(|field| typed.asks(part, field)) {
                let value = faults.field(control(part, n, field), value(field, typed.answer(&field.id), on));
                let told = value.filter(|value| !value.is_empty());
                answers.extend(told.map(|value| FieldAnswer { field: field.id.clone(), value }));
            }
            entries.push(FilledPart { part: part.id.clone(), answers });
        }
        bounds(&mut faults, part, draft);
    }
    faults.unless(Some(entries))
}

/// What is typed so far, wrong or not: every field that is asked and not empty.
pub(super) fn as_it_stands(form: &Form, draft: &ActDraft) -> Vec<FilledPart> {
    let entries = form.parts.iter().flat_map(|part| draft.of(part).map(move |typed| (part, typed)));
    entries
        .map(|(part, typed)| {
            let asked = part.fields.iter().filter(|field| typed.asks(part, field));
            let told = asked.map(|field| (field, visible(typed.answer(&field.id))));
            let told = told.filter(|(_, value)| !value.is_empty());
            let answers = told.map(|(field, value)| FieldAnswer { field: field.id.clone(), value }).collect();
            FilledPart { part: part.id.clone(), answers }
        })
        .collect()
}

fn bounds(faults: &mut Faults, part: &FormPart, draft: &ActDraft) {
    let count = draft.of(part).count();
    let fits = |bound: u32| usize::try_from(bound).unwrap_or(usize::MAX);
    if part.repeats() && count < fits(part.least) {
        faults.add(card(part), format!("这里至少要写 {} {}。", part.least, part.each));
    }
    if part.repeats() && count > fits(part.most) {
        faults.add(card(part), format!("这里最多写 {} {}，再多的请到窗口办理。", part.most, part.each));
    }
}

/// The DOM id of a part.
pub(super) fn card(part: &FormPart) -> String {
    ["part-", &part.id].concat()
}

/// What a field says, as it is sent; empty: nothing was told and nothing must be.
///
/// # Errors
/// What to do about it.
pub(crate) fn value(field: &FormField, typed: &str, on: NaiveDate) -> Result<String, String> {
    if field.kind == FieldKind::Agree {
        return if typed == TICKED {
            Ok(TICKED.to_owned())
        } else {
            Err("请看清楚这一句再勾选，否则不能提交。".to_owned())
        };
    }
    let told = answer(&field.kind, &field.label, typed, on)?;
    if told.is_empty() && !field.optional { Err(missing(&field.kind, &field.label)) } else { Ok(told) }
}

/// What a ticked box is kept and sent as.
pub(super) const TICKED: &str = "yes";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::model::CaseKind;
    use ui::place::Doc;

    use super::*;

    fn on() -> NaiveDate {
        "2026-08-10".parse().unwrap()
    }

    fn form(document: &str, case: CaseKind) -> &'static Form {
        Doc::by_id(document).unwrap().document().form(case).unwrap()
    }

    /// A draft with these answers: part, entry from 1, field, typed.
    fn draft(form: &Form, answers: &[(&str, u32, &str, &str)]) -> ActDraft {
        let mut draft = ActDraft { id: "a".to_owned(), document: "d".to_owned(), ..ActDraft::default() };
        draft.complete(form);
        for (part, n, field, typed) in answers {
            while !draft.entries.iter().any(|entry| entry.part == *part && entry.key == *n) {
                draft.add(part);
            }
            let entry =
                draft.entries.iter_mut().find(|entry| entry.part == *part && entry.key == *n).unwrap();
            entry.answers.insert((*field).to_owned(), (*typed).to_owned());
        }
        draft
    }

    fn faults(form: &Form, draft: &ActDraft) -> Vec<String> {
        let faults = read(form, draft, on()).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.id.to_string()).collect()
    }

    const SWAP: [(&str, u32, &str, &str); 8] = [
        ("sender", 1, "name", " 测试\u{200b}甲 "),
        ("sender", 1, "id_number", "９９９９９９199001010016"),
        ("mine", 1, "flat", "一栋一号"),
        ("other", 1, "name", "测试乙"),
        ("other", 1, "flat", "二栋二号"),
        ("other", 1, "agrees", "no"),
        ("why", 1, "reason", "work"),
        ("why", 1, "text", "上班太远"),
    ];

    #[test]
    fn what_is_sent_is_what_was_meant_and_nothing_that_was_left_empty() {
        let form = form("yongshun-2023", CaseKind::Swap);
        let told = read(form, &draft(form, &SWAP), on()).unwrap();
        let answers = |part: &str| -> Vec<(String, String)> {
            let entry = told.iter().find(|entry| entry.part == part).unwrap();
            entry.answers.iter().map(|one| (one.field.clone(), one.value.clone())).collect()
        };
        let pair = |field: &str, value: &str| (field.to_owned(), value.to_owned());
        assert_eq!(answers("sender"), [pair("name", "测试甲"), pair("id_number", "999999199001010016")]);
        assert_eq!(answers("other")[2], pair("agrees", "no"));
    }

    #[test]
    fn every_field_that_must_be_filled_in_is_told_and_no_other() {
        let form = form("yongshun-2023", CaseKind::Swap);
        for missing in 0..SWAP.len() {
            let mut answers = SWAP.to_vec();
            let (part, _, field, _) = answers.remove(missing);
            assert_eq!(faults(form, &draft(form, &answers)), [format!("{part}-{field}")]);
        }
        for (part, field, wrong) in [
            ("sender", "id_number", "999999199001010017"),
            ("sender", "phone", "123"),
            ("other", "name", "测试1"),
        ] {
            let answers = [SWAP.to_vec(), vec![(part, 1, field, wrong)]].concat();
            assert_eq!(faults(form, &draft(form, &answers)), [format!("{part}-{field}")], "{wrong}");
        }
    }

    #[test]
    fn what_depends_on_an_answer_is_asked_and_sent_only_after_it() {
        let form = form("tiedong-2024", CaseKind::ChangeReport);
        let clean = [
            ("sender", 1, "name", "测试甲"),
            ("sender", 1, "id_number", "999999199001010016"),
            ("area", 1, "street", "测试街道"),
            ("area", 1, "community", "测试社区"),
            ("any", 1, "changed", "no"),
            ("any", 1, "moved", "no"),
            // Typed before the answer was changed back.
            ("any", 1, "text", "没用了"),
        ];
        let told = read(form, &draft(form, &clean), on()).unwrap();
        assert!(!told.iter().flat_map(|entry| &entry.answers).any(|answer| answer.value == "没用了"));
        let moved = [clean.to_vec(), vec![("any", 1, "moved", "yes")]].concat();
        assert_eq!(faults(form, &draft(form, &moved)), ["any-moved_to"]);
    }

    #[test]
    fn a_part_is_filled_in_as_often_as_it_must_and_may() {
        let form = form("yongshun-2023", CaseKind::ChangeReport);
        let change = |n| {
            [
                ("changes", n, "what", "income"),
                ("changes", n, "since", "2026-07-01"),
                ("changes", n, "text", "少了"),
            ]
        };
        let own = [
            ("sender", 1, "name", "测试甲"),
            ("sender", 1, "id_number", "999999199001010016"),
            ("now", 1, "holds", "subsidy"),
        ];
        let with = |count: u32| {
            let changes = (1..=count).flat_map(change);
            draft(form, &own.into_iter().chain(changes).collect::<Vec<_>>())
        };
        let most = form.part("changes").unwrap().most;
        assert!(faults(form, &with(1)).is_empty() && faults(form, &with(most)).is_empty());
        assert_eq!(faults(form, &with(most + 1)), ["part-changes"]);
        let mut none = with(1);
        none.entries.retain(|entry| entry.part != "changes");
        assert_eq!(faults(form, &none), ["part-changes"]);
        // A day that is still to come changed nothing yet.
        let early = [
            own.to_vec(),
            vec![
                ("changes", 1, "what", "income"),
                ("changes", 1, "since", "2026-08-11"),
                ("changes", 1, "text", "少了"),
            ],
        ]
        .concat();
        assert_eq!(faults(form, &draft(form, &early)), ["changes-1-since"]);
    }
}
