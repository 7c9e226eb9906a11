//! Quantities in plain 64-bit integers, for 64 households at a time, where no household can overflow them.

use super::table::{BLOCK, Block, Numbers};
use crate::{
    program::{Expr, Op},
    units::date::moved,
};

/// No intermediate result is larger, so that neither a sum nor a product of two overflows unseen.
const LIMIT: i128 = 1 << 62;

/// The integers that a quantity lies between.
type Range = (i128, i128);

/// A whole quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Quantity {
    Const(i64),
    Fact(usize),
    Moved(Box<Quantity>, i64),
    Add(Box<Quantity>, Box<Quantity>),
    Sub(Box<Quantity>, Box<Quantity>),
    Mul(Box<Quantity>, Box<Quantity>),
    Min(Box<Quantity>, Box<Quantity>),
    Max(Box<Quantity>, Box<Quantity>),
}

/// A quotient of two whole quantities; the divisor is at least 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    pub(crate) top: Bounded,
    pub(crate) bottom: Bounded,
}

/// A whole quantity and what it lies between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bounded {
    pub(crate) quantity: Quantity,
    range: Range,
}

const ONE: Bounded = Bounded { quantity: Quantity::Const(1), range: (1, 1) };

impl Ratio {
    /// The same quantity as an expression over facts whose ranges are given; `None` where it is of another form or
    /// may grow too large: then it is computed one household at a time.
    pub(crate) fn of(expr: &Expr, ranges: &[Option<(i64, i64)>]) -> Option<Self> {
        let of = |expr: &Expr| Self::of(expr, ranges);
        let whole = |expr: &Expr| of(expr).filter(|r| r.bottom == ONE).map(|r| r.top);
        let top = match expr {
            Expr::Const(n) => {
                Bounded { quantity: Quantity::Const(*n), range: (i128::from(*n), i128::from(*n)) }
            }
            Expr::Fact(slot) => {
                let fact = usize::from(*slot);
                let (least, most) = ranges.get(fact).copied().flatten()?;
                Bounded { quantity: Quantity::Fact(fact), range: (i128::from(least), i128::from(most)) }
            }
            Expr::Moved(date, months) => {
                let date = whole(date)?;
                let days = i128::from(*months).checked_mul(31)?;
                Bounded {
                    range: (
                        date.range.0.saturating_add(days.min(0)),
                        date.range.1.saturating_add(days.max(0)),
                    ),
                    quantity: Quantity::Moved(Box::new(date.quantity), *months),
                }
            }
            Expr::Add(a, b) => {
                let (a, b) = (whole(a)?, whole(b)?);
                let range = (a.range.0.saturating_add(b.range.0), a.range.1.saturating_add(b.range.1));
                Bounded { range, quantity: Quantity::Add(Box::new(a.quantity), Box::new(b.quantity)) }
            }
            Expr::Sub(a, b) => {
                let (a, b) = (whole(a)?, whole(b)?);
                let range = (a.range.0.saturating_sub(b.range.1), a.range.1.saturating_sub(b.range.0));
                Bounded { range, quantity: Quantity::Sub(Box::new(a.quantity), Box::new(b.quantity)) }
            }
            Expr::Min(a, b) => {
                let (a, b) = (whole(a)?, whole(b)?);
                let range = (a.range.0.min(b.range.0), a.range.1.min(b.range.1));
                Bounded { range, quantity: Quantity::Min(Box::new(a.quantity), Box::new(b.quantity)) }
            }
            Expr::Max(a, b) => {
                let (a, b) = (whole(a)?, whole(b)?);
                let range = (a.range.0.max(b.range.0), a.range.1.max(b.range.1));
                Bounded { range, quantity: Quantity::Max(Box::new(a.quantity), Box::new(b.quantity)) }
            }
            Expr::Mul(a, b) => {
                let (a, b) = (of(a)?, of(b)?);
                return Some(Self { top: a.top.times(b.top)?, bottom: a.bottom.times(b.bottom)? });
            }
            Expr::Div(a, b, _) => {
                let (a, b) = (of(a)?, of(b)?);
                if b.top.range.0 < 1 {
                    return None;
                }
                return Some(Self { top: a.top.times(b.bottom)?, bottom: a.bottom.times(b.top)? });
            }
            Expr::Today | Expr::If(..) | Expr::Round(..) => return None,
        };
        Some(Self { top: top.within_limit()?, bottom: ONE })
    }

    /// Both sides of a comparison as whole quantities: cross-multiplied, never divided.
    pub(crate) fn sides(self, other: Self) -> Option<(Quantity, Quantity)> {
        Some((self.top.times(other.bottom)?.quantity, other.top.times(self.bottom)?.quantity))
    }
}

impl Bounded {
    fn within_limit(self) -> Option<Self> {
        (self.range.0 > -LIMIT && self.range.1 < LIMIT).then_some(self)
    }

    fn times(self, other: Self) -> Option<Self> {
        let ((a, b), (c, d)) = (self.range, other.range);
        let corners = [a.checked_mul(c)?, a.checked_mul(d)?, b.checked_mul(c)?, b.checked_mul(d)?];
        let range = (corners.into_iter().min()?, corners.into_iter().max()?);
        Self { quantity: product(self.quantity, other.quantity), range }.within_limit()
    }
}

/// A product, its literals gathered. The range of the whole product was checked or will be, so theirs is smaller
/// or the product is zero.
fn product(a: Quantity, b: Quantity) -> Quantity {
    match (a, b) {
        (Quantity::Const(1), x) | (x, Quantity::Const(1)) => x,
        (Quantity::Const(a), Quantity::Const(b)) => Quantity::Const(a.wrapping_mul(b)),
        (Quantity::Mul(x, c), Quantity::Const(d)) | (Quantity::Const(d), Quantity::Mul(x, c)) => match *c {
            Quantity::Const(c) => match c.checked_mul(d) {
                Some(both) => Quantity::Mul(x, Box::new(Quantity::Const(both))),
                None => Quantity::Mul(
                    Box::new(Quantity::Mul(x, Box::new(Quantity::Const(c)))),
                    Box::new(Quantity::Const(d)),
                ),
            },
            c => Quantity::Mul(Box::new(Quantity::Mul(x, Box::new(c))), Box::new(Quantity::Const(d))),
        },
        (c @ Quantity::Const(_), x) | (x, c) => Quantity::Mul(Box::new(x), Box::new(c)),
    }
}

impl Quantity {
    /// Computes it for a block and says for whom every fact in it is known; the others' numbers mean nothing.
    pub(crate) fn compute(&self, block: Block<'_>, into: &mut Numbers) -> u64 {
        match self {
            Self::Const(n) => {
                into.fill(*n);
                u64::MAX
            }
            Self::Fact(fact) => {
                if let Some(numbers) = block.numbers(*fact) {
                    into.copy_from_slice(numbers);
                } else {
                    let bits = block.bits(*fact);
                    (0_u32..).zip(into).for_each(|(i, n)| *n = i64::from(bits >> i & 1 == 1));
                }
                block.known(*fact)
            }
            Self::Moved(date, months) => {
                let mut known = date.compute(block, into);
                for (i, day) in (0_u32..).zip(into) {
                    if known >> i & 1 == 1 {
                        match moved(*day, *months) {
                            Some(other) => *day = other,
                            None => known &= !(1 << i),
                        }
                    }
                }
                known
            }
            Self::Add(a, b) => both(a, b, block, into, i64::wrapping_add),
            Self::Sub(a, b) => both(a, b, block, into, i64::wrapping_sub),
            Self::Mul(a, b) => match **b {
                Self::Const(by) => {
                    let known = a.compute(block, into);
                    into.iter_mut().for_each(|n| *n = n.wrapping_mul(by));
                    known
                }
                _ => both(a, b, block, into, i64::wrapping_mul),
            },
            Self::Min(a, b) => both(a, b, block, into, i64::min),
            Self::Max(a, b) => both(a, b, block, into, i64::max),
        }
    }
}

/// Where a fact is unknown its number is 0, so that what is computed from it lies within the limit as well or is
/// never looked at.
fn both(
    a: &Quantity,
    b: &Quantity,
    block: Block<'_>,
    into: &mut Numbers,
    join: impl Fn(i64, i64) -> i64,
) -> u64 {
    let mut right = [0; BLOCK];
    let known = a.compute(block, into) & b.compute(block, &mut right);
    into.iter_mut().zip(right).for_each(|(left, right)| *left = join(*left, right));
    known
}

/// For whom a comparison holds.
pub(crate) fn compare(left: &Numbers, op: Op, right: &Numbers) -> u64 {
    match op {
        Op::Le => bits(left, right, |a, b| a <= b),
        Op::Lt => bits(left, right, |a, b| a < b),
        Op::Ge => bits(left, right, |a, b| a >= b),
        Op::Gt => bits(left, right, |a, b| a > b),
        Op::Eq => bits(left, right, |a, b| a == b),
        Op::Ne => bits(left, right, |a, b| a != b),
    }
}

#[inline(always)]
fn bits(left: &Numbers, right: &Numbers, holds: impl Fn(i64, i64) -> bool) -> u64 {
    (0_u32..).zip(left.iter().zip(right)).fold(0, |all, (i, (a, b))| all | u64::from(holds(*a, *b)) << i)
}
