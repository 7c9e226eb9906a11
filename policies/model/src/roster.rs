//! The list that a form asks for beside its parts (职工名单): one row for each person, columns that the document gives.

use serde::{Deserialize, Serialize};

use super::{Cite, FieldKind};

/// A list of people, of whom each is assessed by himself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// Its heading, and the name of the file to fill in.
    pub title: String,
    /// Who belongs on it, and how it is filled in.
    pub says: String,
    /// What one entry is called: `位职工`.
    pub each: String,
    /// Entries that one letter may have.
    pub most: u32,
    /// The categories by which each is assessed, by id; empty: all of the document's.
    #[serde(default)]
    pub categories: Vec<String>,
    /// The columns, in the order of the file to fill in.
    pub columns: Vec<RosterColumn>,
    /// Source.
    pub cite: Cite,
}

/// A column: something of the person, or a fact of the dictionary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RosterColumn {
    /// Stable id within the list.
    pub id: String,
    /// Its head.
    pub label: String,
    /// How it is filled in. Of a fact the dictionary's own help stands where this is empty.
    #[serde(default)]
    pub help: String,
    /// Other heads that the tables of employers give it.
    #[serde(default)]
    pub also: Vec<String>,
    /// What is written in it, where it is no fact.
    #[serde(default)]
    pub kind: Option<FieldKind>,
    /// The fact that it tells. Left empty, the fact is unknown: the row is sent and lacks it.
    #[serde(default)]
    pub fact: Option<String>,
    /// It may be left empty. A fact always may.
    #[serde(default)]
    pub optional: bool,
    /// Source.
    pub cite: Cite,
}

impl Roster {
    /// A column by its id.
    pub fn column(&self, id: &str) -> Option<&RosterColumn> {
        self.columns.iter().find(|column| column.id == id)
    }

    /// The one column of a kind, as the name and the identity number are.
    pub fn of_kind(&self, kind: &FieldKind) -> Option<&RosterColumn> {
        self.columns.iter().find(|column| column.kind.as_ref() == Some(kind))
    }

    /// Whether a category is one of those by which people are assessed.
    pub fn is_for(&self, category: &str) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|id| id == category)
    }
}
