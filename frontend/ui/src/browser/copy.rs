//! One page's copy of a text that every page of this site in this browser may change.

use std::cell::RefCell;

use super::stored;

/// What came of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// The browser keeps it.
    Kept,
    /// The browser refused, and only this page holds it.
    Refused,
    /// Another page changed or removed what was there since this one read it: nothing was written over it.
    Overtaken,
}

/// A copy that is written back only over what it was made from, so that an older page never undoes a newer one, and what
/// was cleared in one page does not come back from another. For effects and handlers.
#[derive(Debug)]
pub struct KeptCopy {
    key: String,
    /// The text that this page read or wrote last.
    known: RefCell<Option<String>>,
}

impl KeptCopy {
    /// A copy of what lies under a key; nothing is read yet.
    pub fn of(key: String) -> Self {
        Self { key, known: RefCell::default() }
    }

    /// Reads it anew.
    pub fn read(&self) -> Option<String> {
        let text = stored::load_text(&self.key);
        self.known.replace(text.clone());
        text
    }

    /// Whether another page has changed or removed it since.
    pub fn is_overtaken(&self) -> bool {
        *self.known.borrow() != stored::load_text(&self.key)
    }

    /// Whether something lay there when it was read or written last.
    pub fn is_there(&self) -> bool {
        self.known.borrow().is_some()
    }

    /// Writes it back; nothing where it is as it was. Between pages of different processes what one writes is seen by the
    /// other a moment later: a page that only repeated what it had read could undo what the other has written since.
    pub fn write(&self, text: String) -> Written {
        if self.is_overtaken() {
            return Written::Overtaken;
        }
        if self.known.borrow().as_ref() == Some(&text) && stored::is_lasting(&self.key) {
            return Written::Kept;
        }
        self.known.replace(Some(text.clone()));
        if stored::save_text(&self.key, text) { Written::Kept } else { Written::Refused }
    }

    /// Removes it, whoever wrote it last.
    pub fn forget(&self) {
        self.known.replace(None);
        stored::forget(&self.key);
    }
}
