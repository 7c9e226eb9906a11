//! Every component in every state, for the gallery: each component's own file says what states it has.

use yew::prelude::*;

use super::{
    ask_first, button, card, check_box, cited, contacts, counters, data_list, display_switches,
    error_summary, fact_control, field, fold, gauge, in_wechat, notice, page, radio_group, standing, steps,
    timeline,
};

/// A component as it looks in one state.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What state it is, in a word.
    pub name: String,
    /// How it looks.
    pub shown: Html,
}

impl State {
    /// A state with its name.
    pub(super) fn new(name: &str, shown: Html) -> Self {
        Self { name: name.to_owned(), shown }
    }
}

/// The states of every component, by the name of its file.
pub fn states() -> Vec<(&'static str, Vec<State>)> {
    vec![
        // First: they choose how all the others are shown.
        ("display_switches", display_switches::states()),
        ("ask_first", ask_first::states()),
        ("button", button::states()),
        ("card", card::states()),
        ("check_box", check_box::states()),
        ("cited", cited::states()),
        ("contacts", contacts::states()),
        ("counters", counters::states()),
        ("data_list", data_list::states()),
        ("error_summary", error_summary::states()),
        ("fact_control", fact_control::states()),
        ("field", field::states()),
        ("fold", fold::states()),
        ("gauge", gauge::states()),
        ("in_wechat", in_wechat::states()),
        ("notice", notice::states()),
        ("page", page::states()),
        ("radio_group", radio_group::states()),
        ("standing", standing::states()),
        ("steps", steps::states()),
        ("timeline", timeline::states()),
    ]
}
