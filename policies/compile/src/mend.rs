//! Reads a file to its end although parts of it are wrong: what does not fit is told, put right in the tree
//! as far as that can be guessed, and read again, so that no mistake hides another.

use std::{borrow::Cow, ops::Range};

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, Error, ValueDeserializer},
};

use super::{
    Problem,
    similar::nearest,
    source::{CITE, Source, line_at},
};

/// Stands for a text that the file does not say; no problem that speaks of it is told.
pub(super) const GAP: &str = "\u{1a}";
/// Mistakes that are told of one file.
const MOST: usize = 200;

/// One way to put the tree right.
enum Change<'t> {
    /// Another value at a place.
    Put(Vec<Place>, DeValue<'t>),
    /// A value under a key that a table lacks.
    Add(Vec<Place>, String, DeValue<'t>),
    /// A key taken for another one.
    Rename(Vec<Place>, String, String),
    /// A key left out.
    Drop(Vec<Place>, String),
}

/// A step down the tree.
#[derive(Clone, Debug)]
enum Place {
    Key(String),
    At(usize),
}

impl<'t> Source<'t> {
    /// Reads the whole file. What cannot be read is among the problems and stands as [`GAP`] or as something
    /// harmless in what is returned; nothing is returned where no reading could be found.
    pub(super) fn mend<T: DeserializeOwned>(&mut self) -> (Vec<Problem>, Option<T>) {
        let mut problems = Vec::new();
        loop {
            let error = match read::<T>(&self.root) {
                Ok(read) => return (problems, Some(read)),
                Err(error) => error,
            };
            problems.push(self.told(&error));
            let Some(better) = self.better::<T>(&error).filter(|_| problems.len() < MOST) else {
                return (problems, None);
            };
            self.root = better;
        }
    }

    fn told(&self, error: &Error) -> Problem {
        let line = error.span().map_or(1, |span| line_at(self.text, span.start));
        let meant = unknown(error.message())
            .and_then(|name| nearest(name, expected(error.message())))
            .map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        let message = format!("{}{meant}", as_written(error.message()));
        Problem { file: self.name.to_owned(), line, message }
    }

    /// The tree after the first change with which reading gets past the error.
    fn better<T: DeserializeOwned>(&self, error: &Error) -> Option<Spanned<DeValue<'t>>> {
        let span = error.span()?;
        let mut changes = Vec::new();
        collect(&self.root, &mut Vec::new(), &span, error.message(), &mut changes);
        while !changes.is_empty() {
            let mut more = Vec::new();
            for change in changes {
                let mut root = self.root.clone();
                apply(&mut root, &change, &span);
                match read::<T>(&root) {
                    Ok(_) => return Some(root),
                    Err(next) if passed(error, &next, &change) => return Some(root),
                    Err(next) => more.extend(named(change, next.message())),
                }
            }
            changes = more;
        }
        None
    }
}

fn read<T: DeserializeOwned>(root: &Spanned<DeValue<'_>>) -> Result<T, Error> {
    T::deserialize(ValueDeserializer::from(root.clone()))
}

/// Whether reading came further: it stumbles elsewhere, or misses another key of the same table, and not the one
/// that was left out.
fn passed(before: &Error, after: &Error, change: &Change<'_>) -> bool {
    let (missed, misses) = (missing(before.message()), missing(after.message()));
    let dropped = match change {
        Change::Drop(_, key) => Some(key.as_str()),
        _ => None,
    };
    if misses.is_some() && misses == dropped {
        return false;
    }
    after.span() != before.span() || (missed.is_some() && misses.is_some() && missed != misses)
}

/// Every change that may help, at every place with the span of the error.
fn collect<'t>(
    node: &Spanned<DeValue<'t>>,
    path: &mut Vec<Place>,
    span: &Range<usize>,
    message: &str,
    changes: &mut Vec<Change<'t>>,
) {
    let here = node.span() == *span;
    match node.get_ref() {
        DeValue::Table(table) => {
            for (key, value) in table {
                let name = key.get_ref().to_string();
                if key.span() == *span && unknown(message) == Some(&name) {
                    if let Some(meant) = nearest(&name, expected(message)) {
                        changes.push(Change::Rename(path.clone(), name.clone(), meant.to_owned()));
                    }
                    changes.push(Change::Drop(path.clone(), name.clone()));
                } else if value.span() == *span && !message.starts_with("missing") {
                    changes.extend(
                        fillers(value.get_ref(), message)
                            .map(|v| Change::Put([&path[..], &[Place::Key(name.clone())]].concat(), v)),
                    );
                    changes.push(Change::Drop(path.clone(), name.clone()));
                }
                path.push(Place::Key(name));
                collect(value, path, span, message, changes);
                path.pop();
            }
            if here && let Some(key) = missing(message) {
                let nothing = DeValue::String(Cow::Borrowed(GAP));
                let adds = fillers(&nothing, message).map(|v| Change::Add(path.clone(), key.to_owned(), v));
                changes.extend(adds);
            }
        }
        DeValue::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Place::At(at));
                if item.span() == *span && !message.starts_with("missing") {
                    changes.extend(fillers(item.get_ref(), message).map(|v| Change::Put(path.clone(), v)));
                }
                collect(item, path, span, message, changes);
                path.pop();
            }
        }
        _ => {}
    }
}

/// What may stand in the place of a value: the word that was meant, a list of it alone, and one of each kind.
fn fillers<'t>(value: &DeValue<'t>, message: &str) -> impl Iterator<Item = DeValue<'t>> {
    let meant = unknown(message).and_then(|name| nearest(name, expected(message)));
    let meant = meant.or_else(|| expected(message).next().filter(|_| message.starts_with("unknown variant")));
    let listed = |value: DeValue<'t>| DeValue::Array([Spanned::new(0..0, value)].into_iter().collect());
    let text = || DeValue::String(Cow::Borrowed(GAP));
    let meant = meant.map(|word| DeValue::String(Cow::Owned(word.to_owned())));
    meant.into_iter().chain([
        listed(value.clone()),
        text(),
        one(),
        DeValue::Boolean(false),
        listed(text()),
        DeValue::Array(Default::default()),
        DeValue::Table(DeTable::new()),
    ])
}

/// The number 1, which is wrong as a length or a count nowhere.
fn one<'t>() -> DeValue<'t> {
    let parsed = DeTable::parse("n = 1").ok().and_then(|table| table.into_inner().into_iter().next());
    parsed.map_or(DeValue::Boolean(false), |(_, number)| number.into_inner())
}

/// What a change becomes where its text is refused for one of certain words: the first of them, alone or with a
/// text of its own.
fn named<'t>(change: Change<'t>, message: &str) -> Vec<Change<'t>> {
    let is_gap = |value: &DeValue<'_>| value.as_str() == Some(GAP);
    let Some(word) = expected(message).next().filter(|_| message.starts_with("unknown variant")) else {
        return Vec::new();
    };
    let word = word.to_owned();
    let alone = DeValue::String(Cow::Owned(word.clone()));
    let mut table = DeTable::new();
    table.insert(
        Spanned::new(0..0, Cow::Owned(word)),
        Spanned::new(0..0, DeValue::String(Cow::Borrowed(GAP))),
    );
    let with_text = DeValue::Table(table);
    match change {
        Change::Put(path, value) if is_gap(&value) => {
            vec![Change::Put(path.clone(), alone), Change::Put(path, with_text)]
        }
        Change::Add(path, key, value) if is_gap(&value) => {
            vec![Change::Add(path.clone(), key.clone(), alone), Change::Add(path, key, with_text)]
        }
        _ => Vec::new(),
    }
}

fn apply<'t>(root: &mut Spanned<DeValue<'t>>, change: &Change<'t>, span: &Range<usize>) {
    let (Change::Put(path, _) | Change::Add(path, ..) | Change::Rename(path, ..) | Change::Drop(path, _)) =
        change;
    let Some(node) = path.iter().try_fold(root, |node, place| down(node, place)) else { return };
    match (change, node.get_mut()) {
        (Change::Put(_, value), place) => {
            *place = value.clone();
            spread(node, span);
        }
        (Change::Add(_, key, value), DeValue::Table(table)) => add(table, key, value.clone(), span),
        (Change::Drop(_, key), DeValue::Table(table)) => drop(cut(table, key)),
        (Change::Rename(_, from, to), DeValue::Table(table)) => {
            let Some(value) = cut(table, from) else { return };
            let span = value.span();
            if !CITE.contains(&to.as_str()) {
                add(table, to, value.into_inner(), &span);
                return;
            }
            // Citations are written flat and held together.
            if !table.iter().any(|(key, _)| key.get_ref() == "cite") {
                add(table, "cite", DeValue::Table(DeTable::new()), &span);
            }
            let cite = table.iter_mut().find(|(key, _)| key.get_ref() == "cite");
            if let Some(DeValue::Table(cite)) = cite.map(|(_, cite)| cite.get_mut()) {
                add(cite, to, value.into_inner(), &span);
            }
        }
        _ => {}
    }
}

/// Gives a value and all within it the place of the error, for the lines of problems yet to be told.
fn spread(node: &mut Spanned<DeValue<'_>>, span: &Range<usize>) {
    let value = std::mem::replace(node.get_mut(), DeValue::Boolean(false));
    *node = Spanned::new(span.clone(), value);
    match node.get_mut() {
        DeValue::Array(items) => items.iter_mut().for_each(|item| spread(item, span)),
        DeValue::Table(table) => table.iter_mut().for_each(|(_, value)| spread(value, span)),
        _ => {}
    }
}

fn add<'t>(table: &mut DeTable<'t>, key: &str, value: DeValue<'t>, span: &Range<usize>) {
    table.insert(Spanned::new(span.clone(), Cow::Owned(key.to_owned())), Spanned::new(span.clone(), value));
}

fn cut<'t>(table: &mut DeTable<'t>, key: &str) -> Option<Spanned<DeValue<'t>>> {
    let (mut found, mut left) = (None, DeTable::new());
    for (k, v) in std::mem::take(table) {
        if k.get_ref() == key {
            found = Some(v);
        } else {
            left.insert(k, v);
        }
    }
    *table = left;
    found
}

fn down<'n, 't>(node: &'n mut Spanned<DeValue<'t>>, place: &Place) -> Option<&'n mut Spanned<DeValue<'t>>> {
    match (node.get_mut(), place) {
        (DeValue::Table(t), Place::Key(k)) => {
            t.iter_mut().find(|(key, _)| key.get_ref() == k).map(|(_, v)| v)
        }
        (DeValue::Array(a), Place::At(i)) => a.get_mut(*i),
        _ => None,
    }
}

/// The field that a message misses.
fn missing(message: &str) -> Option<&str> {
    quoted(message.strip_prefix("missing field ")?).next()
}

/// The field or the word that a message does not know.
fn unknown(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("unknown field ").or_else(|| message.strip_prefix("unknown variant "))?;
    quoted(rest).next()
}

/// The names that a message says would do, as a data file writes them.
fn expected(message: &str) -> impl Iterator<Item = &str> {
    let rest = message.split_once(", expected ").map_or("", |(_, rest)| rest);
    quoted(rest).flat_map(|name| {
        match name {
            "cite" => &CITE[..],
            _ => &[],
        }
        .iter()
        .copied()
        .chain((name != "cite").then_some(name))
    })
}

fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// A message of the reader, with the keys as a data file writes them, not as the model holds them.
fn as_written(message: &str) -> String {
    let keys =
        if message.starts_with("missing") { "`article`" } else { "`article`, `inventory`, `readings`" };
    message.replace("`cite`", keys).replace("expected u32", "expected a whole number from 0")
}
