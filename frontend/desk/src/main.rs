//! The desk (办公台): what an officer sees. A page and a module of its own, never downloaded by residents.
//!
//! The office's keys live in the sealer worker only. Every request is signed there; every envelope is
//! opened there. Nothing of a case is stored in the browser; of the audit trail, the number and hash of its latest line.

mod app;
mod audit;
mod back;
mod calls;
mod case;
mod flats;
mod frame;
mod idle;
mod inbox;
mod key;
mod problem;
mod server_clock;
mod session;
mod sift;
mod tickets;
mod watch;
mod words;

fn main() {
    yew::Renderer::<app::DeskApp>::new().render();
}
