//! The frame of one page: title, heading, focus.

use yew::prelude::*;

use crate::hooks::{use_focus_heading, use_title};

/// Props of [`Page`].
#[derive(Clone, PartialEq, Properties)]
pub struct PageProps {
    /// The page's heading; also the window title unless `window_title` is given.
    pub title: AttrValue,
    /// Window title, where it should say more than the heading.
    #[prop_or_default]
    pub window_title: Option<AttrValue>,
    /// A short line above the heading, e.g. the place.
    #[prop_or_default]
    pub above: Html,
    /// One sentence under the heading.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// Id of the heading, for `aria-labelledby`.
    #[prop_or(AttrValue::Static("page-title"))]
    pub heading_id: AttrValue,
    /// The page.
    pub children: Html,
}

/// One page. Focus moves to its heading on navigation, and whenever the heading changes.
#[component]
pub fn Page(props: &PageProps) -> Html {
    use_title(props.window_title.as_ref().unwrap_or(&props.title));
    let heading = use_focus_heading(&props.title);
    html! {
        <article class="page">
            <header class="page__head">
                // Another page is another reader: the one of before stops.
                <div class="page__above">{ props.above.clone() }<read-aloud key={&*props.title} /></div>
                <h1 id={props.heading_id.clone()} class="page__title" tabindex="-1" ref={heading}>
                    { &props.title }
                </h1>
                if let Some(lead) = &props.lead {
                    <p class="page__lead">{ lead }</p>
                }
            </header>
            { props.children.clone() }
        </article>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    let above = html! { <span>{ "测试县" }</span> };
    let shown = html! {
        <Page title="自测" lead="回答几个问题，看看够不够条件。" {above}>
            <p>{ "页面的内容。" }</p>
        </Page>
    };
    vec![super::State::new("page", shown)]
}
