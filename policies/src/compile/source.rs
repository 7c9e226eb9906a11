//! A data file as a tree that knows its lines.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

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
pub(super) enum Step<'p> {
    /// A table's key.
    Key(&'p str),
    /// A place in a list, from 0.
    At(usize),
}

/// A parsed file.
pub(super) struct Source<'t> {
    name: &'t str,
    text: &'t str,
    root: Spanned<DeValue<'t>>,
}

impl<'t> Source<'t> {
    /// Parses; all syntax errors at once.
    ///
    /// # Errors
    /// One problem per syntax error.
    pub(super) fn parse(name: &'t str, text: &'t str) -> Result<Self, Vec<Problem>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(errors
                .iter()
                .map(|e| Problem {
                    file: name.to_owned(),
                    line: line_at(text, e.span().map_or(0, |s| s.start)),
                    message: e.message().to_owned(),
                })
                .collect());
        }
        let span = table.span();
        let mut root = Spanned::new(span, DeValue::Table(table.into_inner()));
        gather(&mut root);
        Ok(Self { name, text, root })
    }

    /// Number of elements of a top-level list; 0 where it is absent.
    pub(super) fn len(&self, list: &str) -> usize {
        self.find(&[Step::Key(list)]).and_then(|v| v.get_ref().as_array().map(|a| a.len())).unwrap_or(0)
    }

    /// Whether the file has a top-level key.
    pub(super) fn keys(&self) -> Vec<String> {
        match self.root.get_ref() {
            DeValue::Table(t) => t.keys().map(|k| k.get_ref().to_string()).collect(),
            _ => Vec::new(),
        }
    }

    /// Reads what lies at a path.
    ///
    /// # Errors
    /// The first mismatch with the shape of `T`, with its line.
    pub(super) fn read<T: DeserializeOwned>(&self, path: &[Step<'_>]) -> Result<T, Problem> {
        let node = self.find(path).ok_or_else(|| self.problem(path, "nothing here".to_owned()))?;
        T::deserialize(ValueDeserializer::from(node.clone())).map_err(|e| Problem {
            file: self.name.to_owned(),
            line: e.span().map_or_else(|| self.line(path), |s| line_at(self.text, s.start)),
            message: as_written(e.message()),
        })
    }

    /// A problem at a path, or at its nearest ancestor that exists.
    pub(super) fn problem(&self, path: &[Step<'_>], message: String) -> Problem {
        Problem { file: self.name.to_owned(), line: self.line(path), message }
    }

    fn line(&self, path: &[Step<'_>]) -> usize {
        let mut here = &self.root;
        for step in path {
            match child(here, *step) {
                Some(next) => here = next,
                None => break,
            }
        }
        line_at(self.text, here.span().start)
    }

    fn find(&self, path: &[Step<'_>]) -> Option<&Spanned<DeValue<'t>>> {
        path.iter().try_fold(&self.root, |here, step| child(here, *step))
    }
}

fn child<'a, 't>(node: &'a Spanned<DeValue<'t>>, step: Step<'_>) -> Option<&'a Spanned<DeValue<'t>>> {
    match (node.get_ref(), step) {
        (DeValue::Table(t), Step::Key(k)) => t.iter().find(|(key, _)| key.get_ref() == k).map(|(_, v)| v),
        (DeValue::Array(a), Step::At(i)) => a.get(i),
        _ => None,
    }
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

/// A message of the reader, with the keys as a data file writes them, not as the model holds them.
fn as_written(message: &str) -> String {
    let keys =
        if message.starts_with("missing") { "`article`" } else { "`article`, `inventory`, `readings`" };
    message.replace("`cite`", keys).replace("expected u32", "expected a whole number from 0")
}

/// Keys that a data file writes flat and the model holds together.
const CITE: [&str; 3] = ["article", "inventory", "readings"];
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
            if table.iter().any(|(k, _)| ["article", "inventory"].contains(&k.get_ref().as_ref())) {
                // A document's own `readings` are the readings themselves, not ids of them.
                let ids = table.iter().any(|(k, v)| {
                    k.get_ref() == "readings"
                        && v.get_ref().as_array().is_some_and(|a| a.iter().all(|i| i.get_ref().is_str()))
                });
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
