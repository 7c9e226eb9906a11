//! Amounts out of a spreadsheet: a table keyed by facts, pasted with commas or tabs, becomes rows of its benefit.
//!
//! One key may be a number in bands (`1-2`, `3+`, `<2000`, `>=2000 <3000`); the others are choices and yes/no facts, told
//! by their ids or by what residents read. Bands of one group leave nothing out between them, and the last one needs no
//! bound where it reaches to the end: so a number that is unknown widens the sum no further than it must.

use std::collections::BTreeMap;

use super::{
    Dictionary, Problem,
    similar::similar,
    source::{Source, Step},
};
use policies_model::{BenefitRow, Document, Fact, FactKind, Pays, Scope, decimal::hundredths};

/// Heads over the amount.
const AMOUNT: [&str; 3] = ["元", "yuan", "金额"];

/// Adds the rows of every table to its benefit.
pub(super) fn expand(
    source: &Source<'_>,
    document: &mut Document,
    dictionary: &Dictionary,
    problems: &mut Vec<Problem>,
) {
    for (i, benefit) in document.benefits.iter_mut().enumerate() {
        if benefit.table.trim().is_empty() {
            continue;
        }
        let path = [Step::Key("benefits"), Step::At(i), Step::Key("table")];
        match rows(&benefit.table, dictionary) {
            Ok(rows) => benefit.rows.extend(rows),
            Err(faults) => problems.extend(faults.into_iter().map(|(line, message)| Problem {
                file: source.name.to_owned(),
                line: source.line_of(&path, line.trim()),
                message: format!("benefit `{}`: {message}", benefit.id),
            })),
        }
    }
}

/// A line of the table and what is wrong with it.
type Faults<'t> = Vec<(&'t str, String)>;

/// A line that has been read.
struct Line<'t> {
    text: &'t str,
    /// Conditions on choices and yes/no facts, in the order of the head.
    keys: Vec<String>,
    /// The band, in the smallest unit, both ends included.
    band: Option<(i64, i64)>,
    label: String,
    fen: i64,
}

fn rows<'t>(table: &'t str, dictionary: &Dictionary) -> Result<Vec<BenefitRow>, Faults<'t>> {
    let mut texts = table.lines().filter(|line| !line.trim().is_empty());
    let head = texts.next().unwrap_or_default();
    let (columns, last) = columns(head, dictionary).map_err(|message| vec![(head, message)])?;
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for text in texts {
        match line(text, &columns) {
            Ok(line) => lines.push(line),
            Err(message) => faults.push((text, message)),
        }
    }
    if lines.is_empty() && faults.is_empty() {
        faults.push((last, "the table has no line under its head".to_owned()));
    }
    let banded = columns.iter().find(|fact| is_number(fact));
    faults.extend(gaps(&lines, banded.copied()));
    if !faults.is_empty() {
        return Err(faults);
    }
    let least = banded.and_then(|fact| fact.kind.range()).map(|(least, _)| least);
    let starts = |line: &&Line<'_>| line.band.map(|(from, _)| from) == least;
    let begun: Vec<Vec<String>> = lines.iter().filter(starts).map(|line| line.keys.clone()).collect();
    let rows = lines.into_iter().map(|line| {
        let from_least = begun.contains(&line.keys);
        row(line, banded.copied(), from_least)
    });
    Ok(rows.collect())
}

/// The facts over the keys, and the head over the amount.
fn columns<'d, 't>(head: &'t str, dictionary: &'d Dictionary) -> Result<(Vec<&'d Fact>, &'t str), String> {
    let mut heads = cells(head);
    let last = heads.pop().filter(|last| AMOUNT.contains(last));
    let last = last.ok_or_else(|| format!("the last head of the table is {}", AMOUNT.join(" or ")))?;
    let asked = || {
        dictionary.facts.iter().filter(|fact| fact.scope == Scope::Household && fact.kind.range().is_some())
    };
    let facts = heads.iter().map(|head| {
        asked().find(|fact| fact.id == *head || fact.label == *head).ok_or_else(|| {
            format!(
                "no fact of a household is called `{head}`{}",
                similar(head, asked().map(|fact| fact.id.as_str()))
            )
        })
    });
    let facts = facts.collect::<Result<Vec<_>, _>>()?;
    if facts.is_empty() {
        return Err("a table has at least one key".to_owned());
    }
    if let Some(date) = facts.iter().find(|fact| matches!(fact.kind, FactKind::Date { .. })) {
        return Err(format!("`{}` is a date, and no key of a table", date.id));
    }
    if facts.iter().filter(|fact| is_number(fact)).count() > 1 {
        return Err("one key may be a number in bands; the others are choices and yes/no facts".to_owned());
    }
    Ok((facts, last))
}

/// The cells of a line: of a table pasted from a spreadsheet between tabs, else between commas.
fn cells(line: &str) -> Vec<&str> {
    line.split(if line.contains('\t') { '\t' } else { ',' })
        .map(|cell| cell.trim().trim_matches('"').trim())
        .collect()
}

const fn is_number(fact: &Fact) -> bool {
    matches!(fact.kind, FactKind::Count { .. } | FactKind::Months | FactKind::Money | FactKind::Area)
}

fn line<'t>(text: &'t str, columns: &[&Fact]) -> Result<Line<'t>, String> {
    let mut cells = cells(text);
    let told = cells.len();
    let amount = cells.pop().filter(|_| told == columns.len() + 1);
    let amount =
        amount.ok_or_else(|| format!("the line has {told} cells, the head {}", columns.len() + 1))?;
    let fen = hundredths(amount).ok().filter(|fen| *fen >= 0);
    let fen = fen.ok_or_else(|| format!("`{amount}` is no amount in yuan with at most two decimals"))?;
    let mut line = Line { text, keys: Vec::new(), band: None, label: String::new(), fen };
    for (fact, cell) in columns.iter().zip(cells) {
        let label = if is_number(fact) {
            line.band = Some(band(fact, cell)?);
            format!("{} {cell}", fact.label)
        } else {
            let (condition, label) = key(fact, cell)?;
            line.keys.push(condition);
            label
        };
        let join = if line.label.is_empty() { "" } else { "，" };
        line.label.extend([join, label.as_str()]);
    }
    Ok(line)
}

/// The condition that a cell stands for, and its words.
fn key(fact: &Fact, cell: &str) -> Result<(String, String), String> {
    let id = &fact.id;
    match &fact.kind {
        FactKind::Choice { choices } => {
            let choice = choices.iter().find(|choice| choice.id == cell || choice.label == cell);
            let choice = choice.ok_or_else(|| {
                let known: Vec<_> = choices.iter().map(|choice| choice.id.as_str()).collect();
                format!("`{id}` has no choice `{cell}`; it has {}", known.join(", "))
            })?;
            Ok((format!("{id} == \"{}\"", choice.id), choice.label.clone()))
        }
        _ => match cell {
            "true" | "yes" | "是" | "有" => Ok((id.clone(), fact.label.clone())),
            "false" | "no" | "否" | "不是" | "没有" | "无" => {
                Ok((format!("!{id}"), format!("没有：{}", fact.label)))
            }
            _ => Err(format!("`{id}` is yes or no, not `{cell}`")),
        },
    }
}

/// The numbers that a cell stands for, in the smallest unit, both ends included.
fn band(fact: &Fact, cell: &str) -> Result<(i64, i64), String> {
    let (least, most) = fact.kind.range().unwrap_or((0, 0));
    let exact = matches!(fact.kind, FactKind::Money | FactKind::Area);
    let unclear = || {
        let like = if exact { "`<2000`, `>=2000 <3000`, `>=3000`" } else { "`1-2`, `3`, `4+`" };
        format!("`{cell}` is no band of `{}`: write {like}", fact.id)
    };
    let number = |text: &str| {
        let text = text.trim();
        if exact { hundredths(text).ok() } else { text.parse().ok() }.ok_or_else(unclear)
    };
    let signs = cell.replace('≤', "<=").replace(['≥'], ">=").replace('＜', "<").replace('＞', ">");
    let (mut from, mut until) = (least, most);
    for part in signs.split_whitespace() {
        if let Some(text) = part.strip_prefix("<=") {
            until = number(text)?;
        } else if let Some(text) = part.strip_prefix('<') {
            until = number(text)?.saturating_sub(1);
        } else if let Some(text) = part.strip_prefix(">=") {
            from = number(text)?;
        } else if let Some(text) = part.strip_prefix('>') {
            from = number(text)?.saturating_add(1);
        } else if exact {
            return Err(unclear());
        } else if let Some(text) = part.strip_suffix('+') {
            from = number(text)?;
        } else if let Some((first, last)) = part.split_once(['-', '–', '—', '~']) {
            (from, until) = (number(first)?, number(last)?);
        } else {
            let one = number(part)?;
            (from, until) = (one, one);
        }
    }
    if signs.trim().is_empty() {
        return Err(unclear());
    }
    if from > until || from < least || until > most {
        return Err(format!("`{cell}` is empty or beyond what `{}` can be", fact.id));
    }
    Ok((from, until))
}

/// Lines of the same keys that overlap or leave something out between them.
fn gaps<'t>(lines: &[Line<'t>], banded: Option<&Fact>) -> Faults<'t> {
    let mut last: BTreeMap<&[String], Option<(i64, i64)>> = BTreeMap::new();
    let mut faults = Vec::new();
    for line in lines {
        let Some(before) = last.insert(&line.keys, line.band) else { continue };
        let next = before.zip(line.band).map(|((_, until), (from, _))| from.cmp(&until.saturating_add(1)));
        let of = banded.map_or("", |fact| fact.id.as_str());
        let message = match next {
            Some(std::cmp::Ordering::Equal) => continue,
            Some(std::cmp::Ordering::Less) => {
                format!("this band of `{of}` overlaps the one before it, or comes too late")
            }
            Some(std::cmp::Ordering::Greater) => {
                format!("between this band of `{of}` and the one before it something is left out")
            }
            None => "a line before it has the same keys".to_owned(),
        };
        faults.push((line.text, message));
    }
    faults
}

/// The row of a line; `from_least` says that the bands of its keys begin at the least that the number can be.
fn row(line: Line<'_>, banded: Option<&Fact>, from_least: bool) -> BenefitRow {
    let mut conditions = line.keys;
    let range = banded.and_then(|fact| fact.kind.range());
    if let (Some(fact), Some((from, until)), Some((_, most))) = (banded, line.band, range) {
        let exact = matches!(fact.kind, FactKind::Money | FactKind::Area);
        let literal = |number: i64| {
            let text = format!("\"{}.{:02}\"", number / 100, number % 100);
            match fact.kind {
                FactKind::Money => format!("yuan({text})"),
                FactKind::Area => format!("m2({text})"),
                FactKind::Months => format!("months({number})"),
                _ => number.to_string(),
            }
        };
        let id = &fact.id;
        // What the bands before have not taken reaches up to here, and to the end without a bound.
        if until < most {
            let (sign, bound) = if exact { ("<", until.saturating_add(1)) } else { ("<=", until) };
            conditions.push(format!("{id} {sign} {}", literal(bound)));
        }
        if !from_least {
            conditions.push(format!("{id} >= {}", literal(from)));
        }
    }
    let pays = match (line.fen / 100, line.fen % 100) {
        (yuan, 0) => format!("yuan({yuan})"),
        (yuan, fen) => format!("yuan(\"{yuan}.{fen:02}\")"),
    };
    BenefitRow {
        when: conditions.join(" && "),
        perhaps: String::new(),
        valid_from: None,
        valid_until: None,
        label: line.label,
        pays: Pays::Fixed(pays),
    }
}
