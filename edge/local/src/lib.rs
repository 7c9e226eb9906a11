//! The Worker's home under plain workerd, the same for a checkout (`cargo xtask run`, the system tests) and for an
//! office's own server (`anju-server`): a folder with pages and bundle, the configuration that workerd reads, and whether
//! what was started answers.

mod health;
mod layout;

pub use health::{HEALTH, healthy};
pub use layout::{FULL, OFFICES, PAGES_CONFIG, Told, copy_folder, files, lay_pages, lay_worker};
