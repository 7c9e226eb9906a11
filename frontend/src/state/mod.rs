//! What the pages remember: pure reducers, and the few keys they are kept under in this browser.

pub mod calculate;
pub mod draft;
mod kept_check;
pub mod outbox;
pub mod place;
pub mod random;
pub mod self_check;
pub mod stored;
pub mod telling;
pub mod tip_draft;
