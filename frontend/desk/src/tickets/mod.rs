//! Tickets (快速码) for people who are helped at the counter: drawn here, printed, cut apart, handed out.

pub(crate) mod page;
pub(crate) mod sheet;

pub(crate) use page::TicketsPage;
