//! Answers, outcomes, and which of two is better for a household.

use serde::{Deserialize, Serialize};

/// The answer to one requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It holds.
    Met,
    /// It does not.
    NotMet,
    /// A fact is missing.
    Unknown,
    /// The document leaves it to a person, or is ambiguous here.
    Ask,
}

/// The outcome for a category, or overall (the best of the categories).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Every requirement is met.
    Eligible,
    /// At least one is not met.
    NotEligible,
    /// Facts are missing that decide it.
    Unknown,
    /// A person must decide at least one, and none fails.
    Ask,
}

/// How a category stands, the better the later. Unknown beats *ask*, for questions go on; but what can at best end in
/// *ask* adds nothing to a category that has ended there. What is unknown but can no longer be *not met* changes
/// nothing where something is to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Something is not met.
    NotEligible,
    /// Something is unknown and can fail, and something is to be asked: never better than *ask*.
    AtBestAsk,
    /// Nothing that is unknown can fail, and something is to be asked.
    Ask,
    /// Something is unknown, and nothing stands in the way.
    Open,
    /// All is met.
    Eligible,
}

impl Standing {
    /// The standing that a category's answers give, each with whether it can still fail.
    pub(crate) fn of(answers: impl Iterator<Item = (Answer, bool)>) -> Self {
        let (mut unknown, mut unsafe_yet, mut ask) = (false, false, false);
        for (answer, fails) in answers {
            match answer {
                Answer::NotMet => return Self::NotEligible,
                Answer::Unknown => {
                    unknown = true;
                    unsafe_yet |= fails;
                }
                Answer::Ask => ask = true,
                Answer::Met => {}
            }
        }
        match (unknown, ask) {
            (true, true) if unsafe_yet => Self::AtBestAsk,
            (true, false) => Self::Open,
            (_, true) => Self::Ask,
            (false, false) => Self::Eligible,
        }
    }

    /// What it is called.
    pub(crate) const fn outcome(self) -> Outcome {
        match self {
            Self::NotEligible => Outcome::NotEligible,
            Self::AtBestAsk | Self::Open => Outcome::Unknown,
            Self::Ask => Outcome::Ask,
            Self::Eligible => Outcome::Eligible,
        }
    }
}
