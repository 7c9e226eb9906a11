//! The keys of a real office, in a folder that is kept offline: a root key that signs the office's card, a recovery key
//! that opens its mail when every other key is lost, a key file for each officer. Each is locked with a passphrase; what
//! leaves the folder is the card, the line for the builders' list of roots, and each officer's own file.

pub mod ceremony;
pub mod counters;
pub mod folder;
pub mod root;
