//! Whether conditions can hold together: every way in which they could is written out, and those that contradict themselves
//! are left out.

use policies::{
    model::{Fact, FactKind},
    program::{Cond, Expr, Op, Slot},
};

/// Ways that are followed at most; with more, nothing is said.
const MOST: usize = 2_000;

/// Which side of a condition is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// It holds, or may.
    Holds,
    /// It does not, or may not.
    Fails,
}

/// Ways in which several conditions come out as wanted.
pub(super) struct Cases<'c>(Vec<Way<'c>>);

impl<'c> Cases<'c> {
    /// None where there are too many to follow.
    pub(super) fn of(facts: &'c [Fact], all: &[(&'c Cond, Side)]) -> Option<Self> {
        let mut ways = vec![Way { facts, known: Vec::new() }];
        for (cond, side) in all {
            ways = follow(ways, cond, *side)?;
        }
        Some(Self(ways))
    }

    /// Whether there is no way at all.
    pub(super) fn none(&self) -> bool {
        self.0.is_empty()
    }
}

/// Each way, gone on with a condition; those that contradict themselves end.
fn follow<'c>(ways: Vec<Way<'c>>, cond: &'c Cond, side: Side) -> Option<Vec<Way<'c>>> {
    let found = match (cond, side) {
        (Cond::All(parts), Side::Holds) | (Cond::Any(parts), Side::Fails) => {
            let mut ways = ways;
            for part in parts {
                ways = follow(ways, part, side)?;
            }
            ways
        }
        (Cond::Any(parts), Side::Holds) | (Cond::All(parts), Side::Fails) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(follow(ways.clone(), part, side)?);
            }
            all
        }
        (Cond::Always(holds), _) if *holds == (side == Side::Holds) => ways,
        (Cond::Always(_), _) => Vec::new(),
        (Cond::Open, _) => ways,
        _ => ways.into_iter().filter_map(|way| way.with(cond, side)).collect(),
    };
    (found.len() <= MOST).then_some(found)
}

/// What is compared: a fact, a quantity, or two quantities.
#[derive(Clone, Debug, PartialEq, Eq)]
enum About<'c> {
    Fact(Slot),
    Quantity(&'c Expr),
    Both(&'c Expr, &'c Expr),
}

/// What is known of it: between two ends, each with whether it is taken in, or one of several.
#[derive(Clone, Debug)]
enum Known {
    Between((i128, bool), (i128, bool)),
    OneOf(u64),
}

/// One way: what it supposes of each thing.
#[derive(Clone)]
struct Way<'c> {
    facts: &'c [Fact],
    known: Vec<(About<'c>, Known)>,
}

impl<'c> Way<'c> {
    /// The way, if a comparison comes out so as well.
    fn with(mut self, cond: &'c Cond, side: Side) -> Option<Self> {
        let told = |op: Op| if side == Side::Holds { op } else { op.negated() };
        let (about, new) = match cond {
            Cond::Flag(slot, is) => {
                let yes = *is == (side == Side::Holds);
                (About::Fact(*slot), Known::OneOf(if yes { 2 } else { 1 }))
            }
            Cond::OneOf(slot, mask) => {
                let mask = if side == Side::Holds { *mask } else { !*mask };
                (About::Fact(*slot), Known::OneOf(mask & self.choices(*slot)))
            }
            Cond::Line(slot, op, line) => (About::Fact(*slot), between(told(*op), *line, true)),
            Cond::Compare(left, op, Expr::Const(line), _) => {
                (About::Quantity(left), between(told(*op), *line, false))
            }
            Cond::Compare(left, op, right, _) => (About::Both(left, right), between(told(*op), 0, false)),
            Cond::Always(_) | Cond::Open | Cond::All(_) | Cond::Any(_) => return Some(self),
        };
        let range = match about {
            About::Fact(slot) => self.facts.get(usize::from(slot)).and_then(|fact| fact.kind.range()),
            _ => None,
        };
        match self.known.iter_mut().find(|(known, _)| *known == about) {
            Some((_, known)) => *known = known.both(&new)?,
            None => {
                let ends =
                    |(least, most): (i64, i64)| Known::Between((least.into(), true), (most.into(), true));
                let known = match (range, &new) {
                    (Some(range), Known::Between(..)) => ends(range).both(&new)?,
                    (_, Known::OneOf(0)) => return None,
                    _ => new,
                };
                self.known.push((about, known));
            }
        }
        Some(self)
    }

    /// A bit for each choice of a fact.
    fn choices(&self, slot: Slot) -> u64 {
        match self.facts.get(usize::from(slot)).map(|fact| &fact.kind) {
            Some(FactKind::Choice { choices }) if choices.len() < 64 => (1 << choices.len()) - 1,
            _ => u64::MAX,
        }
    }
}

/// What a comparison leaves; nothing is concluded from “is not”. Whole numbers have none between two neighbours.
fn between(op: Op, line: i64, whole: bool) -> Known {
    let line = i128::from(line);
    let (low, high) = ((i128::MIN, true), (i128::MAX, true));
    match op {
        Op::Le => Known::Between(low, (line, true)),
        Op::Ge => Known::Between((line, true), high),
        Op::Lt if whole => Known::Between(low, (line.saturating_sub(1), true)),
        Op::Gt if whole => Known::Between((line.saturating_add(1), true), high),
        Op::Lt => Known::Between(low, (line, false)),
        Op::Gt => Known::Between((line, false), high),
        Op::Eq => Known::Between((line, true), (line, true)),
        Op::Ne => Known::Between(low, high),
    }
}

impl Known {
    /// Both together; nothing where they contradict each other.
    fn both(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::OneOf(a), Self::OneOf(b)) => Some(Self::OneOf(a & b)).filter(|_| a & b != 0),
            (Self::Between(low, high), Self::Between(other_low, other_high)) => {
                // Of two equal ends the one that is not taken in is the narrower.
                let narrower = |one: &(i128, bool), two: &(i128, bool), two_first: bool| {
                    if two_first || (one.0 == two.0 && !two.1) { *two } else { *one }
                };
                let low = narrower(low, other_low, other_low.0 > low.0);
                let high = narrower(high, other_high, other_high.0 < high.0);
                let holds = low.0 < high.0 || (low.0 == high.0 && low.1 && high.1);
                holds.then_some(Self::Between(low, high))
            }
            _ => Some(self.clone()),
        }
    }
}
