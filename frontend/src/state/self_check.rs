//! The self-check as a reducer.
