//! Households from bytes: one as JSON, many as JSON lines or CSV.

mod one;
mod rows;

pub use one::{decoded, lines, understood};
pub use rows::{Failure, Rows, csv, json_lines};
