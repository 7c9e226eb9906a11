//! The self-check: questions, then what they came to.

mod after_no;
mod follow;
mod kept_check;
mod position;
mod question;
mod questions;
mod refuse;
mod relatives;
mod replies;
mod reply_words;
mod result;
pub(crate) mod self_check;
#[cfg(test)]
mod sixth_place;
pub(crate) mod telling;
mod together;
mod why;
mod windows;

pub(crate) use reply_words::reply_words;
pub(crate) use result::CheckResult;
pub(crate) use windows::when;
#[cfg(feature = "whole")]
pub(crate) use windows::window_rows;

use yew::prelude::*;

use crate::frame::{PlaceProps, UnknownPlace};
use ui::{hooks::use_today, place::Doc};

/// The questions of one place, or a page that says why there are none.
#[component]
pub(crate) fn Check(props: &PlaceProps) -> Html {
    let today = use_today();
    match Doc::of_place(&props.place, today) {
        None => html! { <UnknownPlace /> },
        Some(doc) if !doc.has_conditions() || !doc.in_force(today) => {
            html! { <refuse::NoCheck {doc} /> }
        }
        Some(doc) => html! { <questions::Questions key={doc.id.clone()} {doc} /> },
    }
}
