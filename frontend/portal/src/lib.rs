//! The residents' portal: three programs (`portal`, `guide`, `forms`) over one set of features, a folder each.
//!
//! Rendering never touches the browser: only effects and handlers do, so that pages can be prerendered.

mod app;
mod apply;
mod calculate;
mod check;
mod frame;
mod guide;
mod home;
mod mail;
#[cfg(test)]
mod on_trial;
mod place;
mod route;
mod router;
mod sent;
mod status;
mod tip;

pub use app::{AppProps, FormsApp, GuideApp, ResidentApp};
