//! A section that is folded away until it is wanted.

use yew::prelude::*;

/// A section whose heading (`h2`) opens and closes it. The id is for links within the page, for
/// [`show_by_id`](crate::browser::show_by_id) and for browser tests; the note beside the heading tells e.g. how much is in it.
pub fn fold(id: &'static str, title: &'static str, note: String, body: Html) -> Html {
    html! {
        <details class="fold" {id} data-test={id}>
            <summary>
                <h2 class="fold__title">{ title }</h2>
                <span class="fold__note">{ note }</span>
            </summary>
            <div class="fold__body">{ body }</div>
        </details>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let body = || html! { <p>{ "里面的内容。" }</p> };
    vec![State::new("closed", fold("papers", "要准备的材料", "4 样".to_owned(), body()))]
}
