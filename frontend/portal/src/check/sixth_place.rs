//! The self-check of a place that exists in tests alone: every question on the way is a page, and every end a result.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use policies::{Household, assessment::Outcome};
use worked::{SIXTH, samples, with_sixth};
use yew::{AttrValue, Callback};

use super::{
    question::{Question, QuestionProps},
    result::{Shown, ShownProps},
    self_check::{CheckAction, SelfCheck},
    why::reasons,
};
use crate::on_trial::{rendered, sixth};
use ui::words::outcome_word;

/// Answers from a household until nothing is left to ask; a fact that it does not know is 不知道.
fn concluded(household: &Household) -> SelfCheck {
    let doc = sixth();
    let on = "2026-03-02".parse().unwrap();
    let mut check = SelfCheck::new(doc, on).after(CheckAction::Restore(None));
    while let Some(fact) = check.current().map(str::to_owned) {
        let known = policies::rulebook().fact(&fact).unwrap();
        let question = rendered::<Question>(QuestionProps {
            doc,
            fact: known,
            earlier: None,
            reasons: reasons(doc, check.assessment().unwrap(), &fact),
            on_reply: Callback::noop(),
            on_back: None,
            on_restart: Callback::noop(),
            loses: AttrValue::default(),
        });
        assert!(question.contains(&format!("id=\"{fact}\"")), "{fact} has no field:\n{question}");
        check = check.after(CheckAction::Reply(fact.clone(), household.facts.get(&fact).cloned()));
    }
    check
}

/// Whether something must be told before a sum can be said to somebody who may get one.
fn check_lacks_a_sum(check: &SelfCheck) -> bool {
    check.assessment().is_ok_and(|found| !found.without_sum.is_empty())
}

#[test]
fn questions_lead_to_a_result_that_names_its_sources() {
    let doc = sixth();
    let on = "2026-03-02".parse().unwrap();
    let near = with_sixth().deciding().find(|near| near.doc.document().place.id == SIXTH).unwrap();
    let (mut seen, mut lacking) = (BTreeSet::new(), 0);
    let worked = with_sixth().examples().into_iter().filter(|example| example.document == doc.id);
    let families = worked.map(|example| example.household).chain(samples(near.household(0.8, on), 60));
    for family in families {
        let check = concluded(&family);
        let outcome = check.assessment().unwrap().outcome.unwrap();
        let result = rendered::<Shown>(ShownProps { doc, check: check.clone() });
        assert!(result.contains(outcome_word(outcome)), "{result}");
        assert!(doc.requirements.iter().all(|requirement| result.contains(&requirement.label)), "{result}");
        assert!(result.contains(&doc.title), "{result}");
        let unsaid = check_lacks_a_sum(&check);
        assert_eq!(unsaid, result.contains("data-test=\"without-sum\""), "{result}");
        assert!(!result.contains("数额文件里没有写"), "the document says how much:\n{result}");
        lacking += usize::from(unsaid);
        seen.insert(outcome_word(outcome));
    }
    assert!(lacking > 0, "nobody lacked a sum");
    let all = [Outcome::Eligible, Outcome::NotEligible, Outcome::Ask, Outcome::Unknown].map(outcome_word);
    assert_eq!(seen, BTreeSet::from(all));
}
