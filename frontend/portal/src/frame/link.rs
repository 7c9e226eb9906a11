//! A link to another page of the portal.

use yew::prelude::*;

use crate::{route::Route, router::use_navigator};

/// Props of [`Go`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct GoProps {
    /// Where to.
    pub(crate) to: Route,
    /// Classes of the anchor.
    #[prop_or_default]
    pub(crate) class: Classes,
    /// Hook for browser tests.
    #[prop_or_default]
    pub(crate) test: Option<AttrValue>,
    /// Whether it stands for the page being shown.
    #[prop_or_default]
    pub(crate) current: bool,
    /// What the link says.
    pub(crate) children: Html,
}

/// A real anchor (it can be opened in a new tab) that moves without reloading.
#[component]
pub(crate) fn Go(props: &GoProps) -> Html {
    let navigator = use_navigator();
    let onclick = {
        let to = props.to.clone();
        Callback::from(move |event: MouseEvent| {
            if event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key() {
                return;
            }
            if let Some(navigator) = &navigator {
                event.prevent_default();
                navigator.push(&to);
            }
        })
    };
    html! {
        <a
            class={props.class.clone()}
            href={props.to.to_path()}
            data-test={props.test.clone()}
            aria-current={props.current.then_some("page")}
            {onclick}
        >
            { props.children.clone() }
        </a>
    }
}
