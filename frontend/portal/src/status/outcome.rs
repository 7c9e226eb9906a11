//! What came of a tip-off, in the office's words: the message with which it was closed.

use protocol::{
    case::{Action, CaseView, Event},
    signed::Authorship,
};
use yew::prelude::*;

use super::messages::{Said, author};
use ui::{components::Card, place::Doc};

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
