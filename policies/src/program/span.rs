//! What can be said of a quantity while facts in it are unknown: the two ends that it cannot leave. Exact, by the ends
//! of what each fact may be; that one fact stands in two places is not seen.

use policies_model::{
    FactKind,
    program::{Expr, Op},
};

use super::eval::{Fraction, Known, joined};

/// What a fact may be, both ends in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Domain {
    pub(crate) least: i64,
    /// Without end for money and area: that nobody has more than can be typed is no rule of any document. `None` is
    /// the application date.
    most: Option<i64>,
}

impl Domain {
    /// Of a kind; a ratio is computed, and nothing reads its domain.
    pub(crate) fn of(kind: &FactKind) -> Self {
        let (least, most) = kind.range().unwrap_or((0, i64::MAX));
        let most = match kind {
            FactKind::Date { future: false } => None,
            FactKind::Money | FactKind::Area => Some(i64::MAX),
            _ => Some(most),
        };
        Self { least, most }
    }

    /// The last of its values on a day.
    pub(crate) fn most(self, today: i64) -> i64 {
        self.most.unwrap_or(today)
    }
}

/// Both ends, least and most.
pub(crate) type Span = [Fraction; 2];

impl Known<'_> {
    /// The ends of a quantity. `None` where it has none, or cannot be computed for something that is possible.
    pub(crate) fn span(&self, expr: &Expr) -> Option<Span> {
        if let Some(known) = self.quantity(expr) {
            return Some([known; 2]);
        }
        match expr {
            Expr::Fact(slot) => {
                let domain = self.domains.get(usize::from(*slot))?;
                Some([domain.least, domain.most(self.today)].map(Fraction::whole))
            }
            Expr::If(test, yes, no) => match self.truth(test) {
                Some(true) => self.span(yes),
                Some(false) => self.span(no),
                None => {
                    let ([a, b], [c, d]) = (self.span(yes)?, self.span(no)?);
                    ends([a, b, c, d])
                }
            },
            Expr::Moved(a, _) | Expr::Round(a, ..) => corners(expr, self.span(a)?, [Fraction::whole(0); 2]),
            Expr::Add(a, b)
            | Expr::Sub(a, b)
            | Expr::Mul(a, b)
            | Expr::Div(a, b)
            | Expr::Min(a, b)
            | Expr::Max(a, b) => corners(expr, self.span(a)?, self.span(b)?),
            Expr::Const(_) | Expr::Today => None,
        }
    }

    /// Whether a comparison comes out the same whatever the unknown facts are, and how.
    pub(crate) fn everywhere(&self, left: &Expr, op: Op, right: &Expr) -> Option<bool> {
        let ([a, b], [c, d]) = (self.span(left)?, self.span(right)?);
        // What holds between the ends that lie nearest to turning it holds everywhere.
        let holds = |op: Op| {
            let (left, right) = if matches!(op, Op::Le | Op::Lt) { (b, c) } else { (a, d) };
            left.compare(op, right) == Some(true)
        };
        match op {
            Op::Eq | Op::Ne => (holds(Op::Lt) || holds(Op::Gt)).then_some(op == Op::Ne),
            _ if holds(op) => Some(true),
            _ => holds(op.negated()).then_some(false),
        }
    }
}

/// Each operation goes one way in each of its parts, so that it is least and most at the ends of both.
fn corners(expr: &Expr, [a, b]: Span, [c, d]: Span) -> Option<Span> {
    ends([joined(expr, a, c)?, joined(expr, a, d)?, joined(expr, b, c)?, joined(expr, b, d)?])
}

fn ends([first, others @ ..]: [Fraction; 4]) -> Option<Span> {
    others.into_iter().try_fold([first; 2], |[least, most], one| {
        Some([
            if one.compare(Op::Lt, least)? { one } else { least },
            if one.compare(Op::Gt, most)? { one } else { most },
        ])
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn fact(slot: u16) -> Box<Expr> {
        Box::new(Expr::Fact(slot))
    }

    fn number(n: i64) -> Box<Expr> {
        Box::new(Expr::Const(n))
    }

    /// Income, people.
    fn domains() -> [Domain; 2] {
        [Domain::of(&FactKind::Money), Domain::of(&FactKind::Count { least: 1, most: 30 })]
    }

    #[test]
    fn a_quotient_may_be_certain_before_its_divisor_is_known() {
        let ratio = Expr::Div(fact(0), fact(1));
        let within = |income: i64| {
            let values = [Some(income), None];
            let known = Known { values: &values, domains: &domains(), today: 0 };
            known.everywhere(&ratio, Op::Le, &Expr::Const(10))
        };
        // One person at 10 each at the most, thirty at the least.
        assert_eq!([0, 10, 11, 300, 301].map(within), [Some(true), Some(true), None, None, Some(false)]);
    }

    #[test]
    fn equality_is_ruled_out_only_on_one_side() {
        let known = Known { values: &[None, None], domains: &domains(), today: 0 };
        let is = |op: Op, n: i64| known.everywhere(&fact(1), op, &Expr::Const(n));
        assert_eq!([0, 1, 15, 30, 31].map(|n| is(Op::Eq, n)), [Some(false), None, None, None, Some(false)]);
        assert_eq!([0, 1, 15, 30, 31].map(|n| is(Op::Ne, n)), [Some(true), None, None, None, Some(true)]);
    }

    #[test]
    fn no_date_but_a_coming_one_lies_after_the_application() {
        let domains = [false, true].map(|future| Domain::of(&FactKind::Date { future }));
        let known = Known { values: &[None, None], domains: &domains, today: 20_000 };
        let later = |slot: u16, day: i64| known.everywhere(&fact(slot), Op::Gt, &Expr::Const(day));
        assert_eq!([later(0, 20_000), later(0, 19_999), later(1, 20_000)], [Some(false), None, None]);
    }

    #[test]
    fn ends_are_those_of_every_value() {
        let domains = [Domain::of(&FactKind::Count { least: -4, most: 5 }), Domain::of(&FactKind::Months)];
        let test = policies_model::program::Cond::Line(0, Op::Gt, 2);
        let exprs = [
            Expr::Mul(fact(0), fact(0)),
            Expr::Sub(number(3), fact(0)),
            Expr::Max(fact(0), number(1)),
            Expr::Round(
                Box::new(Expr::Div(fact(0), number(3))),
                2,
                policies_model::program::Rounding::Nearest,
            ),
            Expr::Moved(fact(0), 13),
            Expr::If(
                Box::new(test),
                Box::new(Expr::Add(fact(0), number(7))),
                Box::new(Expr::Min(fact(0), number(0))),
            ),
            Expr::Div(number(100), Box::new(Expr::Add(fact(0), number(5)))),
        ];
        for expr in exprs {
            let [least, most] = Known { values: &[None], domains: &domains, today: 0 }.span(&expr).unwrap();
            for n in -4..=5 {
                let one = Known { values: &[Some(n)], domains: &domains, today: 0 }.quantity(&expr).unwrap();
                assert_eq!(one.compare(Op::Ge, least), Some(true), "{expr:?} of {n}");
                assert_eq!(one.compare(Op::Le, most), Some(true), "{expr:?} of {n}");
            }
        }
        // What may divide by nothing has no ends.
        let known = Known { values: &[None], domains: &domains, today: 0 };
        assert!(known.span(&Expr::Div(number(1), fact(0))).is_none());
    }
}
