//! One question: its field, 不知道, and what is wrong with what was typed.

use policies::{
    household::Value,
    model::{Fact, FactKind},
};
use yew::prelude::*;

use super::why::{Reason, Why};
use crate::check::self_check::Reply;
use ui::{
    components::{
        Button, ErrorSummary, Field, FieldFault, FieldKind, Look, RadioGroup, field_kind, options_of,
    },
    hooks::use_today,
    place::Doc,
    typed,
    words::unit_word,
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
}

/// One question as a form.
#[component]
pub(super) fn Question(props: &QuestionProps) -> Html {
    let today = use_today();
    let fact = props.fact;
    let typed = use_state(|| {
        props.earlier.clone().flatten().map_or_else(String::new, |value| typed::text(&fact.kind, &value))
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
    let restart = props.on_restart.reform(|_: MouseEvent| ());
    let faults: Vec<FieldFault> =
        error.iter().map(|message| FieldFault::new(fact.id.clone(), message.clone())).collect();

    html! {
        <form class="question" novalidate=true {onsubmit}>
            <ErrorSummary {faults} attempt={*attempt} />
            { control(fact, &typed, (*error).clone(), &set) }
            if fact.yearly {
                <MonthlyHelp {fact} onfill={set.clone()} />
            }
            <div class="question__go">
                <Button submit={true} test="check-next">{ "下一步" }</Button>
                <Button look={Look::Secondary} onclick={dont_know} test="dont-know">{ "不知道" }</Button>
            </div>
            <Why doc={props.doc} reasons={props.reasons.clone()} />
            <div class="question__more">
                if let Some(on_back) = &props.on_back {
                    <Button look={Look::Quiet} onclick={on_back.reform(|_: MouseEvent| ())} test="check-back">
                        { "上一步" }
                    </Button>
                }
                <Button look={Look::Quiet} onclick={restart} test="restart">{ "重新开始" }</Button>
            </div>
        </form>
    }
}

fn control(fact: &'static Fact, typed: &str, error: Option<AttrValue>, set: &Callback<String>) -> Html {
    let hint = (!fact.help.is_empty()).then(|| AttrValue::from(fact.help.clone()));
    let labelled_by = AttrValue::Static("page-title");
    if let Some(options) = options_of(&fact.id, &fact.kind, fact.answers) {
        return html! {
            <RadioGroup
                name={fact.id.clone()}
                {labelled_by}
                {hint}
                {error}
                {options}
                selected={(!typed.is_empty()).then(|| AttrValue::from(typed.to_owned()))}
                onchange={set.reform(|value: AttrValue| value.to_string())}
            />
        };
    }
    html! {
        <Field
            id={fact.id.clone()}
            {labelled_by}
            {hint}
            {error}
            value={typed.to_owned()}
            oninput={set.clone()}
            kind={field_kind(&fact.kind)}
            unit={unit_word(&fact.kind)}
        />
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

/// Props of [`MonthlyHelp`].
#[derive(Clone, PartialEq, Properties)]
struct MonthlyHelpProps {
    fact: &'static Fact,
    onfill: Callback<String>,
}

/// Turns a month's money into a year's.
#[component]
fn MonthlyHelp(props: &MonthlyHelpProps) -> Html {
    let today = use_today();
    let fact = props.fact;
    let typed = use_state(String::new);
    let error = use_state(|| None::<AttrValue>);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    let fill = {
        let (typed, error, onfill) = (typed.clone(), error.clone(), props.onfill.clone());
        Callback::from(move |_: MouseEvent| match policies::parse_value(fact, &typed, today) {
            Ok(Value::Number(fen)) => {
                error.set(None);
                onfill.emit(typed::text(&FactKind::Money, &Value::Number(fen.saturating_mul(12))));
                ui::browser::focus_by_id(&fact.id);
            }
            Ok(_) => {}
            Err(wrong) => {
                error.set(Some(wrong.message.into()));
                ui::browser::focus_by_id("monthly");
            }
        })
    };
    html! {
        <details class="why">
            <summary>{ "只知道每个月多少？" }</summary>
            <p>{ "把全家每个人一个月的收入加起来填在这里，替您乘以 12 个月。" }</p>
            <Field
                id="monthly"
                label="全家一个月收入"
                value={(*typed).clone()}
                {oninput}
                error={(*error).clone()}
                kind={FieldKind::Decimal}
                unit="元"
            />
            <Button look={Look::Secondary} onclick={fill} test="fill-year">{ "算成十二个月" }</Button>
        </details>
    }
}
