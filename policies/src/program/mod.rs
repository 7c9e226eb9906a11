//! The typed program of a document: what it is (`policies-model` says), and what it decides of a household's values.

mod answer;
mod decide;
mod eval;

pub use policies_model::{literals::Place, program::*};

pub use self::answer::{Answer, Outcome};
pub(crate) use self::{
    answer::{Standing, Weighed},
    eval::{Fraction, Known},
};
