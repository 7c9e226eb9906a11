//! A batch of letters on their way through the sieve: a reducer without a browser.

use std::rc::Rc;

use policies::model::CaseKind;
use protocol::case::Aside;
use protocol::desk::{Counts, Inbox, IndexRow};
use protocol::query::{InboxQuery, Standing};
use yew::Reducible;

use crate::calls::DeskError;

/// Which letters are looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pile {
    /// The newest that nobody has taken up, for those that do not open.
    #[default]
    Fresh,
    /// Those set aside, for those that do open.
    Aside,
}

/// What is known of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Not looked at yet.
    Unseen,
    /// It does not open with this key.
    Shut,
    /// It opens, and begins so.
    Opens(String),
    /// Whether it is junk cannot be told from here: why.
    Unclear(String),
}

/// What became of a letter that was ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Nothing yet.
    #[default]
    Open,
    /// It was set aside, or brought back.
    Done(Aside),
    /// That failed.
    Failed(String),
}

/// One letter of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its line in the inbox.
    pub(crate) row: IndexRow,
    /// The request id of the act on it: pressing again never does it twice.
    pub(crate) id: String,
    /// What is known.
    pub(crate) found: Found,
    /// The head of the case as it was looked at.
    pub(crate) head: String,
    /// To be acted on.
    pub(crate) ticked: bool,
    /// What became of it.
    pub(crate) fate: Fate,
}

impl Item {
    /// Whether it can be ticked.
    pub(crate) fn is_choice(&self) -> bool {
        matches!(self.found, Found::Shut | Found::Opens(_)) && !matches!(self.fate, Fate::Done(_))
    }
}

/// What is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Work {
    /// Nothing.
    #[default]
    None,
    /// Letters are fetched and opened.
    Looking,
    /// What is ticked is acted on.
    Acting,
}

/// The batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    /// Which letters.
    pub(crate) pile: Pile,
    /// Of one kind only.
    pub(crate) kind: Option<CaseKind>,
    /// The letters; none before the first look.
    pub(crate) items: Vec<Item>,
    /// How many there were of them when they were fetched, and of the piles.
    pub(crate) told: Option<(u64, Counts)>,
    /// The place after them.
    pub(crate) next: Option<String>,
    /// What is under way.
    pub(crate) work: Work,
    /// Why no letters came.
    pub(crate) failed: Option<DeskError>,
}

/// What happens to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BatchAction {
    /// Other letters are to be looked through.
    Choose(Pile, Option<CaseKind>),
    /// Work begins.
    Begin(Work),
    /// Letters came, each with an id for the act on it.
    Came(Inbox, Vec<String>),
    /// No letters came.
    Failed(DeskError),
    /// A letter was looked at: how many things have happened to it, and its head.
    Saw(String, Found, u64, String),
    /// Ticked or not.
    Tick(String, bool),
    /// What became of one.
    Fate(String, Fate),
    /// Work ended, done or stopped.
    Rest,
    /// Nothing stays.
    Clear,
}

impl Reducible for Batch {
    type Action = BatchAction;

    fn reduce(self: Rc<Self>, action: BatchAction) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            BatchAction::Choose(pile, kind) => next = Self { pile, kind, told: next.told, ..Self::default() },
            BatchAction::Begin(work) => {
                next.work = work;
                next.failed = None;
            }
            BatchAction::Came(inbox, ids) => {
                next.told = Some((inbox.total, inbox.counts));
                next.next = inbox.next;
                next.items = inbox.cases.into_iter().zip(ids).map(|(row, id)| unseen(row, id)).collect();
            }
            BatchAction::Failed(error) => {
                next.failed = Some(error);
                next.work = Work::None;
            }
            BatchAction::Saw(lookup, found, total, head) => {
                let pile = next.pile;
                next.change(&lookup, |item| {
                    item.ticked = pile.proposes(&found, total);
                    (item.found, item.head) = (found, head);
                });
            }
            BatchAction::Tick(lookup, ticked) => {
                next.change(&lookup, |item| item.ticked = ticked && item.is_choice());
            }
            BatchAction::Fate(lookup, fate) => next.change(&lookup, |item| {
                item.ticked &= !matches!(fate, Fate::Done(_));
                item.fate = fate;
            }),
            BatchAction::Rest => next.work = Work::None,
            BatchAction::Clear => next = Self::default(),
        }
        Rc::new(next)
    }
}

fn unseen(row: IndexRow, id: String) -> Item {
    Item { row, id, found: Found::Unseen, head: String::new(), ticked: false, fate: Fate::Open }
}

impl Pile {
    /// What the inbox is asked for.
    fn standing(self) -> Standing {
        match self {
            Self::Fresh => Standing::Fresh,
            Self::Aside => Standing::Aside,
        }
    }

    /// Whether a letter is ticked before anybody looks. One that was followed by something is for the officer to read.
    fn proposes(self, found: &Found, total: u64) -> bool {
        match self {
            Self::Fresh => *found == Found::Shut && total == 1,
            Self::Aside => matches!(found, Found::Opens(_)),
        }
    }

    /// What is done to a letter that is ticked.
    pub(crate) fn act(self, found: &Found) -> Aside {
        match (self, found) {
            (Self::Aside, _) => Aside::Back,
            (Self::Fresh, Found::Shut) => Aside::Unopened,
            (Self::Fresh, _) => Aside::Unusable,
        }
    }
}

impl Batch {
    /// Which letters to ask for: those after the present ones, or from the beginning.
    pub(crate) fn asked(&self, onward: bool) -> InboxQuery {
        let after = self.next.clone().filter(|_| onward);
        InboxQuery { standing: self.pile.standing(), kind: self.kind, stage: None, after }
    }

    /// The letters that are still to be looked at.
    pub(crate) fn unseen(&self) -> Vec<String> {
        let unseen = self.items.iter().filter(|item| item.found == Found::Unseen);
        unseen.map(|item| item.row.lookup.clone()).collect()
    }

    /// The letters to act on.
    pub(crate) fn ticked(&self) -> Vec<Item> {
        self.items.iter().filter(|item| item.ticked).cloned().collect()
    }

    /// Whether letters were looked at and not one opened: perhaps the key is the wrong one.
    pub(crate) fn none_opens(&self) -> bool {
        let is = |wanted: fn(&Found) -> bool| self.items.iter().any(|item| wanted(&item.found));
        is(|found| *found == Found::Shut) && !is(|found| matches!(found, Found::Opens(_)))
    }

    fn change(&mut self, lookup: &str, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.iter_mut().find(|item| item.row.lookup == lookup) {
            change(item);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn row(lookup: &str) -> IndexRow {
        IndexRow {
            destroyed_at: None,
            lookup: lookup.into(),
            kind: CaseKind::TipOff,
            stage: "submitted".into(),
            received_at: 0,
            updated_at: 0,
            waiting_for_office: true,
            withdrawn: false,
            closed: false,
            aside: false,
            due: None,
        }
    }

    fn came(lookups: &str) -> BatchAction {
        let cases = lookups.chars().map(|c| row(&c.to_string())).collect();
        let ids = lookups.chars().map(|c| format!("id-{c}")).collect();
        BatchAction::Came(Inbox { cases, next: Some("place".into()), ..Inbox::default() }, ids)
    }

    fn saw(lookup: &str, found: Found, total: u64) -> BatchAction {
        BatchAction::Saw(lookup.into(), found, total, "head".into())
    }

    fn after(actions: Vec<BatchAction>) -> Batch {
        (*actions.into_iter().fold(Rc::new(Batch::default()), Reducible::reduce)).clone()
    }

    fn ticked(batch: &Batch) -> String {
        batch.ticked().into_iter().map(|item| item.row.lookup).collect()
    }

    fn opens() -> Found {
        Found::Opens("某处".into())
    }

    fn looked_at() -> Vec<BatchAction> {
        vec![
            came("abcde"),
            saw("a", Found::Shut, 1),
            saw("b", opens(), 1),
            saw("c", Found::Shut, 2),
            saw("d", Found::Unclear("没取来".into()), 1),
        ]
    }

    #[test]
    fn what_does_not_open_is_ticked_and_nothing_that_is_unclear_or_was_written_to() {
        let batch = after(looked_at());
        assert_eq!((ticked(&batch).as_str(), batch.unseen().as_slice()), ("a", ["e".to_owned()].as_slice()));
        assert!(!batch.none_opens());
        let mut actions = looked_at();
        actions.extend(["a", "b", "c", "d", "e"].map(|lookup| BatchAction::Tick(lookup.into(), true)));
        assert_eq!(ticked(&after(actions)), "abc");
    }

    #[test]
    fn of_what_was_set_aside_that_is_ticked_which_opens() {
        let mut actions = looked_at();
        actions.insert(0, BatchAction::Choose(Pile::Aside, None));
        let batch = after(actions);
        assert_eq!(ticked(&batch), "b");
        assert_eq!(batch.pile.act(&opens()), Aside::Back);
    }

    #[test]
    fn what_is_done_is_not_done_again_and_what_failed_is_tried_as_the_same() {
        let mut actions = looked_at();
        actions.push(BatchAction::Tick("b".into(), true));
        actions.push(BatchAction::Fate("a".into(), Fate::Done(Aside::Unopened)));
        actions.push(BatchAction::Fate("b".into(), Fate::Failed("断网".into())));
        actions.push(BatchAction::Tick("a".into(), true));
        let batch = after(actions);
        let left = batch.ticked();
        assert_eq!(left.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["id-b"]);
        assert_eq!(batch.pile.act(&left.first().unwrap().found), Aside::Unusable);
    }

    #[test]
    fn a_batch_of_which_nothing_opens_is_told_and_nothing_outlives_the_key() {
        let batch = after(vec![came("ab"), saw("a", Found::Shut, 1)]);
        assert!(batch.none_opens() && !after(vec![came("ab")]).none_opens());
        assert_eq!(batch.asked(true).after.as_deref(), Some("place"));
        assert_eq!(batch.asked(false).after, None);
        let mut actions = looked_at();
        actions.push(BatchAction::Clear);
        assert_eq!(after(actions), Batch::default());
    }
}
