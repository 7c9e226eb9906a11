//! The rows of a list, cell by cell: what each tells, what is wrong with it and where it stands in the table it came from.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::{
    model::{FactKind, FieldKind, Roster, RosterColumn},
    parse_value,
    seen::visible,
};
use ui::roster::fact_of;

use crate::act::list::{ListDraft, MemberDraft};
use crate::typed::{answer, missing};

/// A person of the list as it would be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Which person of the draft.
    pub(super) key: u32,
    /// What the cells tell, in the order of the columns; empty: nothing, or what is wrong.
    pub(super) cells: Vec<String>,
    /// What is wrong, in the order of the columns.
    pub(super) faults: Vec<CellFault>,
}

/// Something wrong in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CellFault {
    /// The column, by id.
    pub(super) column: &'static str,
    /// Where it is: `第 7 行 C 列 身份证号`, or `第 3 位职工 身份证号`.
    pub(super) place: String,
    /// What to do.
    pub(super) says: String,
}

/// Every line of a list, with whoever is on it twice.
pub(super) fn lines(roster: &'static Roster, list: &ListDraft, on: NaiveDate) -> Vec<Line> {
    let number = roster.of_kind(&FieldKind::IdNumber);
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut lines = Vec::with_capacity(list.members.len());
    for (n, member) in (1_usize..).zip(&list.members) {
        let mut line = Line { key: member.key, cells: Vec::new(), faults: Vec::new() };
        for column in &roster.columns {
            let read = cell(column, member.cell(&column.id), on).and_then(|told| {
                let twice = number.filter(|number| number.id == column.id).and_then(|_| seen.get(&told));
                match twice {
                    Some(before) => Err(format!("和{before}是同一个人，请删掉一个。")),
                    None => Ok(told),
                }
            });
            line.cells.push(match read {
                Ok(told) => told,
                Err(says) => {
                    let place = place(roster, list, member, n, column);
                    line.faults.push(CellFault { column: &column.id, place, says });
                    String::new()
                }
            });
        }
        let told = number.and_then(|number| {
            let place = roster.columns.iter().position(|column| column.id == number.id)?;
            line.cells.get(place).filter(|told| !told.is_empty()).cloned()
        });
        if let Some(told) = told {
            seen.insert(told, whereabouts(roster, list, member, n, ""));
        }
        lines.push(line);
    }
    lines
}

fn place(roster: &Roster, list: &ListDraft, member: &MemberDraft, n: usize, column: &RosterColumn) -> String {
    [&whereabouts(roster, list, member, n, &column.id), " ", &column.label].concat()
}

/// Where a person stands: the row of the table, with the column where it has one, or the number on this page.
fn whereabouts(roster: &Roster, list: &ListDraft, member: &MemberDraft, n: usize, column: &str) -> String {
    match list.place(member, column) {
        Some((row, Some(letters))) => format!("第 {row} 行 {letters} 列"),
        Some((row, None)) => format!("第 {row} 行"),
        None => format!("第 {n} {}", roster.each),
    }
}

/// What a cell tells as it is sent; empty: nothing.
///
/// # Errors
/// How to mend it.
pub(super) fn cell(column: &RosterColumn, typed: &str, on: NaiveDate) -> Result<String, String> {
    let typed = visible(typed);
    if typed.starts_with('#') && typed.ends_with(['!', 'A', '?']) {
        return Err(format!("这一格的公式算错了（{typed}），请直接填写内容。"));
    }
    if let Some(fact) = fact_of(column) {
        if typed.is_empty() {
            return Ok(String::new());
        }
        return match (parse_value(fact, &typed, on), &fact.kind) {
            (Ok(value), _) => Ok(ui::typed::text(fact, &value)),
            (Err(_), FactKind::Choice { choices }) => {
                let all: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
                Err(format!("“{typed}”认不出来。只能填下面一种：{}。", all.join("；")))
            }
            (Err(wrong), _) => Err(wrong.message),
        };
    }
    let Some(kind) = &column.kind else { return Ok(String::new()) };
    if matches!(kind, FieldKind::IdNumber | FieldKind::Phone | FieldKind::CreditCode) && is_rounded(&typed) {
        return Err(format!(
            "“{typed}”不是原来的号码：表格软件把它当成数字，后几位已经丢了，找不回来。请把这一列设成“文本”格式，照证件重新填这个号码。"
        ));
    }
    let told = answer(kind, &column.label, &typed, on)?;
    if told.is_empty() && !column.optional { Err(missing(kind, &column.label)) } else { Ok(told) }
}

/// Whether a table program has made a rounded number of what was typed: `1.1E+17`.
fn is_rounded(typed: &str) -> bool {
    let narrow: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    let Some((mantissa, exponent)) = narrow.split_once(['E', 'e']) else { return false };
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits(mantissa) && digits(exponent.trim_start_matches('+'))
}
