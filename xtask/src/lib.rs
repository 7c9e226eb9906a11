//! Everything between the source and a running portal: setting up the machine, compiling, assembling `dist/`,
//! serving it locally, and running the checks. The system tests use the same functions to start the same server.

pub mod assets;
pub mod budget;
pub mod cache;
pub mod check;
pub mod command;
pub mod compress;
pub mod fallback;
pub mod project;
pub mod setup;
pub mod site;
pub mod step;
pub mod wasm;
