//! The list of people in a draft: typed by hand, or read from a file and mended here.

use std::collections::BTreeMap;

use policies::seen::visible;
use serde::{Deserialize, Serialize};

/// A list as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ListDraft {
    /// For each file that was read, which column of it is which of the form's: `C` by the id.
    pub(crate) files: Vec<BTreeMap<String, String>>,
    /// The people, in their order.
    pub(crate) members: Vec<MemberDraft>,
}

/// A person of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct MemberDraft {
    /// Tells people apart, whatever becomes of those before.
    pub(crate) key: u32,
    /// Which file it was read from, counted from 0, and its row there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<(usize, u32)>,
    /// What is written in the columns, by id.
    pub(crate) cells: BTreeMap<String, String>,
}

/// What can happen to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListAction {
    /// A file was read: its columns, its rows; whether it takes the place of what is there.
    Read(BTreeMap<String, String>, Vec<(u32, BTreeMap<String, String>)>, bool),
    /// One more person.
    Add,
    /// Typing or picking: key, column, text.
    Write(u32, String, String),
    /// People go, by key.
    Remove(Vec<u32>),
}

impl ListDraft {
    /// Whether nobody is on it.
    pub(crate) fn is_blank(&self) -> bool {
        self.members.is_empty()
    }

    /// A person by the key.
    pub(crate) fn member(&self, key: u32) -> Option<&MemberDraft> {
        self.members.iter().find(|member| member.key == key)
    }

    /// The key of the next one.
    pub(crate) fn next_key(&self) -> u32 {
        self.members.iter().map(|member| member.key).max().map_or(1, |last| last.saturating_add(1))
    }

    /// Where a cell was read from, as table programs say it: the row and, where the file has it, the column.
    pub(crate) fn place(&self, member: &MemberDraft, column: &str) -> Option<(u32, Option<&str>)> {
        let (file, row) = member.from?;
        Some((row, self.files.get(file).and_then(|file| file.get(column)).map(String::as_str)))
    }

    pub(super) fn take(&mut self, action: ListAction) {
        match action {
            ListAction::Read(columns, rows, instead) => {
                if instead {
                    *self = Self::default();
                }
                let file = self.files.len();
                self.files.push(columns);
                let first = self.next_key();
                let members = (first..).zip(rows).map(|(key, (row, cells))| MemberDraft {
                    key,
                    from: Some((file, row)),
                    cells,
                });
                self.members.extend(members);
            }
            ListAction::Add => {
                self.members.push(MemberDraft { key: self.next_key(), ..MemberDraft::default() });
            }
            ListAction::Write(key, column, text) => {
                if let Some(member) = self.members.iter_mut().find(|member| member.key == key) {
                    if text.is_empty() {
                        member.cells.remove(&column);
                    } else {
                        member.cells.insert(column, text);
                    }
                }
            }
            ListAction::Remove(keys) => self.members.retain(|member| !keys.contains(&member.key)),
        }
        if self.members.is_empty() {
            self.files.clear();
        }
    }
}

impl MemberDraft {
    /// What is written in a column; empty: nothing.
    pub(crate) fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Whether nothing is written of the person.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.values().all(|cell| visible(cell).is_empty())
    }
}
