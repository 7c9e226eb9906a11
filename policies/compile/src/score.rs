//! Points for those who wait: each item a plain number.

use super::{
    Dictionary, Problem,
    cel::{Compiler, Unit},
    dictionary::is_id,
    shared::Shared,
    similar::similar,
    source::{Source, Step},
};
use policies_model::{Document, FactKind, Scope, program::Expr};

/// Compiles the score, where the document has one.
pub(super) fn points(
    source: &Source<'_>,
    document: &Document,
    dictionary: &Dictionary,
    constants: &[Shared],
    problems: &mut Vec<Problem>,
) -> Vec<Expr> {
    let Some(score) = &document.score else { return Vec::new() };
    let here = Step::Key("score");
    if score.label.trim().is_empty() || score.says.trim().is_empty() || score.items.is_empty() {
        problems.push(source.problem(&[here], "the score wants a label, says and items".to_owned()));
    }
    if let Some(id) = &score.then {
        let fact = dictionary.facts.iter().find(|fact| fact.id == *id);
        let dates = |kind: &FactKind| matches!(kind, FactKind::Date { .. });
        if fact.is_none_or(|fact| !dates(&fact.kind) || fact.scope == Scope::Person) {
            let known = dictionary.facts.iter().filter(|fact| dates(&fact.kind)).map(|fact| fact.id.as_str());
            let message = format!("`then` names a date of the household, not `{id}`{}", similar(id, known));
            problems.push(source.problem(&[here, Step::Key("then")], message));
        }
    }
    let items = score.items.iter().enumerate().map(|(n, item)| {
        let mut wrong = |key, message: String| {
            let path = [here, Step::Key("items"), Step::At(n), Step::Key(key)];
            problems.push(source.problem(&path, format!("score, `{}`: {message}", item.id)));
        };
        if !is_id(&item.id) || score.items.iter().take(n).any(|known| known.id == item.id) {
            wrong("id", "wants an id of its own: lower-case letters, digits and _ only".to_owned());
        }
        if item.label.trim().is_empty() {
            wrong("label", "has no label".to_owned());
        }
        let names = dictionary.names(constants);
        match Compiler::new(&names).quantity(&item.points) {
            Ok((expr, Unit::Number)) => expr,
            Ok((_, unit)) => {
                wrong("points", format!("points are a plain number, not {}", unit.name()));
                Expr::Const(0)
            }
            Err(message) => {
                wrong("points", message);
                Expr::Const(0)
            }
        }
    });
    items.collect()
}
