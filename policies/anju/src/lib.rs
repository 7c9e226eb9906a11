//! What the command line reads: households from bytes, one or very many. Nothing here opens a file.

pub mod households;
