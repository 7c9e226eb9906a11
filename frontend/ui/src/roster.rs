//! A list of people that comes with a form (职工名单): what a row tells the engine, how its person stands, and why.

use chrono::NaiveDate;
use policies::{
    Answer, Household, Outcome, Value, assess_among,
    assessment::{Assessment, CategoryResult},
    format_value,
    identity::resident_id,
    model::{Asked, Document, Fact, FieldKind, FromPeople, Roster, RosterColumn},
    parse_value,
};

use crate::place::Doc;

/// How a person of a list stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// By the categories that the list is for; none where the document gives no verdict, or a fact cannot be.
    pub outcome: Option<Outcome>,
    /// The facts that are missing.
    pub missing: Vec<&'static Fact>,
    /// What stands in the way, or is to be asked, a category a line.
    pub reasons: Vec<Reason>,
}

/// What stands in the way in one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The category.
    pub category: &'static str,
    /// Requirements that are not met or to be asked about: the label, what is said of it, the article.
    pub of: Vec<(&'static str, &'static str, &'static str)>,
}

/// The fact that a column tells, as the dictionary knows it.
pub fn fact_of(column: &RosterColumn) -> Option<&'static Fact> {
    policies::rulebook().fact(column.fact.as_deref()?)
}

/// What a row tells: the facts of its columns, and what its identity number holds. What cannot be read tells nothing.
pub fn household<'a>(roster: &Roster, cell: impl Fn(&str) -> &'a str, on: NaiveDate) -> Household {
    let mut household = Household::default();
    for column in &roster.columns {
        let Some(fact) = fact_of(column) else { continue };
        if let Ok(value) = parse_value(fact, cell(&column.id), on) {
            household.facts.insert(fact.id.clone(), value);
        }
    }
    let number = roster.of_kind(&FieldKind::IdNumber).map_or("", |column| cell(&column.id));
    let birth = resident_id(number, on).ok().map(|number| number.birth);
    let born = policies::rulebook()
        .facts()
        .iter()
        .filter(|fact| matches!(fact.from_people, Some(FromPeople::ApplicantBirth { .. })));
    for fact in born {
        if let Some(birth) = birth {
            household.facts.insert(fact.id.clone(), Value::Date(birth));
        }
    }
    household
}

/// How the person of a row stands.
pub fn standing(doc: Doc, roster: &Roster, household: &Household, on: NaiveDate) -> Standing {
    let none = Standing { outcome: None, missing: Vec::new(), reasons: Vec::new() };
    let Ok(found) = assess_among(doc.compiled(), household, on, |id| roster.is_for(id)) else { return none };
    let reasons = match found.outcome {
        Some(outcome @ (Outcome::NotEligible | Outcome::Ask)) => {
            let assessment = policies::assess(doc.compiled(), household, on);
            assessment.map(|all| reasons(doc.document(), roster, &all, outcome)).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    Standing { outcome: found.outcome, missing: found.missing, reasons }
}

/// Of the categories that came out so, those that least stands in the way of.
fn reasons(
    document: &'static Document,
    roster: &Roster,
    assessment: &Assessment<'_>,
    outcome: Outcome,
) -> Vec<Reason> {
    let stands = |answer: Answer| match outcome {
        Outcome::NotEligible => answer == Answer::NotMet,
        _ => answer == Answer::Ask,
    };
    let counted = assessment.categories.iter().filter(|one| one.outcome == outcome && roster.is_for(&one.id));
    let weight = |one: &CategoryResult<'_>| one.requirements.iter().filter(|r| stands(r.answer)).count();
    let least = counted.clone().map(weight).min();
    let nearest = counted.filter(|one| Some(weight(one)) == least);
    nearest
        .filter_map(|one| {
            let category = document.category(&one.id)?;
            let of = one.requirements.iter().filter(|result| stands(result.answer)).filter_map(|result| {
                let requirement = document.requirement(&result.id)?;
                let asked = result.ask.first().and_then(|place| requirement.ask.get(*place));
                let says = asked.map_or(&requirement.says, |ask| &ask.says);
                Some((requirement.label.as_str(), says.as_str(), requirement.cite.article.as_str()))
            });
            Some(Reason { category: category.label.as_str(), of: of.collect() })
        })
        .collect()
}

/// A cell in words; what cannot be read is shown as it came.
pub fn cell_words(column: &RosterColumn, cell: &str, on: NaiveDate) -> String {
    let kind = column.kind.as_ref().and_then(FieldKind::as_fact);
    let asked = match (fact_of(column), &kind) {
        (Some(fact), _) => Asked::from(fact),
        (None, Some(kind)) => Asked::field(&column.label, kind),
        (None, None) => return cell.to_owned(),
    };
    parse_value(asked, cell, on).map_or_else(|_| cell.to_owned(), |value| format_value(asked, &value))
}
