//! The rows of a page that answers at a glance: a word, the answer, a way to the whole of it below.

use yew::prelude::*;

use ui::{browser::show_by_id, components::dialled, place::Doc};

/// One row, for a list of class `glance`.
pub(crate) fn row(term: &'static str, value: Html) -> Html {
    html! { <div class="glance__row"><dt>{ term }</dt><dd>{ value }</dd></div> }
}

/// A button that opens the section with an id.
pub(crate) fn see(id: &'static str, words: &'static str) -> Html {
    let onclick = Callback::from(move |_: MouseEvent| show_by_id(id));
    html! { <button type="button" class="see no-print" {onclick} data-test={format!("see-{id}")}>{ words }</button> }
}

/// The first counter that the document names: whom to ask and where to go.
pub(crate) fn whom(doc: Doc) -> Html {
    let Some(contact) = doc.document().contacts.first() else {
        return Html::default();
    };
    let phone = contact.phone.as_ref().map_or_else(
        || html! { <span class="muted">{ "文件没有印电话" }</span> },
        |phone| html! { <a class="phone" href={format!("tel:{}", dialled(phone))}>{ phone }</a> },
    );
    row("去哪办", html! { <>{ &contact.name }{ " " }{ phone }{ " " }{ see("contacts", "还能问谁") }</> })
}
