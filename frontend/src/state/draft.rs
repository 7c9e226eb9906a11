//! The draft of an application.
