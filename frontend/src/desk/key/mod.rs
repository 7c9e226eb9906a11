//! The key page: an officer opens the desk with a file, which goes to the sealer worker and nowhere else.

pub mod page;
pub mod reading;

pub use page::KeyPage;
pub use reading::read;
