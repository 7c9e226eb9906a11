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

/// The answer to a requirement and, where it is unknown, what it can still come to besides *ask*.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighed {
    pub(crate) answer: Answer,
    /// It can turn out *not met*.
    pub(crate) fails: bool,
    /// It can turn out *met*.
    pub(crate) meets: bool,
}

/// How a category stands, the better the later. Unknown beats *ask*, for questions go on; but what can at best end in
/// *ask* adds nothing to a category that has ended there. What is unknown but can no longer be *not met* changes
/// nothing where something is to be asked; what can no longer be *met* is to be asked, unless it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Something is not met.
    NotEligible,
    /// Something is unknown and can fail, and something is to be asked at best: never better than *ask*.
    AtBestAsk,
    /// Nothing that is unknown can fail, and something is to be asked.
    Ask,
    /// Something is unknown, and nothing stands in the way.
    Open,
    /// All is met.
    Eligible,
}

impl Standing {
    /// The standing that what a category requires gives.
    pub(crate) fn of(all: impl Iterator<Item = Weighed>) -> Self {
        let (mut unknown, mut unsafe_yet, mut ask) = (false, false, false);
        for Weighed { answer, fails, meets } in all {
            match answer {
                Answer::NotMet => return Self::NotEligible,
                Answer::Unknown => {
                    unknown = true;
                    unsafe_yet |= fails;
                    ask |= !meets;
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
