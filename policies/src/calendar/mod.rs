//! Working days, clocks, windows and bars: dates only, no clock is read here.
//!
//! Working days follow the State Council's yearly notices in `data/calendar.json`. For a year
//! without one, weekends and the holidays with a fixed date in the solar calendar (New Year's Day,
//! 1–2 May, 1–3 October) are rest days, and every result that leans on it says `provisional`.

#[cfg(feature = "whole")]
mod course;
#[cfg(feature = "whole")]
mod running;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::{
    book::rulebook,
    model::{Bar, Clock, Document, Roll, Unit, Window},
    units::date::day_of,
};

#[cfg(feature = "whole")]
pub use course::{Expected, ahead, timeline};
#[cfg(feature = "whole")]
pub use running::{Visits, running, waits_since};

/// The last day of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Last day on which the act is in time.
    pub last_day: NaiveDate,
    /// Whether a year without an official calendar was counted.
    pub provisional: bool,
}

/// Whether a day is a working day, and whether that is provisional.
///
/// ```
/// use policies::calendar::working_day;
/// let day = |text: &str| text.parse().unwrap();
/// assert_eq!(working_day(day("2026-02-14")), (true, false)); // a Saturday that is worked
/// assert_eq!(working_day(day("2026-02-16")), (false, false)); // a Monday in Spring Festival
/// assert_eq!(working_day(day("2031-05-01")), (false, true));
/// ```
pub fn working_day(day: NaiveDate) -> (bool, bool) {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let number = i32::try_from(day_of(day)).unwrap_or(i32::MAX);
    match rulebook().calendar().iter().find(|y| y.year == day.year()) {
        Some(year) => {
            let rests = year.holidays.binary_search(&number).is_ok();
            let works = year.makeup_workdays.binary_search(&number).is_ok();
            (works || !(weekend || rests), false)
        }
        None => {
            let fixed = matches!((day.month(), day.day()), (1, 1) | (5, 1 | 2) | (10, 1..=3));
            (!(weekend || fixed), true)
        }
    }
}

/// When a clock runs out. The day of the event is not counted; months and years end on the
/// corresponding date, or on the month's last day if there is none; a clock that rolls runs on to
/// the next working day (backwards: back to the one before).
///
/// ```
/// use policies::{calendar::clock_due, rulebook};
/// let document = rulebook().document("yongshun-2023").unwrap().document();
/// let clock = document.clocks.iter().find(|c| c.length == 15).unwrap();
/// let due = clock_due(clock, "2026-02-10".parse().unwrap());
/// assert!(!due.provisional);
/// ```
pub fn clock_due(clock: &Clock, start: NaiveDate) -> Due {
    let step = if clock.backwards { back } else { forth };
    let mut due = Due { last_day: start, provisional: false };
    match clock.unit {
        Unit::WorkingDays => {
            let mut left = clock.length;
            while left > 0 && due.last_day != NaiveDate::MAX && due.last_day != NaiveDate::MIN {
                due.last_day = step(due.last_day, 1);
                let (works, provisional) = working_day(due.last_day);
                due.provisional |= provisional;
                left = left.saturating_sub(u32::from(works));
            }
        }
        Unit::Days => due.last_day = step(start, u64::from(clock.length)),
        Unit::Months => due.last_day = months(start, clock.length, clock.backwards),
        Unit::Years => due.last_day = months(start, clock.length.saturating_mul(12), clock.backwards),
    }
    if clock.roll == Roll::NextWorkingDay {
        // No run of rest days is longer than a month.
        for _ in 0..31 {
            let (works, provisional) = working_day(due.last_day);
            due.provisional |= provisional;
            if works {
                break;
            }
            due.last_day = step(due.last_day, 1);
        }
    }
    due
}

/// When a clock runs out that leaves out days of publicity: as [`clock_due`], that many calendar
/// days later.
pub fn clock_due_beyond(clock: &Clock, start: NaiveDate, publicity_days: u32) -> Due {
    let due = clock_due(clock, start);
    Due { last_day: forth(due.last_day, u64::from(publicity_days)), ..due }
}

fn forth(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

fn months(day: NaiveDate, count: u32, backwards: bool) -> NaiveDate {
    if backwards {
        day.checked_sub_months(Months::new(count)).unwrap_or(NaiveDate::MIN)
    } else {
        day.checked_add_months(Months::new(count)).unwrap_or(NaiveDate::MAX)
    }
}

/// How a filing window stands on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum WindowState {
    /// Open, up to and including this day.
    Open {
        /// Last day.
        until: NaiveDate,
    },
    /// Closed; it opens on this day.
    Closed {
        /// First day of the next opening.
        opens: NaiveDate,
        /// Its last day.
        until: NaiveDate,
    },
    /// It was open once and will not open again.
    Over {
        /// Its last day.
        ended: NaiveDate,
    },
    /// It would open next only after the document's last day of force: the document gives no day.
    Beyond {
        /// The document's last day of force.
        ends: NaiveDate,
    },
}

/// How a window stands on a date. `None` only where its days are not days `MM-DD`, which the build
/// refuses.
pub fn window_on(window: &Window, on: NaiveDate) -> Option<WindowState> {
    let day = |year: i32, text: &str| {
        let (month, day) = text.split_once('-')?;
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
    };
    let state = |year: i32| {
        let (from, until) = (day(year, &window.from)?, day(year, &window.until)?);
        // A window may run over the end of the year.
        let until = if until < from { day(year.checked_add(1)?, &window.until)? } else { until };
        Some((from, until))
    };
    if let Some(year) = window.year {
        let (from, until) = state(year)?;
        return Some(if on < from {
            WindowState::Closed { opens: from, until }
        } else if on <= until {
            WindowState::Open { until }
        } else {
            WindowState::Over { ended: until }
        });
    }
    for year in [-1, 0, 1].map(|years: i32| on.year().saturating_add(years)) {
        let Some((from, until)) = state(year) else { continue };
        if on < from {
            return Some(WindowState::Closed { opens: from, until });
        }
        if on <= until {
            return Some(WindowState::Open { until });
        }
    }
    None
}

/// How a window of a document stands on a date: as [`window_on`], but never past the document's last
/// day of force.
pub fn window_in_force(document: &Document, window: &Window, on: NaiveDate) -> Option<WindowState> {
    let state = window_on(window, on)?;
    let Some(ends) = document.valid_until else { return Some(state) };
    Some(match state {
        WindowState::Open { .. } if on > ends => WindowState::Beyond { ends },
        WindowState::Open { until } => WindowState::Open { until: until.min(ends) },
        WindowState::Closed { opens, .. } if opens > ends => WindowState::Beyond { ends },
        WindowState::Closed { opens, until } => WindowState::Closed { opens, until: until.min(ends) },
        WindowState::Over { .. } | WindowState::Beyond { .. } => state,
    })
}

/// First day on which a bar no longer stands: the day after the anniversary of its event.
pub fn bar_free(bar: &Bar, start: NaiveDate) -> NaiveDate {
    forth(months(start, bar.years.saturating_mul(12), false), 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::model::{Cite, ExclusiveOf};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn clock(length: u32, unit: Unit) -> Clock {
        Clock {
            id: "c".into(),
            label: String::new(),
            says: String::new(),
            starts: String::new(),
            length,
            unit,
            roll: Roll::Stays,
            excludes: ExclusiveOf::Nothing,
            by: String::new(),
            backwards: false,
            at_least: false,
            as_a_rule: false,
            cite: Cite::default(),
        }
    }

    #[test]
    fn working_days_leave_out_holidays_and_count_makeup_days() {
        // 2026-02-13 is a Friday; the 14th is worked, 15–23 rest.
        let due = clock_due(&clock(2, Unit::WorkingDays), day("2026-02-13"));
        assert_eq!(due, Due { last_day: day("2026-02-24"), provisional: false });
    }

    #[test]
    fn a_year_without_a_calendar_is_provisional() {
        let due = clock_due(&clock(1, Unit::WorkingDays), day("2026-12-31"));
        assert_eq!(due, Due { last_day: day("2027-01-04"), provisional: true });
    }

    #[test]
    fn months_end_on_the_corresponding_date_or_the_last() {
        let six = clock(6, Unit::Months);
        assert_eq!(clock_due(&six, day("2025-08-31")).last_day, day("2026-02-28"));
        let backwards = Clock { backwards: true, ..clock(3, Unit::Months) };
        assert_eq!(clock_due(&backwards, day("2026-05-31")).last_day, day("2026-02-28"));
        assert_eq!(clock_due(&clock(2, Unit::Years), day("2024-02-29")).last_day, day("2026-02-28"));
    }

    #[test]
    fn publicity_rolls_to_the_next_working_day() {
        let seven = Clock { roll: Roll::NextWorkingDay, ..clock(7, Unit::Days) };
        // Ends on Saturday 2026-03-07.
        assert_eq!(clock_due(&seven, day("2026-02-28")).last_day, day("2026-03-09"));
        assert_eq!(clock_due_beyond(&clock(7, Unit::Days), day("2026-03-02"), 7).last_day, day("2026-03-16"));
    }

    #[test]
    fn windows() {
        let august = Window {
            id: "w".into(),
            label: String::new(),
            says: String::new(),
            from: "08-01".into(),
            until: "08-20".into(),
            year: None,
            by: String::new(),
            cases: Vec::new(),
            late: String::new(),
            cite: Cite::default(),
        };
        let open = WindowState::Open { until: day("2026-08-20") };
        assert_eq!(window_on(&august, day("2026-08-01")), Some(open));
        assert_eq!(window_on(&august, day("2026-08-20")), Some(open));
        let next = |y: &str| WindowState::Closed {
            opens: day(&format!("{y}-08-01")),
            until: day(&format!("{y}-08-20")),
        };
        assert_eq!(window_on(&august, day("2026-07-31")), Some(next("2026")));
        assert_eq!(window_on(&august, day("2026-08-21")), Some(next("2027")));
        let once = Window { year: Some(2021), ..august };
        assert_eq!(window_on(&once, day("2026-01-01")), Some(WindowState::Over { ended: day("2021-08-20") }));
    }

    #[test]
    fn a_bar_ends_the_day_after_its_anniversary() {
        let bar = Bar {
            id: "b".into(),
            label: String::new(),
            says: String::new(),
            starts: String::new(),
            years: 2,
            cases: Vec::new(),
            cite: Cite::default(),
        };
        assert_eq!(bar_free(&bar, day("2024-02-29")), day("2026-03-01"));
        assert_eq!(bar_free(&bar, day("2024-06-15")), day("2026-06-16"));
    }

    #[test]
    fn dates_at_the_end_of_time_do_not_panic() {
        for unit in [Unit::WorkingDays, Unit::Days, Unit::Months, Unit::Years] {
            let _ = clock_due(&clock(40, unit), NaiveDate::MAX);
            let _ = clock_due(&Clock { backwards: true, ..clock(40, unit) }, NaiveDate::MIN);
        }
    }
}
