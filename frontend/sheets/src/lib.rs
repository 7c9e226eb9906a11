//! What travels between a page and the Web Worker that reads and writes spreadsheets, and (with `work`) the reading and
//! writing. The worker's program is in `main.rs`.

pub mod heads;
pub mod ops;
#[cfg(feature = "work")]
pub mod work;
