//! The desk: what an officer sees.

/// Starts the desk in the page.
pub fn start() {}
