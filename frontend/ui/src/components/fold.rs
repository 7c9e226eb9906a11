//! A section that is folded away until it is wanted.

use yew::prelude::*;

/// Props of [`Fold`].
#[derive(Clone, PartialEq, Properties)]
pub struct FoldProps {
    /// Its heading (`h2`).
    pub title: AttrValue,
    /// A few words beside the heading, e.g. how many there are.
    #[prop_or_default]
    pub note: AttrValue,
    /// Id, for links within the page and [`unfold`](crate::browser::unfold).
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Whether it stands open at first.
    #[prop_or_default]
    pub open: bool,
    /// Hook for browser tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    /// What it holds.
    pub children: Html,
}

/// A section whose heading opens and closes it.
#[component]
pub fn Fold(props: &FoldProps) -> Html {
    html! {
        <details class="fold" id={props.id.clone()} open={props.open} data-test={props.test.clone()}>
            <summary>
                <h2 class="fold__title">{ &props.title }</h2>
                if !props.note.is_empty() {
                    <span class="fold__note">{ &props.note }</span>
                }
            </summary>
            <div class="fold__body">{ props.children.clone() }</div>
        </details>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    vec![
        State::new(
            "closed",
            html! { <Fold title="要准备的材料" note="4 样"><p>{ "里面的内容。" }</p></Fold> },
        ),
        State::new("open", html! { <Fold title="为什么" open=true><p>{ "里面的内容。" }</p></Fold> }),
    ]
}
