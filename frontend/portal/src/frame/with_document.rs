//! Pages that learn only later of which place they are: the document is loaded then.

use yew::prelude::*;

use ui::{
    api::{ApiError, fetch_volume},
    browser::volume_address,
    components::{Button, Notice, Tone},
    hooks::use_request,
    place::Doc,
};

/// Props of [`WithDocument`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct WithDocumentProps {
    /// Document id.
    pub(crate) id: AttrValue,
    /// What needs it.
    pub(crate) children: Html,
}

/// Shows its children once the document is there; one that this site does not know is not waited for.
#[component]
pub(crate) fn WithDocument(props: &WithDocumentProps) -> Html {
    let loading = use_request::<(), ApiError>();
    let missing = Doc::by_id(&props.id).is_some_and(Doc::is_missing);
    let load = {
        let (loading, id) = (loading.clone(), props.id.clone());
        Callback::from(move |()| {
            let id = id.clone();
            loading.run(async move {
                let address = volume_address(&id).ok_or(ApiError::Unreadable(0))?;
                let bytes = fetch_volume(&address).await?;
                policies::add_volume(&bytes).then_some(()).ok_or(ApiError::Unreadable(0))
            });
        })
    };
    {
        let load = load.clone();
        use_effect_with((props.id.clone(), missing), move |(_, missing)| {
            if *missing {
                load.emit(());
            }
        });
    }
    if !missing {
        return props.children.clone();
    }
    match loading.state().failed() {
        Some(error) => html! {
            <Notice tone={Tone::Failure} live=true test="no-document">
                <p>{ error.to_string() }</p>
                <Button onclick={load.reform(|_: MouseEvent| ())} test="open-again">{ "再试一次" }</Button>
            </Notice>
        },
        None => html! { <p role="status">{ "正在打开……" }</p> },
    }
}
