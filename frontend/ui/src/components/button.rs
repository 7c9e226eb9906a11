//! Buttons.

use yew::prelude::*;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do next.
    #[default]
    Primary,
    /// Also possible.
    Secondary,
    /// Looks like a link.
    Quiet,
    /// Cannot be taken back.
    Danger,
}

impl Look {
    /// The classes of a button or link that looks so.
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button button--secondary",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// Props of [`Button`].
#[derive(Clone, PartialEq, Properties)]
pub struct ButtonProps {
    /// How it looks.
    #[prop_or_default]
    pub look: Look,
    /// Pressed.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// Submits the form it stands in.
    #[prop_or_default]
    pub submit: bool,
    /// Work is under way: shown, announced, and further presses do nothing.
    #[prop_or_default]
    pub busy: bool,
    /// Cannot be pressed.
    #[prop_or_default]
    pub disabled: bool,
    /// Hook for browser tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    /// A longer name for screen readers.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What it says.
    pub children: Html,
}

/// A button.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let onclick = {
        let (busy, inner) = (props.busy, props.onclick.clone());
        Callback::from(move |event: MouseEvent| {
            if busy {
                event.prevent_default();
            } else {
                inner.emit(event);
            }
        })
    };
    html! {
        <button
            type={if props.submit { "submit" } else { "button" }}
            class={props.look.class()}
            disabled={props.disabled}
            aria-busy={props.busy.then_some("true")}
            aria-label={props.label.clone()}
            data-test={props.test.clone()}
            {onclick}
        >
            if props.busy {
                <span class="spinner" aria-hidden="true"></span>
            }
            { props.children.clone() }
        </button>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let button = |name, look, busy, disabled| {
        State::new(name, html! { <Button {look} {busy} {disabled}>{ "下一步" }</Button> })
    };
    vec![
        button("primary", Look::Primary, false, false),
        button("secondary", Look::Secondary, false, false),
        button("quiet", Look::Quiet, false, false),
        button("danger", Look::Danger, false, false),
        button("busy", Look::Primary, true, false),
        button("disabled", Look::Primary, false, true),
        State::new("long", html! { <Button>{ "把这一份申请和所有家人的情况再从头到尾看一遍" }</Button> }),
    ]
}
