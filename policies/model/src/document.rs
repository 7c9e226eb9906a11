//! A document: its identity, whom it protects, what it requires and where to go.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[cfg(feature = "whole")]
use super::{Bar, Breach, Check, Clock, Constant, Duty, Exit, Form, Ledger, Reading, Score};
use super::{Benefit, Calculator, Cite, Procedure, Together, Window, Wording};
#[cfg(not(feature = "whole"))]
use crate::left_out::LeftOut;

/// One local document, complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Stable id, also the office's id on the wire: `yongshun-2023`.
    pub id: String,
    /// The place it rules.
    pub place: Place,
    /// Its full title.
    pub title: String,
    /// Its number, e.g. `永政办发〔2023〕12号`; empty where the text gives none.
    #[serde(default)]
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// Year of the text: labels every verdict of a document that may be superseded.
    #[serde(default)]
    pub year: Option<i32>,
    /// Day of issue, where the text gives one.
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub issued: Option<NaiveDate>,
    /// First day of force, where known.
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub valid_from: Option<NaiveDate>,
    /// Last day of force (included), where the text gives an end.
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub valid_until: Option<NaiveDate>,
    /// Standing today, as far as the sources held say.
    pub status: Status,
    /// One plain sentence on that standing, shown wherever a verdict is.
    pub status_note: String,
    /// Two or three plain sentences: what this document is for.
    pub summary: String,
    /// Where it says so.
    pub cite: Cite,
    /// Phones, counters, addresses. A phone that the text does not give is absent, not invented.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// What it leaves to documents that are not held.
    #[serde(default)]
    pub not_held: Vec<NotHeld>,
    /// Our readings of its ambiguities.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub readings: Vec<Reading>,
    #[cfg(not(feature = "whole"))]
    readings: LeftOut,
    /// Numbers with a name that conditions and amounts share, some of them new every year.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub constants: Vec<Constant>,
    #[cfg(not(feature = "whole"))]
    constants: LeftOut,
    /// Questions that this place words in its own way.
    #[serde(default)]
    pub wordings: Vec<Wording>,
    /// Who applies together, where the document says so or a reading of ours does.
    #[serde(default)]
    pub together: Option<Together>,
    /// Whom it protects (保障对象类别). Empty: no verdict is possible here.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// What it requires.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
    /// Clauses that no list of conditions can show (其他条件、等): no verdict is surer than they leave it.
    #[serde(default)]
    pub open_clauses: Vec<OpenClause>,
    /// What must be done whatever the verdict says.
    #[serde(default)]
    pub reminders: Vec<Reminder>,
    /// What it gives, and what a tenant pays.
    #[serde(default)]
    pub benefits: Vec<Benefit>,
    /// Papers (材料).
    #[serde(default)]
    pub papers: Vec<Paper>,
    /// Who comes first.
    #[serde(default)]
    pub priorities: Vec<Priority>,
    /// Points by which those who wait come one after another: shown, and no part of any verdict.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub score: Option<Score>,
    #[cfg(not(feature = "whole"))]
    score: LeftOut,
    /// The kinds of case it knows, each with its stages (流程).
    #[serde(default)]
    pub procedures: Vec<Procedure>,
    /// What is asked of whoever sends a kind of case online. Applications and tip-offs have pages of their own.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub forms: Vec<Form>,
    #[cfg(not(feature = "whole"))]
    forms: LeftOut,
    /// Time limits (时限).
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub clocks: Vec<Clock>,
    #[cfg(not(feature = "whole"))]
    clocks: LeftOut,
    /// Filing windows (申报期).
    #[serde(default)]
    pub windows: Vec<Window>,
    /// Periods without protection (不予受理期).
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub bars: Vec<Bar>,
    #[cfg(not(feature = "whole"))]
    bars: LeftOut,
    /// Who checks what (联审分工).
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub checks: Vec<Check>,
    #[cfg(not(feature = "whole"))]
    checks: LeftOut,
    /// Ledgers (台账) and files.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub ledgers: Vec<Ledger>,
    #[cfg(not(feature = "whole"))]
    ledgers: LeftOut,
    /// Duties of publication, sampling, re-verification and the like.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub duties: Vec<Duty>,
    #[cfg(not(feature = "whole"))]
    duties: LeftOut,
    /// Ways to lose the flat or the subsidy, and what follows.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub exits: Vec<Exit>,
    #[cfg(not(feature = "whole"))]
    exits: LeftOut,
    /// What can be reported (举报).
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub breaches: Vec<Breach>,
    #[cfg(not(feature = "whole"))]
    breaches: LeftOut,
    /// Arithmetic to show: it informs and decides nothing.
    #[serde(default)]
    pub calculators: Vec<Calculator>,
}

/// A place with its division code (GB/T 2260).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Stable id in addresses: `yongshun`.
    pub id: String,
    /// Short name: `永顺县`.
    pub name: String,
    /// Full name: `湖南省湘西土家族苗族自治州永顺县`.
    pub full_name: String,
    /// Six digits.
    pub division: String,
}

/// How a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In force within its dates.
    InForce,
    /// A later rule may have replaced it: verdicts carry its year.
    MayBeSuperseded,
    /// A campaign that is over.
    CampaignClosed,
}

/// A counter, office or phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Who it is: `县住房保障服务中心`.
    pub name: String,
    /// What for: `申请、咨询`.
    pub purpose: String,
    /// Phone as printed in the document; absent where it gives none.
    #[serde(default)]
    pub phone: Option<String>,
    /// A caution, e.g. the year of the phone number.
    #[serde(default)]
    pub note: String,
    /// Source.
    pub cite: Cite,
}

/// Something the document leaves to another one that this project does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NotHeld {
    /// What is left open: `租金标准`.
    pub subject: String,
    /// Which document would say: `各县细则`.
    pub document: String,
    /// Source.
    pub cite: Cite,
}

/// A group the document protects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Stable id: `dibao`.
    pub id: String,
    /// `城镇低保住房困难家庭`.
    pub label: String,
    /// In plain words, who this is.
    pub says: String,
    /// Requirement ids, in the order to show. All must be met.
    pub requires: Vec<String>,
    /// Source.
    pub cite: Cite,
}

/// One requirement, shared by the categories that name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Stable id: `housing`.
    pub id: String,
    /// Short name: `住房`.
    pub label: String,
    /// Our plain words, one or two sentences.
    pub says: String,
    /// CEL: met when this holds, not met when it cannot.
    #[cfg(feature = "whole")]
    pub holds: String,
    #[cfg(not(feature = "whole"))]
    holds: LeftOut,
    /// Cases that a person must decide, whatever `holds` gives.
    #[serde(default)]
    pub ask: Vec<AskWhen>,
    /// CEL: it can be *not met* only where this can hold; elsewhere it ends in *met* or *ask*, so that nobody is asked
    /// for it once something else is to be asked about. `false`: never. Empty: anywhere.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub fails_if: String,
    #[cfg(not(feature = "whole"))]
    fails_if: LeftOut,
    /// First application date on which it is required; absent: from the document's first.
    #[cfg(feature = "whole")]
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub valid_from: Option<NaiveDate>,
    #[cfg(not(feature = "whole"))]
    valid_from: LeftOut,
    /// Last one, included; absent: to the document's last.
    #[cfg(feature = "whole")]
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub valid_until: Option<NaiveDate>,
    #[cfg(not(feature = "whole"))]
    valid_until: LeftOut,
    /// Source.
    pub cite: Cite,
}

/// A case that goes to a person instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskWhen {
    /// CEL.
    #[cfg(feature = "whole")]
    pub when: String,
    #[cfg(not(feature = "whole"))]
    when: LeftOut,
    /// What to tell the resident, in plain words, with what to bring.
    pub says: String,
    /// Reading id, where it is an ambiguity; empty where the document itself leaves it to a person.
    #[serde(default)]
    pub reading: String,
    /// First day on which it counts; absent: from the document's first.
    #[cfg(feature = "whole")]
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub valid_from: Option<NaiveDate>,
    #[cfg(not(feature = "whole"))]
    valid_from: LeftOut,
    /// Last day on which it counts, included; absent: to the document's last.
    #[cfg(feature = "whole")]
    #[serde(default, with = "crate::iso::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<NaiveDate>"))]
    pub valid_until: Option<NaiveDate>,
    #[cfg(not(feature = "whole"))]
    valid_until: LeftOut,
}

#[cfg(feature = "whole")]
impl AskWhen {
    /// A case of which the document's text has no condition of its own.
    pub const fn told(says: String) -> Self {
        Self { when: String::new(), says, reading: String::new(), valid_from: None, valid_until: None }
    }
}

/// A clause that leaves conditions open, so that a household which meets all the others may still be refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenClause {
    /// Stable id: `other_conditions`.
    pub id: String,
    /// Short name.
    pub label: String,
    /// What is left open, in plain words, to be shown under the verdict.
    pub says: String,
    /// Category ids that it binds; empty: all.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Source.
    pub cite: Cite,
}

impl OpenClause {
    /// Whether it binds a category.
    pub fn binds(&self, category: &str) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|id| id == category)
    }
}

/// Something that must be done whatever the verdict says, such as filing in time so as not to lose what one has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// Stable id: `file_in_time`.
    pub id: String,
    /// Short name.
    pub label: String,
    /// Who must do what until when, and what follows if not: plain words.
    pub says: String,
    /// The document's window that it is about, by id, where it is about one.
    #[serde(default)]
    pub window: Option<String>,
    /// Source.
    pub cite: Cite,
}

/// A paper to hand in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Stable id.
    pub id: String,
    /// What it is.
    pub label: String,
    /// Who issues it; empty where it is one's own.
    #[serde(default)]
    pub issued_by: String,
    /// For whom, a hint in plain words.
    #[serde(default)]
    pub says: String,
    /// Category ids it is for; empty: all.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Case kinds it is for; empty: first application.
    #[serde(default)]
    pub cases: Vec<super::CaseKind>,
    /// CEL: needed only if this can hold; empty: always.
    #[serde(default)]
    pub needed_if: String,
    /// What is declared in it, so that the online form asks for it too; absent: nothing is.
    #[serde(default)]
    pub declares: Option<Declares>,
    /// Source.
    pub cite: Cite,
}

impl Paper {
    /// Whether it is for a kind of case.
    pub fn is_for(&self, case: super::CaseKind) -> bool {
        if self.cases.is_empty() { case == super::CaseKind::Application } else { self.cases.contains(&case) }
    }
}

/// What a paper to be signed declares. The form asks for these and for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Declares {
    /// That what was told is true (承诺).
    Truth,
    /// That it may be checked (书面同意).
    Consent,
    /// Who may check, from which day until which (授权委托).
    Authorisation,
}

/// A group that comes first, or is preferred on equal terms: shown, never scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Priority {
    /// Stable id.
    pub id: String,
    /// What it brings, and to whom.
    pub label: String,
    /// The same in full.
    pub says: String,
    /// CEL: the household is one of the group where this holds. Yes/no facts that it names and that no answer tells are
    /// ticks in the form. Empty: no answer can tell.
    #[cfg(feature = "whole")]
    #[serde(default)]
    pub holds: String,
    #[cfg(not(feature = "whole"))]
    holds: LeftOut,
    /// Source.
    pub cite: Cite,
}
