//! Verdict and money of 64 households at a time: a yes/no answer of all of them is two machine words, and "and",
//! "or" and the choice of the outcome are done on whole words.
//!
//! It says what [`Known`] says for each household alone, and asks it where a quantity is of no simple form and where a
//! missing fact leaves the sum open.

use super::{
    quantity::{self, Quantity, Ratio},
    table::{BLOCK, Block, Numbers},
    verdict::{Verdict, sum},
};
use crate::program::{Cond, Expr, Known, Op, Outcome, Program, Row, Rule, Slot};

/// The program of one document for blocks.
#[derive(Clone, Debug)]
pub(crate) struct Blocks {
    /// Everything that is asked of a household, each once however often it is asked.
    atoms: Vec<Atom>,
    rules: Vec<[Test; 3]>,
    categories: Vec<Vec<u16>>,
    /// Rows of all benefits, one after the other: whoever gets nothing of one is looked at for the next.
    benefits: Vec<(Test, Amount)>,
    facts: usize,
    today: i64,
}

/// What is asked of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Atom {
    Flag(usize),
    OneOf(usize, u64),
    /// Of a quotient the condition as well: it may be certain whatever divides it.
    Compare(Quantity, Op, Quantity, Option<Cond>),
    /// Of no simple form: one household at a time.
    Single(Cond),
}

/// A condition over atoms, by their place in the list.
#[derive(Clone, Debug)]
enum Test {
    Always(bool),
    Open,
    Is(usize),
    Not(usize),
    All(Vec<Test>),
    Any(Vec<Test>),
}

#[derive(Clone, Debug)]
enum Amount {
    Quotient(Ratio),
    /// Of no simple form: one household at a time.
    Single(Row),
}

/// For whom something holds and for whom it does not; for the others it is unknown.
#[derive(Clone, Copy, Debug, Default)]
struct Truth {
    yes: u64,
    no: u64,
}

/// For whom a requirement is a matter to ask about (at best, where it is unknown), unknown, unknown and able to fail, or not
/// met; for the others it is met.
#[derive(Clone, Copy, Debug, Default)]
struct Answers {
    ask: u64,
    unknown: u64,
    may_fail: u64,
    not_met: u64,
}

/// Room that is used again for every block.
#[derive(Debug, Default)]
pub(crate) struct Room {
    atoms: Vec<Truth>,
    rules: Vec<Answers>,
}

impl Blocks {
    /// From a program whose slots are columns, and the integers that each column's fact may have.
    pub(crate) fn new(program: &Program, ranges: &[Option<(i64, i64)>], today: i64) -> Self {
        let mut atoms = Vec::new();
        let mut test = |cond: &Cond| Test::of(cond, ranges, &mut atoms);
        let mut rule = |Rule { holds, ask, fails, .. }: &Rule| {
            [Test::Any(ask.iter().map(&mut test).collect()), test(holds), test(fails)]
        };
        let rules = program.rules.iter().map(&mut rule).collect();
        let mut row = |row: &Row| {
            let amount = Ratio::of(&row.amount, ranges);
            let when = Test::of(&row.when, ranges, &mut atoms);
            (when, amount.map_or_else(|| Amount::Single(row.clone()), Amount::Quotient))
        };
        let benefits = program.benefits.iter().flatten().map(&mut row).collect();
        Self { atoms, rules, categories: program.categories.clone(), benefits, facts: ranges.len(), today }
    }

    /// Decides a block by the program that this was made from, and tells the verdicts of its first `count` households
    /// in order.
    pub(crate) fn decide(
        &self,
        program: &Program,
        block: Block<'_>,
        count: usize,
        room: &mut Room,
        told: &mut impl FnMut(Verdict),
    ) {
        room.atoms.clear();
        room.atoms.extend(self.atoms.iter().map(|atom| self.ask(atom, block)));
        room.rules.clear();
        room.rules.extend(self.rules.iter().map(|[ask, holds, fails]| {
            let (ask, holds) = (ask.truth(&room.atoms), holds.truth(&room.atoms));
            let certain = !ask.yes & ask.no & (holds.yes | holds.no);
            let unknown = !ask.yes & !certain;
            let may_fail = unknown & !(holds.yes | fails.truth(&room.atoms).no);
            Answers { ask: ask.yes | (unknown & holds.no), unknown, may_fail, not_met: certain & holds.no }
        }));
        let (mut eligible, mut open, mut ask, mut at_best_ask) = (0, 0, 0, 0);
        for category in &self.categories {
            let mut all = Answers::default();
            for rule in category.iter().filter_map(|i| room.rules.get(usize::from(*i))) {
                all.ask |= rule.ask;
                all.unknown |= rule.unknown;
                all.may_fail |= rule.may_fail;
                all.not_met |= rule.not_met;
            }
            eligible |= !(all.not_met | all.unknown | all.ask);
            open |= all.unknown & !(all.not_met | all.ask);
            at_best_ask |= all.may_fail & all.ask & !all.not_met;
            ask |= all.ask & !(all.not_met | all.may_fail);
        }
        let unknown = open | (at_best_ask & !ask);
        let mut money = Money { sure: 0, least: [0; BLOCK], most: [0; BLOCK] };
        let alone = self.pay(block, eligible | unknown | ask, &room.atoms, &mut money);
        self.one_by_one(block, alone, |i, known| {
            let places = (money.least.get_mut(i), money.most.get_mut(i));
            if let (Some(range), (Some(least), Some(most))) = (sum(program, known), places) {
                (*least, *most) = range;
                money.sure |= 1 << i;
            }
        });
        // Two bits name the best outcome.
        let (high, low) = (eligible | unknown, eligible | (ask & !unknown));
        let ranges = money.least.iter().zip(&money.most);
        for (i, (least, most)) in (0_u32..).zip(ranges).take(count) {
            let outcome = match (high >> i & 1, low >> i & 1) {
                (1, 1) => Outcome::Eligible,
                (1, _) => Outcome::Unknown,
                (_, 1) => Outcome::Ask,
                _ => Outcome::NotEligible,
            };
            told(Verdict { outcome, money: (money.sure >> i & 1 == 1).then_some((*least, *most)) });
        }
    }

    fn ask(&self, atom: &Atom, block: Block<'_>) -> Truth {
        let (known, yes) = match atom {
            Atom::Flag(fact) => (block.known(*fact), block.bits(*fact)),
            Atom::OneOf(fact, choices) => {
                let Some(numbers) = block.numbers(*fact) else { return Truth::default() };
                let chosen =
                    numbers.iter().zip(0_u32..).fold(0, |all, (n, i)| all | (choices >> (n & 63) & 1) << i);
                (block.known(*fact), chosen)
            }
            Atom::Compare(left, op, right, quotient) => {
                let (mut a, mut b): (Numbers, Numbers) = ([0; BLOCK], [0; BLOCK]);
                let known = left.compute(block, &mut a) & right.compute(block, &mut b);
                let yes = quantity::compare(&a, *op, &b);
                let alone = quotient.as_ref().map_or_else(Truth::default, |c| self.alone(block, !known, c));
                return Truth { yes: (known & yes) | alone.yes, no: (known & !yes) | alone.no };
            }
            Atom::Single(cond) => return self.alone(block, u64::MAX, cond),
        };
        Truth { yes: known & yes, no: known & !yes }
    }

    /// A condition asked of one household at a time.
    fn alone(&self, block: Block<'_>, whom: u64, cond: &Cond) -> Truth {
        let mut truth = Truth::default();
        self.one_by_one(block, whom, |i, known| match known.truth(cond) {
            Some(true) => truth.yes |= 1 << i,
            Some(false) => truth.no |= 1 << i,
            None => {}
        });
        truth
    }

    /// The amount of the first row that applies, for those who are wanted and of whom every fact in it is known; those
    /// whose sum is open are returned.
    fn pay(&self, block: Block<'_>, wanted: u64, atoms: &[Truth], money: &mut Money) -> u64 {
        let (mut left, mut open) = (wanted, 0);
        for (when, amount) in &self.benefits {
            let truth = when.truth(atoms);
            let possible = left & !truth.no;
            if possible == 0 {
                continue;
            }
            let mut amounts = [0; BLOCK];
            let paid = possible & truth.yes & self.amounts(amount, block, possible, &mut amounts);
            let ranges = money.least.iter_mut().zip(&mut money.most).zip(amounts);
            for (i, ((least, most), amount)) in (0_u32..).zip(ranges) {
                let paid = paid >> i & 1 == 1;
                *least = if paid { amount } else { *least };
                *most = if paid { amount } else { *most };
            }
            money.sure |= paid;
            open |= possible & !paid;
            left &= !possible;
        }
        open
    }

    fn amounts(&self, amount: &Amount, block: Block<'_>, wanted: u64, into: &mut Numbers) -> u64 {
        match amount {
            Amount::Quotient(Ratio { top, bottom }) => {
                let mut known = top.quantity.compute(block, into);
                if bottom.quantity != Quantity::Const(1) {
                    let mut divisors = [1; BLOCK];
                    known &= bottom.quantity.compute(block, &mut divisors);
                    // The divisor is 0 only where a fact is unknown.
                    into.iter_mut()
                        .zip(divisors)
                        .for_each(|(n, by)| *n = n.checked_div_euclid(by).unwrap_or(0));
                }
                known
            }
            Amount::Single(row) => {
                let mut known = 0;
                self.one_by_one(block, wanted, |i, household| {
                    if let (Some(amount), Some(place)) = (household.amount(row), into.get_mut(i)) {
                        *place = amount;
                        known |= 1 << i;
                    }
                });
                known
            }
        }
    }

    fn one_by_one(&self, block: Block<'_>, wanted: u64, mut look: impl FnMut(usize, &Known<'_>)) {
        let mut values = vec![None; self.facts];
        for i in (0..BLOCK).filter(|i| wanted >> i & 1 == 1) {
            values.iter_mut().enumerate().for_each(|(fact, value)| *value = block.value(fact, i));
            look(i, &Known { values: &values, today: self.today });
        }
    }
}

/// For whom an amount is told, and how much.
struct Money {
    sure: u64,
    least: Numbers,
    most: Numbers,
}

impl Test {
    fn of(cond: &Cond, ranges: &[Option<(i64, i64)>], atoms: &mut Vec<Atom>) -> Self {
        let mut at = |atom: Atom| {
            atoms.iter().position(|known| *known == atom).unwrap_or_else(|| {
                atoms.push(atom);
                atoms.len().saturating_sub(1)
            })
        };
        let fact = |slot: &Slot| usize::from(*slot);
        let sides = |left: &Expr, right: &Expr| Ratio::of(left, ranges)?.sides(Ratio::of(right, ranges)?);
        let compare = |left: &Expr, op: Op, right: &Expr| match sides(left, right) {
            Some((a, b)) => {
                let quotient = matches!(left, Expr::Div(..)).then(|| cond.clone());
                Atom::Compare(a, op, b, quotient)
            }
            None => Atom::Single(cond.clone()),
        };
        match cond {
            Cond::Always(b) => Self::Always(*b),
            Cond::Open => Self::Open,
            Cond::Flag(slot, true) => Self::Is(at(Atom::Flag(fact(slot)))),
            Cond::Flag(slot, false) => Self::Not(at(Atom::Flag(fact(slot)))),
            Cond::OneOf(slot, choices) => Self::Is(at(Atom::OneOf(fact(slot), *choices))),
            Cond::Line(slot, op, line) => Self::Is(at(compare(&Expr::Fact(*slot), *op, &Expr::Const(*line)))),
            Cond::Compare(left, op, right, _) => Self::Is(at(compare(left, *op, right))),
            Cond::All(inner) => Self::All(inner.iter().map(|c| Self::of(c, ranges, atoms)).collect()),
            Cond::Any(inner) => Self::Any(inner.iter().map(|c| Self::of(c, ranges, atoms)).collect()),
        }
    }

    fn truth(&self, atoms: &[Truth]) -> Truth {
        match self {
            Self::Always(true) => Truth { yes: u64::MAX, no: 0 },
            Self::Always(false) => Truth { yes: 0, no: u64::MAX },
            Self::Open => Truth::default(),
            Self::Is(atom) => atoms.get(*atom).copied().unwrap_or_default(),
            Self::Not(atom) => {
                let Truth { yes, no } = atoms.get(*atom).copied().unwrap_or_default();
                Truth { yes: no, no: yes }
            }
            Self::All(inner) => {
                inner.iter().map(|t| t.truth(atoms)).fold(Truth { yes: u64::MAX, no: 0 }, |all, one| Truth {
                    yes: all.yes & one.yes,
                    no: all.no | one.no,
                })
            }
            Self::Any(inner) => {
                inner.iter().map(|t| t.truth(atoms)).fold(Truth { yes: 0, no: u64::MAX }, |all, one| Truth {
                    yes: all.yes | one.yes,
                    no: all.no & one.no,
                })
            }
        }
    }
}
