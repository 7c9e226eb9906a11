//! Which document decides: one that is built in, by its name, or a file that is compiled now.

use std::path::PathBuf;

use clap::Args;

use crate::written::{self, Facts};

#[derive(Args)]
pub(crate) struct Which {
    /// Document or place that is built in: `yongshun-2023`, `yongshun`; left out with `--document`.
    #[arg(value_name = "PLACE", required_unless_present = "document")]
    place: Option<String>,
    /// A document file that decides instead, as it is written.
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
    /// The dictionary of facts of that file; without it `facts.toml` beside it, or else the one that is built in.
    #[arg(long, value_name = "FILE", requires = "document")]
    facts: Option<PathBuf>,
}

/// A document that is settled.
pub(crate) struct Settled {
    /// By which [`crate::input::document`] finds it.
    pub(crate) name: String,
    /// What stood in the place of its name: the first of the words that follow.
    pub(crate) word: Option<String>,
    /// The dictionary that it is compiled with.
    pub(crate) facts: Facts,
}

impl Which {
    /// Compiles the file, if one is named.
    ///
    /// # Errors
    /// Everything wrong in the file.
    pub(crate) fn settle(self) -> Result<Settled, String> {
        let Some(file) = self.document else {
            let name = self.place.unwrap_or_default();
            return Ok(Settled { name, word: None, facts: Facts::embedded() });
        };
        let facts = Facts::of(&file, self.facts.as_deref())?;
        let name = written::decides(&file, &facts)?;
        let is_it = |word: &String| {
            let book = policies::rulebook().documents();
            book.iter().any(|d| [&d.document().id, &d.document().place.id].contains(&word))
        };
        Ok(Settled { name, word: self.place.filter(|word| !is_it(word)), facts })
    }
}

impl Settled {
    /// What follows the document's name, with what stood in its place.
    ///
    /// # Errors
    /// A word too many.
    pub(crate) fn next(&self, given: Option<PathBuf>) -> Result<PathBuf, String> {
        match (&self.word, given) {
            (Some(word), Some(_)) => {
                Err(format!("`{word}`: with `--document` no place is named; only the file that follows it"))
            }
            (Some(word), None) => Ok(word.into()),
            (None, given) => Ok(given.unwrap_or_else(|| "-".into())),
        }
    }

    /// As [`Settled::next`], where nothing follows.
    pub(crate) fn alone(&self) -> Result<(), String> {
        match &self.word {
            Some(word) => Err(format!("`{word}` is not the document in the file, `{}`", self.name)),
            None => Ok(()),
        }
    }
}
