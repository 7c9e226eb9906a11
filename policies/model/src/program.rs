//! The typed form of conditions and amounts: what the CEL of a data file becomes at build time.
//!
//! Facts are slots (indices into the dictionary) and every value is an integer, so that deciding
//! neither parses nor allocates.

use serde::{Deserialize, Serialize};

#[cfg(not(feature = "whole"))]
use crate::left_out::LeftOut;
use crate::{Document, Fact};

/// Index of a fact in the dictionary.
pub type Slot = u16;

/// What a comparison is about that no fact has a part in: the day alone.
pub const NO_FACT: Slot = Slot::MAX;

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// `<=`
    Le,
    /// `<`
    Lt,
    /// `>=`
    Ge,
    /// `>`
    Gt,
    /// `==`
    Eq,
    /// `!=`
    Ne,
}

impl Op {
    /// As written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Le => "<=",
            Self::Lt => "<",
            Self::Ge => ">=",
            Self::Gt => ">",
            Self::Eq => "==",
            Self::Ne => "!=",
        }
    }

    /// What holds exactly when this does not.
    pub const fn negated(self) -> Self {
        match self {
            Self::Le => Self::Gt,
            Self::Lt => Self::Ge,
            Self::Ge => Self::Lt,
            Self::Gt => Self::Le,
            Self::Eq => Self::Ne,
            Self::Ne => Self::Eq,
        }
    }

    /// The same comparison with its sides exchanged.
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Le => Self::Ge,
            Self::Lt => Self::Gt,
            Self::Ge => Self::Le,
            Self::Gt => Self::Lt,
            Self::Eq | Self::Ne => self,
        }
    }

    /// Whether `left op right`.
    #[inline]
    pub fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Le => left <= right,
            Self::Lt => left < right,
            Self::Ge => left >= right,
            Self::Gt => left > right,
            Self::Eq => left == right,
            Self::Ne => left != right,
        }
    }
}

/// A quantity, computed exactly as a fraction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expr {
    /// A literal in the smallest unit; dates in days since 1970-01-01.
    Const(i64),
    /// A fact.
    Fact(Slot),
    /// The application date.
    Today,
    /// A date moved by whole months, clamped to the end of a shorter month.
    Moved(Box<Expr>, i64),
    /// Sum.
    Add(Box<Expr>, Box<Expr>),
    /// Difference.
    Sub(Box<Expr>, Box<Expr>),
    /// Product.
    Mul(Box<Expr>, Box<Expr>),
    /// Quotient, kept as a fraction, and the least and most that the divisor can be; it is at least 1.
    Div(Box<Expr>, Box<Expr>, [i64; 2]),
    /// The smaller.
    Min(Box<Expr>, Box<Expr>),
    /// The larger.
    Max(Box<Expr>, Box<Expr>),
    /// One or the other.
    If(Box<Cond>, Box<Expr>, Box<Expr>),
    /// Rounded to a multiple of the unit.
    Round(Box<Expr>, i64, Rounding),
}

/// Which multiple of the unit to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rounding {
    /// The next lower.
    Down,
    /// The next higher.
    Up,
    /// The nearest; halves go up.
    Nearest,
}

/// A condition without negations: they are pushed into the comparisons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cond {
    /// A constant.
    Always(bool),
    /// Neither true nor false, whatever is known.
    Open,
    /// A yes/no fact has this value.
    Flag(Slot, bool),
    /// A choice fact is one of these (bit per choice).
    OneOf(Slot, u64),
    /// A fact compared with a literal.
    Line(Slot, Op, i64),
    /// Two quantities compared; the last is the fact or ratio that the comparison is about.
    Compare(Expr, Op, Expr, Slot),
    /// All hold.
    All(Vec<Cond>),
    /// Any holds.
    Any(Vec<Cond>),
}

/// A requirement's conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Met when this holds.
    pub holds: Cond,
    /// Ask when any of these holds, in the document's order.
    pub ask: Vec<Cond>,
    /// It can be not met only where this can hold.
    pub fails: Cond,
    /// Facts mentioned, in order of mention, ratios as written.
    pub mentions: Vec<Slot>,
}

/// One row of a benefit's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Whether the row applies.
    pub when: Cond,
    /// Fen.
    pub amount: Expr,
}

/// A document's conditions, parallel to the lists of its [`Document`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// One per requirement.
    pub rules: Vec<Rule>,
    /// One per category: indices of its requirements.
    pub categories: Vec<Vec<u16>>,
    /// One per benefit.
    pub benefits: Vec<Vec<Row>>,
    /// One per benefit: the facts with few answers that its sum hangs on, each with how many it has. While they are
    /// unknown the sum is computed for each of their cases, 64 at most.
    pub keys: Vec<Vec<(Slot, u8)>>,
    /// One per paper: whether it is needed.
    pub papers: Vec<Cond>,
    /// One per priority: whether the household is one of the group; open where no answer can tell.
    pub priorities: Vec<Cond>,
    /// One per benefit: the steps that its rows name.
    #[cfg(feature = "whole")]
    pub steps: Vec<Vec<Expr>>,
    #[cfg(not(feature = "whole"))]
    steps: LeftOut,
    /// One per item of the score.
    #[cfg(feature = "whole")]
    pub score: Vec<Expr>,
    #[cfg(not(feature = "whole"))]
    score: LeftOut,
    /// One per calculator: its steps. Their slots are the calculator's inputs, then its steps.
    pub calculators: Vec<Vec<StepProgram>>,
}

/// One step of a calculator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepProgram {
    /// A quantity; earlier fractions that it names are written out in it.
    Quantity(Expr),
    /// Yes or no.
    Flag(Cond),
    /// The last day of the document's clock at this index, counted from a date.
    Clock(u16, Expr),
    /// The last day of the document's window at this index.
    Window(u16),
}

/// A document with its compiled conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompiledDocument {
    /// The text.
    pub document: Document,
    /// SHA-256 of the document's file followed by `facts.toml`, both with LF line ends, in hex.
    pub hash: String,
    /// The conditions.
    pub program: Program,
}

/// Days of one year on which the weekday rule does not hold, from the State Council's notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarYear {
    /// The year.
    pub year: i32,
    /// Rest days, days since 1970-01-01, ascending.
    pub holidays: Vec<i32>,
    /// Weekend days that are worked, days since 1970-01-01, ascending.
    pub makeup_workdays: Vec<i32>,
}

/// Everything that is embedded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// The dictionary of facts; a slot is an index into it.
    pub facts: Vec<Fact>,
    /// One per fact: the question makes sense only while this can hold.
    pub asked_if: Vec<Cond>,
    /// One per fact: the facts that a ratio is computed from; empty for others.
    pub parts: Vec<Vec<Slot>>,
    /// The documents, by id.
    pub documents: Vec<CompiledDocument>,
    /// Official calendars, by year.
    pub calendar: Vec<CalendarYear>,
}
