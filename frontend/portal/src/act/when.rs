//! When a form is to be handed in, counted back from a day that it asks for (合同到期).

use chrono::NaiveDate;
use policies::{
    calendar::clock_due,
    model::{Clock, FormField},
};
use yew::prelude::*;

use ui::{
    components::{Cited, Notice, Tone},
    place::Doc,
    typed::date,
    words::date_words,
};

/// How handing in stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// By this day, which is not over.
    By(NaiveDate),
    /// It should have been by this day.
    Late(NaiveDate),
    /// From the first day to the last, both included: it is time.
    Open(NaiveDate, NaiveDate),
    /// The same, not yet.
    Early(NaiveDate, NaiveDate),
    /// The same, over.
    Over(NaiveDate, NaiveDate),
}

/// As the clock has it: at least so long before the event or, where it names the most, from then until the event.
fn standing(clock: &Clock, event: NaiveDate, on: NaiveDate) -> Standing {
    let counted = clock_due(clock, event).last_day;
    if clock.at_least {
        return if on <= counted { Standing::By(counted) } else { Standing::Late(counted) };
    }
    if on < counted {
        Standing::Early(counted, event)
    } else if on <= event {
        Standing::Open(counted, event)
    } else {
        Standing::Over(counted, event)
    }
}

impl Standing {
    fn words(self) -> String {
        let span = |from, until| format!("{}到{}，头尾两天都算", date_words(from), date_words(until));
        match self {
            Self::By(day) => format!("最晚 {} 提交，今天还来得及。", date_words(day)),
            Self::Late(day) => {
                format!(
                    "应当最晚 {} 提交，已经过了。晚了会怎样，请问窗口；照样可以提交，由窗口定。",
                    date_words(day)
                )
            }
            Self::Open(from, until) => format!("申请的日子是{}，今天在里面。", span(from, until)),
            Self::Early(from, until) => {
                format!("申请的日子是{}，今天还没到。可以先写好，到那天再提交。", span(from, until))
            }
            Self::Over(from, until) => {
                format!(
                    "申请的日子是{}，已经过了。请先打电话问窗口；照样可以提交，由窗口定。",
                    span(from, until)
                )
            }
        }
    }

    fn is_timely(self) -> bool {
        matches!(self, Self::By(_) | Self::Open(..))
    }
}

/// What a date that was typed says of the time to hand in; nothing where it is no date yet or has no clock.
pub(super) fn when(doc: Doc, field: &FormField, typed: &str, on: NaiveDate) -> Html {
    let clock = field.clock.as_ref().and_then(|id| doc.document().clock(id));
    let Some((clock, event)) = clock.zip(date(&field.label, true, typed, on).ok()) else {
        return Html::default();
    };
    let standing = standing(clock, event, on);
    let tone = if standing.is_timely() { Tone::Info } else { Tone::Warning };
    html! {
        <Notice {tone} live=true test="act-when">
            <p>{ standing.words() }</p>
            <Cited {doc} cite={clock.cite.clone()} />
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told(document: &str, clock: &str, on: &str) -> (Standing, bool) {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let clock = Doc::by_id(document).unwrap().document().clock(clock).unwrap();
        let standing = standing(clock, day("2027-03-15"), day(on));
        (standing, standing.is_timely())
    }

    #[test]
    fn a_renewal_at_least_three_months_ahead_is_late_on_the_day_after() {
        let latest = "2026-12-15".parse().unwrap();
        assert_eq!(told("yongshun-2023", "renewal_ahead", "2026-12-15"), (Standing::By(latest), true));
        assert_eq!(told("yongshun-2023", "renewal_ahead", "2026-12-16"), (Standing::Late(latest), false));
    }

    #[test]
    fn a_renewal_within_the_last_three_months_has_a_first_and_a_last_day() {
        let (from, until) = ("2026-12-15".parse().unwrap(), "2027-03-15".parse().unwrap());
        for (on, standing, timely) in [
            ("2026-12-14", Standing::Early(from, until), false),
            ("2026-12-15", Standing::Open(from, until), true),
            ("2027-03-15", Standing::Open(from, until), true),
            ("2027-03-16", Standing::Over(from, until), false),
        ] {
            assert_eq!(told("tiedong-2024", "renewal_window", on), (standing, timely), "{on}");
        }
    }
}
