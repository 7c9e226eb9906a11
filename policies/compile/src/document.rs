//! One document: its shape, then its conditions, then what its parts say of each other.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{
    Dictionary, File, Problem, calculator,
    cel::{Compiler, Unit},
    check,
    similar::similar,
    source::{GAP, Source, Step},
};
use policies_model::{
    Document, FactKind, Pays, Requirement, Scope,
    program::{CompiledDocument, Cond, Expr, Program, Row, Rule, Slot},
};

/// Reads and checks one document file.
pub(super) fn read(
    file: File<'_>,
    facts_text: &str,
    dictionary: &Dictionary,
    inventory: Option<&str>,
) -> Result<CompiledDocument, Vec<Problem>> {
    let mut source = Source::parse(file.name, file.text)?;
    let (mut problems, document) = source.mend::<Document>();
    let Some(document) = document else { return Err(problems) };
    check::document(&source, &document, inventory, &mut problems);
    together(&source, &document, dictionary, &mut problems);
    rosters(&source, &document, dictionary, &mut problems);
    let program = program(&source, &document, dictionary, &mut problems);
    problems.retain(|problem| !problem.message.contains(GAP));
    if problems.is_empty() {
        Ok(CompiledDocument { hash: hash(file.text, facts_text), program, document })
    } else {
        Err(problems)
    }
}

/// SHA-256 over both texts with LF line ends.
fn hash(document: &str, facts: &str) -> String {
    let mut hasher = Sha256::new();
    for text in [document, facts] {
        hasher.update(text.replace("\r\n", "\n"));
    }
    HEXLOWER.encode(&hasher.finalize())
}

/// The facts that follow from who applies together must be yes/no facts of the dictionary.
fn together(source: &Source<'_>, document: &Document, dictionary: &Dictionary, problems: &mut Vec<Problem>) {
    let relations = document.together.iter().flat_map(|together| &together.relations);
    for (i, relation) in relations.enumerate() {
        for id in relation.facts.iter().chain(&relation.perhaps).chain(&relation.shows) {
            let fact = dictionary.facts.iter().find(|fact| fact.id == *id);
            if fact.is_none_or(|fact| fact.kind != FactKind::YesNo) {
                let path = [Step::Key("together"), Step::Key("relations"), Step::At(i), Step::Key("facts")];
                problems.push(source.problem(&path, format!("no yes/no fact is called `{id}`")));
            }
        }
    }
}

/// The facts that a list of people tells must be asked of a household, once each.
fn rosters(source: &Source<'_>, document: &Document, dictionary: &Dictionary, problems: &mut Vec<Problem>) {
    for (i, form) in document.forms.iter().enumerate() {
        let columns = form.roster.iter().flat_map(|list| &list.columns);
        let told: Vec<Option<&str>> = columns.map(|column| column.fact.as_deref()).collect();
        for (n, id) in told.iter().enumerate().filter_map(|(n, id)| Some((n, (*id)?))) {
            let fact = dictionary.facts.iter().find(|fact| fact.id == id);
            let message = match fact {
                None => {
                    let known = dictionary.facts.iter().map(|fact| fact.id.as_str());
                    format!("no fact is called `{id}`{}", similar(id, known))
                }
                Some(fact) if matches!(fact.kind, FactKind::Ratio { .. }) || fact.scope == Scope::Person => {
                    format!("`{id}` is not asked of a household")
                }
                Some(_) if told.iter().take(n).any(|before| *before == Some(id)) => {
                    format!("two columns of this list tell `{id}`")
                }
                Some(_) => continue,
            };
            let path =
                [Step::Key("forms"), Step::At(i), Step::Key("roster"), Step::Key("columns"), Step::At(n)];
            problems.push(source.problem(&path, message));
        }
    }
}

/// The conditions of the requirement at an index.
fn rule(
    source: &Source<'_>,
    i: usize,
    requirement: &Requirement,
    dictionary: &Dictionary,
    problems: &mut Vec<Problem>,
) -> Rule {
    let names = dictionary.names();
    let mut compiler = Compiler::new(&names);
    let path = [Step::Key("requirements"), Step::At(i), Step::Key("holds")];
    let holds = compiler.condition(&requirement.holds).unwrap_or_else(|m| {
        problems.push(source.problem(&path, format!("requirement `{}`: {m}", requirement.id)));
        Cond::Always(true)
    });
    let ask = requirement.ask.iter().enumerate().map(|(n, ask)| {
        let path = [Step::Key("requirements"), Step::At(i), Step::Key("ask"), Step::At(n), Step::Key("when")];
        compiler.condition(&ask.when).unwrap_or_else(|m| {
            problems.push(source.problem(&path, format!("requirement `{}`, ask: {m}", requirement.id)));
            Cond::Always(false)
        })
    });
    let ask = ask.collect();
    let path = [Step::Key("requirements"), Step::At(i), Step::Key("fails_if")];
    let fails = optional(&mut compiler, &requirement.fails_if).unwrap_or_else(|m| {
        problems.push(source.problem(&path, format!("requirement `{}`, fails_if: {m}", requirement.id)));
        Cond::Always(true)
    });
    Rule { holds, ask, fails, mentions: compiler.mentions }
}

fn program(
    source: &Source<'_>,
    document: &Document,
    dictionary: &Dictionary,
    problems: &mut Vec<Problem>,
) -> Program {
    let names = dictionary.names();
    let rules = document.requirements.iter().enumerate();
    let rules = rules.map(|(i, requirement)| rule(source, i, requirement, dictionary, problems)).collect();
    let categories = document.categories.iter().map(|category| {
        category
            .requires
            .iter()
            .filter_map(|id| document.requirements.iter().position(|r| r.id == *id))
            .filter_map(|i| u16::try_from(i).ok())
            .collect()
    });
    let mut benefits = Vec::new();
    for (i, benefit) in document.benefits.iter().enumerate() {
        let mut rows = Vec::new();
        for (n, row) in benefit.rows.iter().enumerate() {
            let path =
                |key| [Step::Key("benefits"), Step::At(i), Step::Key("rows"), Step::At(n), Step::Key(key)];
            let mut compiler = Compiler::new(&names);
            let when = optional(&mut compiler, &row.when).unwrap_or_else(|m| {
                problems.push(source.problem(&path("when"), format!("benefit `{}`: {m}", benefit.id)));
                Cond::Always(false)
            });
            let when = if row.perhaps.trim().is_empty() {
                when
            } else {
                let perhaps = compiler.condition(&row.perhaps).unwrap_or_else(|m| {
                    problems.push(source.problem(&path("perhaps"), format!("benefit `{}`: {m}", benefit.id)));
                    Cond::Always(false)
                });
                Cond::Any(vec![when, Cond::All(vec![perhaps, Cond::Open])])
            };
            let (Pays::Fixed(text) | Pays::Computed(text)) = &row.pays;
            let amount =
                compiler.quantity(text).and_then(|(expr, unit)| match (&row.pays, &expr, unit) {
                    (_, _, u) if u != Unit::Money => Err("an amount must be money".to_owned()),
                    (Pays::Fixed(_), Expr::Const(_), _) | (Pays::Computed(_), _, _) => Ok(expr),
                    _ => Err("a fixed amount is a literal such as yuan(525); otherwise write `computed`"
                        .to_owned()),
                });
            let amount = amount.unwrap_or_else(|m| {
                problems.push(source.problem(&path("pays"), format!("benefit `{}`: {m}", benefit.id)));
                Expr::Const(0)
            });
            rows.push(Row { when, amount });
        }
        benefits.push(rows);
    }
    let keys = benefits.iter().map(|rows| keys(rows, dictionary)).collect();
    let papers = document.papers.iter().enumerate().map(|(i, paper)| {
        let path = [Step::Key("papers"), Step::At(i), Step::Key("needed_if")];
        optional(&mut Compiler::new(&names), &paper.needed_if).unwrap_or_else(|m| {
            problems.push(source.problem(&path, format!("paper `{}`: {m}", paper.id)));
            Cond::Always(true)
        })
    });
    let papers = papers.collect();
    let priorities = document.priorities.iter().enumerate().map(|(i, priority)| {
        if priority.holds.trim().is_empty() {
            return Cond::Open;
        }
        let path = [Step::Key("priorities"), Step::At(i), Step::Key("holds")];
        Compiler::new(&names).condition(&priority.holds).unwrap_or_else(|m| {
            problems.push(source.problem(&path, format!("priority `{}`: {m}", priority.id)));
            Cond::Open
        })
    });
    let priorities = priorities.collect();
    let calculators = calculator::programs(source, document, problems);
    Program { rules, categories: categories.collect(), benefits, keys, papers, priorities, calculators }
}

/// Most cases of unknown facts in which a sum is computed.
const CASES: u8 = 64;

/// The yes/no and choice facts that a table reads, in order of mention, as many as make no more cases than that.
fn keys(rows: &[Row], dictionary: &Dictionary) -> Vec<(Slot, u8)> {
    let mut read = Vec::new();
    for row in rows {
        row.when.facts(&mut read);
        row.amount.facts(&mut read);
    }
    let mut keys: Vec<(Slot, u8)> = Vec::new();
    let mut cases = 1_u8;
    for slot in read {
        let answers = match dictionary.facts.get(usize::from(slot)).map(|fact| &fact.kind) {
            Some(FactKind::YesNo) => 2,
            Some(FactKind::Choice { choices }) => u8::try_from(choices.len()).unwrap_or(u8::MAX),
            _ => continue,
        };
        let more = cases.checked_mul(answers).filter(|more| *more <= CASES);
        if let Some(more) = more.filter(|_| keys.iter().all(|(known, _)| *known != slot)) {
            cases = more;
            keys.push((slot, answers));
        }
    }
    keys
}

fn optional(compiler: &mut Compiler<'_>, text: &str) -> Result<Cond, String> {
    if text.trim().is_empty() { Ok(Cond::Always(true)) } else { compiler.condition(text) }
}
