//! A file that was worked out by hand, held as text: what is wrong in it is told at its line.

use std::{fs, path::Path};

use policies_compile::{Problem, Source, Step};
use serde::de::DeserializeOwned;

/// A file's name for messages, and its text.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// As it was asked for.
    pub name: String,
    /// UTF-8, with LF or CRLF.
    pub text: String,
}

impl Text {
    /// The text of a file.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let name = path.display().to_string();
        match fs::read_to_string(path) {
            Ok(text) => Ok(Self { name, text }),
            Err(e) => Err(Problem { file: name, line: 1, message: e.to_string() }),
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// Everything wrong in it.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Vec<Problem>> {
        Source::plain(&self.name, &self.text)?.read()
    }

    /// A problem at a path, or at its nearest ancestor that is there.
    pub(crate) fn problem(&self, path: &[Step<'_>], message: String) -> Problem {
        match Source::plain(&self.name, &self.text) {
            Ok(source) => source.problem(path, message),
            Err(_) => Problem { file: self.name.clone(), line: 1, message },
        }
    }
}
