//! A calendar file (RFC 5545): whole days with an alarm and an id that stays. A family's calendar is shared, so that it says no
//! more than that there is something to look up.

use chrono::{DateTime, NaiveDate};
use ics::{
    Alarm, Event, ICalendar,
    parameters::Value,
    properties::{Class, Description, DtEnd, DtStart, Summary, Transp, Trigger},
};
use protocol::hash::sha256_hex;

use super::{Dated, What};

/// What the file is called.
pub(super) const NAME: &str = "日程.ics";
/// What it is.
pub(super) const TYPE: &str = "text/calendar;charset=utf-8";

/// Where to look, in a calendar that others see. Short: a longer line would be folded.
const WHERE: &str = "详情请打开安居网站的“查询进度”。";

/// The file, for some days of a case, made at a moment (Unix seconds).
pub(super) fn calendar(case: &str, dates: &[Dated], now: u64) -> String {
    let mut calendar = ICalendar::new("2.0", "-//Anju//ZH-CN");
    let stamp = i64::try_from(now).ok().and_then(|now| DateTime::from_timestamp(now, 0)).unwrap_or_default();
    let stamp = stamp.format("%Y%m%dT%H%M%SZ").to_string();
    for dated in dates {
        calendar.add_event(event(case, dated, stamp.clone()));
    }
    calendar.to_string()
}

fn event(case: &str, dated: &Dated, stamp: String) -> Event<'static> {
    let title = title(dated.what);
    let mut event = Event::new(uid(case, dated), stamp);
    event.push(whole_day(DtStart::new(basic(dated.on))));
    let mut end = DtEnd::new(basic(dated.on.succ_opt().unwrap_or(dated.on)));
    end.add(Value::DATE);
    event.push(end);
    event.push(Summary::new(title));
    event.push(Description::new(WHERE));
    event.push(Class::new("PRIVATE"));
    event.push(Transp::new("TRANSPARENT"));
    for trigger in alarms(dated.what) {
        event.add_alarm(Alarm::display(Trigger::new(*trigger), Description::new(title)));
    }
    event
}

fn whole_day(mut start: DtStart<'static>) -> DtStart<'static> {
    start.add(Value::DATE);
    start
}

/// The same for the same day of the same case, also when its date has moved; nobody learns from it whose it is.
fn uid(case: &str, dated: &Dated) -> String {
    let hash = sha256_hex([case, "|", &dated.id].concat().as_bytes());
    [hash.get(..32).unwrap_or(&hash), "@anju"].concat()
}

/// What is seen in the calendar.
const fn title(what: What) -> &'static str {
    match what {
        What::Opens => "安居：今天起可以办",
        What::LastDay => "安居：今天是最后一天",
        What::Ends => "安居：今天到期",
        What::Expected => "安居：看看进度（估计的日子）",
    }
}

/// When to call, from the beginning of the day: three days before and on the day itself, at nine.
const fn alarms(what: What) -> &'static [&'static str] {
    match what {
        What::LastDay => &["-P2DT15H", "PT9H"],
        What::Opens | What::Ends | What::Expected => &["PT9H"],
    }
}

fn basic(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;

    use icalendar::parser::{Component, read_calendar, unfold};

    use super::*;

    const CASE: &str = "00112233445566778899aabbccddeeff";

    fn dated(id: &str, on: &str, what: What) -> Dated {
        Dated { id: id.into(), on: on.parse().unwrap(), says: "测试甲的补正".into(), what }
    }

    /// A component as another library reads it than the one that writes: its properties and the components in it.
    struct Read {
        told: BTreeMap<String, String>,
        parameters: Vec<String>,
        inside: Vec<Read>,
    }

    impl Read {
        fn of(component: &Component<'_>) -> Self {
            let properties = component.properties.iter();
            let told =
                properties.clone().map(|one| (one.name.as_str().to_owned(), one.val.as_str().to_owned()));
            let parameters = properties.flat_map(|one| &one.params).map(|parameter| {
                let value = parameter.val.as_ref().map_or("", |value| value.as_str());
                format!("{}={value}", parameter.key.as_str())
            });
            let inside = component.components.iter().map(Self::of).collect();
            Self { told: told.collect(), parameters: parameters.collect(), inside }
        }
    }

    fn read(text: &str) -> Vec<Read> {
        let unfolded = unfold(text);
        let calendar = read_calendar(&unfolded).unwrap();
        calendar.components.iter().map(Read::of).collect()
    }

    fn all() -> Vec<Dated> {
        vec![
            dated("a", "2026-12-11", What::LastDay),
            dated("b", "2026-12-31", What::Opens),
            dated("c", "2028-02-29", What::Ends),
            dated("d", "2027-01-04", What::Expected),
        ]
    }

    #[test]
    fn every_day_is_a_whole_day_with_its_alarms() {
        let events = read(&calendar(CASE, &all(), 1_795_234_567));
        let day =
            |event: &Read| (event.told["DTSTART"].clone(), event.told["DTEND"].clone(), event.inside.len());
        let expected = |from: &str, until: &str, alarms| (from.to_owned(), until.to_owned(), alarms);
        assert_eq!(
            events.iter().map(day).collect::<Vec<_>>(),
            [
                expected("20261211", "20261212", 2),
                expected("20261231", "20270101", 1),
                expected("20280229", "20280301", 1),
                expected("20270104", "20270105", 1),
            ]
        );
        for event in &events {
            assert_eq!(event.parameters, ["VALUE=DATE", "VALUE=DATE"]);
            assert_eq!(event.told["DTSTAMP"], "20261121T041607Z");
            for Read { told, .. } in &event.inside {
                assert_eq!(told["ACTION"], "DISPLAY");
                assert!(told.contains_key("TRIGGER") && told.contains_key("DESCRIPTION"));
            }
        }
    }

    #[test]
    fn an_id_stays_while_the_date_moves_and_is_nobody_elses() {
        let uid = |case: &str, id: &str, on: &str| {
            let text = calendar(case, &[dated(id, on, What::LastDay)], 0);
            read(&text).first().unwrap().told["UID"].clone()
        };
        let one = uid(CASE, "a", "2026-12-11");
        assert_eq!(one, uid(CASE, "a", "2027-01-01"));
        assert!(one != uid(CASE, "b", "2026-12-11") && one != uid("ff", "a", "2026-12-11"));
    }

    #[test]
    fn a_shared_calendar_tells_nothing_of_the_case() {
        let text = calendar(CASE, &all(), 0);
        for secret in [CASE, "测试甲", "补正", "申请", "公租房", "举报"] {
            assert!(!text.contains(secret), "{secret}");
        }
        assert!(text.contains("估计") && text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split("\r\n") {
            assert!(line.len() <= 75 && !line.contains('\n'), "{} octets: {line}", line.len());
        }
    }
}
