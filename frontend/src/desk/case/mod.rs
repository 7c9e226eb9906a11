//! One case: what was sent, the rules replayed on it, where it stands, and what the office answers.

pub mod application;
pub mod assessment;
pub mod drafts;
pub mod due;
pub mod facts;
pub mod history;
pub mod margin;
pub mod messages;
pub mod moving;
pub mod opened;
pub mod outgoing;
pub mod page;
pub mod people;
pub mod procedure;
pub mod replay;
pub mod sending;
pub mod tip_off;

pub use drafts::Drafts;
pub use page::CasePage;
