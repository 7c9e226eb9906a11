//! The assessment done again on the opened facts, beside what the applicant was shown.

use policies::assessment::{Answer, Assessment, Outcome, RequirementResult};
use policies::{Compiled, FactError};
use protocol::letter::Application;

/// What came of replaying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// The applicant sent no assessment and the document gives none for these facts.
    None,
    /// The facts cannot be assessed: impossible values that the portal would have refused.
    Refused(Vec<FactError>),
    /// Assessed again.
    Done(Box<Comparison>),
}

/// The two assessments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Ours, made on the opened facts with the rules held here, for the day of application.
    pub ours: Assessment,
    /// What the applicant sent as shown; `None` if nothing was sent.
    pub shown: Option<Assessment>,
    /// The rules held here are the very ones that decided then.
    pub same_rules: bool,
}

impl Comparison {
    /// Everything the applicant was shown comes out again: outcome, every requirement, every amount.
    pub fn is_same(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| {
            let mut shown = shown.clone();
            if !self.same_rules {
                shown.document_hash.clone_from(&self.ours.document_hash);
            }
            shown == self.ours
        })
    }

    /// What the applicant was shown for one requirement, where it differs from ours.
    pub fn shown_otherwise(&self, category: &str, ours: &RequirementResult) -> Option<Answer> {
        let shown = self.shown.as_ref()?.categories.iter().find(|c| c.id == category)?;
        let answer = shown.requirements.iter().find(|r| r.id == ours.id)?.answer;
        (answer != ours.answer).then_some(answer)
    }
}

/// Assesses the opened facts again, for the application's own day.
pub fn replay(document: &Compiled, application: &Application) -> Replay {
    match policies::assess(document, &application.household, application.on) {
        Err(errors) => Replay::Refused(errors),
        Ok(ours) if ours.categories.is_empty() && application.assessment.is_none() => Replay::None,
        Ok(ours) => Replay::Done(Box::new(Comparison {
            same_rules: application.document_hash == document.hash(),
            shown: application.assessment.clone(),
            ours,
        })),
    }
}

/// The outcome in one word.
pub fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Eligible => "符合",
        Outcome::NotEligible => "不符合",
        Outcome::Unknown => "信息不全",
        Outcome::Ask => "需人工认定",
    }
}

/// The answer to one requirement in one word.
pub fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Met => "满足",
        Answer::NotMet => "不满足",
        Answer::Unknown => "缺信息",
        Answer::Ask => "需人工认定",
    }
}

/// A mark that says the same without colour.
pub fn answer_mark(answer: Answer) -> &'static str {
    match answer {
        Answer::Met => "✓",
        Answer::NotMet => "✗",
        Answer::Unknown => "?",
        Answer::Ask => "☎",
    }
}
