//! One question: its field, 不知道, and what is wrong with what was typed.

use policies::{
    household::Value,
    model::{Fact, FactKind},
};
use yew::prelude::*;

use super::why::{Reason, why};
use crate::check::self_check::Reply;
use ui::{
    components::{AskFirst, Button, ErrorSummary, FactControl, FieldFault, Look},
    hooks::use_today,
    place::Doc,
    typed,
};

/// Props of [`Question`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct QuestionProps {
    /// The document.
    pub(super) doc: Doc,
    /// Id of the fact asked for.
    pub(super) fact: &'static Fact,
    /// What was replied before.
    pub(super) earlier: Option<Reply>,
    /// Why it is asked.
    pub(super) reasons: Vec<Reason>,
    /// A reply that makes sense.
    pub(super) on_reply: Callback<Reply>,
    /// Back to the question before, where there is one.
    pub(super) on_back: Option<Callback<()>>,
    /// From the beginning.
    pub(super) on_restart: Callback<()>,
    /// What that would lose.
    pub(super) loses: AttrValue,
}

/// One question as a form.
#[component]
pub(super) fn Question(props: &QuestionProps) -> Html {
    let today = use_today();
    let fact = props.fact;
    let typed = use_state(|| {
        props.earlier.clone().flatten().map_or_else(String::new, |value| typed::text(fact, &value))
    });
    let error = use_state(|| None::<AttrValue>);
    let attempt = use_state(|| 0_u32);

    let onsubmit = {
        let (typed, error, attempt) = (typed.clone(), error.clone(), attempt.clone());
        let on_reply = props.on_reply.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let chosen_nothing = typed.is_empty() && is_choice(&fact.kind);
            let read = if chosen_nothing {
                Err("请选一项；拿不准就点“不知道”。".to_owned())
            } else {
                read(fact, &typed, today)
            };
            match read {
                Ok(value) => on_reply.emit(Some(value)),
                Err(message) => {
                    error.set(Some(message.into()));
                    attempt.set(attempt.wrapping_add(1));
                }
            }
        })
    };
    let set = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(text))
    };
    let dont_know = props.on_reply.reform(|_: MouseEvent| None);
    let faults: Vec<FieldFault> =
        error.iter().map(|message| FieldFault::new(fact.id.clone(), message.clone())).collect();

    let control = FactControl {
        fact,
        id: AttrValue::Static(&fact.id),
        labelled_by: Some(AttrValue::Static("page-title")),
        value: AttrValue::from((*typed).clone()),
        error: (*error).clone(),
        oninput: set,
        today,
    };
    html! {
        <form class="question" novalidate=true {onsubmit}>
            <ErrorSummary {faults} attempt={*attempt} />
            { control.show() }
            <div class="question__go">
                <Button submit={true} test="check-next">{ "下一步" }</Button>
                <Button look={Look::Secondary} onclick={dont_know} test="dont-know">{ "不知道" }</Button>
            </div>
            { why(&props.reasons) }
            <div class="question__more">
                if let Some(on_back) = &props.on_back {
                    <Button look={Look::Quiet} onclick={on_back.reform(|_: MouseEvent| ())} test="check-back">
                        { "上一步" }
                    </Button>
                }
                <AskFirst says="重新开始" loses={props.loses.clone()} onclick={props.on_restart.clone()} test="restart" />
            </div>
        </form>
    }
}

fn is_choice(kind: &FactKind) -> bool {
    matches!(kind, FactKind::YesNo | FactKind::Choice { .. })
}

/// What is in the control as a value, or the message for the field.
fn read(fact: &Fact, typed: &str, today: chrono::NaiveDate) -> Result<Value, String> {
    match (&fact.kind, typed) {
        (FactKind::YesNo, "yes") => Ok(Value::YesNo(true)),
        (FactKind::YesNo, "no") => Ok(Value::YesNo(false)),
        _ => policies::parse_value(fact, typed, today).map_err(|error| error.message),
    }
}
