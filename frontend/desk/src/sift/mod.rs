//! Letters looked through for junk, a batch at a time: those that do not open are set aside at one press.

pub(crate) mod batch;
pub(crate) mod look;
pub(crate) mod page;
pub(crate) mod table;

pub(crate) use batch::{Batch, BatchAction};
pub(crate) use page::SiftPage;
