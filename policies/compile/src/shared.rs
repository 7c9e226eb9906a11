//! What expressions share by a name: constants with their years, and steps.

use chrono::{Days, NaiveDate};

use super::{
    Dictionary, Problem,
    cel::{Compiler, Unit},
    dictionary::is_id,
    source::{Source, Step},
    spans::day_is,
};
use policies_model::{
    Constant, Document,
    program::{Cond, Expr, Op, Slot},
};

/// A quantity with a name.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    pub(super) id: String,
    pub(super) expr: Expr,
    pub(super) unit: Unit,
    /// Facts in it, as its own text mentions them.
    pub(super) mentions: Vec<Slot>,
    /// Others that are named in it, by their index.
    pub(super) uses: Vec<usize>,
    /// The days on which nobody knows it, with what is told then.
    pub(super) unknown: Vec<(Cond, String)>,
}

/// The constants of a document.
pub(super) fn constants(
    source: &Source<'_>,
    document: &Document,
    dictionary: &Dictionary,
    problems: &mut Vec<Problem>,
) -> Vec<Shared> {
    let mut all: Vec<Shared> = Vec::new();
    for (i, constant) in document.constants.iter().enumerate() {
        let path = [Step::Key("constants"), Step::At(i)];
        let mut wrong = |path: &[Step<'_>], message: String| {
            problems.push(source.problem(path, format!("constant `{}`: {message}", constant.id)));
        };
        if let Err(message) = free(&constant.id, &all, dictionary) {
            wrong(&[&path[..], &[Step::Key("id")]].concat(), message);
        }
        if constant.label.trim().is_empty() || constant.values.is_empty() {
            wrong(&path, "wants a label and at least one value".to_owned());
        }
        let mut known = Known { exprs: Vec::new(), unit: None, uses: Vec::new() };
        for (n, value) in constant.values.iter().enumerate() {
            let path = [&path[..], &[Step::Key("values"), Step::At(n), Step::Key("gives")]].concat();
            if let Err(message) = known.add(&value.gives, &all, dictionary) {
                wrong(&path, message);
            }
        }
        let unknown = match gaps(constant, document) {
            Ok(unknown) => unknown,
            Err((n, message)) => {
                wrong(&[&path[..], &[Step::Key("values"), Step::At(n)]].concat(), message);
                Vec::new()
            }
        };
        all.push(Shared {
            id: constant.id.clone(),
            expr: by_day(constant, known.exprs),
            unit: known.unit.unwrap_or(Unit::Number),
            mentions: Vec::new(),
            uses: known.uses,
            unknown,
        });
    }
    all
}

/// Whether a name can be given.
pub(super) fn free(id: &str, shared: &[Shared], dictionary: &Dictionary) -> Result<(), String> {
    if !is_id(id) || id == "today" {
        Err(format!("`{id}` is not an id: lower-case letters, digits and _ only"))
    } else if dictionary.facts.iter().any(|fact| fact.id == id) {
        Err(format!("a fact is called `{id}`"))
    } else if shared.iter().any(|known| known.id == id) {
        Err(format!("another constant or step is called `{id}`"))
    } else {
        Ok(())
    }
}

/// What the values of a constant are so far.
struct Known {
    exprs: Vec<Expr>,
    unit: Option<Unit>,
    uses: Vec<usize>,
}

impl Known {
    fn add(&mut self, text: &str, shared: &[Shared], dictionary: &Dictionary) -> Result<(), String> {
        let names = dictionary.names(shared);
        let mut compiler = Compiler::new(&names);
        let read = compiler.quantity(text);
        self.exprs.push(read.as_ref().map_or(Expr::Const(1), |(expr, _)| expr.clone()));
        let (expr, unit) = read?;
        self.uses.extend(&compiler.uses);
        if !compiler.mentions.is_empty() || expr.reads_today() && compiler.uses.is_empty() {
            return Err("is the same for everybody: it names no fact and no day".to_owned());
        }
        if self.unit.replace(unit).is_some_and(|before| before != unit) {
            return Err(format!("this is {}, not what the value before it is", unit.name()));
        }
        Ok(())
    }
}

/// Each value from its first day on.
fn by_day(constant: &Constant, exprs: Vec<Expr>) -> Expr {
    let mut values = constant.values.iter().zip(exprs);
    let first = values.next().map_or(Expr::Const(1), |(_, expr)| expr);
    values.fold(first, |before, (value, expr)| match value.from {
        Some(from) => Expr::If(Box::new(day_is(Op::Ge, from)), Box::new(expr), Box::new(before)),
        None => expr,
    })
}

/// The days on which no value counts, as far as the document is in force on them.
fn gaps(constant: &Constant, document: &Document) -> Result<Vec<(Cond, String)>, (usize, String)> {
    let label = &constant.label;
    let day = |day: NaiveDate| day.format("%Y年%-m月%-d日").to_string();
    let starts = document.valid_from.or(document.issued);
    let mut unknown = Vec::new();
    let mut before = None;
    for (n, value) in constant.values.iter().enumerate() {
        if value.from.zip(value.until).is_some_and(|(from, until)| from > until) {
            return Err((n, "the last day lies before the first".to_owned()));
        }
        match (before, value.from) {
            (None, Some(from)) if n == 0 && starts.is_none_or(|starts| starts < from) => {
                let says = format!("{label}从{}起才有，之前按多少算，请问窗口。", day(from));
                unknown.push((day_is(Op::Lt, from), says));
            }
            (None, _) if n == 0 => {}
            (_, None) => return Err((n, "every value but the first wants `from`".to_owned())),
            (Some((_, Some(until))), Some(from)) if from <= until => {
                return Err((n, "begins before the one before it ends".to_owned()));
            }
            (Some((Some(earlier), _)), Some(from)) if from <= earlier => {
                return Err((n, "begins before the one before it: the earliest comes first".to_owned()));
            }
            (Some((_, Some(until))), Some(from)) if until.checked_add_days(Days::new(1)) != Some(from) => {
                let days = vec![day_is(Op::Gt, until), day_is(Op::Lt, from)];
                let says = format!("{label}在{}以后、{}以前没有公布，请问窗口。", day(until), day(from));
                unknown.push((Cond::All(days), says));
            }
            _ => {}
        }
        before = Some((value.from, value.until));
    }
    if let Some((_, Some(until))) = before
        && document.valid_until.is_none_or(|ends| ends > until)
    {
        unknown.push((
            day_is(Op::Gt, until),
            format!("{label}只公布到{}，之后按多少算，请问窗口。", day(until)),
        ));
    }
    Ok(unknown)
}

/// The days on which something that is named is not known, each once.
pub(super) fn unknown<'s>(uses: &[usize], shared: &'s [Shared]) -> Vec<&'s (Cond, String)> {
    let mut all: Vec<&(Cond, String)> = Vec::new();
    for unknown in uses.iter().filter_map(|at| shared.get(*at)).flat_map(|shared| &shared.unknown) {
        if !all.contains(&unknown) {
            all.push(unknown);
        }
    }
    all
}
