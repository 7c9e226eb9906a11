//! The rulebook of Anju: public rental housing documents as data, and one engine that decides from
//! them in the browser, on the edge and natively.
//!
//! No I/O, no clock, no browser: dates are arguments. Money is integer fen, area integer 0.01 m².
//!
//! Rooms, each using only those before it: `fault` and `units`, `program` (what a condition gives), `book` (what is
//! embedded), `facts` (what is known of a household), `assess` and `columns` (one household with reasons, many without), `margin` (its distance from a line, in words),
//! `calendar`, `calculate`. `tests/rooms.rs` holds the order.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing))]

mod assess;
mod book;
#[cfg(feature = "whole")]
mod calculate;
pub mod calendar;
mod columns;
mod facts;
mod fault;
mod margin;
pub mod program;
mod units;

#[cfg(feature = "compiler")]
pub use policies_compile as compile;
pub use policies_model as model;

#[cfg(feature = "whole")]
pub use self::assess::{Among, Scored, ScoredItem, amount_steps, assess_among, is_asked, score, turns};
#[cfg(all(feature = "embedded", feature = "compiler"))]
pub use self::book::begin_with;
#[cfg(feature = "embedded")]
pub use self::book::embedded;
#[cfg(feature = "trial")]
pub use self::book::trial;
#[cfg(feature = "whole")]
pub use self::calculate::{Calculation, Figure, calculate};
pub use self::{
    assess::{
        Preferred, Record, Replay, assess,
        assessment::{self, Assessment},
        papers, priorities, unknown_in,
    },
    book::{Compiled, NoVerdict, Rulebook, add_volume, no_verdict, not_in_force, rulebook, volumes},
    columns::{Decider, HouseholdRow, Table, Verdict},
    facts::{Household, Value, format_value, household, identity, parse_value},
    fault::{FactError, FactFault},
    margin::{MarginWords, margin_words},
    model::iso,
    program::{Answer, Outcome},
    units::{area, date::chinese_date, money, seen},
};
