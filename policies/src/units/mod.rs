//! Money, area and dates: as people write them, and as the whole numbers that are reckoned with.

pub mod area;
pub(crate) mod date;
pub(crate) mod decimal;
pub mod money;
pub(crate) mod order;
pub mod seen;
