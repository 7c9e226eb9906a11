//! The desk (办公台): what an officer sees. A page and a module of its own, never downloaded by residents.
//!
//! The office's keys live in the sealer worker only. Every request is signed there; every envelope is
//! opened there. Nothing of a case is stored in the browser.

pub mod app;
pub mod audit;
pub mod back;
pub mod calls;
pub mod case;
pub mod dates;
pub mod frame;
pub mod idle;
pub mod inbox;
pub mod key;
pub mod problem;
pub mod server_clock;
pub mod session;
pub mod watch;
pub mod words;

/// Starts the desk in the page.
pub fn start() {
    yew::Renderer::<app::DeskApp>::new().render();
}
