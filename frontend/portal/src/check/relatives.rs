//! How many of each relation apply together with the applicant.

/// Counts by the relation's id. A list and no map: there are few, and a map of its own would weigh more than the rest of
/// the question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Relatives(Vec<(String, i64)>);

impl Relatives {
    /// How many there are of a relation.
    pub(crate) fn count(&self, relation: &str) -> u32 {
        let known = self.0.iter().find(|(id, _)| id == relation);
        known.and_then(|(_, count)| u32::try_from(*count).ok()).unwrap_or_default()
    }

    /// Says how many there are.
    pub(crate) fn set(&mut self, relation: &str, count: i64) {
        self.0.retain(|(id, _)| id != relation);
        self.0.push((relation.to_owned(), count));
    }

    /// Every relation that was told, with its count.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(id, count)| (id.as_str(), *count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_counts_and_nonsense_counts_for_nobody() {
        let mut told = Relatives::default();
        told.set("child", 2);
        told.set("child", 3);
        told.set("spouse", -1);
        assert_eq!((told.count("child"), told.count("spouse"), told.count("parent")), (3, 0, 0));
        assert_eq!(told.iter().count(), 2);
    }
}
