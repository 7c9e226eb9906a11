//! Open columns of a case in the words of the office's document.

use policies::model::{CaseKind, Document, Stage};
use protocol::case::{Action, Aside};
use protocol::desk::Role;

use ui::words::{case_word, date_words};

/// A stage by its id.
pub(crate) fn find_stage<'a>(document: &'a Document, kind: CaseKind, id: &str) -> Option<&'a Stage> {
    document.procedure(kind)?.stage(id)
}

/// What this place calls the kind of case.
pub(crate) fn kind(document: &Document, kind: CaseKind) -> String {
    match document.procedure(kind) {
        Some(procedure) => procedure.label.clone(),
        None => case_word(kind).to_owned(),
    }
}

/// The stage's status word; a stage the document no longer has shows its id.
pub(crate) fn stage(document: &Document, kind: CaseKind, id: &str) -> String {
    match find_stage(document, kind, id) {
        Some(stage) => stage.label.clone(),
        None => id.to_owned(),
    }
}

/// A stage's status word where the kind of case is not known: the first procedure that has it.
pub(crate) fn any_stage(document: &Document, id: &str) -> String {
    let mut stages = document.procedures.iter().flat_map(|procedure| &procedure.stages);
    stages.find(|stage| stage.id == id).map_or_else(|| id.to_owned(), |stage| stage.label.clone())
}

/// Whether nothing follows this stage.
pub(crate) fn is_closed(document: &Document, kind: CaseKind, id: &str) -> bool {
    find_stage(document, kind, id).is_some_and(|stage| stage.next.is_empty())
}

/// Whoever sent a case of this kind.
pub(crate) fn sender(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::TipOff => "举报人",
        CaseKind::EmployerGroup => "申请单位",
        _ => "申请人",
    }
}

/// Who works with this key.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Community => "社区",
        Role::Town => "乡镇（街道）",
        Role::Office => "住房保障机构",
        Role::Department => "联审部门",
        Role::Auditor => "监督审计（只读）",
        Role::Supervisor => "监督人员",
    }
}

/// What was done to a case of a kind.
pub(crate) fn event(document: &Document, kind: CaseKind, action: &Action) -> String {
    match action {
        Action::Submitted { .. } => "收到".to_owned(),
        Action::Moved { stage: to, on } => {
            format!("转到“{}”（{}）", stage(document, kind, to), date_words(*on))
        }
        Action::Message { .. } => "写了消息".to_owned(),
        Action::Withdrawn => "撤回".to_owned(),
        Action::PassedOn { to, role: of, .. } => format!("移交给{}，钥匙 {to}", role(*of)),
        Action::Aside { how } => aside(*how).to_owned(),
    }
}

/// Setting a case aside as junk, or bringing it back.
pub(crate) fn aside(how: Aside) -> &'static str {
    match how {
        Aside::Unopened => "移到“无效来件”（打不开）",
        Aside::Unusable => "移到“无效来件”（没法办理）",
        Aside::Back => "放回收件箱",
    }
}

/// An identity number with its middle hidden: the first three and the last two characters stay.
/// Anything too short to hide half of is hidden whole.
pub(crate) fn masked(number: &str) -> String {
    let length = number.chars().count();
    let shows = |place: usize| length >= 10 && (place < 3 || place + 2 >= length);
    number.chars().enumerate().map(|(place, c)| if shows(place) { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_number_keeps_its_length_and_hides_the_birth_date() {
        assert_eq!(masked("999999199001010016"), "999*************16");
        assert_eq!(masked("12345"), "*****");
        assert_eq!(masked(""), "");
    }
}
