//! A section with a heading of its own.

use yew::prelude::*;

/// Props of [`Card`].
#[derive(Clone, PartialEq, Properties)]
pub struct CardProps {
    /// Its heading (`h2`); none if empty.
    #[prop_or_default]
    pub title: AttrValue,
    /// Id, for links within the page.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// Hook for browser tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    /// What it holds.
    pub children: Html,
}

/// A section of a page.
#[component]
pub fn Card(props: &CardProps) -> Html {
    html! {
        <section
            class={classes!("card", props.class.clone())}
            id={props.id.clone()}
            data-test={props.test.clone()}
        >
            if !props.title.is_empty() {
                <h2 class="card__title">{ &props.title }</h2>
            }
            { props.children.clone() }
        </section>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    vec![
        State::new("titled", html! { <Card title="住房和收入"><p>{ "里面的内容。" }</p></Card> }),
        State::new("plain", html! { <Card><p>{ "没有标题的一块。" }</p></Card> }),
    ]
}
