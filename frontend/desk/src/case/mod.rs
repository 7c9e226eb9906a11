//! One case: what was sent, the rules replayed on it, where it stands, and what the office answers.

pub(crate) mod application;
pub(crate) mod aside;
pub(crate) mod assessment;
pub(crate) mod corrected;
pub(crate) mod correction;
pub(crate) mod decision;
pub(crate) mod drafts;
pub(crate) mod due;
pub(crate) mod evidence;
pub(crate) mod facts;
pub(crate) mod form;
pub(crate) mod history;
pub(crate) mod messages;
pub(crate) mod moving;
pub(crate) mod opened;
pub(crate) mod outgoing;
pub(crate) mod page;
pub(crate) mod pair;
pub(crate) mod papers;
pub(crate) mod passing;
pub(crate) mod people;
pub(crate) mod procedure;
pub(crate) mod replay;
pub(crate) mod roster;
pub(crate) mod same_flat;
pub(crate) mod sending;
pub(crate) mod sheet;
pub(crate) mod tip_off;

pub(crate) use drafts::Drafts;
pub(crate) use history::StaticDocument;
pub(crate) use page::CasePage;
