//! When something can be handed in: each window that concerns residents, as it stands on a day. Every page tells it by this.

use chrono::{Datelike, NaiveDate};
use policies::{
    calendar::{WindowState, window_in_force},
    model::{CaseKind, Window},
};
use yew::prelude::*;

use crate::frame::row;
use ui::{components::Notice, place::Doc, words::date_words};

/// The windows of a kind of case, or of any, in the document's order, each with how it stands.
fn windows(doc: Doc, of: Option<CaseKind>, on: NaiveDate) -> Vec<(&'static Window, WindowState)> {
    let document = doc.document();
    let concerned = document.windows.iter().filter(|window| match of {
        Some(case) => window.cases.contains(&case),
        None => !window.cases.is_empty(),
    });
    concerned.filter_map(|window| Some((window, window_in_force(document, window, on)?))).collect()
}

/// Whether this year's days are over, and the next ones are those of another year.
fn is_missed(state: WindowState, on: NaiveDate) -> bool {
    match state {
        WindowState::Closed { opens, .. } => opens.year() > on.year(),
        WindowState::Over { .. } => true,
        WindowState::Open { .. } | WindowState::Beyond { .. } => false,
    }
}

/// How a window stands, in a line.
fn window_now(state: WindowState, on: NaiveDate) -> String {
    let missed = if is_missed(state, on) { "今年的已经过了，下次 " } else { "" };
    match state {
        WindowState::Open { until } => format!("现在可以交，到 {} 为止", date_words(until)),
        WindowState::Closed { opens, until } => {
            format!("{missed}{} 开始，到 {} 为止", date_words(opens), date_words(until))
        }
        WindowState::Over { ended } => format!("已经过了，到 {} 为止", date_words(ended)),
        WindowState::Beyond { .. } => "文件到期，下次没有写".to_owned(),
    }
}

/// The same as rows of what answers at a glance.
pub(crate) fn window_rows(doc: Doc, of: Option<CaseKind>, on: NaiveDate) -> Html {
    let told = glance(doc, of, on).into_iter();
    told.map(|(label, now)| row(label, html! { <span data-test="window">{ now }</span> })).collect()
}

/// Each window at a glance: what it is for, and how it stands.
fn glance(doc: Doc, of: Option<CaseKind>, on: NaiveDate) -> Vec<(&'static str, String)> {
    let told = windows(doc, of, on).into_iter();
    told.map(|(window, state)| (window.label.as_str(), window_now(state, on))).collect()
}

/// The windows of a kind of case, or of any, with what to do who comes late; nothing where the document has none.
pub(crate) fn when(doc: Doc, of: Option<CaseKind>, on: NaiveDate) -> Html {
    let windows = windows(doc, of, on);
    if windows.is_empty() {
        return Html::default();
    }
    html! {
        <Notice title="什么时候办" test="when">
            for (window, state) in windows {
                <p data-test={format!("window-{}", window.id)}>
                    { format!("{}：{}（{}）。", window.label, window_now(state, on), window.cite.article) }
                    if is_missed(state, on) { { &window.late } }
                </p>
            }
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told(document: &str, case: CaseKind, on: &str) -> Vec<String> {
        let on = on.parse().unwrap();
        let windows = windows(Doc::by_id(document).unwrap(), Some(case), on);
        windows.into_iter().map(|(_, state)| window_now(state, on)).collect()
    }

    #[test]
    fn a_window_is_told_by_the_day() {
        for (on, words) in [
            ("2026-07-31", "2026年8月1日 开始，到 2026年8月20日 为止"),
            ("2026-08-01", "现在可以交，到 2026年8月20日 为止"),
            ("2026-08-20", "现在可以交，到 2026年8月20日 为止"),
            ("2026-08-21", "今年的已经过了，下次 2027年8月1日 开始，到 2027年8月20日 为止"),
            ("2026-12-31", "今年的已经过了，下次 2027年8月1日 开始，到 2027年8月20日 为止"),
            ("2027-01-01", "2027年8月1日 开始，到 2027年8月20日 为止"),
        ] {
            assert_eq!(told("yongchuan-2019", CaseKind::Renewal, on), [words], "{on}");
        }
        assert_eq!(
            told("tiedong-2024", CaseKind::ChangeReport, "2026-12-01"),
            ["现在可以交，到 2026年12月31日 为止"]
        );
        assert!(told("yongshun-2023", CaseKind::Application, "2026-08-01").is_empty());
    }

    /// A month for telling of changes is not taken for one in which alone something can be asked for.
    #[test]
    fn at_a_glance_a_window_says_what_it_is_for() {
        let doc = Doc::by_id("tiedong-2024").unwrap();
        for (on, now) in [
            ("2026-11-20", "2026年12月1日 开始，到 2026年12月31日 为止"),
            ("2026-12-01", "现在可以交，到 2026年12月31日 为止"),
        ] {
            let told = glance(doc, None, on.parse().unwrap());
            assert_eq!(told, [("每年12月要报一次变动（平时有变化随时报）", now.to_owned())], "{on}");
        }
    }

    #[test]
    fn whoever_is_late_is_told_what_to_do_and_nobody_else() {
        let doc = Doc::by_id("yongchuan-2019").unwrap();
        for (on, late) in [("2026-07-20", false), ("2026-08-10", false), ("2026-08-25", true)] {
            let on = on.parse().unwrap();
            let told = windows(doc, Some(CaseKind::Renewal), on);
            assert!(told.iter().all(|(window, _)| !window.late.is_empty()));
            assert!(told.iter().all(|(_, state)| is_missed(*state, on) == late), "{on}");
        }
    }
}
