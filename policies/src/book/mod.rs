//! The documents that are embedded, the dictionary of facts, and the day on which each holds.

mod blob;
mod dictionary;
mod force;
mod plan;
mod rulebook;

#[cfg(all(feature = "embedded", feature = "compiler"))]
pub use self::rulebook::begin_with;
#[cfg(feature = "embedded")]
pub use self::rulebook::embedded;
#[cfg(feature = "trial")]
pub use self::rulebook::trial;
pub(crate) use self::{dictionary::Dictionary, force::label_year, plan::Reads};
pub use self::{
    force::{NoVerdict, no_verdict, not_in_force},
    rulebook::{Compiled, Rulebook, add_volume, rulebook, volumes},
};
