//! The Worker: a blind, sealed mailbox and the static pages.
//!
//! Decisions are pure functions, tested natively: [`protocol::routes`] reads the address, [`api`] turns a request into
//! what is to be done or a [`protocol::error::Problem`], [`case::file`] moves a case from one state to the
//! next, [`site`] chooses a file. The shell ([`worker_shell`] and the two Durable Objects) only moves bytes.
//!
//! # Invariants
//!
//! * Nothing personal is readable here: envelopes are ciphertext, the open columns are listed in [`protocol`].
//! * A case is durable before it is acknowledged; every change of a case is one transaction together with its
//!   outbox line, and an alarm delivers the outbox to the office's index until that took it.
//! * Logs hold fixed sentences and places in the code, never a body, an id or an address.

// What comes from outside is counted and looked up without a panic and without wrapping around.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]

pub mod api;
pub mod auth;
pub mod case;
pub mod clock;
mod facts;
pub mod office;
pub mod procedure;
pub mod reply;
pub mod settings;
pub mod site;
mod sql;
mod worker_shell;
