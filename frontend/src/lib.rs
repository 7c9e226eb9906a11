//! The residents' portal and the office's desk.
//!
//! Three entries share this library: `portal` (residents), `desk` (officers) and `sealer` (the Web
//! Worker that seals and opens). Rendering never touches the browser: only effects and handlers do,
//! so that pages can be prerendered. Only [`api`] fetches.

pub mod api;
pub mod app;
pub mod components;
pub mod config;
pub mod desk;
pub mod hooks;
pub mod pages;
pub mod route;
pub mod router;
pub mod sealer;
pub mod state;
pub mod text;
