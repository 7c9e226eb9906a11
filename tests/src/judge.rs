//! What is wrong with how a page is shown: sideways scroll, targets too small for a finger, and what axe-core finds
//! against WCAG 2.2 AA.

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;
use xtask::project::Project;

use crate::browser::Browser;

/// The rules of the check itself, beside those of axe: the design asks for targets of 44 px, 60 px in large text.
const MEASURE: &str = include_str!("judge.js");

/// Checks pages with one copy of axe-core.
#[derive(Clone, Debug)]
pub struct Judge {
    axe: String,
}

impl Judge {
    /// Reads axe-core from the npm packages.
    ///
    /// # Errors
    /// When it is not installed (`cargo xtask build` does that).
    pub fn new(project: &Project) -> Result<Self> {
        let file = project.path("node_modules/axe-core/axe.min.js");
        Ok(Self { axe: fs::read_to_string(&file).with_context(|| file.display().to_string())? })
    }

    /// Everything wrong with the page as it is shown now, in a sentence each.
    ///
    /// # Errors
    /// Those of the driver.
    pub async fn faults(&self, browser: &Browser) -> Result<Vec<String>> {
        let mut faults: Vec<String> = browser.driver.execute(MEASURE, vec![]).await?.convert()?;
        let here: bool = browser.driver.execute("return 'axe' in window", vec![]).await?.convert()?;
        if !here {
            browser.driver.execute(self.axe.as_str(), vec![]).await?;
        }
        let run = "const done = arguments[0]; \
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']; \
            axe.run(document, { runOnly: { type: 'tag', values: tags }, rules: { 'target-size': { enabled: true } } }) \
                .then(found => done(found.violations), error => done([{ id: String(error), help: '', nodes: [] }]));";
        let violations: Vec<Value> = browser.driver.execute_async(run, vec![]).await?.convert()?;
        faults.extend(violations.iter().map(sentence));
        Ok(faults)
    }
}

fn sentence(violation: &Value) -> String {
    let words = |key: &str| violation[key].as_str().unwrap_or_default().to_owned();
    let nodes: Vec<String> = violation["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| format!("    {} {}", node["target"], node["failureSummary"].as_str().unwrap_or_default()))
        .collect();
    format!("axe {}: {}\n{}", words("id"), words("help"), nodes.join("\n"))
}
