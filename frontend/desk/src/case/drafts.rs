//! What officers wrote and did not send yet, kept while the desk is open, in memory only.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::outgoing::{Outgoing, Standing};

/// The forms of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// A reply.
    Reply,
    /// A move to another stage.
    Move,
    /// A request for corrections.
    Correction,
}

/// Unsent forms by case. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drafts(Rc<RefCell<BTreeMap<(String, Form), Outgoing>>>);

impl PartialEq for Drafts {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Drafts {
    /// The form as it was left. One left while it was being sent can be sent again: its attempt is
    /// the same, so nothing happens twice.
    pub(crate) fn restore(&self, lookup: &str, form: Form) -> Option<Outgoing> {
        let mut left = self.0.borrow().get(&(lookup.to_owned(), form)).cloned()?;
        if left.standing == Standing::Sending {
            left.standing = Standing::Writing;
        }
        Some(left)
    }

    /// Keeps a form with something in it, forgets an empty one.
    pub(crate) fn keep(&self, lookup: &str, form: Form, state: &Outgoing) {
        let key = (lookup.to_owned(), form);
        if state.is_unsent() {
            self.0.borrow_mut().insert(key, state.clone());
        } else {
            self.0.borrow_mut().remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use ui::attempt::Attempt;

    #[test]
    fn a_form_left_while_sending_comes_back_with_the_same_attempt() {
        let drafts = Drafts::default();
        let attempt = Attempt { id: "id-1".into(), envelope: None };
        let form = Outgoing {
            text: "请补材料".into(),
            attempt: Some(attempt.clone()),
            standing: Standing::Sending,
            ..Outgoing::default()
        };
        drafts.keep("aa", Form::Reply, &form);
        let back = drafts.restore("aa", Form::Reply).unwrap();
        assert_eq!((back.attempt, back.standing), (Some(attempt), Standing::Writing));
        assert_eq!(drafts.restore("aa", Form::Move), None);
        assert_eq!(drafts.restore("bb", Form::Reply), None);
    }

    #[test]
    fn a_sent_or_empty_form_is_forgotten() {
        let drafts = Drafts::default();
        let written = Outgoing { text: "甲".into(), ..Outgoing::default() };
        drafts.keep("aa", Form::Reply, &written);
        drafts.keep("aa", Form::Reply, &Outgoing { standing: Standing::Sent, ..written });
        assert_eq!(drafts.restore("aa", Form::Reply), None);
    }
}
