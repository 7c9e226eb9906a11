//! Reads a file to its end although parts of it are wrong: what does not fit is told, put right in the tree
//! as far as that can be guessed, and read again, so that no mistake hides another.

use std::{borrow::Cow, ops::Range};

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Problem,
    read::{Fault, Node, Place, Unread},
    similar::nearest,
    source::{CITE, GAP, Source, line_at},
};

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

    fn told(&self, error: &Unread) -> Problem {
        let line = line_at(self.text, error.span().start);
        // Whoever is told what was meant needs no list of all that there is.
        let message = match (&error.fault, meant(&error.fault)) {
            (Fault::UnknownField(name, _), Some(meant)) => {
                format!("`{name}` is no key here; did you mean `{meant}`?")
            }
            (_, Some(meant)) => format!("{error}; did you mean `{meant}`?"),
            (_, None) => error.to_string(),
        };
        Problem { file: self.name.to_owned(), line, message }
    }

    /// The tree after the first change with which reading gets past the error.
    fn better<T: DeserializeOwned>(&self, error: &Unread) -> Option<Spanned<DeValue<'t>>> {
        let mut changes = self.changes(error);
        while !changes.is_empty() {
            let mut more = Vec::new();
            for change in changes {
                let mut root = self.root.clone();
                apply(&mut root, &change, &error.span());
                match read::<T>(&root) {
                    Ok(_) => return Some(root),
                    Err(next) if passed(error, &next, &change) => return Some(root),
                    Err(next) => more.extend(named(change, &next.fault)),
                }
            }
            changes = more;
        }
        None
    }

    /// Every change that may help.
    fn changes(&self, error: &Unread) -> Vec<Change<'t>> {
        let path = error.path();
        match &error.fault {
            Fault::UnknownField(name, _) => {
                let meant = meant(&error.fault);
                let renamed = meant.map(|meant| Change::Rename(path.clone(), name.clone(), meant.to_owned()));
                renamed.into_iter().chain([Change::Drop(path.clone(), name.clone())]).collect()
            }
            Fault::Missing(key) => {
                let nothing = DeValue::String(Cow::Borrowed(GAP));
                let added = |value| Change::Add(path.clone(), (*key).to_owned(), value);
                fillers(&nothing, &error.fault).map(added).collect()
            }
            Fault::UnknownWord(..) | Fault::Unfit(_) => {
                let Some(value) = path.iter().try_fold(&self.root, |node, place| child(node, place)) else {
                    return Vec::new();
                };
                let put = |value| Change::Put(path.clone(), value);
                let mut changes: Vec<_> = fillers(value.get_ref(), &error.fault).map(put).collect();
                if let Some((Place::Key(key), above)) = path.split_last() {
                    changes.push(Change::Drop(above.to_vec(), key.clone()));
                }
                changes
            }
        }
    }
}

fn read<T: DeserializeOwned>(root: &Spanned<DeValue<'_>>) -> Result<T, Unread> {
    T::deserialize(Node(root))
}

/// Whether reading came further: it stumbles elsewhere than in what was put there, or over another key of the same table,
/// and not over the one that was left out.
fn passed(before: &Unread, after: &Unread, change: &Change<'_>) -> bool {
    let path = after.path();
    match (&before.fault, &after.fault, change) {
        (_, Fault::Missing(key), Change::Drop(_, dropped)) if key == dropped => false,
        (Fault::Missing(a), Fault::Missing(b), _) if a != b => true,
        (_, _, Change::Put(place, _)) => !path.starts_with(place),
        (_, _, Change::Add(above, key, _)) => {
            !path.starts_with(&[&above[..], &[Place::Key(key.clone())]].concat())
        }
        (Fault::UnknownField(a, _), Fault::UnknownField(b, _), _) => a != b || path != before.path(),
        (Fault::UnknownField(..), Fault::Missing(_), _) => true,
        _ => path != before.path(),
    }
}

/// The name that was probably meant.
fn meant(fault: &Fault) -> Option<&'static str> {
    fault.unknown().and_then(|name| nearest(name, fault.expected()))
}

/// What may stand in the place of a value: the word that was meant, a list of it alone, and one of each kind.
fn fillers<'t>(value: &DeValue<'t>, fault: &Fault) -> impl Iterator<Item = DeValue<'t>> {
    let meant = meant(fault).or_else(|| word(fault));
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
        DeValue::String(Cow::Borrowed("2000-01-01")),
    ])
}

/// The number 1, which is wrong as a length or a count nowhere.
fn one<'t>() -> DeValue<'t> {
    let parsed = DeTable::parse("n = 1").ok().and_then(|table| table.into_inner().into_iter().next());
    parsed.map_or(DeValue::Boolean(false), |(_, number)| number.into_inner())
}

/// What a change becomes where its text is refused for one of certain words: the first of them, alone or with a
/// text of its own.
fn named<'t>(change: Change<'t>, fault: &Fault) -> Vec<Change<'t>> {
    let is_gap = |value: &DeValue<'_>| value.as_str() == Some(GAP);
    let Some(word) = word(fault).map(str::to_owned) else { return Vec::new() };
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

fn child<'n, 't>(node: &'n Spanned<DeValue<'t>>, place: &Place) -> Option<&'n Spanned<DeValue<'t>>> {
    match (node.get_ref(), place) {
        (DeValue::Table(t), Place::Key(k)) => t.iter().find(|(key, _)| key.get_ref() == k).map(|(_, v)| v),
        (DeValue::Array(a), Place::At(i)) => a.get(*i),
        _ => None,
    }
}

/// The first of the words that would do.
fn word(fault: &Fault) -> Option<&'static str> {
    fault.expected().next().filter(|_| matches!(fault, Fault::UnknownWord(..)))
}
