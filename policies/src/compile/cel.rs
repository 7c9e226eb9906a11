//! From a CEL expression to the typed form: names, units and comparisons are checked here.

use cel::common::ast::{CallExpr, Expr as Ast, IdedExpr, LiteralValue, operators as op};
use chrono::NaiveDate;

use super::{
    bounds::{self, Bounds},
    similar::similar,
};
use crate::{
    model::{Fact, FactKind, Scope},
    program::{Cond, Expr, Op, Rounding, Slot},
};

/// What a quantity is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
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
    pub(super) const fn name(self) -> &'static str {
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
enum Piece {
    Cond(Cond),
    Quantity { expr: Expr, unit: Unit, about: Option<Slot> },
    Choice(Slot),
    Text(String),
    List(Vec<String>),
}

impl Piece {
    const fn name(&self) -> &'static str {
        match self {
            Self::Cond(_) => "a condition",
            Self::Quantity { unit, .. } => unit.name(),
            Self::Choice(_) => "a choice",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
        }
    }
}

/// What an expression may name.
pub(super) struct Names<'f> {
    /// The dictionary.
    pub facts: &'f [Fact],
    /// One per fact: what a ratio is, once compiled.
    pub ratios: &'f [Option<(Expr, Unit)>],
    /// One per fact: the integers it may have.
    pub ranges: bounds::Ranges<'f>,
}

/// Compiles one expression and notes the facts it names, in order of first mention.
pub(super) struct Compiler<'n> {
    names: &'n Names<'n>,
    /// Facts named so far; ratios as written.
    pub mentions: Vec<Slot>,
}

type Outcome<T> = Result<T, String>;

impl<'n> Compiler<'n> {
    /// A compiler that has met no fact yet.
    pub(super) const fn new(names: &'n Names<'n>) -> Self {
        Self { names, mentions: Vec::new() }
    }

    /// Compiles a condition.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub(super) fn condition(&mut self, text: &str) -> Outcome<Cond> {
        match self.piece(&parse(text)?)? {
            Piece::Cond(c) => Ok(simplify(c)),
            other => Err(format!("this must be a condition, but it is {}", other.name())),
        }
    }

    /// Compiles a quantity.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub(super) fn quantity(&mut self, text: &str) -> Outcome<(Expr, Unit)> {
        match self.piece(&parse(text)?)? {
            Piece::Quantity { expr, unit, .. } => {
                bounds::of(&expr, self.names.ranges)?;
                Ok((expr, unit))
            }
            other => Err(format!("this must be a quantity, but it is {}", other.name())),
        }
    }

    fn piece(&mut self, node: &IdedExpr) -> Outcome<Piece> {
        match &node.expr {
            Ast::Literal(LiteralValue::Boolean(b)) => Ok(Piece::Cond(Cond::Always(*b.inner()))),
            Ast::Literal(LiteralValue::Int(i)) => Ok(number(*i.inner(), Unit::Number)),
            Ast::Literal(LiteralValue::String(s)) => Ok(Piece::Text(s.inner().to_owned())),
            Ast::Literal(_) => {
                Err("only whole numbers, texts, true and false can be written here; a fraction is a text: yuan(\"0.01\")".to_owned())
            }
            Ast::Ident(name) => self.name(name),
            Ast::List(list) => list
                .elements
                .iter()
                .map(|e| match self.piece(e)? {
                    Piece::Text(t) => Ok(t),
                    other => Err(format!("a list holds choice ids as texts, not {}", other.name())),
                })
                .collect::<Outcome<Vec<_>>>()
                .map(Piece::List),
            Ast::Call(call) => self.call(call),
            _ => Err("this kind of expression is not understood here".to_owned()),
        }
    }

    fn name(&mut self, name: &str) -> Outcome<Piece> {
        if name == "today" {
            return Ok(Piece::Quantity { expr: Expr::Today, unit: Unit::Date, about: None });
        }
        let (at, fact) = self
            .names
            .facts
            .iter()
            .enumerate()
            .find(|(_, f)| f.id == name)
            .ok_or_else(|| format!("no fact is called `{name}`{}", similar(name, self.names.facts)))?;
        if fact.scope == Scope::Person {
            return Err(format!("`{name}` is told of each person; conditions can only name household facts"));
        }
        let slot = Slot::try_from(at).map_err(|_| "too many facts".to_owned())?;
        if !self.mentions.contains(&slot) {
            self.mentions.push(slot);
        }
        let unit = match &fact.kind {
            FactKind::YesNo => return Ok(Piece::Cond(Cond::Flag(slot, true))),
            FactKind::Choice { .. } => return Ok(Piece::Choice(slot)),
            FactKind::Ratio { .. } => {
                return match self.names.ratios.get(at) {
                    Some(Some((expr, unit))) => {
                        Ok(Piece::Quantity { expr: expr.clone(), unit: *unit, about: Some(slot) })
                    }
                    _ => Err(format!("the ratio `{name}` cannot be used here")),
                };
            }
            FactKind::Money => Unit::Money,
            FactKind::Area => Unit::Area,
            FactKind::Months => Unit::Months,
            FactKind::Count { .. } => Unit::Number,
            FactKind::Date { .. } => Unit::Date,
        };
        Ok(Piece::Quantity { expr: Expr::Fact(slot), unit, about: Some(slot) })
    }

    fn call(&mut self, call: &CallExpr) -> Outcome<Piece> {
        if call.target.is_some() {
            return Err(format!("`.{}()` is not understood here", call.func_name));
        }
        let name = call.func_name.as_str();
        if let Some(comparison) = comparison(name) {
            let (left, right) = self.two(call)?;
            return self.compare(left, comparison, right).map(Piece::Cond);
        }
        match name {
            op::LOGICAL_AND => Ok(Piece::Cond(Cond::All(self.conditions(call)?))),
            op::LOGICAL_OR => Ok(Piece::Cond(Cond::Any(self.conditions(call)?))),
            op::LOGICAL_NOT => {
                let mut inner = self.conditions(call)?;
                inner
                    .pop()
                    .map(|c| Piece::Cond(negate(c, self.names.facts)))
                    .ok_or_else(|| "`!` of nothing".to_owned())
            }
            op::IN => match self.two(call)? {
                (Piece::Choice(slot), Piece::List(ids)) => self.one_of(slot, &ids).map(Piece::Cond),
                _ => Err("`in` wants a choice on its left and a list of its ids on its right".to_owned()),
            },
            op::CONDITIONAL => self.conditional(call),
            op::NEGATE => Err("a negative quantity is not understood here".to_owned()),
            op::ADD | op::SUBSTRACT | op::MULTIPLY | op::DIVIDE | "min" | "max" => {
                let (left, right) = self.two(call)?;
                self.arithmetic(name, left, right)
            }
            "yuan" => scaled(&self.one(call)?, Unit::Money),
            "m2" => scaled(&self.one(call)?, Unit::Area),
            "months" => length(&self.one(call)?, 1),
            "years" => length(&self.one(call)?, 12),
            "days" => match length(&self.one(call)?, 1)? {
                Piece::Quantity { expr, about, .. } => Ok(Piece::Quantity { expr, unit: Unit::Days, about }),
                other => Ok(other),
            },
            "date" => match self.one(call)? {
                Piece::Text(t) => NaiveDate::parse_from_str(&t, "%Y-%m-%d")
                    .map(|d| number(days(d), Unit::Date))
                    .map_err(|_| format!("`{t}` is not a date YYYY-MM-DD")),
                other => Err(format!("date(…) wants a text, not {}", other.name())),
            },
            "round_down" => self.round(call, Rounding::Down),
            "round_up" => self.round(call, Rounding::Up),
            "round_nearest" => self.round(call, Rounding::Nearest),
            other => Err(format!("`{other}` is not understood here")),
        }
    }

    fn one(&mut self, call: &CallExpr) -> Outcome<Piece> {
        match call.args.as_slice() {
            [a] => self.piece(a),
            _ => Err(format!("`{}` wants one argument", call.func_name)),
        }
    }

    fn two(&mut self, call: &CallExpr) -> Outcome<(Piece, Piece)> {
        match call.args.as_slice() {
            [a, b] => Ok((self.piece(a)?, self.piece(b)?)),
            _ => Err(format!("`{}` wants two arguments", call.func_name)),
        }
    }

    fn conditions(&mut self, call: &CallExpr) -> Outcome<Vec<Cond>> {
        call.args
            .iter()
            .map(|a| match self.piece(a)? {
                Piece::Cond(c) => Ok(c),
                other => Err(format!("`&&`, `||` and `!` join conditions, not {}", other.name())),
            })
            .collect()
    }

    fn conditional(&mut self, call: &CallExpr) -> Outcome<Piece> {
        let [test, yes, no] = call.args.as_slice() else {
            return Err("`? :` wants three parts".to_owned());
        };
        let Piece::Cond(test) = self.piece(test)? else {
            return Err("before `?` stands a condition".to_owned());
        };
        match (self.piece(yes)?, self.piece(no)?) {
            (Piece::Quantity { expr: a, unit, about }, Piece::Quantity { expr: b, unit: other, .. })
                if unit == other =>
            {
                Ok(Piece::Quantity {
                    expr: Expr::If(Box::new(simplify(test)), Box::new(a), Box::new(b)),
                    unit,
                    about,
                })
            }
            (Piece::Cond(a), Piece::Cond(b)) => {
                let not = negate(test.clone(), self.names.facts);
                Ok(Piece::Cond(Cond::Any(vec![Cond::All(vec![test, a]), Cond::All(vec![not, b])])))
            }
            (a, b) => Err(format!("`? :` gives {} or {}: both must be the same", a.name(), b.name())),
        }
    }

    fn round(&mut self, call: &CallExpr, how: Rounding) -> Outcome<Piece> {
        match self.two(call)? {
            (
                Piece::Quantity { expr, unit, about },
                Piece::Quantity { expr: Expr::Const(step), unit: other, .. },
            ) if unit == other && step > 0 => {
                Ok(Piece::Quantity { expr: Expr::Round(Box::new(expr), step, how), unit, about })
            }
            _ => Err(format!("`{}` wants a quantity and a step of the same unit", call.func_name)),
        }
    }

    fn arithmetic(&self, name: &str, left: Piece, right: Piece) -> Outcome<Piece> {
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
        if name == op::DIVIDE && bounds::of(&b, self.names.ranges)?.least < 1 {
            return Err("the divisor must be at least 1 whatever the facts are".to_owned());
        }
        let (a, b) = (Box::new(a), Box::new(b));
        let expr = match name {
            op::ADD => Expr::Add(a, b),
            op::SUBSTRACT => Expr::Sub(a, b),
            op::MULTIPLY => Expr::Mul(a, b),
            op::DIVIDE => Expr::Div(a, b),
            "min" => Expr::Min(a, b),
            _ => Expr::Max(a, b),
        };
        Ok(Piece::Quantity { expr, unit, about })
    }

    fn compare(&self, left: Piece, sign: Op, right: Piece) -> Outcome<Cond> {
        match (left, right) {
            (
                Piece::Quantity { expr: a, unit: ua, about: about_a },
                Piece::Quantity { expr: b, unit: ub, about: about_b },
            ) => {
                if ua != ub {
                    return Err(format!("{} cannot be compared with {}", ua.name(), ub.name()));
                }
                let Some(about) = about_a.or(about_b) else {
                    return Err("this compares two literals".to_owned());
                };
                // The household's own quantity stands on the left.
                let (a, sign, b) = if about_a.is_some() { (a, sign, b) } else { (b, sign.mirrored(), a) };
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
                    Op::Ne => Ok(negate(is, self.names.facts)),
                    _ => Err("choices are compared with == or != only".to_owned()),
                }
            }
            (Piece::Cond(c), Piece::Cond(Cond::Always(b)))
            | (Piece::Cond(Cond::Always(b)), Piece::Cond(c)) => match (sign, b) {
                (Op::Eq, true) | (Op::Ne, false) => Ok(c),
                (Op::Eq, false) | (Op::Ne, true) => Ok(negate(c, self.names.facts)),
                _ => Err("yes and no are compared with == or != only".to_owned()),
            },
            (a, b) => Err(format!("{} cannot be compared with {}", a.name(), b.name())),
        }
    }

    fn one_of(&self, slot: Slot, ids: &[String]) -> Outcome<Cond> {
        let fact = self.names.facts.get(usize::from(slot));
        let Some(Fact { id: name, kind: FactKind::Choice { choices }, .. }) = fact else {
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

/// Days since 1970-01-01.
pub fn days(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

fn parse(text: &str) -> Outcome<IdedExpr> {
    cel::parser::Parser::new().parse(text).map_err(|e| {
        let all: Vec<_> = e.errors.iter().map(|e| format!("{} (column {})", e.msg, e.pos.1)).collect();
        format!("cannot be read: {}", all.join("; "))
    })
}

const fn number(value: i64, unit: Unit) -> Piece {
    Piece::Quantity { expr: Expr::Const(value), unit, about: None }
}

fn scaled(piece: &Piece, unit: Unit) -> Outcome<Piece> {
    match piece {
        Piece::Quantity { expr: Expr::Const(n), unit: Unit::Number, .. } => {
            n.checked_mul(100).map(|n| number(n, unit)).ok_or_else(|| "this number is too large".to_owned())
        }
        Piece::Text(t) => hundredths(t)
            .map(|n| number(n, unit))
            .ok_or_else(|| format!("`{t}` is not a number with at most two decimals")),
        other => {
            Err(format!("yuan(…) and m2(…) want a number or a text like \"0.01\", not {}", other.name()))
        }
    }
}

fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}

fn length(piece: &Piece, months: i64) -> Outcome<Piece> {
    match piece {
        Piece::Quantity { expr: Expr::Const(n), unit: Unit::Number, .. } => {
            Ok(number(n.saturating_mul(months), Unit::Months))
        }
        other => Err(format!("months(…) and years(…) want a whole number, not {}", other.name())),
    }
}

fn comparison(name: &str) -> Option<Op> {
    Some(match name {
        op::LESS_EQUALS => Op::Le,
        op::LESS => Op::Lt,
        op::GREATER_EQUALS => Op::Ge,
        op::GREATER => Op::Gt,
        op::EQUALS => Op::Eq,
        op::NOT_EQUALS => Op::Ne,
        _ => return None,
    })
}

fn possible(left: &Bounds, sign: Op, right: &Bounds) -> Outcome<()> {
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

fn negate(cond: Cond, facts: &[Fact]) -> Cond {
    match cond {
        Cond::Always(b) => Cond::Always(!b),
        Cond::Flag(s, b) => Cond::Flag(s, !b),
        Cond::OneOf(s, mask) => {
            let all = match facts.get(usize::from(s)).map(|f| &f.kind) {
                Some(FactKind::Choice { choices }) if choices.len() < 64 => (1 << choices.len()) - 1,
                _ => u64::MAX,
            };
            Cond::OneOf(s, all & !mask)
        }
        Cond::Line(s, op, line) => Cond::Line(s, op.negated(), line),
        Cond::Compare(a, op, b, about) => Cond::Compare(a, op.negated(), b, about),
        Cond::All(inner) => Cond::Any(inner.into_iter().map(|c| negate(c, facts)).collect()),
        Cond::Any(inner) => Cond::All(inner.into_iter().map(|c| negate(c, facts)).collect()),
    }
}

/// Flattens nested lists of the same kind.
fn simplify(cond: Cond) -> Cond {
    match cond {
        Cond::All(inner) => {
            let mut flat = Vec::new();
            for c in inner.into_iter().map(simplify) {
                if let Cond::All(more) = c { flat.extend(more) } else { flat.push(c) }
            }
            Cond::All(flat)
        }
        Cond::Any(inner) => {
            let mut flat = Vec::new();
            for c in inner.into_iter().map(simplify) {
                if let Cond::Any(more) = c { flat.extend(more) } else { flat.push(c) }
            }
            Cond::Any(flat)
        }
        other => other,
    }
}
