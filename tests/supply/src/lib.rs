//! Whose code is built in, judged by `deny.toml` as `cargo deny check bans licenses sources` judges it, but with nothing
//! installed: cargo-deny takes longer to compile than the whole portal. Each function returns the faults, one line each.

pub mod licence;
pub mod npm;
pub mod rules;
pub mod tree;
