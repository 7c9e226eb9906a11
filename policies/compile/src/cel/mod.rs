//! From a CEL expression to the typed form: every name, call and operator is read here; [`typing`] says which
//! quantities go together.

mod literals;
mod logic;
mod signs;
mod typing;

use cel::common::ast::{CallExpr, Expr as Ast, IdedExpr, LiteralValue, operators as op};
use chrono::NaiveDate;

pub(super) use self::logic::simplify;
pub(super) use self::typing::Unit;
use self::{
    literals::{length, number, scaled},
    logic::negate,
    typing::Piece,
};
use super::{bounds, shared::Shared, similar::similar};
use policies_model::{
    Fact, FactKind, Scope,
    date::day_of,
    program::{Cond, Expr, NO_FACT, Op, Rounding, Slot},
};

/// One thing that an expression may name.
#[derive(Clone, Copy)]
pub(super) struct Named<'f> {
    /// Its name.
    pub id: &'f str,
    /// Kind and unit.
    pub kind: &'f FactKind,
    /// Told of each person, so that no condition can name it.
    pub of_person: bool,
}

impl<'f> From<&'f Fact> for Named<'f> {
    fn from(fact: &'f Fact) -> Self {
        Self { id: &fact.id, kind: &fact.kind, of_person: fact.scope == Scope::Person }
    }
}

/// What an expression may name.
pub(super) struct Names<'f> {
    /// Facts of the dictionary, or the inputs and steps of a calculator; a slot is an index into them.
    pub facts: Vec<Named<'f>>,
    /// One per fact: what a ratio is, once compiled.
    pub ratios: &'f [Option<(Expr, Unit)>],
    /// One per fact: the integers it may have.
    pub ranges: bounds::Ranges<'f>,
    /// Constants and steps.
    pub shared: &'f [Shared],
}

/// Compiles one expression and notes the facts it names, in order of first mention.
pub(super) struct Compiler<'n> {
    names: &'n Names<'n>,
    /// Facts named so far; ratios as written.
    pub mentions: Vec<Slot>,
    /// Constants and steps named so far, by their index.
    pub uses: Vec<usize>,
}

type Parsed<T> = Result<T, String>;

impl<'n> Compiler<'n> {
    /// A compiler that has met no fact yet.
    pub(super) const fn new(names: &'n Names<'n>) -> Self {
        Self { names, mentions: Vec::new(), uses: Vec::new() }
    }

    /// Compiles a condition.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub(super) fn condition(&mut self, text: &str) -> Parsed<Cond> {
        match self.piece(&parse(text)?)? {
            Piece::Cond(c) => Ok(simplify(c)),
            other => Err(format!("this must be a condition, but it is {}", other.name())),
        }
    }

    /// Compiles a quantity.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub(super) fn quantity(&mut self, text: &str) -> Parsed<(Expr, Unit)> {
        match self.piece(&parse(text)?)? {
            Piece::Quantity { expr, unit, .. } => {
                bounds::of(&expr, self.names.ranges)?;
                Ok((expr, unit))
            }
            other => Err(format!("this must be a quantity, but it is {}", other.name())),
        }
    }

    fn piece(&mut self, node: &IdedExpr) -> Parsed<Piece> {
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
                .collect::<Parsed<Vec<_>>>()
                .map(Piece::List),
            Ast::Call(call) => self.call(call),
            _ => Err("this kind of expression is not understood here".to_owned()),
        }
    }

    fn name(&mut self, name: &str) -> Parsed<Piece> {
        if name == "today" {
            return Ok(Piece::Quantity { expr: Expr::Today, unit: Unit::Date, about: None });
        }
        if let Some((at, shared)) = self.names.shared.iter().enumerate().find(|(_, s)| s.id == name) {
            self.uses.push(at);
            self.uses.extend(&shared.uses);
            for slot in &shared.mentions {
                self.mention(*slot);
            }
            let about = shared.mentions.first().copied();
            return Ok(Piece::Quantity { expr: shared.expr.clone(), unit: shared.unit, about });
        }
        let (at, fact) =
            self.names.facts.iter().enumerate().find(|(_, f)| f.id == name).ok_or_else(|| {
                format!(
                    "no fact is called `{name}`{}",
                    similar(
                        name,
                        self.names
                            .facts
                            .iter()
                            .map(|fact| fact.id)
                            .chain(self.names.shared.iter().map(|shared| shared.id.as_str()))
                    )
                )
            })?;
        if fact.of_person {
            return Err(format!("`{name}` is told of each person; conditions can only name household facts"));
        }
        let slot = Slot::try_from(at).map_err(|_| "too many facts".to_owned())?;
        self.mention(slot);
        let unit = match fact.kind {
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

    fn mention(&mut self, slot: Slot) {
        if !self.mentions.contains(&slot) {
            self.mentions.push(slot);
        }
    }

    fn call(&mut self, call: &CallExpr) -> Parsed<Piece> {
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
                    .map(|c| Piece::Cond(negate(c, &self.names.facts)))
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
                    .map(|d| number(day_of(d), Unit::Date))
                    .map_err(|_| format!("`{t}` is not a date YYYY-MM-DD")),
                other => Err(format!("date(…) wants a text, not {}", other.name())),
            },
            "full_years" => self.full_years(call),
            "round_down" => self.round(call, Rounding::Down),
            "round_up" => self.round(call, Rounding::Up),
            "round_nearest" => self.round(call, Rounding::Nearest),
            other => Err(format!("`{other}` is not understood here")),
        }
    }

    fn one(&mut self, call: &CallExpr) -> Parsed<Piece> {
        match call.args.as_slice() {
            [a] => self.piece(a),
            _ => Err(format!("`{}` wants one argument", call.func_name)),
        }
    }

    fn two(&mut self, call: &CallExpr) -> Parsed<(Piece, Piece)> {
        match call.args.as_slice() {
            [a, b] => Ok((self.piece(a)?, self.piece(b)?)),
            _ => Err(format!("`{}` wants two arguments", call.func_name)),
        }
    }

    fn conditions(&mut self, call: &CallExpr) -> Parsed<Vec<Cond>> {
        call.args
            .iter()
            .map(|a| match self.piece(a)? {
                Piece::Cond(c) => Ok(c),
                other => Err(format!("`&&`, `||` and `!` join conditions, not {}", other.name())),
            })
            .collect()
    }

    fn conditional(&mut self, call: &CallExpr) -> Parsed<Piece> {
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
                let not = negate(test.clone(), &self.names.facts);
                Ok(Piece::Cond(Cond::Any(vec![Cond::All(vec![test, a]), Cond::All(vec![not, b])])))
            }
            (a, b) => Err(format!("`? :` gives {} or {}: both must be the same", a.name(), b.name())),
        }
    }

    /// How many anniversaries of the first date have come by the second, as many as are counted at most: one comparison
    /// for each, with dates moved as everywhere.
    fn full_years(&mut self, call: &CallExpr) -> Parsed<Piece> {
        const WANTS: &str = "`full_years` wants two dates and how many years count at most, 1 to 60";
        let [since, until, most] = call.args.as_slice() else { return Err(WANTS.to_owned()) };
        let (
            Piece::Quantity { expr: since, unit: Unit::Date, about },
            Piece::Quantity { expr: until, unit: Unit::Date, about: other },
            Piece::Quantity { expr: Expr::Const(most @ 1..=60), unit: Unit::Number, .. },
        ) = (self.piece(since)?, self.piece(until)?, self.piece(most)?)
        else {
            return Err(WANTS.to_owned());
        };
        let about = about.or(other);
        let passed = |years: i64| {
            let anniversary = Expr::Moved(Box::new(until.clone()), -12 * years);
            let test = Cond::Compare(since.clone(), Op::Le, anniversary, about.unwrap_or(NO_FACT));
            Expr::If(Box::new(test), Box::new(Expr::Const(1)), Box::new(Expr::Const(0)))
        };
        let expr = (2..=most).fold(passed(1), |sum, years| Expr::Add(Box::new(sum), Box::new(passed(years))));
        Ok(Piece::Quantity { expr, unit: Unit::Number, about })
    }

    fn round(&mut self, call: &CallExpr, how: Rounding) -> Parsed<Piece> {
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
}

fn parse(text: &str) -> Parsed<IdedExpr> {
    if let Some(spelt) = signs::misspelt(text) {
        return Err(spelt);
    }
    cel::parser::Parser::new().parse(text).map_err(|e| {
        // What follows the first place where it goes wrong only follows from it.
        let first = e.errors.iter().min_by_key(|e| e.pos);
        let column = first.map_or(0, |e| usize::try_from(e.pos.1).unwrap_or(0));
        let (before, after) = text.split_at_checked(column.min(text.len())).unwrap_or((text, ""));
        let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
        let next = after.split_whitespace().next().unwrap_or("the end");
        format!(
            "cannot be read from `{next}` on, after `{last}`: is a bracket, a sign or a name missing there?"
        )
    })
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
