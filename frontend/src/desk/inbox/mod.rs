//! The inbox: the office's cases as a table that sorts and filters.

pub mod filters;
pub mod lines;
pub mod page;
pub mod table;
pub mod toolbar;

pub use filters::Filters;
pub use page::{Fetched, InboxPage};
