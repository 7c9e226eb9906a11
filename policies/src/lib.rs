//! The rulebook of Anju: public rental housing documents as data, and one engine that decides from
//! them in the browser, on the edge and natively.
//!
//! No I/O, no clock, no browser: dates are arguments. Money is integer fen, area integer 0.01 m².
//!
//! Rooms, each using only those before it: `fault` and `units`, `program` (what a condition gives), `book` (what is
//! embedded), `facts` (what is known of a household), `assess` and `columns` (one household with reasons, many without),
//! `calendar`, `calculate`. `tests/rooms.rs` holds the order.

mod assess;
mod book;
mod calculate;
pub mod calendar;
mod columns;
mod facts;
mod fault;
pub mod program;
mod units;

#[cfg(feature = "compiler")]
pub use policies_compile as compile;
pub use policies_model as model;

#[cfg(feature = "trial")]
pub use self::book::trial;
pub use self::{
    assess::{
        Record, Replay, assess,
        assessment::{self, Assessment},
        papers,
    },
    book::{Compiled, NoVerdict, Rulebook, embedded, no_verdict, not_in_force, rulebook},
    calculate::{Calculation, Figure, calculate},
    columns::{Decider, HouseholdRow, Table, Verdict},
    facts::{Household, Value, format_value, household, identity, parse_value},
    fault::{FactError, FactFault},
    model::iso,
    program::{Answer, Outcome},
    units::{area, date::chinese_date, money},
};
