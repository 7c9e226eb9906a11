//! Which quantities go together: units, arithmetic, comparisons and choices.

use cel::common::ast::operators as op;

use super::{Compiler, Named, Parsed, logic::negate};
use crate::bounds::{self, Bounds};
use policies_model::{
    FactKind,
    program::{Cond, Expr, NO_FACT, Op, Slot},
};

/// What a quantity is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A plain number or count.
    Number,
    /// Fen.
    Money,
    /// 0.01 m².
    Area,
    /// Months.
    Months,
    /// Days.
    Days,
    /// A date.
    Date,
}

impl Unit {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Number => "a plain number",
            Self::Money => "money (write yuan(…))",
            Self::Area => "an area (write m2(…))",
            Self::Months => "a length of time (write months(…) or years(…))",
            Self::Days => "a number of days",
            Self::Date => "a date (write date(\"YYYY-MM-DD\") or today)",
        }
    }
}

/// A compiled piece of an expression.
pub(super) enum Piece {
    Cond(Cond),
    Quantity { expr: Expr, unit: Unit, about: Option<Slot> },
    Choice(Slot),
    Text(String),
    List(Vec<String>),
}

impl Piece {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Cond(_) => "a condition",
            Self::Quantity { unit, .. } => unit.name(),
            Self::Choice(_) => "a choice",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
        }
    }
}

impl Compiler<'_> {
    pub(super) fn arithmetic(&self, name: &str, left: Piece, right: Piece) -> Parsed<Piece> {
        let (
            Piece::Quantity { expr: a, unit: ua, about: about_a },
            Piece::Quantity { expr: b, unit: ub, about: about_b },
        ) = (left, right)
        else {
            return Err("arithmetic joins quantities".to_owned());
        };
        let about = about_a.or(about_b);
        let mismatch = || Err(format!("{} does not go with {} here", ua.name(), ub.name()));
        let unit = match (name, ua, ub) {
            (op::ADD | op::SUBSTRACT, Unit::Date, Unit::Months) => {
                let Expr::Const(months) = b else {
                    return Err("a date moves by a literal such as years(2)".to_owned());
                };
                if months > 12_000 {
                    return Err("too many months".to_owned());
                }
                let months = if name == op::ADD { months } else { -months };
                return Ok(Piece::Quantity {
                    expr: Expr::Moved(Box::new(a), months),
                    unit: Unit::Date,
                    about,
                });
            }
            (op::ADD | op::SUBSTRACT, Unit::Date, Unit::Days) => Unit::Date,
            (op::ADD | op::SUBSTRACT, Unit::Date, _) => return mismatch(),
            (op::MULTIPLY, Unit::Number, u) | (op::MULTIPLY | op::DIVIDE, u, Unit::Number)
                if u != Unit::Date =>
            {
                u
            }
            // A tariff per square metre times an area: the author divides by m2(1).
            (op::MULTIPLY, Unit::Money, Unit::Area) | (op::MULTIPLY, Unit::Area, Unit::Money) => {
                return Err("money times area has no unit here: write `money * (area / m2(1))`".to_owned());
            }
            (op::DIVIDE, u, v) if u == v && u != Unit::Date => Unit::Number,
            (op::ADD | op::SUBSTRACT | "min" | "max", u, v) if u == v => u,
            _ => return mismatch(),
        };
        if name == op::DIVIDE {
            return Ok(Piece::Quantity { expr: bounds::quotient(a, b, self.names.ranges)?, unit, about });
        }
        let (a, b) = (Box::new(a), Box::new(b));
        let expr = match name {
            op::ADD => Expr::Add(a, b),
            op::SUBSTRACT => Expr::Sub(a, b),
            op::MULTIPLY => Expr::Mul(a, b),
            "min" => Expr::Min(a, b),
            _ => Expr::Max(a, b),
        };
        Ok(Piece::Quantity { expr, unit, about })
    }

    pub(super) fn compare(&self, left: Piece, sign: Op, right: Piece) -> Parsed<Cond> {
        match (left, right) {
            (
                Piece::Quantity { expr: a, unit: ua, about: about_a },
                Piece::Quantity { expr: b, unit: ub, about: about_b },
            ) => {
                if ua != ub {
                    return Err(format!("{} cannot be compared with {}", ua.name(), ub.name()));
                }
                let about = match about_a.or(about_b) {
                    Some(about) => about,
                    None if a.reads_today() || b.reads_today() => NO_FACT,
                    None => return Err("this compares two literals".to_owned()),
                };
                // The household's own quantity stands on the left.
                let (a, sign, b) = if about_a == Some(about) || a.reads_today() && about == NO_FACT {
                    (a, sign, b)
                } else {
                    (b, sign.mirrored(), a)
                };
                let (ba, bb) = (bounds::of(&a, self.names.ranges)?, bounds::of(&b, self.names.ranges)?);
                possible(&ba, sign, &bb)?;
                Ok(match (a, b) {
                    (Expr::Fact(slot), Expr::Const(line)) => Cond::Line(slot, sign, line),
                    (a, b) => Cond::Compare(a, sign, b, about),
                })
            }
            (Piece::Choice(slot), Piece::Text(id)) | (Piece::Text(id), Piece::Choice(slot)) => {
                let is = self.one_of(slot, &[id])?;
                match sign {
                    Op::Eq => Ok(is),
                    Op::Ne => Ok(negate(is, &self.names.facts)),
                    _ => Err("choices are compared with == or != only".to_owned()),
                }
            }
            (Piece::Cond(c), Piece::Cond(Cond::Always(b)))
            | (Piece::Cond(Cond::Always(b)), Piece::Cond(c)) => match (sign, b) {
                (Op::Eq, true) | (Op::Ne, false) => Ok(c),
                (Op::Eq, false) | (Op::Ne, true) => Ok(negate(c, &self.names.facts)),
                _ => Err("yes and no are compared with == or != only".to_owned()),
            },
            (a, b) => Err(format!("{} cannot be compared with {}", a.name(), b.name())),
        }
    }

    pub(super) fn one_of(&self, slot: Slot, ids: &[String]) -> Parsed<Cond> {
        let fact = self.names.facts.get(usize::from(slot));
        let Some(Named { id: name, kind: FactKind::Choice { choices }, .. }) = fact else {
            return Err("this is not a choice".to_owned());
        };
        if choices.len() > 64 {
            return Err(format!("`{name}` has more than 64 choices"));
        }
        let mut mask = 0_u64;
        for id in ids {
            let Some(at) = choices.iter().position(|c| c.id == *id) else {
                let known: Vec<_> = choices.iter().map(|c| c.id.as_str()).collect();
                return Err(format!("`{name}` has no choice `{id}`; it has {}", known.join(", ")));
            };
            mask |= 1 << at;
        }
        Ok(Cond::OneOf(slot, mask))
    }
}

fn possible(left: &Bounds, sign: Op, right: &Bounds) -> Parsed<()> {
    if left.magnitude.checked_mul(right.divisor).is_none_or(|n| n > bounds::LIMIT)
        || right.magnitude.checked_mul(left.divisor).is_none_or(|n| n > bounds::LIMIT)
    {
        return Err("this comparison can grow beyond what is computed exactly".to_owned());
    }
    let (always, never) = match sign {
        Op::Le => (left.most <= right.least, left.least > right.most),
        Op::Lt => (left.most < right.least, left.least >= right.most),
        Op::Ge => (left.least >= right.most, left.most < right.least),
        Op::Gt => (left.least > right.most, left.most <= right.least),
        Op::Eq => (false, left.most < right.least || left.least > right.most),
        Op::Ne => (left.most < right.least || left.least > right.most, false),
    };
    match (always, never) {
        (true, _) => Err("this comparison holds whatever the facts are".to_owned()),
        (_, true) => Err("this comparison can never hold".to_owned()),
        _ => Ok(()),
    }
}
