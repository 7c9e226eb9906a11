//! Which letters are about the same flat, however people write its address. What was opened at this desk is remembered
//! while the key is there, and nowhere else: the server cannot compare what it cannot read.

mod flat;
mod known;

pub(crate) use flat::Flat;
pub(crate) use known::{About, Flats, FlatsAction};
