//! One tick box with its label.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Props of [`CheckBox`].
#[derive(Clone, PartialEq, Properties)]
pub struct CheckBoxProps {
    /// DOM id, unique on the page.
    pub id: AttrValue,
    /// What is agreed to or chosen.
    pub label: AttrValue,
    /// More about it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Whether it is ticked.
    pub checked: bool,
    /// Ticked or not.
    pub onchange: Callback<bool>,
    /// Hook for browser tests; the id if absent.
    #[prop_or_default]
    pub test: Option<AttrValue>,
}

/// A tick box.
#[component]
pub fn CheckBox(props: &CheckBoxProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| {
        event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .is_some_and(|input| input.checked())
    });
    let (hint_id, error_id) = (format!("{}-hint", props.id), format!("{}-error", props.id));
    let described = super::field::described_by(
        props.hint.is_some().then_some(hint_id.as_str()),
        props.error.is_some().then_some(error_id.as_str()),
    );
    html! {
        <div class={classes!("field", props.error.is_some().then_some("field--error"))}>
            if let Some(error) = &props.error {
                <p class="field__error" id={error_id}>
                    <span class="visually-hidden">{ "错误：" }</span>{ error }
                </p>
            }
            <label class="choice" for={props.id.clone()}>
                <input
                    type="checkbox"
                    id={props.id.clone()}
                    checked={props.checked}
                    aria-describedby={described}
                    aria-invalid={props.error.is_some().then_some("true")}
                    data-test={props.test.clone().unwrap_or_else(|| props.id.clone())}
                    {onchange}
                />
                <span class="choice__text">
                    <span class="choice__label">{ &props.label }</span>
                    if let Some(hint) = &props.hint {
                        <span class="choice__help" id={hint_id}>{ hint }</span>
                    }
                </span>
            </label>
        </div>
    }
}
