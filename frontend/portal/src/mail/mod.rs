//! What goes to an office: the outbox that keeps it, sending, and the same draft on two pages.

mod office_key;
mod other_pages;
pub(crate) mod outbox;
mod proved;
mod sending;
pub(crate) mod ticket;

pub(crate) use office_key::OfficeKeyNote;
pub(crate) use other_pages::{Keepable, use_kept_draft};
pub(crate) use proved::post;
pub(crate) use sending::{SendError, SendStep, prepare, send};
