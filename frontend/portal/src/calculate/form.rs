//! One calculator: what to type, and what it comes to.

use policies::model::Calculator;
use yew::prelude::*;

use super::{figures::figures, input::input};
use crate::calculate::sheet::{Sheet, SheetAction};
use ui::{
    components::{AskFirst, Cited},
    hooks::use_today,
    place::Doc,
};

/// Props of [`SheetForm`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SheetFormProps {
    /// The document.
    pub(super) doc: Doc,
    /// One of its calculators.
    pub(super) calculator: &'static Calculator,
}

/// A calculator with its inputs and its figures.
#[component]
pub(super) fn SheetForm(props: &SheetFormProps) -> Html {
    let (doc, calculator) = (props.doc, props.calculator);
    let today = use_today();
    let sheet = use_reducer(|| Sheet::new(doc, calculator, today));
    let act = {
        let dispatcher = sheet.dispatcher();
        Callback::from(move |action: SheetAction| dispatcher.dispatch(action))
    };
    html! {
        <>
            <p>{ &calculator.says }</p>
            for asked in calculator.inputs.iter() {
                { input(&calculator.id, asked, &sheet, &act) }
            }
            if let Some(calculation) = sheet.calculation() {
                { figures(calculator, &calculation) }
            }
            <AskFirst
                says="清空重填"
                label={format!("清空重填：{}", calculator.label)}
                loses={if sheet.is_blank() { "" } else { "这里填的都会清掉。" }}
                onclick={act.reform(|()| SheetAction::Clear)}
                test={format!("clear-{}", calculator.id)}
            />
            <Cited {doc} cite={calculator.cite.clone()} />
        </>
    }
}
