//! The self-check: questions, then what they came to.

mod position;
mod question;
mod questions;
mod refuse;
mod result;
mod why;

pub use result::CheckResult;

use yew::prelude::*;

use crate::{
    hooks::use_today,
    pages::{PlaceProps, UnknownPlace},
    state::place::Doc,
};

/// The questions of one place, or a page that says why there are none.
#[component]
pub fn Check(props: &PlaceProps) -> Html {
    let today = use_today();
    match Doc::of_place(&props.place) {
        None => html! { <UnknownPlace /> },
        Some(doc) if !doc.has_conditions() || !doc.in_force(today) => {
            html! { <refuse::NoCheck {doc} /> }
        }
        Some(doc) => html! { <questions::Questions key={doc.id.clone()} {doc} /> },
    }
}
