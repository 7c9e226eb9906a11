//! What a letter says, as headings and rows: for its owner, for the desk and on paper.

use policies::{
    format_value,
    model::{Asked, Document, FieldKind, FormField, FormPart},
    parse_value,
};
use protocol::letter::{Application, FieldAnswer, FilledPart, FormLetter, Person, Wanted};

use super::{date_words, outcome_word};
use crate::roster::cell_words;

/// A part of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterPart {
    /// Its heading.
    pub title: String,
    /// Names and what was told.
    pub rows: Vec<LetterRow>,
}

/// One thing that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// Id of the field, for browser tests; empty where it is of none.
    pub field: String,
    /// Its name.
    pub name: String,
    /// What was told.
    pub value: String,
}

impl LetterRow {
    fn new(name: &str, value: impl Into<String>) -> Self {
        Self { field: String::new(), name: name.to_owned(), value: value.into() }
    }
}

/// What came by a form. Names are the document's, never the letter's: a sender could call a field what he likes.
pub fn form_parts(document: &Document, letter: &FormLetter) -> Vec<LetterPart> {
    let form = document.form(letter.kind);
    let part = |(place, entry): (usize, &FilledPart)| {
        let part = form.and_then(|form| form.part(&entry.part));
        let before = letter.entries.iter().take(place).filter(|other| other.part == entry.part).count();
        let rows = entry.answers.iter().map(|answer| {
            let field = part.and_then(|part| part.field(&answer.field));
            let name = field
                .map_or_else(|| format!("表里没有的一栏（{}）", answer.field), |field| field.label.clone());
            LetterRow { field: answer.field.clone(), name, value: shown(field, answer, letter) }
        });
        LetterPart { title: heading(part, entry, before + 1), rows: rows.collect() }
    };
    letter.entries.iter().enumerate().map(part).collect()
}

/// The people of a list that came by a form, a part each. Heads are the document's, never the letter's.
pub fn roster_parts(document: &Document, letter: &FormLetter) -> Vec<LetterPart> {
    let form = document.form(letter.kind).and_then(|form| form.roster.as_ref());
    let (Some(list), Some(told)) = (form, &letter.roster) else { return Vec::new() };
    let person = |(place, row): (usize, &Vec<String>)| {
        let cells = list.columns.iter().map(|column| (column, told.cell(row, &column.id)));
        let mut rows: Vec<LetterRow> = cells
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| LetterRow {
                field: column.id.clone(),
                name: column.label.clone(),
                value: cell_words(column, cell, letter.on),
            })
            .collect();
        if let Some(outcome) = told.shown.get(place).copied().flatten() {
            rows.push(LetterRow::new("当时的测算", outcome_word(outcome)));
        }
        LetterPart { title: format!("{}：第 {} {}", list.title, place.saturating_add(1), list.each), rows }
    };
    told.members.iter().enumerate().map(person).collect()
}

fn heading(part: Option<&FormPart>, entry: &FilledPart, n: usize) -> String {
    match part {
        Some(part) if part.repeats() => format!("{}：第 {n} {}", part.title, part.each),
        Some(part) => part.title.clone(),
        None => format!("表里没有的一部分（{}）", entry.part),
    }
}

/// An answer in words; what is no answer to its field is shown as it came.
fn shown(field: Option<&FormField>, answer: &FieldAnswer, letter: &FormLetter) -> String {
    let as_it_came = || answer.value.clone();
    let Some(field) = field else { return as_it_came() };
    if field.kind == FieldKind::Agree {
        return "已勾选".to_owned();
    }
    let Some(fact) = field.kind.as_fact() else { return as_it_came() };
    let asked = Asked::field(&field.label, &fact);
    parse_value(asked, &answer.value, letter.on)
        .map_or_else(|_| as_it_came(), |value| format_value(asked, &value))
}

/// What an application says.
pub fn application_parts(application: &Application) -> Vec<LetterPart> {
    let people = std::iter::once(&application.applicant).chain(&application.members);
    let mut parts = vec![LetterPart { title: "申请事项".to_owned(), rows: wishes(application) }];
    parts.extend(people.enumerate().map(|(place, person)| LetterPart {
        title: if place == 0 { "申请人".to_owned() } else { format!("第 {place} 位家人") },
        rows: told_of(person),
    }));
    let facts = policies::rulebook().facts().iter();
    let told = facts.filter_map(|fact| {
        let value = application.household.facts.get(&fact.id)?;
        Some(LetterRow { field: fact.id.clone(), name: fact.label.clone(), value: format_value(fact, value) })
    });
    parts.push(LetterPart { title: "家庭情况".to_owned(), rows: told.collect() });
    let declared = application.declarations.wording.iter();
    let declared = declared.map(|sentence| LetterRow::new("已勾选", sentence.as_str()));
    parts.push(LetterPart { title: "声明".to_owned(), rows: declared.collect() });
    parts.retain(|part| !part.rows.is_empty());
    parts
}

fn wishes(application: &Application) -> Vec<LetterRow> {
    let mut rows = vec![LetterRow::new("申请日期", date_words(application.on))];
    if let Some(wanted) = wanted_words(application.wanted) {
        rows.push(LetterRow::new("希望的保障方式", wanted));
    }
    rows.push(LetterRow::new("现住址", application.address.as_str()));
    if !application.remarks.is_empty() {
        rows.push(LetterRow::new("补充说明", application.remarks.as_str()));
    }
    rows
}

/// What is asked for, in words; `None` where that is no question.
pub fn wanted_words(wanted: Wanted) -> Option<&'static str> {
    match wanted {
        Wanted::Flat => Some("实物配租"),
        Wanted::Subsidy => Some("租赁补贴"),
        Wanted::Either => Some("实物配租或租赁补贴都可以"),
        Wanted::NotAsked => None,
    }
}

fn told_of(person: &Person) -> Vec<LetterRow> {
    let birth = person.birth.map(date_words).unwrap_or_default();
    [
        ("姓名", person.name.as_str()),
        ("和申请人的关系", person.relation.as_str()),
        ("身份证号", person.id_number.as_str()),
        ("出生日期", birth.as_str()),
        ("性别", person.sex.as_str()),
        ("联系电话", person.phone.as_str()),
        ("户口所在地", person.registration.as_str()),
        ("婚姻状况", person.marital.as_str()),
        ("单位或者学校", person.work.as_str()),
    ]
    .into_iter()
    .filter(|(_, told)| !told.is_empty())
    .map(|(name, told)| LetterRow::new(name, told))
    .collect()
}
