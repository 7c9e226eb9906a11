//! What crosses the wire: cases, letters, receipts, staff tokens, errors.
//!
//! The default features hold types and cheap checks only, so that the portal stays light. `staff`
//! adds the check of signatures (the edge); `keys` adds the office's key file, and signing (the tools); `seal` adds
//! everything that makes or opens a sealed envelope (the sealer module and tests) and is never linked into portal
//! or edge.
//!
//! # What the edge can see
//!
//! Office, kind of case, whether it is for the office or its supervisors, look-up id, hash of the token, reply recipient and
//! signing key of the receipt, stage and its dates, the id and role of the key that acted, signatures, sizes and hashes,
//! for some days that of the ticket that brought a letter; of papers addresses and padded sizes. Nothing else is ever in
//! the open, and none of it is personal.

// What comes from outside is counted and looked up without a panic and without wrapping around.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]

pub mod addressee;
pub mod assess;
pub mod authorization;
pub mod card;
pub mod case;
pub mod chain;
pub mod challenge;
pub mod coarse;
pub mod config;
pub mod correction;
pub mod counter;
pub mod desk;
mod digits;
pub mod envelope;
pub mod error;
pub mod handover;
pub mod hash;
pub mod headers;
pub mod health;
#[cfg(feature = "staff")]
pub mod history;
#[cfg(feature = "keys")]
pub mod identity;
#[cfg(feature = "keys")]
pub mod keyfile;
pub mod kin;
pub mod letter;
pub mod limits;
#[cfg(feature = "seal")]
pub mod locked;
#[cfg(feature = "schema")]
pub mod openapi;
pub mod paper;
pub mod proof;
pub mod query;
pub mod receipt;
#[cfg(feature = "staff")]
pub mod recipient;
pub mod routes;
#[cfg(feature = "seal")]
pub mod seal;
pub mod signed;
pub mod staff;
pub mod ticket;
pub mod trail;

pub use policies::model::CaseKind;
