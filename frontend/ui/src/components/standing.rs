//! How a document stands: in force, perhaps superseded, closed, expired.

use policies::model::Status;
use yew::prelude::*;

use crate::{
    components::{Notice, Tone},
    hooks::use_today,
    place::Doc,
    words::date_words,
};

/// Props of [`Standing`].
#[derive(Clone, PartialEq, Properties)]
pub struct StandingProps {
    /// The document.
    pub doc: Doc,
}

/// The standing in words; a warning where the document may no longer hold.
#[component]
pub fn Standing(props: &StandingProps) -> Html {
    let today = use_today();
    let document = props.doc.document();
    let title = match document.status {
        _ if document.valid_until.is_some_and(|until| until < today) => "文件已经过了有效期",
        _ if document.valid_from.is_some_and(|from| today < from) => "文件还没有开始施行",
        Status::MayBeSuperseded => "文件可能已被新规定替代",
        Status::CampaignClosed => "这项专项工作已经结束",
        Status::InForce if document.valid_until.is_some() => "文件现行有效",
        Status::InForce => "文件没有写有效期",
    };
    let tone = if props.doc.is_doubtful(today) { Tone::Warning } else { Tone::Info };
    html! {
        <Notice {tone} {title} test="standing">
            <p>{ &document.status_note }</p>
            if let Some(until) = document.valid_until {
                <p>{ "有效期到 " }{ date_words(until) }{ "。" }</p>
            }
        </Notice>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    Doc::all().map(|doc| super::State::new(&doc.document().id, html! { <Standing {doc} /> })).collect()
}
