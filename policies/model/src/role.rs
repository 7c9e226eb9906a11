//! Who works on a case, as documents name them.

use serde::{Deserialize, Serialize};

/// What a staff key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Community (社区).
    Community,
    /// Town or sub-district (乡镇、街道).
    Town,
    /// Housing office (住房保障部门).
    Office,
    /// A department of the joint review (联审部门).
    Department,
    /// Reads everything that is in the open, changes nothing. No stage names it.
    Auditor,
    /// Reads and moves what was written about the office itself, which nobody else opens. No stage names it.
    Supervisor,
}

impl Role {
    /// Whether this role may move cases and reply.
    pub fn may_write(self) -> bool {
        !matches!(self, Self::Auditor)
    }

    /// Whether this role may read the audit trail: a supervisor's is that of the supervisors alone.
    pub fn may_audit(self) -> bool {
        matches!(self, Self::Office | Self::Auditor | Self::Supervisor)
    }

    /// The word used on the wire and in key files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Community => "community",
            Self::Town => "town",
            Self::Office => "office",
            Self::Department => "department",
            Self::Auditor => "auditor",
            Self::Supervisor => "supervisor",
        }
    }

    /// Reads [`Role::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        let every =
            [Self::Community, Self::Town, Self::Office, Self::Department, Self::Auditor, Self::Supervisor];
        every.into_iter().find(|role| role.id() == id)
    }
}
