//! Faults gathered while all the rest is read too, so that a person sees every one of them at once.

use ui::components::FieldFault;

/// What was wrong so far, in the order of the page.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<FieldFault>);

impl Faults {
    /// What a part came to; its faults are kept.
    pub(crate) fn part<T>(&mut self, read: Result<T, Vec<FieldFault>>) -> Option<T> {
        read.map_err(|faults| self.0.extend(faults)).ok()
    }

    /// What a field came to; its fault is kept with the id of its control.
    pub(crate) fn field<T>(&mut self, id: impl Into<String>, read: Result<T, String>) -> Option<T> {
        read.map_err(|message| self.add(id, message)).ok()
    }

    /// One more.
    pub(crate) fn add(&mut self, id: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldFault::new(id.into(), message.into()));
    }

    /// What was read, if nothing was wrong. `None` stands for what a kept fault was about.
    pub(crate) fn unless<T>(self, read: Option<T>) -> Result<T, Vec<FieldFault>> {
        match read {
            Some(read) if self.0.is_empty() => Ok(read),
            _ => Err(self.0),
        }
    }
}
