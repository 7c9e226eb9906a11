//! One fact of the household as a field of a form.

use policies::model::{Fact, FactKind};
use yew::prelude::*;

use crate::{
    components::{Button, Field, FieldKind, Look, RadioGroup, RadioOption, yes_no_options},
    state::draft::check::fact_field,
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
    let options = match &fact.kind {
        FactKind::YesNo => yes_no_options(&fact.id, ("是", "否"), false),
        FactKind::Choice { choices } => choices
            .iter()
            .map(|choice| RadioOption::new(&fact.id, &choice.id, &choice.label).with_help(&choice.help))
            .collect(),
        kind => {
            return html! {
                <Field
                    {id}
                    label={fact.question.clone()}
                    {hint}
                    kind={field_kind(kind)}
                    unit={unit(kind).map(AttrValue::Static)}
                    value={props.value.clone()}
                    error={props.error.clone()}
                    oninput={props.oninput.clone()}
                    test={format!("field-{}", fact.id)}
                />
            };
        }
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

const fn field_kind(kind: &FactKind) -> FieldKind {
    match kind {
        FactKind::Money | FactKind::Area => FieldKind::Decimal,
        FactKind::Date { .. } => FieldKind::Date,
        _ => FieldKind::Whole,
    }
}

const fn unit(kind: &FactKind) -> Option<&'static str> {
    match kind {
        FactKind::Money => Some("元"),
        FactKind::Area => Some("平方米"),
        FactKind::Months => Some("个月"),
        _ => None,
    }
}
