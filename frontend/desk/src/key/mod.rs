//! The key page: an officer opens the desk with a file, which goes to the sealer worker and nowhere else.

pub(crate) mod page;
mod passphrase;
pub(crate) mod reading;

pub(crate) use page::KeyPage;
pub(crate) use reading::read;
