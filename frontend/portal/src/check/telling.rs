//! Which categories of an assessment count for what is told: the nearest under a “no”, whose papers to bring.

use std::cmp::Reverse;

use chrono::NaiveDate;
use policies::{
    Household,
    assessment::{Answer, Assessment, CategoryResult, Outcome, RequirementResult},
    model::{CaseKind, Paper},
};

use ui::place::Doc;

/// Under a “no” the category that lacks the least: the fewest requirements failing, then the most met, then the
/// first of the document.
pub(crate) fn nearest<'a, 'd>(assessment: &'a Assessment<'d>) -> Option<&'a CategoryResult<'d>> {
    if assessment.outcome != Some(Outcome::NotEligible) {
        return None;
    }
    let lacking = |result: &&CategoryResult| {
        let met = |r: &&RequirementResult| r.answer == Answer::Met;
        (failing(result).count(), Reverse(result.requirements.iter().filter(met).count()))
    };
    assessment.categories.iter().min_by_key(lacking)
}

/// The requirements of a category that are not met.
pub(crate) fn failing<'a, 'd>(
    result: &'a CategoryResult<'d>,
) -> impl Iterator<Item = &'a RequirementResult<'d>> {
    result.requirements.iter().filter(|r| r.answer == Answer::NotMet)
}

/// The categories whose papers count: those that made the verdict; under a “no” the nearest alone.
fn telling<'a>(assessment: &'a Assessment<'_>) -> Vec<&'a str> {
    let of = |result: &CategoryResult| match nearest(assessment) {
        Some(nearest) => nearest.id == result.id,
        None if assessment.outcome == Some(Outcome::Eligible) => result.outcome == Outcome::Eligible,
        None => result.outcome != Outcome::NotEligible,
    };
    assessment.categories.iter().filter(|result| of(result)).map(|result| &*result.id).collect()
}

/// Whether a paper is needed, `None` for perhaps: only some of the categories that count ask for it. Under a “no”
/// (`refused`) the categories' own papers are only perhaps needed: nobody knows under which the household will come.
fn is_needed(paper: &Paper, needed: Answer, telling: &[&str], refused: bool) -> Option<bool> {
    let asking = telling.iter().filter(|id| paper.categories.iter().any(|known| known == *id)).count();
    match needed {
        Answer::NotMet => Some(false),
        _ if !paper.categories.is_empty() && asking == 0 => Some(false),
        Answer::Met if paper.categories.is_empty() || (!refused && asking == telling.len()) => Some(true),
        _ => None,
    }
}

/// The papers of a kind of case that this household needs, and whether it certainly does. Without an
/// assessment those of every category.
pub(crate) fn papers_of(
    doc: Doc,
    household: &Household,
    assessment: Option<&Assessment>,
    case: CaseKind,
    on: NaiveDate,
) -> Vec<(&'static Paper, bool)> {
    let telling = match assessment {
        Some(assessment) if assessment.outcome.is_some() => telling(assessment),
        _ => doc.document().categories.iter().map(|category| category.id.as_str()).collect(),
    };
    let refused = assessment.is_some_and(|a| a.outcome == Some(Outcome::NotEligible));
    policies::papers(doc.compiled(), household, on, case)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(paper, answer)| match is_needed(paper, answer, &telling, refused) {
            Some(false) => None,
            needed => Some((paper, needed == Some(true))),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::Value;

    use super::*;

    #[test]
    fn a_paper_of_some_categories_is_perhaps_needed_and_of_none_not() {
        let paper = |id: &str| Doc::by_id("yongshun-2023").unwrap().document().paper(id).unwrap();
        let contract = paper("labour_contract");
        assert_eq!(is_needed(contract, Answer::Met, &["dibao"], false), Some(false));
        assert_eq!(is_needed(contract, Answer::Met, &["dibao", "park_staff"], false), None);
        assert_eq!(is_needed(contract, Answer::Met, &["new_employee", "park_staff"], false), Some(true));
        assert_eq!(is_needed(paper("identity"), Answer::Met, &["dibao"], false), Some(true));
        assert_eq!(is_needed(paper("identity"), Answer::Unknown, &["dibao"], false), None);
    }

    #[test]
    fn under_a_no_the_papers_of_one_category_are_only_perhaps_needed() {
        let paper = Doc::by_id("yongshun-2023").unwrap().document().papers.iter();
        let contract = paper.clone().find(|paper| paper.id == "labour_contract").unwrap();
        assert_eq!(is_needed(contract, Answer::Met, &["park_staff"], true), None);
        let identity = paper.clone().find(|paper| paper.id == "identity").unwrap();
        assert_eq!(is_needed(identity, Answer::Met, &["park_staff"], true), Some(true));
    }

    #[test]
    fn whoever_neither_works_nor_is_assessed_is_nearest_to_the_first_category() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let facts = [
            ("income_category", "none"),
            ("employment", "none"),
            ("social_housing", "current"),
            ("applicant_standing", "capable_head"),
        ];
        let facts = facts.map(|(fact, choice)| (fact.to_owned(), Value::Choice(choice.to_owned())));
        let retired = Household { facts: facts.into(), people: Vec::new() };
        let on = "2026-03-01".parse().unwrap();
        let assessment = policies::assess(doc.compiled(), &retired, on).unwrap();
        assert_eq!(nearest(&assessment).unwrap().id, "dibao");
        let papers = papers_of(doc, &retired, Some(&assessment), CaseKind::Application, on);
        assert!(papers.iter().all(|(paper, _)| paper.id != "labour_contract"));
        assert!(papers.iter().any(|(paper, certain)| paper.id == "identity" && *certain));
    }
}
