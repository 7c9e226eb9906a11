//! What travels between a page and the Web Worker that keeps everything secret. The worker's program is in `main.rs`.

pub mod ops;
