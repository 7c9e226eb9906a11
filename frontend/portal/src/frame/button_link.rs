//! Links that look like buttons.

use ui::components::Look;
use yew::prelude::*;

use super::link::Go;
use crate::route::Route;

/// Props of [`ButtonLink`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ButtonLinkProps {
    /// Where to.
    pub(crate) to: Route,
    /// How it looks.
    #[prop_or_default]
    pub(crate) look: Look,
    /// Hook for browser tests.
    #[prop_or_default]
    pub(crate) test: Option<AttrValue>,
    /// What it says.
    pub(crate) children: Html,
}

/// A link to a page that looks like a button.
#[component]
pub(crate) fn ButtonLink(props: &ButtonLinkProps) -> Html {
    html! {
        <Go to={props.to.clone()} class={props.look.class()} test={props.test.clone()}>
            { props.children.clone() }
        </Go>
    }
}
