//! Three-valued evaluation: true, false, or unknown where a fact is missing. Exact and without
//! allocation.

use policies_model::{
    date::moved,
    program::{Cond, Expr, Op, Rounding, Slot},
};

/// The values of facts by slot, and the application date.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'v> {
    /// One per fact of the dictionary; `None` is unknown.
    pub(crate) values: &'v [Option<i64>],
    /// Application date, days since 1970-01-01.
    pub(crate) today: i64,
}

/// An exact quantity; the denominator is at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    pub(crate) top: i128,
    pub(crate) bottom: i128,
}

impl Fraction {
    const fn whole(n: i64) -> Self {
        Self { top: n as i128, bottom: 1 }
    }

    /// Rounded down.
    pub(crate) const fn floor(self) -> i128 {
        self.top.div_euclid(self.bottom)
    }

    /// Exact comparison by cross-multiplication. `None` only beyond what the compiler admits.
    #[inline]
    pub(crate) fn compare(self, op: Op, other: Self) -> Option<bool> {
        if self.bottom == 1 && other.bottom == 1 {
            return Some(op.holds(&self.top, &other.top));
        }
        let left = self.top.checked_mul(other.bottom)?;
        let right = other.top.checked_mul(self.bottom)?;
        Some(op.holds(&left, &right))
    }
}

impl Known<'_> {
    #[inline]
    pub(crate) fn get(&self, slot: Slot) -> Option<i64> {
        self.values.get(usize::from(slot)).copied().flatten()
    }

    /// Whether a condition holds; `None` while a missing fact can still turn it.
    pub(crate) fn truth(&self, cond: &Cond) -> Option<bool> {
        match cond {
            Cond::Always(b) => Some(*b),
            Cond::Open => None,
            Cond::Flag(slot, is) => self.get(*slot).map(|v| (v != 0) == *is),
            Cond::OneOf(slot, mask) => self.get(*slot).map(|v| mask >> (v & 63) & 1 == 1),
            Cond::Line(slot, op, line) => self.get(*slot).map(|v| op.holds(&v, line)),
            Cond::Compare(left, op, right, _) => {
                let right = self.quantity(right)?;
                let known = self.quantity(left).and_then(|left| left.compare(*op, right));
                known.or_else(|| self.whatever_divides(left, *op, right))
            }
            Cond::All(inner) => self.fold(inner, false),
            Cond::Any(inner) => self.fold(inner, true),
        }
    }

    /// Kleene's "or" for `winner` true, "and" for `winner` false.
    fn fold(&self, inner: &[Cond], winner: bool) -> Option<bool> {
        let mut answer = Some(!winner);
        for cond in inner {
            match self.truth(cond) {
                Some(b) if b == winner => return Some(winner),
                Some(_) => {}
                None => answer = None,
            }
        }
        answer
    }

    /// How the comparison of a quotient comes out whatever it is divided by, where only that is unknown.
    fn whatever_divides(&self, left: &Expr, op: Op, right: Fraction) -> Option<bool> {
        let Expr::Div(top, _, ends) = left else { return None };
        let top = self.quantity(top)?;
        // The quotient lies between those of both ends.
        let alike = |op: Op| {
            let [a, b] = ends.map(|end| {
                let bottom = top.bottom.checked_mul(i128::from(end))?;
                Fraction { top: top.top, bottom }.compare(op, right)
            });
            a.filter(|_| a == b)
        };
        match op {
            Op::Eq | Op::Ne => Some((alike(Op::Lt)? || alike(Op::Gt)?) == (op == Op::Ne)),
            _ => alike(op),
        }
    }

    /// A quantity; `None` while a fact in it is missing.
    pub(crate) fn quantity(&self, expr: &Expr) -> Option<Fraction> {
        match expr {
            Expr::Const(n) => Some(Fraction::whole(*n)),
            Expr::Fact(slot) => self.get(*slot).map(Fraction::whole),
            Expr::Today => Some(Fraction::whole(self.today)),
            Expr::Moved(date, months) => {
                let day = i64::try_from(self.quantity(date)?.top).ok()?;
                moved(day, *months).map(Fraction::whole)
            }
            Expr::Add(a, b) => self.sum(a, b, 1),
            Expr::Sub(a, b) => self.sum(a, b, -1),
            Expr::Mul(a, b) => {
                let (a, b) = (self.quantity(a)?, self.quantity(b)?);
                Some(Fraction { top: a.top.checked_mul(b.top)?, bottom: a.bottom.checked_mul(b.bottom)? })
            }
            Expr::Div(a, b, _) => {
                let (a, b) = (self.quantity(a)?, self.quantity(b)?);
                let bottom = a.bottom.checked_mul(b.top)?;
                (bottom > 0).then_some(Fraction { top: a.top.checked_mul(b.bottom)?, bottom })
            }
            Expr::Min(a, b) => self.pick(a, Op::Le, b),
            Expr::Max(a, b) => self.pick(a, Op::Ge, b),
            Expr::If(test, yes, no) => match self.truth(test)? {
                true => self.quantity(yes),
                false => self.quantity(no),
            },
            Expr::Round(inner, step, how) => {
                let q = self.quantity(inner)?;
                let step = i128::from(*step);
                if step < 1 {
                    return None;
                }
                let bottom = q.bottom.checked_mul(step)?;
                let steps = match how {
                    Rounding::Down => q.top.div_euclid(bottom),
                    Rounding::Up => q.top.checked_add(bottom.checked_sub(1)?)?.div_euclid(bottom),
                    Rounding::Nearest => {
                        q.top.checked_mul(2)?.checked_add(bottom)?.div_euclid(bottom.checked_mul(2)?)
                    }
                };
                Some(Fraction { top: steps.checked_mul(step)?, bottom: 1 })
            }
        }
    }

    fn sum(&self, a: &Expr, b: &Expr, sign: i128) -> Option<Fraction> {
        let (a, b) = (self.quantity(a)?, self.quantity(b)?);
        let left = a.top.checked_mul(b.bottom)?;
        let right = b.top.checked_mul(a.bottom)?.checked_mul(sign)?;
        Some(Fraction { top: left.checked_add(right)?, bottom: a.bottom.checked_mul(b.bottom)? })
    }

    fn pick(&self, a: &Expr, op: Op, b: &Expr) -> Option<Fraction> {
        let (a, b) = (self.quantity(a)?, self.quantity(b)?);
        a.compare(op, b).map(|first| if first { a } else { b })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ratios_compare_exactly() {
        let third = Expr::Div(Box::new(Expr::Const(1)), Box::new(Expr::Const(3)), [3, 3]);
        let known = Known { values: &[], today: 0 };
        let three = Expr::Mul(Box::new(third), Box::new(Expr::Const(3)));
        assert_eq!(known.truth(&Cond::Compare(three, Op::Eq, Expr::Const(1), 0)), Some(true));
    }

    #[test]
    fn unknown_is_kept_only_where_it_matters() {
        let known = Known { values: &[None, Some(1)], today: 0 };
        let or = Cond::Any(vec![Cond::Flag(0, true), Cond::Flag(1, true)]);
        let and = Cond::All(vec![Cond::Flag(0, true), Cond::Flag(1, true)]);
        assert_eq!(known.truth(&or), Some(true));
        assert_eq!(known.truth(&and), None);
    }

    #[test]
    fn a_quotient_may_be_certain_whatever_divides_it() {
        let quotient = || Expr::Div(Box::new(Expr::Fact(0)), Box::new(Expr::Fact(1)), [1, 30]);
        let against_ten = |income: i64, op: Op| {
            let known = Known { values: &[Some(income), None], today: 0 };
            known.truth(&Cond::Compare(quotient(), op, Expr::Const(10), 0))
        };
        // One shares it at the least, thirty at the most.
        let at_most = [0, 10, 11, 300, 301].map(|income| against_ten(income, Op::Le));
        assert_eq!(at_most, [Some(true), Some(true), None, None, Some(false)]);
        let exactly = [0, 9, 10, 300, 301].map(|income| against_ten(income, Op::Eq));
        assert_eq!(exactly, [Some(false), Some(false), None, None, Some(false)]);
        assert_eq!(against_ten(301, Op::Ne), Some(true));
    }

    #[test]
    fn rounding_modes() {
        let known = Known { values: &[], today: 0 };
        let half = || Box::new(Expr::Div(Box::new(Expr::Const(250)), Box::new(Expr::Const(1)), [1, 1]));
        for (how, expected) in [(Rounding::Down, 200), (Rounding::Up, 300), (Rounding::Nearest, 300)] {
            assert_eq!(known.quantity(&Expr::Round(half(), 100, how)).unwrap().top, expected);
        }
    }
}
