//! The inbox: the office's cases as a table that sorts and filters.

mod filters;
mod lines;
mod page;
mod table;
mod toolbar;

pub use filters::Filters;
pub use page::{Fetched, InboxPage};
