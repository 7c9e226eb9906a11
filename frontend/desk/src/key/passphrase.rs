//! The passphrase of a locked key file.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use ui::components::Button;

/// Props of [`Passphrase`].
#[derive(Properties, PartialEq)]
pub(crate) struct PassphraseProps {
    /// Name of the file that is locked.
    pub(crate) file: AttrValue,
    /// What was typed.
    pub(crate) on_passphrase: Callback<String>,
}

/// Asks for a passphrase. What is typed stays in the box, and goes with it.
#[component]
pub(crate) fn Passphrase(props: &PassphraseProps) -> Html {
    let typed = use_node_ref();
    {
        let typed = typed.clone();
        use_effect_with((), move |()| {
            if let Some(input) = typed.cast::<HtmlInputElement>() {
                // Where it cannot be focused, it can be pressed.
                let _ = input.focus();
            }
        });
    }
    let onsubmit = {
        let (typed, on_passphrase) = (typed.clone(), props.on_passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = typed.cast::<HtmlInputElement>() {
                on_passphrase.emit(input.value());
                input.set_value("");
            }
        })
    };
    html! {
        <form class="desk-form" {onsubmit}>
            <label class="field__label" for="desk-passphrase">{ format!("“{}”的口令", props.file) }</label>
            <input
                ref={typed} id="desk-passphrase" class="input" type="password" autocomplete="off"
                spellcheck="false" data-test="key-passphrase"
            />
            <Button submit=true test="key-unlock">{ "打开" }</Button>
        </form>
    }
}
