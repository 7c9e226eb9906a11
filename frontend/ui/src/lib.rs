//! What the portal and the desk share.
//!
//! Rendering never touches the browser: only effects and handlers do, so that pages can be prerendered. Only [`api`]
//! fetches, and only [`browser`], [`intake`] and [`hooks`] speak to the window.

pub mod api;
pub mod attempt;
pub mod browser;
pub mod components;
#[cfg(feature = "whole")]
pub mod correcting;
pub mod effort;
pub mod hooks;
#[cfg(feature = "whole")]
pub mod intake;
pub mod office_card;
#[cfg(feature = "whole")]
pub mod paper;
pub mod place;
#[cfg(feature = "whole")]
pub mod roster;
pub mod sealing;
#[cfg(feature = "whole")]
pub mod tables;
pub mod typed;
pub mod words;
