//! Whether a document decides what was worked out by hand: its households, calculators and dates, and whether each of
//! its numbers could as well be another one. `anju test` and the tests of the documents that are built in ask here.

mod asked;
mod dates;
mod example;
mod figures;
mod lint;
mod notice;
mod printed;
mod proof;
mod shift;
mod text;

pub use self::{
    asked::{asked, median},
    dates::Dates,
    example::{Example, Expect},
    figures::{CalculatorExample, Figures},
    lint::lints,
    notice::Proposal,
    proof::Proof,
    text::Text,
};
pub use policies_compile::Problem;
