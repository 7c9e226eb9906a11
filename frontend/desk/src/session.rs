//! Who works at the desk and which page is open: a reducer without a browser.

use std::rc::Rc;

use protocol::desk::Role;
use yew::Reducible;

/// What a key file says of itself. The keys stay in the sealer worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Officer {
    /// Office id, the document's id.
    pub(crate) office: String,
    /// What the key may do.
    pub(crate) role: Role,
    /// Id of the signing key.
    pub(crate) kid: String,
    /// age recipient of the opening key.
    pub(crate) recipient: String,
}

/// Why the desk is locked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Locked {
    /// Nobody has opened it yet.
    #[default]
    Fresh,
    /// The officer locked it.
    ByHand,
    /// Nothing moved for a while.
    Idle,
    /// The worker that held the key died.
    KeyGone,
}

/// Why a key file was refused, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is locked, and its passphrase is asked for, or was another.
    Locked(&'static str),
    /// It is no key of this desk.
    File(String),
}

impl Refused {
    /// What to tell the officer.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Locked(words) => words,
            Self::File(words) => words,
        }
    }
}

/// Where the key stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// No key in the worker.
    Absent {
        /// Why.
        locked: Locked,
        /// Why the last file was refused.
        refused: Option<Refused>,
    },
    /// A file is being read.
    Reading,
    /// The worker holds the key.
    Held(Officer),
}

/// The page of the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Page {
    /// List of cases.
    #[default]
    Inbox,
    /// One case, by look-up id.
    Case(String),
    /// Letters looked through for junk.
    Sift,
    /// Tickets for people helped at the counter.
    Tickets,
    /// Audit trail.
    Audit,
}

/// The whole session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// The key.
    pub(crate) key: Key,
    /// The page.
    pub(crate) page: Page,
}

impl Default for Session {
    fn default() -> Self {
        Self { key: Key::Absent { locked: Locked::Fresh, refused: None }, page: Page::Inbox }
    }
}

/// What happens to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SessionAction {
    /// A file was chosen.
    Read,
    /// The worker refused the file.
    Refused(Refused),
    /// The worker holds the key.
    Unlocked(Officer),
    /// Forget everything.
    Lock(Locked),
    /// Go to a page; without a key there is none.
    Go(Page),
}

impl Reducible for Session {
    type Action = SessionAction;

    fn reduce(self: Rc<Self>, action: SessionAction) -> Rc<Self> {
        let absent = |locked, refused| Key::Absent { locked, refused };
        Rc::new(match (action, &self.key) {
            (SessionAction::Read, _) => Self { key: Key::Reading, page: Page::Inbox },
            // An answer that arrives after the desk was locked changes nothing.
            (SessionAction::Refused(why), Key::Reading) => {
                Self { key: absent(Locked::Fresh, Some(why)), page: Page::Inbox }
            }
            (SessionAction::Unlocked(officer), Key::Reading) => {
                Self { key: Key::Held(officer), page: Page::Inbox }
            }
            (SessionAction::Lock(locked), _) => Self { key: absent(locked, None), page: Page::Inbox },
            (SessionAction::Go(page), Key::Held(officer)) => Self { key: Key::Held(officer.clone()), page },
            _ => return self,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;

    fn officer() -> Officer {
        Officer {
            office: "yongshun-2023".into(),
            role: Role::Office,
            kid: "k1".into(),
            recipient: "age1x".into(),
        }
    }

    fn after(actions: Vec<SessionAction>) -> Rc<Session> {
        actions.into_iter().fold(Rc::new(Session::default()), Reducible::reduce)
    }

    #[test]
    fn a_read_key_opens_the_inbox_and_a_case() {
        let session = after(vec![
            SessionAction::Read,
            SessionAction::Unlocked(officer()),
            SessionAction::Go(Page::Case("ab".into())),
        ]);
        assert_eq!(session.key, Key::Held(officer()));
        assert_eq!(session.page, Page::Case("ab".into()));
    }

    #[test]
    fn locking_forgets_officer_and_page() {
        let session = after(vec![
            SessionAction::Read,
            SessionAction::Unlocked(officer()),
            SessionAction::Go(Page::Case("ab".into())),
            SessionAction::Lock(Locked::Idle),
        ]);
        assert_eq!(session.key, Key::Absent { locked: Locked::Idle, refused: None });
        assert_eq!(session.page, Page::Inbox);
    }

    #[test]
    fn a_key_that_arrives_after_locking_is_not_taken() {
        let session = after(vec![
            SessionAction::Read,
            SessionAction::Lock(Locked::ByHand),
            SessionAction::Unlocked(officer()),
        ]);
        assert!(matches!(session.key, Key::Absent { .. }));
    }

    #[test]
    fn a_refused_file_says_why_and_no_page_opens_without_a_key() {
        let session = after(vec![
            SessionAction::Read,
            SessionAction::Refused(Refused::File("不是密钥文件".into())),
            SessionAction::Go(Page::Case("ab".into())),
        ]);
        assert_eq!(session.page, Page::Inbox);
        assert!(
            matches!(&session.key, Key::Absent { refused: Some(why), .. } if why.words() == "不是密钥文件")
        );
    }
}
