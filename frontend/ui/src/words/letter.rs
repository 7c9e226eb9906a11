//! What a letter says, as headings and rows: for its owner, for the desk and on paper.

use policies::{
    Compiled, format_value,
    model::{Asked, Document, Fact, FactKind, FieldKind, FormField, FormPart, FromPeople, Scope},
    parse_value,
};
use protocol::{
    correction::{PersonSpot, Spot},
    letter::{Application, FieldAnswer, FilledPart, FormLetter, Letter, Person, Wanted},
};

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
    /// Where it stands in the letter, of what can be corrected.
    pub spot: Option<Spot>,
    /// Its name.
    pub name: String,
    /// What was told.
    pub value: String,
}

impl LetterRow {
    /// A row that is of no field.
    pub fn new(name: &str, value: impl Into<String>) -> Self {
        Self { field: String::new(), spot: None, name: name.to_owned(), value: value.into() }
    }

    fn at(self, spot: Spot) -> Self {
        Self { spot: Some(spot), ..self }
    }
}

/// What came by a form. Names are the document's, never the letter's: a sender could call a field what he likes.
pub fn form_parts(document: &Document, letter: &FormLetter) -> Vec<LetterPart> {
    let form = document.form(letter.kind);
    let part = |(place, entry): (usize, &FilledPart)| {
        let part = form.and_then(|form| form.part(&entry.part));
        let n = nth(letter, place, entry);
        let rows = entry.answers.iter().map(|answer| {
            let field = part.and_then(|part| part.field(&answer.field));
            let name = field
                .map_or_else(|| format!("表里没有的一栏（{}）", answer.field), |field| field.label.clone());
            let spot = field.map(|field| spot_of(entry, n, field));
            LetterRow { field: answer.field.clone(), spot, name, value: shown(field, answer, letter) }
        });
        LetterPart { title: heading(part, entry, n), rows: rows.collect() }
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
                spot: None,
            })
            .collect();
        if let Some(outcome) = told.shown.get(place).copied().flatten() {
            rows.push(LetterRow::new("当时的测算", outcome_word(outcome)));
        }
        LetterPart { title: format!("{}：第 {} {}", list.title, place.saturating_add(1), list.each), rows }
    };
    told.members.iter().enumerate().map(person).collect()
}

/// Which of its part's entries one is, counted from 1.
fn nth(letter: &FormLetter, place: usize, entry: &FilledPart) -> usize {
    letter.entries.iter().take(place).filter(|other| other.part == entry.part).count() + 1
}

fn spot_of(entry: &FilledPart, n: usize, field: &FormField) -> Spot {
    Spot::Field { part: entry.part.clone(), n, field: field.id.clone() }
}

/// What an office can ask to be corrected of a letter, answered or not, and the papers of its document's list.
pub fn correctable(compiled: &Compiled, letter: &Letter) -> Vec<LetterPart> {
    let document = compiled.document();
    let mut parts = match letter {
        Letter::Application(application) => correctable_of(compiled, application),
        Letter::Form(form) => correctable_in(document, form),
        Letter::TipOff(_) | Letter::Message(_) => return Vec::new(),
    };
    let kind = match letter {
        Letter::Form(form) => form.kind,
        _ => protocol::CaseKind::Application,
    };
    let papers = document.papers.iter().filter(|paper| paper.is_for(kind));
    let papers = papers.map(|paper| LetterRow::new(&paper.label, "").at(Spot::Paper(paper.id.clone())));
    parts.push(LetterPart { title: "材料".to_owned(), rows: papers.collect() });
    parts.iter_mut().for_each(|part| part.rows.retain(|row| row.spot.is_some()));
    parts.retain(|part| !part.rows.is_empty());
    parts
}

fn correctable_of(compiled: &Compiled, application: &Application) -> Vec<LetterPart> {
    let people = std::iter::once(&application.applicant).chain(&application.members);
    let mut parts = vec![LetterPart { title: "申请事项".to_owned(), rows: wishes(application) }];
    parts.extend(
        people
            .enumerate()
            .map(|(place, person)| LetterPart { title: whose(place), rows: told_of(place, person) }),
    );
    let asked = compiled.facts();
    let told = |fact: &&Fact| application.household.facts.contains_key(&fact.id);
    let facts = policies::rulebook().facts().iter().filter(|fact| fact.scope == Scope::Household);
    let facts = facts.filter(|fact| {
        !matches!(fact.kind, FactKind::Ratio { .. }) && !matches!(fact.from_people, Some(FromPeople::Count))
    });
    let facts = facts.filter(|fact| told(fact) || asked.iter().any(|other| other.id == fact.id));
    parts.push(LetterPart {
        title: FACTS.to_owned(),
        rows: facts.map(|fact| fact_row(application, fact)).collect(),
    });
    parts
}

fn correctable_in(document: &Document, letter: &FormLetter) -> Vec<LetterPart> {
    let Some(form) = document.form(letter.kind) else { return Vec::new() };
    let part = |(place, entry): (usize, &FilledPart)| {
        let part = form.part(&entry.part)?;
        let n = nth(letter, place, entry);
        let rows = part.fields.iter().filter(|field| field.kind != FieldKind::Agree).map(|field| {
            let answer = entry.answers.iter().find(|answer| answer.field == field.id);
            let value = answer.map_or_else(String::new, |answer| shown(Some(field), answer, letter));
            let spot = Some(spot_of(entry, n, field));
            LetterRow { field: field.id.clone(), spot, name: field.label.clone(), value }
        });
        Some(LetterPart { title: heading(Some(part), entry, n), rows: rows.collect() })
    };
    letter.entries.iter().enumerate().filter_map(part).collect()
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
    parts.extend(
        people
            .enumerate()
            .map(|(place, person)| LetterPart { title: whose(place), rows: told_of(place, person) }),
    );
    let facts = policies::rulebook().facts().iter();
    let told = facts.filter(|fact| application.household.facts.contains_key(&fact.id));
    parts.push(LetterPart {
        title: FACTS.to_owned(),
        rows: told.map(|fact| fact_row(application, fact)).collect(),
    });
    let declared = application.declarations.wording.iter();
    let declared = declared.map(|sentence| LetterRow::new("已勾选", sentence.as_str()));
    parts.push(LetterPart { title: "声明".to_owned(), rows: declared.collect() });
    parts.iter_mut().for_each(|part| part.rows.retain(|row| !row.value.is_empty()));
    parts.retain(|part| !part.rows.is_empty());
    parts
}

const FACTS: &str = "家庭情况";

fn whose(place: usize) -> String {
    if place == 0 { "申请人".to_owned() } else { format!("第 {place} 位家人") }
}

fn fact_row(application: &Application, fact: &Fact) -> LetterRow {
    let value = application.household.facts.get(&fact.id);
    let value = value.map_or_else(String::new, |value| format_value(fact, value));
    LetterRow {
        field: fact.id.clone(),
        spot: Some(Spot::Fact(fact.id.clone())),
        name: fact.label.clone(),
        value,
    }
}

fn wishes(application: &Application) -> Vec<LetterRow> {
    let mut rows = vec![LetterRow::new("申请日期", date_words(application.on))];
    if let Some(wanted) = wanted_words(application.wanted) {
        rows.push(LetterRow::new("希望的保障方式", wanted).at(Spot::Wanted));
    }
    rows.push(LetterRow::new("现住址", application.address.as_str()).at(Spot::Address));
    rows.push(LetterRow::new("补充说明", application.remarks.as_str()).at(Spot::Remarks));
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

/// Everything of a person, told or not; of what the form asks of them, with its spot.
fn told_of(place: usize, person: &Person) -> Vec<LetterRow> {
    let birth = person.birth.map(date_words).unwrap_or_default();
    let (applicant, numbered) = (place == 0, !person.id_number.is_empty());
    [
        ("姓名", person.name.as_str(), Some(PersonSpot::Name)),
        ("和申请人的关系", person.relation.as_str(), (!applicant).then_some(PersonSpot::Relation)),
        ("身份证号", person.id_number.as_str(), Some(PersonSpot::IdNumber)),
        ("出生日期", birth.as_str(), (!numbered).then_some(PersonSpot::Birth)),
        ("性别", person.sex.as_str(), None),
        ("联系电话", person.phone.as_str(), applicant.then_some(PersonSpot::Phone)),
        ("户口所在地", person.registration.as_str(), applicant.then_some(PersonSpot::Registration)),
        ("婚姻状况", person.marital.as_str(), applicant.then_some(PersonSpot::Marital)),
        ("单位或者学校", person.work.as_str(), applicant.then_some(PersonSpot::Work)),
    ]
    .into_iter()
    .map(|(name, told, spot)| LetterRow {
        spot: spot.map(|told| Spot::Person { place, told }),
        ..LetterRow::new(name, told)
    })
    .collect()
}
