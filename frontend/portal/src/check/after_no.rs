//! How far to ask after a certain “no”: until it can be told which single change would turn it.

use policies::{
    Household,
    assessment::{Answer, Assessment, CategoryResult, Outcome, RequirementResult},
};

use ui::place::Doc;

/// The facts to ask for so that the engine can tell the change: those missing from the category
/// that fails in one requirement only and lacks the least. Empty where a change or a first day is
/// told already or no category can come to it. A fact on the trail was asked for already.
pub(super) fn towards_a_change(
    doc: Doc,
    household: &Household,
    trail: &[String],
    assessment: &Assessment,
) -> Vec<String> {
    let waits = assessment.first_days.iter().any(|first| first.outcome != Outcome::Unknown);
    if waits || !assessment.changes.is_empty() {
        return Vec::new();
    }
    assessment
        .categories
        .iter()
        .filter(|category| {
            let fails = |r: &&RequirementResult| r.answer == Answer::NotMet;
            category.requirements.iter().filter(fails).count() == 1
        })
        .map(|category| {
            let mut missing: Vec<String> = Vec::new();
            for fact in category.requirements.iter().flat_map(|r| &r.missing) {
                if !missing.iter().any(|known| known == fact) {
                    missing.push(fact.to_string());
                }
            }
            if missing.is_empty() { besides(doc, household, assessment, category) } else { missing }
        })
        // A fact that was asked for and stays unknown bars the way.
        .filter(|missing| !missing.is_empty())
        .filter(|missing| missing.iter().all(|fact| !trail.contains(fact)))
        .min_by_key(Vec::len)
        .unwrap_or_default()
}

/// What the failing requirement of a category hangs on besides what decided it.
fn besides(
    doc: Doc,
    household: &Household,
    assessment: &Assessment,
    category: &CategoryResult,
) -> Vec<String> {
    let failing = category.requirements.iter().find(|r| r.answer == Answer::NotMet);
    let unknown = failing
        .and_then(|failing| policies::unknown_in(doc.compiled(), household, assessment.on, &failing.id).ok());
    unknown.unwrap_or_default().into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::check::self_check::{CheckAction, SelfCheck};

    /// Whoever goes on after a “no” is told every change that the engine finds with all that there is to know.
    #[test]
    fn going_on_asks_far_enough_for_the_change() {
        for (document, name) in [("qujing-2018", "area-alone-25-01"), ("yongshun-2023", "area-13-01")] {
            let file = format!("{name}.toml");
            let examples = worked::embedded().examples();
            let of_name = |e: &&worked::Example| e.document == document && e.file.name.ends_with(&file);
            let example = examples.iter().find(of_name).unwrap();
            let doc = Doc::by_id(document).unwrap();
            let mut check = SelfCheck::new(doc, example.on).after(CheckAction::Restore(None));
            let reply = |fact: &str| example.household.facts.get(fact).cloned();
            check = check.answered(reply);
            while check.can_go_on() {
                check = check.after(CheckAction::GoOn).answered(reply);
            }
            let expected = policies::assess(doc.compiled(), &example.household, example.on).unwrap().changes;
            assert!(!expected.is_empty(), "{name}");
            assert_eq!(check.assessment().unwrap().changes, expected, "{name}");
        }
    }
}
