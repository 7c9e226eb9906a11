//! One tick box with its label.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::described::Described;

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
    let described = Described { id: &props.id, hint: props.hint.as_ref(), error: props.error.as_ref() };
    html! {
        <div class={described.class()}>
            { described.error() }
            <label class="choice" for={props.id.clone()}>
                <input
                    type="checkbox"
                    id={props.id.clone()}
                    checked={props.checked}
                    aria-describedby={described.by()}
                    aria-invalid={described.invalid()}
                    data-test={props.test.clone().unwrap_or_else(|| props.id.clone())}
                    {onchange}
                />
                <span class="choice__text">
                    <span class="choice__label">{ &props.label }</span>
                    if let Some(hint) = &props.hint {
                        <span class="choice__help" id={described.hint_id()}>{ hint }</span>
                    }
                </span>
            </label>
        </div>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let tick = |name: &'static str,
                checked: bool,
                hint: Option<&'static str>,
                error: Option<&'static str>| {
        let (hint, error) = (hint.map(AttrValue::Static), error.map(AttrValue::Static));
        let onchange = Callback::noop();
        State::new(
            name,
            html! { <CheckBox id={format!("tick-{name}")} label="我承诺：以上内容都是真实的。" {checked} {hint} {error} {onchange} /> },
        )
    };
    vec![
        tick("empty", false, None, None),
        tick("ticked", true, Some("核查会涉及家人的情况，所以要他们先同意。"), None),
        tick("wrong", false, None, Some("请看清楚再勾选，否则不能提交。")),
    ]
}
