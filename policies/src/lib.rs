//! The rulebook of Anju: public rental housing documents as data, and one engine that decides from
//! them in the browser, on the edge and natively.
//!
//! No I/O, no clock, no browser: dates are arguments. Money is integer fen, area integer 0.01 m².

pub mod area;
mod assess;
pub mod assessment;
mod blob;
mod blocks;
mod calculate;
pub mod calendar;
mod changes;
#[cfg(feature = "compiler")]
pub mod compile;
mod decide;
mod decider;
mod error;
mod eval;
mod explain;
mod first_day;
pub mod household;
pub mod identity;
pub mod iso;
pub mod model;
pub mod money;
mod order;
mod plan;
pub mod program;
mod questions;
mod record;
mod rulebook;
mod slots;
mod table;
mod text;
mod whole;

pub use assess::{assess, no_verdict, not_in_force, papers};
pub use assessment::{Answer, Assessment, NoVerdict, Outcome};
pub use calculate::{Calculation, Figure, calculate};
pub use decider::{Decider, Row64, Verdict};
pub use error::{FactError, FactFault};
pub use household::{Household, Value};
pub use record::{Record, Replay};
pub use rulebook::{Compiled, Rulebook, embedded, rulebook};
pub use table::Table;
pub use text::{format_value, parse_value};
