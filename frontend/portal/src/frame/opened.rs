//! Pages of one place: shown once its document is there.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use ui::{
    browser::load_volume,
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

/// Loads the document of a place where this program carries none, then shows the page.
#[component]
pub(crate) fn Opened(props: &OpenedProps) -> Html {
    let today = use_today();
    let arrived = use_force_update();
    let tries = use_state(|| 0_u32);
    let failed = use_state(|| 0_u32);
    let missing = Doc::of_place(&props.place, today).and_then(Doc::missing);
    {
        let failed = failed.setter();
        use_effect_with((missing, *tries), move |(missing, tries)| {
            if let Some(name) = *missing {
                let tries = *tries;
                spawn_local(async move {
                    match load_volume(name).await {
                        Some(bytes) if policies::add_volume(&bytes) => arrived.force_update(),
                        _ => failed.set(tries.saturating_add(1)),
                    }
                });
            }
        });
    }
    if missing.is_none() {
        return props.children.clone();
    }
    if *failed <= *tries {
        return html! { <p role="status">{ "正在打开，请稍候……" }</p> };
    }
    let again = {
        let (tries, next) = (tries.setter(), *failed);
        Callback::from(move |_: MouseEvent| tries.set(next))
    };
    html! {
        <Page title="这一页没有打开" lead="网络断了，或者网站刚更新过。您填过的都还在。">
            <Button onclick={again} test="open-again">{ "再试一次" }</Button>
        </Page>
    }
}
