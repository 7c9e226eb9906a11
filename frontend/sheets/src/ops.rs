//! What a page may ask of the worker, and what it answers. Each travels as JSON beside the bytes of a file: an array of a
//! text and, where there is a file, its bytes.

use serde::{Deserialize, Serialize};

/// What the worker says, once, when it has loaded.
pub const READY: &str = "ready";

/// Largest file that is read, in bytes (8 MiB).
pub const FILE_BYTES: usize = 8 * 1024 * 1024;

/// Most rows of a table that are read.
pub const ROWS: usize = 100_000;

/// What a page may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// The list in a file.
    Read {
        /// The columns that are looked for.
        columns: Vec<WantedColumn>,
        /// The sheet to read, where a person picked one.
        sheet: Option<String>,
    },
    /// An empty table to be filled in, or one that is.
    Write {
        /// Name of its sheet.
        title: String,
        /// Its columns.
        columns: Vec<Blank>,
        /// Its rows; none: to be filled in.
        rows: Vec<Vec<String>>,
        /// In which format.
        format: Format,
    },
}

/// A column that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedColumn {
    /// Its id.
    pub id: String,
    /// Its heads, the usual one first.
    pub heads: Vec<String>,
    /// Whether there is no list without it.
    pub needed: bool,
    /// Whether dates are in it, so that a bare number is the number of a day.
    pub date: bool,
}

/// A column of an empty table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blank {
    /// Its head.
    pub head: String,
    /// How it is filled in.
    pub help: String,
    /// What may be picked; none: anything.
    pub choices: Vec<String>,
    /// Whether it must be filled in.
    pub needed: bool,
}

/// Formats of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Excel, with every cell set to text and what may be picked to pick from.
    Xlsx,
    /// Comma-separated, with a byte order mark, so that table programs take it for UTF-8.
    Csv,
}

/// What the worker answers; the bytes of a written table travel beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// What was read.
    Read(List),
    /// A table was written.
    Written,
    /// Nothing was read or written.
    Refused(Refusal),
}

/// A list that was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The sheet that it was read from; empty where there is but one table.
    pub sheet: String,
    /// Other sheets that have such a list.
    pub others: Vec<String>,
    /// The columns that were found, in the order of the table.
    pub columns: Vec<Found>,
    /// Heads that nobody asked for.
    pub unused: Vec<String>,
    /// The rows with anything in those columns.
    pub rows: Vec<Row>,
}

/// A column that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// Which it is, as table programs say: `C`.
    pub letters: String,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number in the table, from 1.
    pub number: u32,
    /// Its cells, one for each column that was found. A number too long for a spreadsheet, which has lost its last digits,
    /// comes as such a program shows it, `1.10101199001012E+17`, so that nobody takes it for what was typed.
    pub cells: Vec<String>,
}

/// Why there is no list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The file is empty.
    Empty,
    /// Larger than [`FILE_BYTES`], or what is packed in it is.
    TooLarge,
    /// More rows than [`ROWS`].
    TooManyRows,
    /// It opens with a password only.
    Locked,
    /// A page of the web that calls itself a spreadsheet, as some programs export it.
    WebPage,
    /// No spreadsheet: a picture, a text, a PDF.
    NotATable,
    /// A spreadsheet that cannot be read.
    Damaged,
    /// No row holds the heads of the columns.
    NoHeads {
        /// The columns that are needed and were not found.
        lacks: Vec<String>,
        /// The columns that were.
        found: Vec<String>,
    },
    /// Heads and no row below.
    NoRows,
    /// The worker did not understand, or the writer failed.
    Failed,
}
