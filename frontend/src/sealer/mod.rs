//! What the Web Worker does: sealing, opening, receipts, the proof of work, the office's keys.
//!
//! [`ops`] is what travels between page and worker. The work itself links age and Argon2 and is
//! compiled only into the worker's own module (feature `sealer`).

pub mod ops;
#[cfg(feature = "sealer")]
mod qr;
#[cfg(feature = "sealer")]
mod work;
#[cfg(feature = "sealer")]
mod worker;

#[cfg(feature = "sealer")]
pub use worker::start;
