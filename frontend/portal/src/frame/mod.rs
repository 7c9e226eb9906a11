//! What surrounds every page of the portal: shell, links between pages, trails, pages that are not there.

mod button_link;
mod glance;
#[cfg(feature = "whole")]
mod keeps_nothing;
mod link;
mod not_found;
mod opened;
mod place_trail;
mod shell;
mod waiting_note;
#[cfg(feature = "whole")]
mod with_document;

pub(crate) use button_link::ButtonLink;
pub(crate) use glance::{row, see, whom};
#[cfg(feature = "whole")]
pub(crate) use keeps_nothing::KeepsNothing;
pub(crate) use link::Go;
pub(crate) use not_found::{NotFound, UnknownPlace};
pub(crate) use opened::Opened;
#[cfg(feature = "whole")]
pub(crate) use place_trail::HomeTrail;
pub(crate) use place_trail::PlaceTrail;
pub(crate) use shell::Shell;
pub(crate) use waiting_note::WaitingNote;
#[cfg(feature = "whole")]
pub(crate) use with_document::WithDocument;

use yew::prelude::*;

/// Every page under `/:place`.
#[derive(Clone, Debug, PartialEq, Eq, Properties)]
pub(crate) struct PlaceProps {
    /// Place id from the address; may be one nobody knows.
    pub(crate) place: AttrValue,
}
