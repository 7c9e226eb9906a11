//! How large a quantity can grow, so that no document can overflow the exact arithmetic.

use policies_model::program::Expr;

/// One per fact: the smallest and largest integer it may have; none for ratios.
pub(super) type Ranges<'r> = &'r [Option<(i64, i64)>];

/// Largest numerator times denominator that a comparison may meet; far below `i128::MAX`.
pub(super) const LIMIT: i128 = 1 << 120;

/// Bounds of a quantity over every household that the dictionary allows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Not less than this.
    pub least: i128,
    /// Not more than this.
    pub most: i128,
    /// No numerator is larger.
    pub magnitude: i128,
    /// No denominator is larger.
    pub divisor: i128,
}

/// Bounds of an expression.
///
/// # Errors
/// Where it can grow beyond [`LIMIT`].
pub(super) fn of(expr: &Expr, ranges: Ranges<'_>) -> Result<Bounds, String> {
    let found = match expr {
        Expr::Const(n) => point(i128::from(*n)),
        Expr::Today => range(-25_567, 84_370),
        Expr::Fact(slot) => {
            let found = ranges.get(usize::from(*slot)).copied().flatten();
            let (least, most) = found.ok_or("this fact has no range")?;
            range(i128::from(least), i128::from(most))
        }
        Expr::Moved(date, months) => {
            let b = of(date, ranges)?;
            let days = i128::from(*months).saturating_mul(31);
            range(b.least + days.min(0), b.most + days.max(0))
        }
        Expr::Add(a, b) => join(of(a, ranges)?, of(b, ranges)?, |a, b| [a.least + b.least, a.most + b.most]),
        Expr::Sub(a, b) => join(of(a, ranges)?, of(b, ranges)?, |a, b| [a.least - b.most, a.most - b.least]),
        Expr::Min(a, b) => {
            join(of(a, ranges)?, of(b, ranges)?, |a, b| [a.least.min(b.least), a.most.min(b.most)])
        }
        Expr::Max(a, b) => {
            join(of(a, ranges)?, of(b, ranges)?, |a, b| [a.least.max(b.least), a.most.max(b.most)])
        }
        Expr::If(_, a, b) => {
            join(of(a, ranges)?, of(b, ranges)?, |a, b| [a.least.min(b.least), a.most.max(b.most)])
        }
        Expr::Mul(a, b) => {
            let (a, b) = (of(a, ranges)?, of(b, ranges)?);
            let corners = [(a.least, b.least), (a.least, b.most), (a.most, b.least), (a.most, b.most)]
                .map(|(x, y)| x.saturating_mul(y));
            Bounds {
                least: corners.into_iter().min().unwrap_or(0),
                most: corners.into_iter().max().unwrap_or(0),
                magnitude: a.magnitude.saturating_mul(b.magnitude),
                divisor: a.divisor.saturating_mul(b.divisor),
            }
        }
        Expr::Div(a, b, _) => {
            let (a, b) = (of(a, ranges)?, of(b, ranges)?);
            Bounds {
                least: a.least.div_euclid(if a.least < 0 { b.least } else { b.most }),
                most: if a.most < 0 { 0 } else { a.most.div_euclid(b.least) + 1 },
                magnitude: a.magnitude.saturating_mul(b.divisor),
                divisor: a.divisor.saturating_mul(b.magnitude),
            }
        }
        Expr::Round(a, step, _) => {
            let a = of(a, ranges)?;
            let step = i128::from(*step);
            range(a.least - step, a.most + step)
        }
    };
    if found.magnitude > LIMIT || found.divisor > LIMIT {
        return Err("this quantity can grow beyond what is computed exactly".to_owned());
    }
    Ok(found)
}

/// A quotient.
///
/// # Errors
/// Where the divisor can be less than 1.
pub(super) fn quotient(top: Expr, bottom: Expr, ranges: Ranges<'_>) -> Result<Expr, String> {
    let Bounds { least, most, .. } = of(&bottom, ranges)?;
    match [least, most].map(i64::try_from) {
        [Ok(least), Ok(most)] if least >= 1 => Ok(Expr::Div(Box::new(top), Box::new(bottom), [least, most])),
        [Ok(_), Ok(_)] => Err("the divisor must be at least 1 whatever the facts are".to_owned()),
        _ => Err("the divisor can grow beyond what is computed exactly".to_owned()),
    }
}

const fn point(n: i128) -> Bounds {
    range(n, n)
}

const fn range(least: i128, most: i128) -> Bounds {
    let magnitude = if least.unsigned_abs() > most.unsigned_abs() { -least } else { most };
    let magnitude = if magnitude < 0 { -magnitude } else { magnitude };
    Bounds { least, most, magnitude, divisor: 1 }
}

fn join(a: Bounds, b: Bounds, ends: impl Fn(&Bounds, &Bounds) -> [i128; 2]) -> Bounds {
    let [least, most] = ends(&a, &b);
    Bounds {
        least,
        most,
        magnitude: a
            .magnitude
            .saturating_mul(b.divisor)
            .saturating_add(b.magnitude.saturating_mul(a.divisor)),
        divisor: a.divisor.saturating_mul(b.divisor),
    }
}
