//! The sheet of tickets, to be printed and cut apart.

use protocol::ticket::Ticket;
use yew::prelude::*;

use ui::words::{date_words, day};

/// Tickets that are good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// In the order drawn.
    pub(crate) tickets: Vec<Ticket>,
    /// The first second in which they are good no more.
    pub(crate) until: u64,
    /// How many of the office are live.
    pub(crate) live: u64,
}

/// A slip for each.
pub(crate) fn sheet(made: &Sheet, place: &str) -> Html {
    let last = date_words(day(made.until.saturating_sub(1)));
    html! {
        <ol class="desk-slips" data-test="ticket-sheet">
            for ticket in made.tickets.iter() {
                <li class="desk-slip" key={ticket.plain()}>
                    <p>{ place }{ " 快速码" }</p>
                    <p class="desk-slip__code" data-test="ticket-slip">{ ticket.grouped() }</p>
                    <p>{ "网上提交前填。用一次，到 " }{ &last }{ "。" }</p>
                </li>
            }
        </ol>
    }
}
