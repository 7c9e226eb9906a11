//! What came of a tip-off, in the office's words: the message with which it was closed. And to whom it was passed on.

use protocol::{
    case::{Action, CaseView, Event},
    desk::Role,
    signed::Authorship,
};
use yew::prelude::*;

use super::messages::{Said, author};
use ui::{
    components::Card,
    place::Doc,
    words::{date_words, day},
};

/// The result, where the office has told one; nothing that somebody else may have written.
pub(super) fn told(view: &CaseView, doc: Option<Doc>, said: &Said, authors: &[Authorship]) -> Html {
    let closing = doc.and_then(|doc| closing(view, doc));
    let genuine = closing.filter(|event| author(authors, event) == Some(Authorship::Signed));
    let Some(Ok(message)) = genuine.and_then(|event| said.get(&event.seq)) else { return Html::default() };
    html! {
        <Card title="办理结果" test="outcome">
            <p class="thread__words">{ &message.text }</p>
        </Card>
    }
}

/// To whom it was passed on, and on which day: whoever wrote it learns who can read it now.
pub(super) fn passed_on(view: &CaseView, authors: &[Authorship]) -> Html {
    let genuine = |event: &&Event| author(authors, event) == Some(Authorship::Signed);
    let told = view.events.iter().filter(genuine).filter_map(|event| match &event.action {
        Action::PassedOn { role: Role::Supervisor, .. } => Some((event, "监督人员（纪检监察）")),
        Action::PassedOn { .. } => Some((event, "另一个部门")),
        _ => None,
    });
    told.map(|(event, whom)| {
        html! {
            <p key={event.seq} data-test="passed-on">
                { format!("{} 受理单位把这一件移交给了{whom}，那边也能打开和答复。", date_words(day(event.at))) }
            </p>
        }
    })
    .collect()
}

/// The message that came with the move into the present stage, where that needs a result.
fn closing(view: &CaseView, doc: Doc) -> Option<&Event> {
    let stage = doc.procedure(view.kind)?.stage(&view.stage)?;
    if !stage.needs_result(view.kind) {
        return None;
    }
    let moved = |event: &Event| matches!(&event.action, Action::Moved { stage, .. } if *stage == view.stage);
    let pairs = view.events.iter().zip(view.events.iter().skip(1)).rev();
    let mut of_one_act = pairs.filter(|(first, second)| moved(first) && first.signed == second.signed);
    let (_, message) = of_one_act.next()?;
    matches!(message.action, Action::Message { .. }).then_some(message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::model::CaseKind;

    use super::*;
    use crate::status::progress::tests::at;

    #[test]
    fn the_result_is_the_message_of_the_act_that_closed_it() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let on = "2026-03-02";
        let mut view = at(CaseKind::TipOff, &[("verifying", on), ("closed", on)]);
        assert!(closing(&view, doc).is_none(), "nobody said anything");
        let moved = view.events.last().unwrap().clone();
        let said = Event { seq: 3, action: Action::message("QQ=="), ..moved };
        view.events.push(said.clone());
        assert_eq!(closing(&view, doc).map(|event| event.seq), Some(3));
        // What is said later is no result, and an open case has none.
        view.events.push(Event { seq: 4, ..said.clone() });
        assert_eq!(closing(&view, doc).map(|event| event.seq), Some(3));
        let mut open = at(CaseKind::TipOff, &[("verifying", on)]);
        open.events.push(Event { seq: 2, ..said });
        assert!(closing(&open, doc).is_none());
    }
}
