//! What goes to an office: the outbox that keeps it, and sending.

pub(crate) mod outbox;
mod sending;

pub(crate) use sending::{SendError, SendStep, send};
