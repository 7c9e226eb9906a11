//! Who in an office a case is for: the office, or those who look after it.
//!
//! What is said about the office itself is sealed to its supervisors alone, and lies in a list of theirs: the office's own
//! inbox, counts and trail know nothing of it.

use serde::{Deserialize, Serialize};

use crate::{CaseKind, desk::Role};

/// Who opens a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    /// Everybody in the office to whom the document gives it.
    #[default]
    Office,
    /// Those who hold a supervisor's key, and nobody else: a tip-off about the office or its staff.
    Supervisor,
}

impl Addressee {
    /// Whose cases a role works on.
    pub fn of(role: Role) -> Self {
        if role == Role::Supervisor { Self::Supervisor } else { Self::Office }
    }

    /// Whether it is for the office, as everything was before there were supervisors: then it is not written down.
    pub fn is_office(&self) -> bool {
        *self == Self::Office
    }

    /// The name of the list, and of the audit trail, that its cases are in. No office id has a colon.
    pub fn list(self, office: &str) -> String {
        match self {
            Self::Office => office.to_owned(),
            Self::Supervisor => [office, ":supervisor"].concat(),
        }
    }
}

/// What decides who opens a letter or a message: the kind of case that it is about, and for whom that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The kind of case.
    pub kind: CaseKind,
    /// For whom in the office.
    pub addressee: Addressee,
    /// It was passed on to those who look after the office: they open what comes later, too.
    #[serde(default)]
    pub supervised: bool,
}

impl Mail {
    /// Mail about a case that was passed on to nobody.
    pub fn new(kind: CaseKind, addressee: Addressee) -> Self {
        Self { kind, addressee, supervised: false }
    }

    /// Mail about a case that is for the office.
    pub fn for_office(kind: CaseKind) -> Self {
        Self::new(kind, Addressee::Office)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supervisor_works_on_another_list_than_everybody_else() {
        let list = |role| Addressee::of(role).list("yongshun-2023");
        for role in [Role::Community, Role::Town, Role::Office, Role::Department, Role::Auditor] {
            assert_eq!(list(role), "yongshun-2023");
        }
        assert_eq!(list(Role::Supervisor), "yongshun-2023:supervisor");
    }
}
