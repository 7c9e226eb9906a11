//! What comes next with what was sent, and whom to ask: on the page, on paper and in the saved file.

use policies::model::CaseKind;
use protocol::counter::Counter;

use ui::{components::counter_line, place::Doc, words::waits_words};

/// What comes next, a sentence each.
pub(super) fn next_steps(doc: Doc, kind: CaseKind) -> Vec<String> {
    let Some(procedure) = doc.procedure(kind) else { return Vec::new() };
    let usual = procedure.stages.first().and_then(|first| procedure.stage(first.next.first()?));
    let limit = usual.and_then(|stage| doc.document().clock_of(stage)).map(|clock| clock.says.clone());
    let look = "隔几天凭查询码来“查询进度”看一次：要您补材料、有了结果，都会写在那里。";
    [Some(waits_words(procedure)), limit, Some(look.to_owned())].into_iter().flatten().collect()
}

/// Whom to ask, a line each: the office as its card says, then who, phone, what for as the document does.
pub(super) fn whom_to_ask(doc: Doc, counters: &[Counter]) -> Vec<String> {
    let line = |contact: &policies::model::Contact| {
        let phone = contact.phone.as_deref().map(|phone| ["：", phone].concat()).unwrap_or_default();
        format!("{}{phone}（{}）", contact.name, contact.purpose)
    };
    counters.iter().map(counter_line).chain(doc.document().contacts.iter().map(line)).collect()
}
