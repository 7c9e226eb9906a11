//! Forms: what is asked of whoever sends a kind of case online, part by part and field by field.

use serde::{Deserialize, Serialize};

use super::{CaseKind, Choice, Cite, FactKind, Roster, SheetRow};

/// The form of one kind of case. A document whose procedure has no form here takes that kind at a counter only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Which kind of case it opens.
    pub case: CaseKind,
    /// Who sends it: one plain sentence above the form.
    pub whom: String,
    /// The parts, a card each, in the order of the page.
    pub parts: Vec<FormPart>,
    /// What the document's own form on paper is called, where it gives one; empty: it gives none.
    #[serde(default)]
    pub sheet_title: String,
    /// That form, row by row; empty: the parts are printed one after another.
    #[serde(default)]
    pub sheet: Vec<SheetRow>,
    /// The list of people that comes with it, where it is sent for others.
    #[serde(default)]
    pub roster: Option<Roster>,
    /// Source.
    pub cite: Cite,
}

/// A part of a form: fields that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FormPart {
    /// Stable id within the form.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it is for, or how to fill it in; empty: nothing is said.
    #[serde(default)]
    pub says: String,
    /// What one entry is called, where the part can be filled in more than once: `家人`. Empty: it is filled in once.
    #[serde(default)]
    pub each: String,
    /// Entries that there must be, of a part with `each`.
    #[serde(default)]
    pub least: u32,
    /// Entries that there may be, of a part with `each`.
    #[serde(default)]
    pub most: u32,
    /// The fields.
    pub fields: Vec<FormField>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// Stable id within the part.
    pub id: String,
    /// The question or the name of the field.
    pub label: String,
    /// Help under the label.
    #[serde(default)]
    pub help: String,
    /// What is written or picked.
    pub kind: FieldKind,
    /// It may be left empty.
    #[serde(default)]
    pub optional: bool,
    /// What an earlier case of the sender tells of it, so that who comes from a decision need not write it again.
    #[serde(default)]
    pub known: Option<Known>,
    /// Of a case with a counterpart (two tenants who swap): what the other says of itself, as `part.field` of the same form, or
    /// [`MIRRORS_NUMBER`]. Two letters agree where each says of the other what the other says.
    #[serde(default)]
    pub mirrors: Option<String>,
    /// Of a date: the clock, counted back from it, by which this form is to be handed in.
    #[serde(default)]
    pub clock: Option<String>,
    /// It is asked only after certain answers to an earlier choice of the same part.
    #[serde(default)]
    pub only_if: Option<OnlyIf>,
    /// Source.
    pub cite: Cite,
}

/// A field that names the number of the counterpart's case.
pub const MIRRORS_NUMBER: &str = "number";

/// What is known of whoever comes to a form from a decision, or from a posting of their own entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// The number of the case that was decided.
    CaseNumber,
    /// The day of the decision.
    DecidedOn,
    /// What was decided, as the procedure calls it.
    Decision,
    /// The sender's name, from what they sent then.
    Name,
    /// The sender's identity number, likewise.
    IdNumber,
    /// The sender's phone, likewise.
    Phone,
}

/// When a field is asked: after one of certain answers to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OnlyIf {
    /// Id of an earlier choice, or yes/no question, of the same part.
    pub field: String,
    /// Its answers, by id; `yes` and `no`.
    pub is: Vec<String>,
}

/// What a field takes. The kinds that a fact has too are read and shown as facts are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A short text.
    Line,
    /// A long text.
    Text,
    /// A person's name.
    Name,
    /// A citizen identity number (GB 11643).
    IdNumber,
    /// A mobile or landline number.
    Phone,
    /// An organisation's unified social credit code (GB 32100).
    CreditCode,
    /// A sentence to be ticked: the field's label. Nothing is sent without.
    Agree,
    /// Money in fen.
    Money,
    /// Floor area in 0.01 m².
    Area,
    /// A count; within `least ..= most`.
    Count {
        /// Smallest value that makes sense.
        least: i64,
        /// Largest value that makes sense.
        most: i64,
    },
    /// A calendar date.
    Date {
        /// Whether a day that is still to come makes sense.
        #[serde(default)]
        future: bool,
    },
    /// Yes or no.
    YesNo,
    /// One of a list.
    Choice {
        /// The list, in the order to show.
        choices: Vec<Choice>,
    },
}

impl FieldKind {
    /// The kind of fact that is read and shown alike; none for texts and ticks.
    pub fn as_fact(&self) -> Option<FactKind> {
        Some(match self {
            Self::Money => FactKind::Money,
            Self::Area => FactKind::Area,
            Self::Count { least, most } => FactKind::Count { least: *least, most: *most },
            Self::Date { future } => FactKind::Date { future: *future },
            Self::YesNo => FactKind::YesNo,
            Self::Choice { choices } => FactKind::Choice { choices: choices.clone() },
            Self::Line
            | Self::Text
            | Self::Name
            | Self::IdNumber
            | Self::Phone
            | Self::CreditCode
            | Self::Agree => return None,
        })
    }

    /// The answers that another field may depend on; none where there are none to count.
    pub fn answers(&self) -> Vec<&str> {
        match self {
            Self::YesNo => vec!["yes", "no"],
            Self::Choice { choices } => choices.iter().map(|choice| choice.id.as_str()).collect(),
            _ => Vec::new(),
        }
    }
}

impl FormPart {
    /// Whether it can be filled in more than once.
    pub fn repeats(&self) -> bool {
        !self.each.is_empty()
    }

    /// A field by its id.
    pub fn field(&self, id: &str) -> Option<&FormField> {
        self.fields.iter().find(|field| field.id == id)
    }
}

impl Form {
    /// A part by its id.
    pub fn part(&self, id: &str) -> Option<&FormPart> {
        self.parts.iter().find(|part| part.id == id)
    }
}
