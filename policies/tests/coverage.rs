//! Every line of the inventory is served by an item of a data file, or left out with a reason; the
//! table of both is `COVERAGE.md`, written with `ANJU_UPDATE=1 cargo test -p policies --test coverage`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

use policies::{
    model::{FactKind, YesNoWords},
    rulebook,
};
use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Deserialize)]
struct LeftOut {
    left_out: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    why: String,
}

/// Ids of the inventory's lines, in its order; ambiguities (`A-nn`) are readings, not lines.
fn lines() -> Vec<&'static str> {
    include_str!("../INVENTORY.md")
        .lines()
        .filter_map(|line| line.strip_prefix("- [")?.split_once(']').map(|(id, _)| id))
        .filter(|id| !id.starts_with("A-"))
        .collect()
}

fn left_out() -> BTreeMap<String, String> {
    let file: LeftOut = toml::from_str(include_str!("../data/left_out.toml")).unwrap();
    file.left_out.into_iter().map(|line| (line.id, line.why)).collect()
}

/// Where each line is served: `document: list item`.
fn served() -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for compiled in rulebook().documents() {
        let document = compiled.document();
        walk(&serde_json::to_value(document).unwrap(), &document.id, &mut found);
    }
    found
}

fn walk(node: &Json, here: &str, found: &mut BTreeMap<String, Vec<String>>) {
    match node {
        Json::Object(fields) => {
            let inventory =
                fields.get("cite").and_then(|cite| cite.get("inventory")).and_then(Json::as_array);
            for id in inventory.into_iter().flatten().filter_map(Json::as_str) {
                found.entry(id.to_owned()).or_default().push(here.to_owned());
            }
            for (key, value) in fields.iter().filter(|(_, value)| value.is_array()) {
                walk(value, &format!("{here} {key}"), found);
            }
        }
        Json::Array(items) => {
            for item in items {
                let name = ["id", "case", "department", "name", "subject"]
                    .iter()
                    .find_map(|key| item.get(key)?.as_str());
                walk(item, &format!("{here} {}", name.unwrap_or_default()), found);
            }
        }
        _ => {}
    }
}

fn table() -> String {
    let (served, left_out) = (served(), left_out());
    let mut text = String::from(
        "# Where every line of the inventory is served\n\n\
         Generated from `data/` by `tests/coverage.rs`; do not edit.\n\n\
         | line | served by |\n|---|---|\n",
    );
    for id in lines() {
        let place = match (served.get(id), left_out.get(id)) {
            (Some(places), _) => places.join("<br>"),
            (None, Some(why)) => format!("left out: {why}"),
            (None, None) => "**nowhere**".to_owned(),
        };
        writeln!(text, "| {id} | {place} |").unwrap();
    }
    text
}

#[test]
fn every_line_is_served_or_left_out_with_a_reason() {
    let (served, left_out) = (served(), left_out());
    let lines = lines();
    let gaps: Vec<_> =
        lines.iter().filter(|id| !served.contains_key(**id) && !left_out.contains_key(**id)).collect();
    assert!(gaps.is_empty(), "neither served nor left out: {gaps:?}");
    let both: Vec<_> = left_out.keys().filter(|id| served.contains_key(*id)).collect();
    assert!(both.is_empty(), "served, yet listed as left out: {both:?}");
    let strange: Vec<_> = left_out.keys().filter(|id| !lines.contains(&id.as_str())).collect();
    assert!(strange.is_empty(), "left out, but no line: {strange:?}");
    println!("{} lines, {} served, {} left out", lines.len(), lines.len() - left_out.len(), left_out.len());
}

/// Whatever cites an article says in words of its own what it is about.
#[test]
fn every_item_has_words_and_an_article() {
    fn look(node: &Json, here: &str, seen: &mut usize) {
        if let Some(cite) = node.get("cite") {
            *seen += 1;
            let filled =
                |key: &str| node.get(key).and_then(Json::as_str).is_none_or(|text| !text.trim().is_empty());
            // A remedy is named by the stage that it is of.
            let named = here.ends_with(" remedy")
                || ["label", "title", "name", "subject", "department", "whom"]
                    .iter()
                    .any(|key| node.get(key).is_some());
            assert!(
                named && cite["article"].as_str().is_some_and(|text| !text.trim().is_empty()),
                "{here}: {node}"
            );
            for key in
                ["label", "title", "name", "subject", "department", "checks", "follows", "by", "document"]
            {
                assert!(filled(key), "{here}: `{key}` is blank in {node}");
            }
            // A paper's name may say all.
            assert!(filled("says") || node.get("issued_by").is_some(), "{here}: `says` is blank in {node}");
        }
        match node {
            Json::Object(fields) => {
                fields.iter().for_each(|(key, value)| look(value, &format!("{here} {key}"), seen))
            }
            Json::Array(items) => items.iter().for_each(|item| look(item, here, seen)),
            _ => {}
        }
    }
    let mut seen = 0;
    for compiled in rulebook().documents() {
        look(&serde_json::to_value(compiled.document()).unwrap(), &compiled.document().id, &mut seen);
    }
    println!("{seen} items");
    assert!(seen > 300);
}

/// A question whether something is there is answered with 有 or 没有, any other with 是 or 不是.
#[test]
fn yes_and_no_fit_their_question() {
    let asked = rulebook().facts().iter().filter(|fact| fact.kind == FactKind::YesNo);
    for fact in asked {
        let has = fact.question.contains("有没有");
        assert_eq!(fact.answers == YesNoWords::Has, has, "{}", fact.question);
    }
}

#[test]
fn the_table_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("COVERAGE.md");
    let table = table();
    if env::var_os("ANJU_UPDATE").is_some() {
        fs::write(&path, &table).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written.replace("\r\n", "\n") == table, "COVERAGE.md is stale: run with ANJU_UPDATE=1");
}
