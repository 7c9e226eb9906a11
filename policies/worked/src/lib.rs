//! What tests of a rulebook share: its worked examples, households near the lines that its conditions draw, and a
//! place that exists in tests alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod near;
mod shelf;
mod sixth;

pub use self::{
    near::{Near, one_of, samples, value},
    shelf::{Shelf, embedded},
    sixth::{SIXTH, with_sixth},
};
pub use policies_prove::{CalculatorExample, Example, Proof, Text, asked, median};
