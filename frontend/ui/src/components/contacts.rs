//! Whom to ask: names, purposes, phones that can be dialled.

use yew::prelude::*;

use crate::{components::Cited, place::Doc};

/// Props of [`Contacts`].
#[derive(Clone, PartialEq, Properties)]
pub struct ContactsProps {
    /// The place's document.
    pub doc: Doc,
}

/// Every contact the document gives.
#[component]
pub fn Contacts(props: &ContactsProps) -> Html {
    let document = props.doc.document();
    html! {
        <ul class="entries">
            for contact in document.contacts.iter() {
                <li class="entry">
                    <p class="entry__title">{ &contact.name }</p>
                    <p>{ &contact.purpose }</p>
                    if let Some(phone) = &contact.phone {
                        <p>
                            { "电话：" }
                            <a class="phone" href={format!("tel:{}", dialled(phone))}>{ phone }</a>
                        </p>
                    }
                    if !contact.note.is_empty() {
                        <p class="muted">{ &contact.note }</p>
                    } else if contact.phone.is_none() {
                        <p class="muted">{ "文件没有印电话。" }</p>
                    }
                    <Cited doc={props.doc} cite={contact.cite.clone()} />
                </li>
            }
        </ul>
    }
}

/// A printed phone number as it is dialled.
pub fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    Doc::all().map(|doc| State::new(&doc.document().id, html! { <Contacts {doc} /> })).collect()
}
