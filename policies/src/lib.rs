//! The rulebook of Anju: public rental housing documents as data, and one engine that decides from
//! them in the browser, on the edge and natively.
//!
//! No I/O, no clock, no browser: dates are arguments. Money is integer fen, area integer 0.01 m².

pub mod assessment;
pub mod household;
pub mod model;
