//! `anju timeline`.

use std::fmt::{self, Write as _};

use chrono::NaiveDate;
use policies::{
    calendar::{self, WindowState},
    model::{CaseKind, Document, Procedure, Window},
};

use crate::{input, output};

pub(crate) fn run(document: &str, case: &str, on: NaiveDate) -> Result<(), String> {
    let document = input::document(document, Some(on))?.document();
    let kind: CaseKind = serde_json::from_value(serde_json::Value::String(case.to_owned()))
        .map_err(|e| format!("--case {case}: {e}"))?;
    let procedure =
        document.procedure(kind).ok_or_else(|| format!("{} has no procedure for `{case}`", document.id))?;
    let mut text = String::new();
    course(&mut text, document, procedure, on).map_err(|e| e.to_string())?;
    output::print(&text)
}

fn course(out: &mut String, document: &Document, procedure: &Procedure, on: NaiveDate) -> fmt::Result {
    writeln!(out, "{}：{}（{on} 收件）", document.place.name, procedure.label)?;
    let beyond = |day: NaiveDate| match document.valid_until {
        Some(ends) if day > ends => format!("（文件只管到 {ends}）"),
        _ => String::new(),
    };
    for expected in calendar::timeline(document, procedure, on) {
        let Some(stage) = procedure.stage(&expected.stage) else { continue };
        let clock = document.clock_of(stage);
        let due = expected.due.map_or_else(
            || "本文件未定时限".to_owned(),
            |due| {
                format!(
                    "{}{} {}{}{}",
                    if expected.firm { "" } else { "前面的环节不耽搁的话，" },
                    match clock {
                        Some(clock) if clock.at_least => "至少到",
                        Some(clock) if clock.as_a_rule => "一般不晚于",
                        _ => "最迟",
                    },
                    due.last_day,
                    if due.provisional { "（节假日未公布，暂算）" } else { "" },
                    beyond(due.last_day)
                )
            },
        );
        writeln!(out, "  {}（{}）　{}　{due}", stage.label, stage.cite.article, stage.by)?;
    }
    if procedure.no_papers.is_empty() {
        for paper in document.papers.iter().filter(|paper| paper.is_for(procedure.case)) {
            let some = !paper.categories.is_empty() || !paper.needed_if.is_empty();
            let perhaps = if some { "有的情况才要；" } else { "" };
            writeln!(out, "  ▷ 材料：{}（{perhaps}{}）", paper.label, paper.cite.article)?;
        }
    } else {
        writeln!(out, "  ▷ {}", procedure.no_papers)?;
    }
    for window in windows(document, procedure.case, on) {
        writeln!(out, "  ▷ {window}")?;
    }
    for bar in document.bars.iter().filter(|bar| bar.cases.contains(&procedure.case)) {
        let free = calendar::bar_free(bar, on);
        let (label, article) = (&bar.label, &bar.cite.article);
        writeln!(out, "  ▷ {label}（{article}）　如自 {on} 起算，{free} 起可再申请{}", beyond(free))?;
    }
    Ok(())
}

/// The filing windows and yearly due dates of a kind of case as they stand on a day, one a line.
pub(crate) fn windows(document: &Document, case: CaseKind, on: NaiveDate) -> Vec<String> {
    let line = |window: &Window| {
        let state = match calendar::window_in_force(document, window, on)? {
            WindowState::Open { until } => format!("开放中，{until} 截止"),
            WindowState::Closed { opens, until } if opens == until => format!("下次 {until}"),
            WindowState::Closed { opens, until } => format!("下次 {opens} 至 {until}"),
            WindowState::Over { ended } => format!("已于 {ended} 结束"),
            WindowState::Beyond { ends } => format!("文件只管到 {ends}，往后没有规定"),
        };
        Some(format!("{}（{}）　{state}", window.label, window.cite.article))
    };
    document.windows.iter().filter(|window| window.cases.contains(&case)).filter_map(line).collect()
}
