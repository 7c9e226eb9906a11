//! Dates as numbers of days, and as people read them.

use chrono::{Datelike, NaiveDate};

pub(crate) use crate::model::date::{date_of, day_of, moved};

/// `2024年3月1日`.
pub fn chinese_date(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
