//! Procedure: kinds of case, stages, clocks, windows, bars, duties.

use serde::{Deserialize, Serialize};

use super::{Cite, Role};
#[cfg(not(feature = "whole"))]
use crate::left_out::LeftOut;

/// The kinds of case (件) that travel. They differ in form and procedure, not in machinery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// First application (申请).
    Application,
    /// Renewal of lease or protection (续租、续保).
    Renewal,
    /// Change report (变动申报).
    ChangeReport,
    /// Change of the applicant after death or divorce (变更申请人).
    ChangeOfApplicant,
    /// Swap of flats (互换).
    Swap,
    /// Objection during publicity (公示异议).
    Objection,
    /// Request for review (复核).
    Review,
    /// An employer's application for its staff (单位统一申请).
    EmployerGroup,
    /// Anonymous tip-off (举报).
    TipOff,
}

impl CaseKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Application,
        Self::Renewal,
        Self::ChangeReport,
        Self::ChangeOfApplicant,
        Self::Swap,
        Self::Objection,
        Self::Review,
        Self::EmployerGroup,
        Self::TipOff,
    ];

    /// As a data file, an address and the wire write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Renewal => "renewal",
            Self::ChangeReport => "change_report",
            Self::ChangeOfApplicant => "change_of_applicant",
            Self::Swap => "swap",
            Self::Objection => "objection",
            Self::Review => "review",
            Self::EmployerGroup => "employer_group",
            Self::TipOff => "tip_off",
        }
    }

    /// Whether it has pages made for it, in every place; any other kind is sent by a form of the document's.
    pub const fn has_own_pages(self) -> bool {
        matches!(self, Self::Application | Self::TipOff)
    }

    /// The kind with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// A kind of case and the stages it goes through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Which kind.
    pub case: CaseKind,
    /// What residents call it here, e.g. `公租房申请`.
    pub label: String,
    /// One or two plain sentences: when to use it.
    #[cfg(feature = "whole")]
    pub says: String,
    #[cfg(not(feature = "whole"))]
    says: LeftOut,
    /// Where the document names no paper for this kind of case: that it names none, and whom to ask.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub no_papers: String,
    #[cfg(not(feature = "whole"))]
    no_papers: LeftOut,
    /// Stages; the first is where a submitted case begins.
    #[cfg(feature = "whole")]
    pub stages: Vec<Stage>,
    #[cfg(not(feature = "whole"))]
    stages: LeftOut,
    /// Source.
    pub cite: Cite,
}

/// One stage (环节).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Stable id within the procedure: `town_review`.
    pub id: String,
    /// Status word a resident reads: `乡镇初审`.
    pub label: String,
    /// What happens in it, plain words.
    pub says: String,
    /// Who acts: `乡镇人民政府`.
    pub by: String,
    /// Who may move a case into it: those whom `by` names, and the office for those who have no role. Nobody moves a case
    /// into the first stage.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Stage ids it can move to. Empty: the end.
    #[serde(default)]
    pub next: Vec<String>,
    /// Clock that runs in it, if the document sets one.
    #[serde(default)]
    pub clock: Option<String>,
    /// A decision against whoever sent the case: its reason and article come with it.
    #[serde(default)]
    pub adverse: bool,
    /// What the document gives them against it; none where it says nothing.
    #[serde(default)]
    pub remedy: Option<Remedy>,
    /// It may begin while a stage that must last a while still lasts, and that one goes on lasting: an objection is looked
    /// into at once.
    #[serde(default)]
    pub interrupts: bool,
    /// Whether the household is the one to act now: to bring something, to come, to sign, to move out.
    #[serde(default)]
    pub yours: bool,
    /// A stage of this portal and not of the document: it stands for nothing where nothing can be sent.
    #[serde(default)]
    pub ours: bool,
    /// Source.
    pub cite: Cite,
}

impl Stage {
    /// Whether a role may move a case into it. A supervisor stands in for all whom the document names: what is about
    /// them is not theirs to move.
    pub fn lets(&self, role: Role) -> bool {
        role == Role::Supervisor || self.roles.contains(&role)
    }

    /// Whether whoever sent a case of this kind is told, in words, what came of it when the case comes here: what was
    /// reported is not closed in silence. Of the documents 永川 alone asks for it; that every place does is this portal's.
    pub fn needs_result(&self, case: CaseKind) -> bool {
        case == CaseKind::TipOff && self.next.is_empty()
    }

    /// Whether it is the step of this portal in which its owner is asked to correct or to add something (补正).
    pub fn is_correction(&self) -> bool {
        self.ours && self.yours
    }
}

/// What can be done against a decision, by the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// Plain words.
    pub says: String,
    /// Source.
    pub cite: Cite,
}

/// A time limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// Stable id.
    pub id: String,
    /// Short name.
    pub label: String,
    /// Plain words.
    pub says: String,
    /// The event that starts it (its day is not counted).
    pub starts: String,
    /// How many.
    pub length: u32,
    /// Of what.
    pub unit: Unit,
    /// What it is when the last day is a rest day.
    #[serde(default)]
    pub roll: Roll,
    /// What the count leaves out.
    #[serde(default)]
    pub excludes: ExclusiveOf,
    /// Who must keep it.
    pub by: String,
    /// Counted backwards from the event (e.g. three months before expiry).
    #[serde(default)]
    pub backwards: bool,
    /// The least time and not the most: publicity must last so long, nothing may follow before its last day.
    #[serde(default)]
    pub at_least: bool,
    /// As a rule and no hard limit (一般、原则上): a sentence about it never says that its last day is the latest.
    #[serde(default)]
    pub as_a_rule: bool,
    /// Source.
    pub cite: Cite,
}

/// Unit of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Working days (工作日).
    WorkingDays,
    /// Calendar days.
    Days,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

/// What happens when the last day is a rest day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// It stays.
    #[default]
    Stays,
    /// It runs to the next working day.
    NextWorkingDay,
}

/// What a clock's count leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExclusiveOf {
    /// Nothing.
    #[default]
    Nothing,
    /// The days of publicity.
    Publicity,
}

/// A yearly filing window or a yearly due date (then both ends are the same).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Stable id.
    pub id: String,
    /// Short name.
    pub label: String,
    /// Plain words.
    pub says: String,
    /// First day, `MM-DD`, included.
    pub from: String,
    /// Last day, `MM-DD`, included; `12-31` for end of year.
    pub until: String,
    /// Year, for a date that happens once; absent: every year.
    #[serde(default)]
    pub year: Option<i32>,
    /// Who must act.
    pub by: String,
    /// Kinds of case that it concerns; empty: none, it is the authorities' own work.
    #[serde(default)]
    pub cases: Vec<CaseKind>,
    /// What whoever comes late is to do and what it may mean, where the document or a reading of ours says so.
    #[serde(default)]
    pub late: String,
    /// Source.
    pub cite: Cite,
}

/// A period in which no protection is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// Stable id.
    pub id: String,
    /// Short name.
    pub label: String,
    /// Plain words.
    pub says: String,
    /// The event it runs from.
    pub starts: String,
    /// Length in years.
    pub years: u32,
    /// Kinds of case that it keeps out.
    pub cases: Vec<CaseKind>,
    /// Source.
    pub cite: Cite,
}

/// Who checks what in the joint review (联审).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Department.
    pub department: String,
    /// What it checks.
    pub checks: String,
    /// Source.
    pub cite: Cite,
}

/// A ledger or file that must be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Stable id.
    pub id: String,
    /// `现居住房源台账`.
    pub label: String,
    /// Plain words.
    pub says: String,
    /// Who keeps it.
    pub by: String,
    /// Its columns.
    #[serde(default)]
    pub columns: Vec<String>,
    /// It records where a household was registered when it applied, so that the form must ask.
    #[serde(default)]
    pub registration: bool,
    /// Source.
    pub cite: Cite,
}

/// A duty of the authorities: publication, sampling, coverage, re-verification, and the rest that a
/// portal shows or counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Stable id.
    pub id: String,
    /// Short name.
    pub label: String,
    /// Plain words.
    pub says: String,
    /// Who.
    pub by: String,
    /// Source.
    pub cite: Cite,
}

/// A way to lose the flat, the subsidy or the place on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exit {
    /// Stable id.
    pub id: String,
    /// Short name.
    pub label: String,
    /// Plain words.
    pub says: String,
    /// What follows, plain words.
    pub follows: String,
    /// Source.
    pub cite: Cite,
}
