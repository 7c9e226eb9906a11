//! What goes to an office: the outbox that keeps it, and sending.

pub(crate) mod outbox;
mod proved;
mod sending;

pub(crate) use proved::post;
pub(crate) use sending::{SendError, SendStep, prepare, send};
