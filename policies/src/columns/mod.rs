//! Many households under one document on one day: verdict and amount only, 64 at a time.

mod blocks;
mod decider;
mod quantity;
mod table;
mod verdict;

pub use self::{
    decider::Decider,
    table::Table,
    verdict::{HouseholdRow, Verdict},
};
