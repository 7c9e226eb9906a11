//! `anju clock`: a document's clock from a day, by the official working days.

use std::fmt::{self, Write as _};

use chrono::NaiveDate;
use policies::{
    calendar::{clock_due, working_day},
    model::{Clock, Document, Roll, Unit},
};

use crate::{input, output};

/// Works out a clock; without one, lists them.
pub(crate) fn run(document: &str, clock: Option<&str>, from: Option<&str>) -> Result<(), String> {
    let from = from.map(input::day).transpose()?;
    let document = input::document(document, from)?.document();
    let mut text = String::new();
    let written = match clock {
        None => document.clocks.iter().try_for_each(|clock| describe(&mut text, clock)),
        Some(id) => {
            let clock = document.clock(id).ok_or_else(|| {
                let all: Vec<_> = document.clocks.iter().map(|clock| clock.id.as_str()).collect();
                format!("{} has no clock `{id}`; there are {}", document.id, all.join(", "))
            })?;
            let from = from.ok_or("a day YYYY-MM-DD is wanted: the day from which it runs")?;
            work_out(&mut text, document, clock, from)
        }
    };
    written.map_err(|e| e.to_string())?;
    output::print(&text)
}

fn describe(out: &mut String, clock: &Clock) -> fmt::Result {
    writeln!(
        out,
        "{}　{}（{}）　自{}：{}",
        clock.id,
        clock.label,
        clock.cite.article,
        clock.starts,
        length(clock)
    )?;
    writeln!(out, "  {}", clock.says)
}

fn length(clock: &Clock) -> String {
    let unit = match clock.unit {
        Unit::WorkingDays => "个工作日",
        Unit::Days => "天",
        Unit::Months => "个月",
        Unit::Years => "年",
    };
    let way = if clock.backwards { "往前" } else { "" };
    format!("{way}{}{unit}", clock.length)
}

fn work_out(out: &mut String, document: &Document, clock: &Clock, from: NaiveDate) -> fmt::Result {
    let due = clock_due(clock, from);
    writeln!(out, "{}（{}）　{}", clock.label, clock.cite.article, clock.says)?;
    writeln!(out, "  {}：{from} {}，当天不算", clock.starts, weekday(from))?;
    writeln!(out, "  {}：{} {}", length(clock), due.last_day, weekday(due.last_day))?;
    if clock.unit == Unit::WorkingDays || clock.roll == Roll::NextWorkingDay {
        let (first, last) = if from < due.last_day { (from, due.last_day) } else { (due.last_day, from) };
        let between = || first.iter_days().skip(1).take_while(|day| *day <= last);
        let weekend = |day: &NaiveDate| matches!(weekday(*day), "星期六" | "星期日");
        let listed =
            |days: Vec<NaiveDate>| days.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        let rests: Vec<_> = between().filter(|day| !weekend(day) && !working_day(*day).0).collect();
        let works: Vec<_> = between().filter(|day| weekend(day) && working_day(*day).0).collect();
        for (days, what) in [(rests, "放假，不算"), (works, "调休上班，算")] {
            if !days.is_empty() {
                writeln!(out, "  {}：{what}", listed(days))?;
            }
        }
    }
    if due.provisional {
        writeln!(out, "  有一年的节假日还没有公布，日期是暂算的。")?;
    }
    if document.valid_until.is_some_and(|ends| due.last_day > ends) {
        writeln!(out, "  文件只管到 {}。", document.valid_until.unwrap_or_default())?;
    }
    Ok(())
}

fn weekday(day: NaiveDate) -> &'static str {
    const NAMES: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
    let at = usize::try_from(chrono::Datelike::weekday(&day).num_days_from_monday()).unwrap_or_default();
    NAMES.get(at).copied().unwrap_or_default()
}
