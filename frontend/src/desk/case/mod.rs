//! One case: what was sent, the rules replayed on it, where it stands, and what the office answers.

mod application;
mod assessment;
mod drafts;
mod due;
mod facts;
mod history;
mod margin;
mod messages;
mod moving;
mod opened;
mod outgoing;
mod page;
mod people;
mod procedure;
mod replay;
mod sending;
mod tip_off;

pub use drafts::Drafts;
pub use page::CasePage;
