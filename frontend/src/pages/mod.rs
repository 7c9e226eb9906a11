//! One module a page.

mod about;
pub mod apply;
mod calculate;
pub mod check;
mod guide;
mod home;
mod not_found;
mod place;
mod sent;
mod services;
mod status;
mod tip;

pub use about::{About, Forget};
pub use apply::Apply;
pub use calculate::Calculate;
pub use check::{Check, CheckResult};
pub use guide::Guide;
pub use home::Home;
pub use not_found::{NotFound, UnknownPlace};
pub use place::Place;
pub use sent::{Sent, WaitingNote};
pub use status::Status;
pub use tip::Tip;

use yew::prelude::*;

/// Every page under `/:place`.
#[derive(Clone, Debug, PartialEq, Eq, Properties)]
pub struct PlaceProps {
    /// Place id from the address; may be one nobody knows.
    pub place: AttrValue,
}
