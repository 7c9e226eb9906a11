//! Pages of one place: shown where its document is there.

use yew::prelude::*;

use ui::{
    components::{Button, Page},
    hooks::use_today,
    place::Doc,
};

/// Props of [`Opened`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OpenedProps {
    /// Place id.
    pub(crate) place: String,
    /// The page.
    pub(crate) children: Html,
}

/// The page or, where the document that `boot.js` loads beside this program did not come, how to try again.
#[component]
pub(crate) fn Opened(props: &OpenedProps) -> Html {
    if Doc::of_place(&props.place, use_today()).is_none_or(|doc| !doc.is_missing()) {
        return props.children.clone();
    }
    let again = Callback::from(|_: MouseEvent| ui::browser::reload());
    html! {
        <Page title="这一页没有打开" lead="网络断了，或者网站刚更新过。您填过的都还在。">
            <Button onclick={again} test="open-again">{ "再试一次" }</Button>
        </Page>
    }
}
