//! What the Web Worker does: sealing, opening, receipts and the proof of work.

/// Starts the worker side.
#[cfg(feature = "sealer")]
pub fn start() {}
