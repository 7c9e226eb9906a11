//! A data file as a tree that knows its lines.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

/// Stands for a text that the file does not say; no problem that speaks of it is told.
pub(super) const GAP: &str = "\u{1a}";

/// Something wrong in a data file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// File name as given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// A step of a path into the tree.
#[derive(Clone, Copy, Debug)]
pub enum Step<'p> {
    /// A table's key.
    Key(&'p str),
    /// A place in a list, from 0.
    At(usize),
}

/// A parsed file.
pub struct Source<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
    pub(super) root: Spanned<DeValue<'t>>,
}

impl<'t> Source<'t> {
    /// Parses; all syntax errors at once.
    ///
    /// # Errors
    /// One problem per syntax error.
    pub(super) fn parse(name: &'t str, text: &'t str) -> Result<Self, Vec<Problem>> {
        let mut source = Self::plain(name, text)?;
        gather(&mut source.root);
        Ok(source)
    }

    /// Parses a file of another shape than a document's: examples, dates.
    ///
    /// # Errors
    /// One problem per syntax error.
    pub fn plain(name: &'t str, text: &'t str) -> Result<Self, Vec<Problem>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let mut problems: Vec<Problem> = Vec::new();
            for error in &errors {
                let line = line_at(text, error.span().map_or(0, |s| s.start));
                // What a line is told beyond its first error only follows from it.
                if problems.iter().all(|told| told.line != line) {
                    let hint = text.lines().nth(line.saturating_sub(1)).and_then(quoted).unwrap_or_default();
                    let message = format!("{}{hint}", error.message());
                    problems.push(Problem { file: name.to_owned(), line, message });
                }
            }
            return Err(problems);
        }
        let span = table.span();
        Ok(Self { name, text, root: Spanned::new(span, DeValue::Table(table.into_inner())) })
    }

    /// Reads the whole file.
    ///
    /// # Errors
    /// Everything in it that cannot be read.
    pub fn read<T: DeserializeOwned>(mut self) -> Result<T, Vec<Problem>> {
        let (problems, read) = self.mend();
        read.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// A problem at a path, or at its nearest ancestor that exists; of a gap, one that is not told.
    pub fn problem(&self, path: &[Step<'_>], message: String) -> Problem {
        let gap = self.find(path).is_some_and(|node| is_gap(node.get_ref()));
        let message = if gap { GAP.to_owned() } else { message };
        Problem { file: self.name.to_owned(), line: self.line(path), message }
    }

    fn line(&self, path: &[Step<'_>]) -> usize {
        self.line_of(path, "")
    }

    /// The line of a word in the value at a path, or of the value's beginning.
    pub fn line_of(&self, path: &[Step<'_>], word: &str) -> usize {
        let mut here = &self.root;
        for step in path {
            match child(here, *step) {
                Some(next) => here = next,
                None => break,
            }
        }
        let span = here.span();
        let within = self.text.get(span.clone()).and_then(|value| value.find(word)).unwrap_or(0);
        line_at(self.text, span.start.saturating_add(within))
    }

    fn find(&self, path: &[Step<'_>]) -> Option<&Spanned<DeValue<'t>>> {
        path.iter().try_fold(&self.root, |here, step| child(here, *step))
    }
}

/// How a text with quotes in it is written, where a line seems to hold one.
fn quoted(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let inner = value.trim().strip_prefix('"')?;
    let inner = inner.rsplit_once('"').map_or(inner, |(inner, _)| inner);
    let unescaped = inner.replace("\\\"", "").contains('"');
    unescaped.then(|| {
        format!("; a text that holds quotes stands between single ones: `{} = '{inner}'`", key.trim())
    })
}

/// Whether a value, or the only one in it, was put there because the file says none.
fn is_gap(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::String(text) => text == GAP,
        DeValue::Table(table) => table.len() == 1 && table.iter().all(|(_, v)| is_gap(v.get_ref())),
        DeValue::Array(items) => items.len() == 1 && items.iter().all(|v| is_gap(v.get_ref())),
        _ => false,
    }
}

fn child<'a, 't>(node: &'a Spanned<DeValue<'t>>, step: Step<'_>) -> Option<&'a Spanned<DeValue<'t>>> {
    match (node.get_ref(), step) {
        (DeValue::Table(t), Step::Key(k)) => t.iter().find(|(key, _)| key.get_ref() == k).map(|(_, v)| v),
        (DeValue::Array(a), Step::At(i)) => a.get(i),
        _ => None,
    }
}

pub(super) fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

/// Keys that a data file writes flat and the model holds together.
pub(super) const CITE: [&str; 3] = ["article", "inventory", "readings"];
const KIND: [&str; 6] = ["least", "most", "future", "choices", "numerator", "denominator"];

/// Moves citation keys under `cite` and the parameters of a fact's kind under `kind`, and writes
/// dates as text.
fn gather(node: &mut Spanned<DeValue<'_>>) {
    let span = node.span();
    match node.get_mut() {
        DeValue::Array(items) => items.iter_mut().for_each(gather),
        DeValue::Table(table) => {
            // Children first: what is moved below must not be gathered again.
            for (_, value) in table.iter_mut() {
                gather(value);
            }
            // A document's own `readings` are the readings themselves, not ids of them.
            let ids = table.iter().any(|(k, v)| {
                let texts = |a: &DeArray<'_>| !a.is_empty() && a.iter().all(|i| i.get_ref().is_str());
                k.get_ref() == "readings" && v.get_ref().as_array().is_some_and(texts)
            });
            if ids || table.iter().any(|(k, _)| ["article", "inventory"].contains(&k.get_ref().as_ref())) {
                let cite = take(table, if ids { &CITE } else { &CITE[..2] });
                insert(table, "cite", &span, DeValue::Table(cite));
            }
            let kind = table
                .iter()
                .find(|(k, _)| k.get_ref() == "kind")
                .and_then(|(_, v)| v.get_ref().as_str().map(str::to_owned));
            if let Some(kind) = kind
                && ["count", "date", "choice", "ratio"].contains(&kind.as_str())
            {
                let mut parameters = take(table, &KIND);
                if kind == "ratio" {
                    parameters.extend(take(table, &["unit"]));
                }
                let kind_span =
                    table.iter().find(|(k, _)| k.get_ref() == "kind").map_or(span.clone(), |(_, v)| v.span());
                let mut tagged = DeTable::new();
                insert(&mut tagged, &kind, &kind_span, DeValue::Table(parameters));
                insert(table, "kind", &kind_span, DeValue::Table(tagged));
            }
        }
        DeValue::Datetime(d) => {
            let text = d.to_string();
            *node.get_mut() = DeValue::String(Cow::Owned(text));
        }
        _ => {}
    }
}

fn take<'t>(table: &mut DeTable<'t>, keys: &[&str]) -> DeTable<'t> {
    let mut taken = DeTable::new();
    let mut left = DeTable::new();
    for (k, v) in std::mem::take(table) {
        let target = if keys.contains(&k.get_ref().as_ref()) { &mut taken } else { &mut left };
        target.insert(k, v);
    }
    *table = left;
    taken
}

fn insert<'t>(table: &mut DeTable<'t>, key: &str, span: &std::ops::Range<usize>, value: DeValue<'t>) {
    table.insert(Spanned::new(span.clone(), Cow::Owned(key.to_owned())), Spanned::new(span.clone(), value));
}
