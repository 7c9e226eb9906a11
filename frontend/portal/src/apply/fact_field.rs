//! One fact of the household as a field of a form.

use policies::model::Fact;
use yew::prelude::*;

use crate::apply::draft::field::fact_field;
use ui::{
    components::{Button, Field, Look, RadioGroup, field_kind, options_of},
    words::unit_word,
};

/// Props of [`FactField`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct FactFieldProps {
    /// The fact.
    pub(super) fact: &'static Fact,
    /// What is typed or chosen; empty: unknown.
    pub(super) value: AttrValue,
    /// What is wrong with it.
    pub(super) error: Option<AttrValue>,
    /// Typed or chosen; empty: unknown again.
    pub(super) oninput: Callback<String>,
}

/// A fact's question, its help and its control.
#[component]
pub(super) fn FactField(props: &FactFieldProps) -> Html {
    let fact = props.fact;
    let id = fact_field(&fact.id);
    let hint = (!fact.help.is_empty()).then(|| AttrValue::from(fact.help.clone()));
    let Some(options) = options_of(&fact.id, &fact.kind, fact.answers) else {
        return html! {
            <Field
                {id}
                label={fact.question.clone()}
                {hint}
                kind={field_kind(&fact.kind)}
                unit={unit_word(&fact.kind)}
                value={props.value.clone()}
                error={props.error.clone()}
                oninput={props.oninput.clone()}
                test={format!("field-{}", fact.id)}
            />
        };
    };
    html! {
        <div class="fact-choice">
            <RadioGroup
                name={id}
                legend={fact.question.clone()}
                {hint}
                error={props.error.clone()}
                {options}
                selected={(!props.value.is_empty()).then(|| props.value.clone())}
                onchange={props.oninput.reform(|value: AttrValue| value.to_string())}
            />
            if !props.value.is_empty() {
                <Button
                    look={Look::Quiet}
                    onclick={props.oninput.reform(|_: MouseEvent| String::new())}
                    label={format!("“{}”改成不清楚", fact.label)}
                    test={format!("unknown-{}", fact.id)}
                >
                    { "改成不清楚" }
                </Button>
            }
        </div>
    }
}
