//! One fact of the household as a field of a form.

use policies::model::{Fact, FactKind};
use yew::prelude::*;

use crate::apply::draft::field::fact_field;
use ui::{
    browser::focus_by_id,
    components::{Button, FactControl, Look},
    hooks::use_today,
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

/// A fact's question, its help and its control; what is picked can be unpicked.
#[component]
pub(super) fn FactField(props: &FactFieldProps) -> Html {
    let fact = props.fact;
    let id = fact_field(&fact.id);
    let is_picked = matches!(fact.kind, FactKind::YesNo | FactKind::Choice { .. }) && !props.value.is_empty();
    let unpick = {
        let (oninput, id) = (props.oninput.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            oninput.emit(String::new());
            // The button goes away with the answer: the question, which is open again, takes the focus.
            focus_by_id(&id);
        })
    };
    let control = FactControl {
        fact,
        id: AttrValue::from(id),
        labelled_by: None,
        value: props.value.clone(),
        error: props.error.clone(),
        oninput: props.oninput.clone(),
        today: use_today(),
    };
    html! {
        <div class="fact-choice">
            { control.show() }
            if is_picked {
                <Button
                    look={Look::Quiet}
                    onclick={unpick}
                    label={format!("“{}”改成不清楚", fact.label)}
                    test={format!("unknown-{}", fact.id)}
                >
                    { "改成不清楚" }
                </Button>
            }
        </div>
    }
}
