//! The residents' portal: six programs (`portal`, `guide`, `forms`, `tip`, `group`, `follow`) over one set of features, a folder each.
//!
//! Rendering never touches the browser: only effects and handlers do, so that pages can be prerendered.

#[cfg(feature = "whole")]
mod act;
mod app;
#[cfg(feature = "whole")]
mod apply;
#[cfg(feature = "whole")]
mod calculate;
mod check;
#[cfg(feature = "whole")]
mod dates;
mod frame;
#[cfg(feature = "whole")]
mod group;
#[cfg(feature = "whole")]
mod guide;
mod home;
#[cfg(feature = "whole")]
mod mail;
#[cfg(test)]
mod on_trial;
#[cfg(feature = "whole")]
mod papers;
mod pending;
mod place;
#[cfg(feature = "readable")]
pub mod readable;
mod route;
mod router;
#[cfg(feature = "whole")]
mod sent;
#[cfg(feature = "whole")]
mod status;
#[cfg(feature = "whole")]
mod tip;
#[cfg(feature = "whole")]
mod typed;

pub use app::{AppProps, ResidentApp};
#[cfg(feature = "whole")]
pub use app::{FollowApp, FormsApp, GroupApp, GuideApp, TipApp};

/// An allocator of few bytes: 2,700 fewer to download than the standard library's.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
