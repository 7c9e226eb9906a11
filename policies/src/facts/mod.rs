//! What is known of a household: typed, checked, laid out by slot, and shown again.

mod day;
pub mod household;
pub mod identity;
mod lay_out;
mod range;
mod shown;
mod typed;

pub use self::{
    household::{Household, Value},
    shown::format_value,
    typed::parse_value,
};
pub(crate) use self::{
    lay_out::fill,
    range::{number, value},
};
