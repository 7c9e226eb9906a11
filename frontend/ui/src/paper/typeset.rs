//! Chinese on paper: a number keeps its unit, and what is filled in by hand has a line.

use yew::prelude::*;

/// A wide space, which no browser folds.
const EM: &str = "\u{3000}";

/// A text whose numbers and units stay on one line: the space between them does not break.
pub(super) fn whole(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// A line to write on, some signs wide.
pub(super) fn blank(ems: usize) -> Html {
    html! { <u class="paper__fill">{ EM.repeat(ems.max(1)) }</u> }
}

/// What was told on a line, or the empty line.
pub(super) fn filled(told: &str, ems: usize) -> Html {
    if told.is_empty() {
        return blank(ems);
    }
    html! { <u class="paper__fill"><bdi>{ [" ", told, " "].concat().replace(' ', "\u{a0}") }</bdi></u> }
}

/// A text with its line breaks.
pub(super) fn lines(text: &str) -> Html {
    let lines = text.split('\n').enumerate();
    lines.map(|(n, line)| html! { <>if n > 0 { <br /> }{ line.to_owned() }</> }).collect()
}
