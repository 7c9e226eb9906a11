//! What stands beside the programs and is loaded once a page runs: one script from several small ones (reading aloud, the
//! pages in English, what WeChat cannot do), and the dictionary that it fetches for whoever asks for English.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::assets::{self, Asset};
use crate::project::Project;
use crate::site::fill;

/// Sentences as the pages say them, and in English.
pub const DICTIONARY: &str = "frontend/beside/english.json";
/// The small scripts.
const SCRIPTS: &str = "frontend/beside";

/// What the dictionary file holds.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct English {
    /// Paths of the pages that are offered in English.
    pub pages: Vec<String>,
    /// English by Chinese. `{1}`, `{2}` stand for what differs from page to page, in both.
    pub words: BTreeMap<String, String>,
}

impl English {
    /// Reads the dictionary.
    ///
    /// # Errors
    /// When it is no such file, or the English of a sentence leaves something of it out.
    pub fn of(project: &Project) -> Result<Self> {
        let text = fs::read_to_string(project.path(DICTIONARY)).context(DICTIONARY)?;
        let english: Self = serde_json::from_str(&text).context(DICTIONARY)?;
        for (from, to) in &english.words {
            ensure!(!to.trim().is_empty() && from.trim() == from, "{DICTIONARY}: `{from}` says nothing");
            ensure!(
                places(from) == places(to),
                "{DICTIONARY}: `{from}` and `{to}` differ in what stands in them"
            );
        }
        Ok(english)
    }

    /// The script that every page names, and the words that it fetches when they are asked for.
    ///
    /// # Errors
    /// When esbuild refuses the script.
    pub fn assets(&self, project: &Project) -> Result<[Asset; 2]> {
        let words = Asset::hashed("english", "json", serde_json::to_vec(self)?);
        let mut text = String::new();
        for script in scripts(project)? {
            // Each has its names to itself.
            text.push_str("{\n");
            text.push_str(&fs::read_to_string(&script).with_context(|| script.display().to_string())?);
            text.push_str("}\n");
        }
        fill(&mut text, "{{words}}", &words.url());
        fill(&mut text, "{{pages}}", &self.pages.join(" "));
        Ok([Asset::hashed("beside", "js", assets::small(project, "beside", &text)?), words])
    }
}

fn scripts(project: &Project) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(project.path(SCRIPTS)).context(SCRIPTS)? {
        found.extend(Some(entry?.path()).filter(|path| path.extension().is_some_and(|kind| kind == "js")));
    }
    Ok(found)
}

fn places(text: &str) -> BTreeSet<&str> {
    text.match_indices('{').filter_map(|(at, _)| text.get(at..at + 3)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_keeps_its_rules() -> Result<()> {
        let english = English::of(&Project::find()?)?;
        assert!(!english.pages.is_empty() && english.words.len() > 100);
        assert_eq!(places("{1}年的“{2}”"), places("“{2}” of {1}"));
        assert_ne!(places("{1}年"), places("a year"));
        Ok(())
    }
}
