//! The assessment done again on the opened facts, beside what the applicant was shown.

use std::collections::BTreeMap;

use policies::assessment::{Answer, Assessment, CategoryResult, RequirementResult};
use policies::household::{Household, Value};
use policies::{Compiled, FactError, rulebook};
use protocol::letter::Application;

/// What came of replaying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Replay {
    /// The applicant sent no assessment, and there is nothing to assess: no facts or no thresholds.
    None,
    /// The facts cannot be assessed: impossible values that the portal would have refused.
    Refused(Vec<FactError>),
    /// Assessed again.
    Done(Box<Comparison>),
}

/// The two assessments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// Ours, made on the opened facts with the rules held here, for the day of application.
    pub(crate) ours: Assessment<'static>,
    /// What the applicant sent as shown; `None` if nothing was sent.
    pub(crate) shown: Option<Assessment<'static>>,
    /// The rules held here are the very ones that decided then.
    pub(crate) same_rules: bool,
    /// Facts sent that the dictionary here does not have (any more): they took no part.
    pub(crate) left_out: Vec<String>,
}

impl Comparison {
    /// Everything the applicant was shown comes out again: outcome, every requirement, every amount.
    pub(crate) fn is_same(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| {
            let mut shown = shown.clone();
            if !self.same_rules {
                shown.document_hash.clone_from(&self.ours.document_hash);
            }
            shown == self.ours
        })
    }

    /// Whether a category deserves a look first: no other has fewer requirements that fail, or the
    /// applicant was shown something else for it.
    pub(crate) fn comes_first(&self, category: &CategoryResult) -> bool {
        let failing = |category: &CategoryResult| {
            category.requirements.iter().filter(|r| r.answer == Answer::NotMet).count()
        };
        let least = self.ours.categories.iter().map(failing).min();
        least == Some(failing(category))
            || category.requirements.iter().any(|r| self.shown_otherwise(&category.id, r).is_some())
    }

    /// What the applicant was shown for one requirement, where it differs from ours.
    pub(crate) fn shown_otherwise(&self, category: &str, ours: &RequirementResult) -> Option<Answer> {
        let shown = self.shown.as_ref()?.categories.iter().find(|c| c.id == category)?;
        let answer = shown.requirements.iter().find(|r| r.id == ours.id)?.answer;
        (answer != ours.answer).then_some(answer)
    }
}

/// Assesses the opened facts again, for the application's own day.
pub(crate) fn replay(document: &'static Compiled, application: &Application) -> Replay {
    let (household, left_out) = known(&application.household);
    match policies::assess(document, &household, application.on) {
        Err(errors) => Replay::Refused(errors),
        Ok(ours)
            if application.assessment.is_none()
                && (ours.categories.is_empty() || told_nothing(application)) =>
        {
            Replay::None
        }
        Ok(ours) => Replay::Done(Box::new(Comparison {
            same_rules: application.document_hash == document.hash(),
            shown: application.assessment.clone(),
            ours,
            left_out,
        })),
    }
}

/// The facts the dictionary knows, and the ids of the others: a letter may have been written under an
/// earlier edition of the rules.
fn known(household: &Household) -> (Household, Vec<String>) {
    let mut left_out = Vec::new();
    let mut keep = |facts: &BTreeMap<String, Value>| -> BTreeMap<String, Value> {
        let (known, unknown): (Vec<_>, Vec<_>) =
            facts.iter().partition(|(id, _)| rulebook().fact(id).is_some());
        left_out.extend(unknown.into_iter().map(|(id, _)| id.clone()));
        known.into_iter().map(|(id, value)| (id.clone(), value.clone())).collect()
    };
    let household =
        Household { facts: keep(&household.facts), people: household.people.iter().map(&mut keep).collect() };
    (household, left_out)
}

fn told_nothing(application: &Application) -> bool {
    let household = &application.household;
    household.facts.is_empty() && household.people.iter().all(|person| person.is_empty())
}

/// The answer to one requirement in one word.
pub(crate) fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Met => "满足",
        Answer::NotMet => "不满足",
        Answer::Unknown => "缺信息",
        Answer::Ask => "需人工认定",
    }
}

/// A mark that says the same without colour.
pub(crate) fn answer_mark(answer: Answer) -> &'static str {
    match answer {
        Answer::Met => "✓",
        Answer::NotMet => "✗",
        Answer::Unknown => "?",
        Answer::Ask => "☎",
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use chrono::NaiveDate;
    use policies::model::CaseKind;
    use protocol::letter::{Declarations, Person, Wanted};

    use super::*;

    fn rules() -> &'static Compiled {
        policies::rulebook().document("yongshun-2023").unwrap()
    }

    pub(in crate::case) fn application(facts: &[(&str, Value)]) -> Application {
        let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let facts = facts.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect();
        let household = Household { facts, people: Vec::new() };
        Application {
            kind: CaseKind::Application,
            document: "yongshun-2023".into(),
            document_hash: rules().hash().into(),
            on,
            applicant: Person::default(),
            members: Vec::new(),
            address: String::new(),
            wanted: Wanted::Either,
            assessment: policies::assess(rules(), &household, on).ok(),
            household,
            declarations: Declarations {
                truth: true,
                consent: true,
                members_agree: true,
                authorised: None,
                on,
                wording: Vec::new(),
            },
            remarks: String::new(),
            reply_to: "age1a".into(),
            owner_key: String::new(),
            own_copy: false,
            enclosures: None,
        }
    }

    fn compared(application: &Application) -> Comparison {
        match replay(rules(), application) {
            Replay::Done(comparison) => *comparison,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_honest_application_comes_out_the_same() {
        let comparison = compared(&application(&[("people", Value::Number(3))]));
        assert!(comparison.is_same() && comparison.same_rules);
    }

    #[test]
    fn facts_of_another_edition_are_left_out_and_named() {
        let mut other = application(&[("people", Value::Number(3))]);
        other.household.facts.insert("gone".into(), Value::YesNo(true));
        let comparison = compared(&other);
        assert!(comparison.is_same());
        assert_eq!(comparison.left_out, vec!["gone".to_owned()]);
    }

    #[test]
    fn changed_facts_come_out_different() {
        let mut other = application(&[("people", Value::Number(3))]);
        other.household.facts.clear();
        assert!(!compared(&other).is_same());
    }

    #[test]
    fn a_changed_answer_is_named() {
        let mut other = application(&[("people", Value::Number(3))]);
        let category = other.assessment.as_mut().unwrap().categories.first_mut().unwrap();
        let requirement = category.requirements.first_mut().unwrap();
        let (category, id) = (category.id.clone(), requirement.id.clone());
        let ours = requirement.clone();
        requirement.answer = if ours.answer == Answer::Met { Answer::NotMet } else { Answer::Met };
        let claimed = requirement.answer;
        let comparison = compared(&other);
        assert!(!comparison.is_same());
        assert!(comparison.ours.categories.iter().any(|c| c.id == category && comparison.comes_first(c)));
        assert_eq!(comparison.shown_otherwise(&category, &ours), Some(claimed), "{id}");
    }

    #[test]
    fn other_rules_with_the_same_answers_are_the_same_but_told() {
        let mut other = application(&[("people", Value::Number(3))]);
        other.document_hash = "00".into();
        other.assessment.as_mut().unwrap().document_hash = "00".into();
        let comparison = compared(&other);
        assert!(comparison.is_same() && !comparison.same_rules);
    }

    #[test]
    fn impossible_facts_are_refused_and_no_assessment_is_not_a_difference() {
        let other = application(&[("people", Value::Number(-1))]);
        assert!(matches!(replay(rules(), &other), Replay::Refused(errors) if !errors.is_empty()));
        let mut silent = application(&[("people", Value::Number(3))]);
        silent.assessment = None;
        assert_eq!(compared(&silent).shown, None);
        silent.household = Household::default();
        assert_eq!(replay(rules(), &silent), Replay::None);
    }
}
