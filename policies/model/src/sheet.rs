//! A document's own form on paper: rows of cells that say where each answer of the form stands.

use serde::{Deserialize, Serialize};

use super::Cite;

/// Columns that a row is divided into; a heading at its side takes [`SIDE`] of them.
pub const COLUMNS: u32 = 24;
/// Columns of a heading at the side.
pub const SIDE: u32 = 2;

/// A row of a form on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SheetRow {
    /// What it is about, for whoever reads the data.
    pub name: String,
    /// Heading at its side, shared by the rows after one another that name the same; empty: none.
    #[serde(default)]
    pub side: String,
    /// Id of a part that is filled in more than once: each entry is a line under the cells' headings. Empty: one line.
    #[serde(default)]
    pub each: String,
    /// Lines that there are at least, of a row with `each`.
    #[serde(default)]
    pub lines: u32,
    /// The cells; what they are wide makes [`COLUMNS`], or less a heading at the side.
    pub cells: Vec<SheetCell>,
    /// Source.
    pub cite: Cite,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SheetCell {
    /// A heading: alone in the cell or, of a row with `each`, above its lines.
    #[serde(default)]
    pub head: String,
    /// What stands in it, as [`pieces`] reads it.
    #[serde(default)]
    pub text: String,
    /// Columns that it takes.
    pub wide: u32,
}

/// A piece of what stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// As it is; a line break is one on paper.
    Text(&'t str),
    /// To be filled in by hand, so many signs wide: `____`.
    Blank(usize),
    /// An answer: `{part.field}`, or `{field}` of the entry at hand.
    Answer(At<'t>, Taken<'t>),
    /// A box, ticked where one of these is the answer: `[part.field=choice]`, `[part.field=one,other]`.
    Tick(At<'t>, Vec<&'t str>),
    /// A line for each entry of a part: `<part|…>`.
    Each(&'t str, Vec<Piece<'t>>),
}

/// Which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At<'t> {
    /// Its part; `None`: that of the entry at hand.
    pub part: Option<&'t str>,
    /// The field.
    pub field: &'t str,
}

/// How much of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken<'t> {
    /// All of it.
    Whole,
    /// Money in units of ten thousand yuan: `{field@万}`.
    TenThousands,
    /// A mark if one of the words that were listed is this: `{field~低保}`.
    Word(&'t str),
    /// Those of the listed words that begin so: `{field^残疾}`.
    Beginning(&'t str),
    /// Those that no other cell of the row takes: `{field*}`.
    Rest,
}

/// Reads what stands in a cell.
///
/// # Errors
/// What is opened and not closed, or names nothing.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(start) = rest.find(['{', '[', '<', '_']) {
        let (before, from) = rest.split_at(start);
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        if from.starts_with('_') {
            let after = from.trim_start_matches('_');
            pieces.push(Piece::Blank(from.len().saturating_sub(after.len())));
            rest = after;
            continue;
        }
        let (close, opened) = match from.chars().next() {
            Some('{') => ('}', Opened::Answer),
            Some('[') => (']', Opened::Tick),
            _ => ('>', Opened::Each),
        };
        let inside = from.get(1..).and_then(|from| from.split_once(close));
        let Some((inside, after)) = inside else { return Err(format!("`{from}` is not closed")) };
        pieces.push(opened.piece(inside)?);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

enum Opened {
    Answer,
    Tick,
    Each,
}

impl Opened {
    fn piece(self, inside: &str) -> Result<Piece<'_>, String> {
        let halves = |by| inside.split_once(by).ok_or_else(|| format!("`{inside}` has no `{by}`"));
        match self {
            Self::Answer => answer(inside),
            Self::Tick => halves('=').map(|(at, of)| Piece::Tick(at_of(at), of.split(',').collect())),
            Self::Each => {
                let (part, line) = halves('|')?;
                Ok(Piece::Each(part, pieces(line)?))
            }
        }
    }
}

fn answer(inside: &str) -> Result<Piece<'_>, String> {
    if let Some(at) = inside.strip_suffix('*') {
        return Ok(Piece::Answer(at_of(at), Taken::Rest));
    }
    let (at, taken) = match inside.split_once(['~', '^', '@']) {
        None => (inside, Taken::Whole),
        Some((at, "万")) if inside.contains('@') => (at, Taken::TenThousands),
        Some((at, word)) if inside.contains('~') => (at, Taken::Word(word)),
        Some((at, word)) if inside.contains('^') => (at, Taken::Beginning(word)),
        Some(_) => return Err(format!("`{inside}` takes nothing that is known")),
    };
    Ok(Piece::Answer(at_of(at), taken))
}

fn at_of(text: &str) -> At<'_> {
    match text.split_once('.') {
        Some((part, field)) => At { part: Some(part), field },
        None => At { part: None, field: text },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_stands_in_a_cell_is_read_piece_by_piece() {
        let at = |part, field| At { part, field };
        let read = pieces("共____名[a.b=c,d]是：{a.d}元\n<m|{name}　{income}元>{e~低保}{e*}{f@万}").unwrap();
        let line = vec![
            Piece::Answer(at(None, "name"), Taken::Whole),
            Piece::Text("　"),
            Piece::Answer(at(None, "income"), Taken::Whole),
            Piece::Text("元"),
        ];
        assert_eq!(
            read,
            [
                Piece::Text("共"),
                Piece::Blank(4),
                Piece::Text("名"),
                Piece::Tick(at(Some("a"), "b"), vec!["c", "d"]),
                Piece::Text("是："),
                Piece::Answer(at(Some("a"), "d"), Taken::Whole),
                Piece::Text("元\n"),
                Piece::Each("m", line),
                Piece::Answer(at(None, "e"), Taken::Word("低保")),
                Piece::Answer(at(None, "e"), Taken::Rest),
                Piece::Answer(at(None, "f"), Taken::TenThousands),
            ]
        );
        assert_eq!(pieces(""), Ok(Vec::new()));
    }

    #[test]
    fn what_is_not_closed_or_names_nothing_is_told() {
        for wrong in ["{a.b", "[a.b]", "<m>", "<m|{a}", "{a@亿}"] {
            assert!(pieces(wrong).is_err(), "{wrong}");
        }
    }
}
