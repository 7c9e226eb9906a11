//! The one place where the tests read the clock.
#![allow(clippy::disallowed_methods, reason = "the tests are an outer shell")]

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate};

/// Unix seconds.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Today in China, as the portal reckons: UTC and eight hours.
///
/// # Errors
/// When the machine's clock is out of range.
pub fn today() -> Result<NaiveDate> {
    let seconds = i64::try_from(now())? + 8 * 3600;
    Ok(DateTime::from_timestamp(seconds, 0).context("clock")?.date_naive())
}
