//! The inbox: the office's cases as a table that sorts and filters.

pub(crate) mod filters;
pub(crate) mod hand_on;
mod informants;
mod lines;
mod office_key;
pub(crate) mod page;
pub(crate) mod table;
pub(crate) mod toolbar;

pub(crate) use filters::Filters;
pub(crate) use page::{Fetched, InboxPage};
