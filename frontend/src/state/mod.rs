//! What the pages remember: pure reducers, and the few keys they are kept under in this browser.

pub mod draft;
pub mod place;
pub mod self_check;
pub mod stored;
