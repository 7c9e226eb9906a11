//! Pages that need no program: the guides for readers without JavaScript, for searchers and for old phones.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::assets::Asset;
use crate::project::Project;
use crate::site::{escape, fill, whole};
use crate::tools;

/// Their template.
const TEMPLATE: &str = "frontend/text.html";

/// One of them, as `xtask/readable` tells it.
#[derive(Deserialize)]
pub struct Text {
    /// Its address without slashes at the ends.
    pub path: String,
    title: String,
    description: String,
    html: String,
    place: String,
}

impl Text {
    /// The page's file.
    ///
    /// # Errors
    /// When the template lacks or misspells a placeholder.
    pub fn page(
        &self,
        project: &Project,
        [styles, later, sending]: [&Asset; 3],
        policy: &str,
    ) -> Result<Vec<u8>> {
        let file = project.path(TEMPLATE);
        let mut text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        for (placeholder, value) in [
            ("{{title}}", escape(&self.title)),
            ("{{description}}", escape(&self.description)),
            ("{{styles}}", styles.url()),
            ("{{later}}", later.url()),
            ("{{sending}}", sending.url()),
            ("{{policy}}", policy.to_owned()),
            ("{{body}}", self.html.clone()),
        ] {
            fill(&mut text, placeholder, &value);
        }
        whole(TEMPLATE, text)
    }
}

/// All of them.
///
/// # Errors
/// When they cannot be made.
pub fn texts(project: &Project) -> Result<Vec<Text>> {
    serde_json::from_str(&tools::readable(project)?).context("xtask/readable answered something else")
}

/// Where they are, for pages whose program does not start: on a page of a place its own guide alone. `page`: its address
/// without slashes at the ends.
pub fn links(texts: &[Text], page: &str) -> String {
    let place = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let link = |text: &Text| format!("<a href=\"/{}\">{}</a>", text.path, escape(&text.place));
    let own: Vec<&Text> = texts.iter().filter(|text| place(&text.path) == place(page)).collect();
    let named: Vec<&Text> = if own.is_empty() { texts.iter().collect() } else { own };
    let line = |ending: &str, what: &str| {
        let links: Vec<String> =
            named.iter().copied().filter(|text| text.path.ends_with(ending)).map(link).collect();
        if links.is_empty() { String::new() } else { format!("<p>{what}：{}</p>", links.join("　")) }
    };
    [line("/text", "纯文字的办事指南"), line("/forms", "可以打印的空白表")].concat()
}
