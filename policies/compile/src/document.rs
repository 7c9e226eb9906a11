//! One document: its shape, then its conditions, then what its parts say of each other.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{
    Dictionary, File, Problem, benefit, calculator,
    cel::{Compiler, Names, simplify},
    check, score, shared,
    similar::similar,
    source::{GAP, Source, Step},
    spans::Span,
    table, told,
};
use policies_model::{
    AskWhen, Document, FactKind, Scope,
    program::{CompiledDocument, Cond, Program, Row, Rule, Slot},
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
    let Some(mut document) = document else { return Err(problems) };
    table::expand(&source, &mut document, dictionary, &mut problems);
    check::document(&source, &document, inventory, &mut problems);
    together(&source, &document, dictionary, &mut problems);
    rosters(&source, &document, dictionary, &mut problems);
    wordings(&source, &document, dictionary, &mut problems);
    let program = program(&source, &mut document, dictionary, &mut problems);
    told::tell(&mut document);
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

/// A question in a place's own words is one of the dictionary's.
fn wordings(source: &Source<'_>, document: &Document, dictionary: &Dictionary, problems: &mut Vec<Problem>) {
    for (i, wording) in document.wordings.iter().enumerate() {
        let asked = dictionary.facts.iter().filter(|fact| !fact.question.is_empty());
        let message = if !asked.clone().any(|fact| fact.id == wording.fact) {
            let known = asked.map(|fact| fact.id.as_str());
            format!("no fact that is asked for is called `{}`{}", wording.fact, similar(&wording.fact, known))
        } else if wording.question.trim().is_empty() {
            format!("`{}` wants a question", wording.fact)
        } else if document.wordings.iter().take(i).any(|before| before.fact == wording.fact) {
            format!("`{}` is worded twice", wording.fact)
        } else {
            continue;
        };
        problems.push(source.problem(&[Step::Key("wordings"), Step::At(i), Step::Key("fact")], message));
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

/// The conditions of the requirement at an index, and the cases to ask about that constants add to it.
fn rule(
    source: &Source<'_>,
    i: usize,
    document: &Document,
    names: &Names<'_>,
    problems: &mut Vec<Problem>,
) -> (Rule, Vec<AskWhen>) {
    let Some(requirement) = document.requirements.get(i) else {
        return (
            Rule { holds: Cond::Open, ask: Vec::new(), fails: Cond::Open, mentions: Vec::new() },
            Vec::new(),
        );
    };
    let mut compiler = Compiler::new(names);
    let at = [Step::Key("requirements"), Step::At(i)];
    let path = [Step::Key("requirements"), Step::At(i), Step::Key("holds")];
    let holds = compiler.condition(&requirement.holds).unwrap_or_else(|m| {
        problems.push(source.problem(&path, format!("requirement `{}`: {m}", requirement.id)));
        Cond::Always(true)
    });
    let span = Span::new(requirement.valid_from, requirement.valid_until);
    span.check(source, &at, document, problems);
    let mut asks = Vec::new();
    for (n, ask) in requirement.ask.iter().enumerate() {
        let at = [Step::Key("requirements"), Step::At(i), Step::Key("ask"), Step::At(n)];
        let when = compiler.condition(&ask.when).unwrap_or_else(|m| {
            let message = format!("requirement `{}`, ask: {m}", requirement.id);
            problems.push(source.problem(&[&at[..], &[Step::Key("when")]].concat(), message));
            Cond::Always(false)
        });
        let own = Span::new(ask.valid_from, ask.valid_until);
        own.check(source, &at, document, problems);
        asks.push(span.narrow(own.narrow(when)));
    }
    let path = [Step::Key("requirements"), Step::At(i), Step::Key("fails_if")];
    let fails = optional(&mut compiler, &requirement.fails_if).unwrap_or_else(|m| {
        problems.push(source.problem(&path, format!("requirement `{}`, fails_if: {m}", requirement.id)));
        Cond::Always(true)
    });
    let mut more = Vec::new();
    for (days, says) in shared::unknown(&compiler.uses, names.shared) {
        asks.push(span.narrow(days.clone()));
        more.push(AskWhen::told(says.clone()));
    }
    let rule = Rule {
        holds: simplify(span.widen(holds)),
        ask: asks.into_iter().map(simplify).collect(),
        fails: simplify(span.narrow(fails)),
        mentions: compiler.mentions,
    };
    (rule, more)
}

/// Compiles the conditions and amounts. What a constant leaves unknown on some days joins the document as cases to ask
/// about.
fn program(
    source: &Source<'_>,
    document: &mut Document,
    dictionary: &Dictionary,
    problems: &mut Vec<Problem>,
) -> Program {
    let constants = shared::constants(source, document, dictionary, problems);
    let names = dictionary.names(&constants);
    let mut asked = Vec::new();
    let mut rules = Vec::new();
    for i in 0..document.requirements.len() {
        let (rule, more) = rule(source, i, document, &names, problems);
        rules.push(rule);
        asked.push(more);
    }
    let categories = document.categories.iter().map(|category| {
        category
            .requires
            .iter()
            .filter_map(|id| document.requirements.iter().position(|r| r.id == *id))
            .filter_map(|i| u16::try_from(i).ok())
            .collect()
    });
    let amounts = benefit::amounts(source, document, dictionary, &constants, problems);
    let keys = amounts.rows.iter().map(|rows| keys(rows, dictionary)).collect();
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
    let categories = categories.collect();
    let score = score::points(source, document, dictionary, &constants, problems);
    for (requirement, asked) in document.requirements.iter_mut().zip(asked) {
        requirement.ask.extend(asked);
    }
    for (benefit, rows) in document.benefits.iter_mut().zip(amounts.told) {
        benefit.rows = rows;
    }
    let (benefits, steps) = (amounts.rows, amounts.steps);
    Program { rules, categories, benefits, keys, papers, priorities, steps, score, calculators }
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

pub(super) fn optional(compiler: &mut Compiler<'_>, text: &str) -> Result<Cond, String> {
    if text.trim().is_empty() { Ok(Cond::Always(true)) } else { compiler.condition(text) }
}
