//! Days that concern whoever sent something: of their case, of its document's windows, of a lease; to be kept in a calendar.

mod file;
mod list;

use chrono::NaiveDate;
use policies::{
    calendar::{Due, WindowState, clock_due, timeline, window_in_force},
    model::{CaseKind, Clock, Stage},
};
use protocol::letter::Letter;

pub(crate) use list::Dates;
use ui::{place::Doc, typed::date};

/// A day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dated {
    /// Tells it from the others of the same case, whatever becomes of its date: a calendar then moves it.
    pub(crate) id: String,
    /// The day.
    pub(crate) on: NaiveDate,
    /// What it is, on the page.
    pub(crate) says: String,
    /// What it is, in a calendar that others see.
    pub(crate) what: What,
}

/// What a day is, without saying of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// From this day on something can be done.
    Opens,
    /// The last day to do something.
    LastDay,
    /// Something ends.
    Ends,
    /// Something is expected by then, and nothing is to be done.
    Expected,
}

/// The first or the last day of each window of a kind of case that is still to come.
pub(crate) fn of_windows(doc: Doc, case: CaseKind, today: NaiveDate) -> Vec<Dated> {
    let windows = doc.document().windows.iter().filter(|window| window.cases.contains(&case));
    let days = windows.flat_map(|window| {
        let day = |end: &str, on, says: &str, what| Dated {
            id: ["window.", &window.id, ".", end].concat(),
            on,
            says: format!("{}：{says}", window.label),
            what,
        };
        let opens = |on| day("from", on, "可以办的第一天", What::Opens);
        let closes = |on| day("until", on, "最后一天", What::LastDay);
        match window_in_force(doc.document(), window, today) {
            Some(WindowState::Open { until }) => vec![closes(until)],
            Some(WindowState::Closed { opens: from, until }) => vec![opens(from), closes(until)],
            _ => Vec::new(),
        }
    });
    days.collect()
}

/// What a stage's time means to the owner: the last day of what they have to do, or when the office is to be done.
pub(crate) fn of_stage(stage: &Stage, clock: &Clock, due: Due) -> Dated {
    let (says, what) = match (stage.yours, clock.at_least, clock.as_a_rule) {
        (true, false, false) => (format!("{}：最后一天", stage.label), What::LastDay),
        (_, true, _) => (format!("{}：至少到这一天", stage.label), What::Expected),
        (_, _, true) => (format!("{}：一般办到这一天，是估计", stage.label), What::Expected),
        (false, false, false) => (format!("{}：按规定办到这一天，是估计", stage.label), What::Expected),
    };
    Dated { id: ["stage.", &stage.id].concat(), on: due.last_day, says, what }
}

/// What the document's course expects of a case that was received on a day, as far as clocks alone lead.
pub(crate) fn of_course(doc: Doc, case: CaseKind, received: NaiveDate) -> Vec<Dated> {
    let Some(procedure) = doc.procedure(case) else { return Vec::new() };
    let course =
        timeline(doc.document(), procedure, received).into_iter().take_while(|expected| expected.firm);
    let days = course.filter_map(|expected| {
        let stage = procedure.stage(&expected.stage)?;
        Some(of_stage(stage, doc.document().clock_of(stage)?, expected.due?))
    });
    days.collect()
}

/// The last day of a request for corrections.
pub(crate) fn of_correction(by: NaiveDate, to: &str) -> Dated {
    let id = ["correction.", to].concat();
    Dated { id, on: by, says: "补正：最后一天".to_owned(), what: What::LastDay }
}

/// The end of a lease that a form asked for, and when the next request for it is due.
pub(crate) fn of_letter(doc: Doc, letter: &Letter) -> Vec<Dated> {
    let Letter::Form(form) = letter else { return Vec::new() };
    let Some(asked) = doc.document().form(form.kind) else { return Vec::new() };
    let answers =
        form.entries.iter().flat_map(|entry| entry.answers.iter().map(move |answer| (entry, answer)));
    let days = answers.filter_map(|(entry, answer)| {
        let field = asked.part(&entry.part)?.field(&answer.field)?;
        let clock = field.clock.as_ref().and_then(|id| doc.document().clock(id))?;
        let ends = date(&field.label, true, &answer.value, form.on).ok()?;
        Some(of_end(clock, ends))
    });
    days.flatten().collect()
}

fn of_end(clock: &Clock, ends: NaiveDate) -> [Dated; 2] {
    let counted = clock_due(clock, ends).last_day;
    let id = |part: &str| ["end.", &clock.id, ".", part].concat();
    let ask = if clock.at_least {
        Dated {
            id: id("ask"), on: counted, says: "再续租，最晚这天提交".to_owned(), what: What::LastDay
        }
    } else {
        Dated {
            id: id("ask"), on: counted, says: "再续租，这天起可以提交".to_owned(), what: What::Opens
        }
    };
    [ask, Dated { id: id("end"), on: ends, says: "现在的合同到期".to_owned(), what: What::Ends }]
}

/// Whether a form asks for a day that [`of_letter`] tells of.
pub(crate) fn asks_for_an_end(doc: Doc, case: CaseKind) -> bool {
    let form = doc.document().form(case);
    form.is_some_and(|form| {
        form.parts.iter().flat_map(|part| &part.fields).any(|field| field.clock.is_some())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(dates: &[Dated]) -> Vec<(String, String, What)> {
        dates.iter().map(|dated| (dated.id.clone(), dated.on.to_string(), dated.what)).collect()
    }

    #[test]
    fn a_window_has_a_first_and_a_last_day_until_it_is_open() {
        let doc = Doc::by_id("yongchuan-2019").unwrap();
        let of = |on: &str| {
            of_windows(doc, CaseKind::Renewal, day(on))
                .iter()
                .map(|one| one.on.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(of("2026-07-31"), ["2026-08-01", "2026-08-20"]);
        assert_eq!(of("2026-08-01"), ["2026-08-20"]);
        assert_eq!(of("2026-08-20"), ["2026-08-20"]);
        assert_eq!(of("2026-08-21"), ["2027-08-01", "2027-08-20"]);
        assert!(of_windows(doc, CaseKind::Objection, day("2026-08-01")).is_empty());
    }

    #[test]
    fn a_stage_is_a_last_day_for_whoever_acts_and_an_expectation_of_the_others() {
        let doc = Doc::by_id("yongshun-2023").unwrap().document();
        let procedure = doc.procedure(CaseKind::Application).unwrap();
        let what = |stage: &str| {
            let stage = procedure.stage(stage).unwrap();
            let clock = doc.clock_of(stage).unwrap();
            of_stage(stage, clock, clock_due(clock, day("2026-11-02"))).what
        };
        assert_eq!(
            [what("contract"), what("town_review"), what("publicity"), what("waiting")],
            [What::LastDay, What::Expected, What::Expected, What::Expected]
        );
    }

    #[test]
    fn a_lease_ends_and_is_asked_for_again_before() {
        let of = |document: &str, clock: &str| {
            let clock = Doc::by_id(document).unwrap().document().clock(clock).unwrap().clone();
            days(&of_end(&clock, day("2027-03-15")))
        };
        let told = |on: &str, what| (on.to_owned(), what);
        let of = |document, clock| {
            of(document, clock).into_iter().map(|(_, on, what)| (on, what)).collect::<Vec<_>>()
        };
        let ends = told("2027-03-15", What::Ends);
        assert_eq!(of("yongshun-2023", "renewal_ahead"), [told("2026-12-15", What::LastDay), ends.clone()]);
        assert_eq!(of("tiedong-2024", "renewal_window"), [told("2026-12-15", What::Opens), ends]);
    }
}
