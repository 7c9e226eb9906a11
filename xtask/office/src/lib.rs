//! The offices as the tools need them: their cards, key files for trying things out, the two configurations made of the
//! cards, and whom to call where a page cannot run. A crate of its own, so that `cargo xtask` starts before rulebook and cryptography
//! are compiled; it asks the program of the same name, and the system tests call these functions.

pub mod cards;
pub mod fallback;
pub mod keys;
pub mod pages;
pub mod security;
pub mod settings;
