//! Every reply given, by fact.

use super::self_check::Reply;

/// Replies in the order of their facts' ids. A sorted list and no map: there are a few dozen, and a map of its own would
/// weigh more than the rest of the question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Replies(Vec<(String, Reply)>);

impl Replies {
    fn find(&self, fact: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(fact))
    }

    /// The reply to a fact.
    pub(super) fn get(&self, fact: &str) -> Option<&Reply> {
        let at = self.find(fact).ok()?;
        self.0.get(at).map(|(_, reply)| reply)
    }

    /// Keeps a reply in place of an earlier one.
    pub(super) fn set(&mut self, fact: &str, reply: Reply) {
        self.remove(fact);
        let (Ok(at) | Err(at)) = self.find(fact);
        self.0.insert(at, (fact.to_owned(), reply));
    }

    /// Forgets a reply.
    pub(super) fn remove(&mut self, fact: &str) {
        self.0.retain(|(known, _)| known != fact);
    }

    /// Forgets the replies to facts that are unknown.
    pub(super) fn retain(&mut self, known: impl Fn(&str) -> bool) {
        self.0.retain(|(fact, _)| known(fact));
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All, by fact.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Reply)> {
        self.0.iter().map(|(fact, reply)| (fact.as_str(), reply))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_reply_counts() {
        let mut replies = Replies::default();
        for fact in ["b", "a", "c", "a"] {
            replies.set(fact, None);
        }
        assert_eq!(replies.iter().map(|(fact, _)| fact).collect::<Vec<_>>(), ["a", "b", "c"]);
        replies.remove("b");
        assert!(replies.get("b").is_none() && replies.get("c").is_some());
        replies.retain(|fact| fact == "a");
        assert_eq!(replies.iter().count(), 1);
    }
}
