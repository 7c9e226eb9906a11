//! DOM ids of the application's controls: reading names a fault by them, and a page finds it by them.

use super::Draft;

/// A field of a person: the applicant's bare, a member's with its place in the list from 1.
pub(crate) fn person_field(draft: &Draft, key: u32, field: &str) -> String {
    match draft.members.iter().position(|member| member.key == key) {
        Some(index) => format!("member-{}-{field}", index + 1),
        None => field.to_owned(),
    }
}

/// A household fact's control.
pub(crate) fn fact_field(fact: &str) -> String {
    format!("fact-{fact}")
}
