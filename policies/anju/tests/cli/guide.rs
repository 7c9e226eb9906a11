//! The guide (`policies/README.md`) followed word for word: a place is added with its commands, data and examples, passes,
//! decides, and is removed again. No Rust, no building.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::{ELIGIBLE, anju_in, err, out, snapshot::Desk};

const GUIDE: &str = include_str!("../../../README.md");

/// Commands that the guide gives, in its order.
fn commands() -> Vec<&'static str> {
    let spans = GUIDE.split('`').skip(1).step_by(2);
    let mut all: Vec<&str> =
        spans.filter(|span| span.starts_with("anju ") && span.split(' ').count() > 2).collect();
    all.dedup();
    all
}

/// The document that the guide's fragments make when they are joined.
fn document() -> String {
    let fragments = GUIDE.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let others = ["article", "[[fact]]", "title", "sheet_title", "[forms.roster]"];
    fragments.filter(|fragment| !others.iter().any(|start| fragment.starts_with(start))).collect()
}

/// Ids in `inventory = […]` of a document.
fn cited(document: &str) -> Vec<&str> {
    let lists = document.split("inventory = [").skip(1).filter_map(|rest| rest.split(']').next());
    let mut ids: Vec<&str> = lists.flat_map(|list| list.split('"').skip(1).step_by(2)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[test]
fn a_place_is_added_as_the_guide_says_and_removed_again() {
    let desk = Desk::of_the_repository("guide");
    let at = |path: &str| desk.folder.join(path);
    let before = files(&at("policies"));
    let run = |command: &str| {
        let arguments: Vec<&str> = command.split(' ').skip(1).take_while(|word| *word != ">").collect();
        let output = anju_in(&desk.folder, &arguments);
        assert!(output.status.success(), "`{command}`: {}", err(&output));
        out(&output)
    };
    let mut said: BTreeMap<&str, String> = BTreeMap::new();
    let known = commands();
    let one = |verb: &str| *known.iter().find(|c| c.split(' ').nth(1) == Some(verb)).unwrap();

    // 1 and 2: begin, and number the lines.
    said.insert("new", run(one("new")));
    let data = at("policies/data/example-2026.toml");
    assert!(said["new"].contains("policies/data/example-2026.toml: written"), "{}", said["new"]);
    let text = document();
    let lines: String =
        cited(&text).iter().map(|id| format!("- [{id}] {{N}} (1) As the document says.\n")).collect();
    let inventory = fs::read_to_string(at("policies/INVENTORY.md")).unwrap();
    fs::write(at("policies/INVENTORY.md"), inventory + "\n" + &lines).unwrap();
    // 3 to 12: what the document says; the stubs of the skeleton's lines go with the skeleton.
    fs::write(&data, &text).unwrap();
    fs::remove_dir_all(at("policies/examples/example-2026")).unwrap();
    fs::remove_file(at("policies/examples/dates/example-2026.toml")).unwrap();
    run("anju new example");
    // 13: nothing wrong, nothing to warn of.
    let check = anju_in(&desk.folder, &["check", "policies/data/example-2026.toml"]);
    assert_eq!((check.status.code(), err(&check).as_str()), (Some(0), ""));
    said.insert("check", run(one("check")));
    // 14: the stubs are filled in, and everything holds.
    let open = anju_in(&desk.folder, &["test", "policies/data/example-2026.toml"]);
    assert!(!open.status.success(), "stubs are no examples");
    for path in files(&at("policies/examples")).keys().filter(|path| !before.contains_key(*path)) {
        fill(path, &desk.folder);
    }
    said.insert("test", run(one("test")));
    assert!(said["test"].ends_with("nothing fails\n"), "{}", said["test"]);
    // 15, and whatever else it names: what is not built in yet is named by its file.
    let file = "--document policies/data/example-2026.toml";
    let unbuilt = |command: &str| command.replacen(" example ", &format!(" {file} "), 1);
    for verb in ["clock", "timeline"] {
        said.insert(verb, run(&unbuilt(&one(verb).replace(" review ", " town_review "))));
    }
    said.insert("schema", run(one("schema")));
    fs::write(at("household.toml"), "[facts]\nowns_home = false\nincome_category = \"dibao\"\n").unwrap();
    let report = run(&format!("anju assess {file} household.toml --on 2026-11-20 --report"));
    assert!(report.contains("结论：符合") && report.contains("每季度 525.00 元"), "{report}");
    assert!(run(&format!("anju explain {file} household.toml --on 2026-11-20")).contains("▶ 525.00 元"));
    // Every command of the guide was followed; `watch` is that never ends, and has a test of its own.
    for command in &known {
        let verb = command.split(' ').nth(1).unwrap();
        let followed = said.contains_key(verb) || ["watch", "assess", "explain"].contains(&verb);
        assert!(followed, "the guide says `{command}`, and nothing here follows it");
    }

    // Removed again: every file is as it was, and so is what the others decide.
    fs::remove_file(&data).unwrap();
    fs::remove_file(at("household.toml")).unwrap();
    for path in files(&at("policies")).into_keys().filter(|path| !before.contains_key(path)) {
        fs::remove_file(path).unwrap();
    }
    let inventory = before[&at("policies/INVENTORY.md")].clone();
    fs::write(at("policies/INVENTORY.md"), inventory).unwrap();
    assert_eq!(files(&at("policies")), before);
    let other = ["test", "policies/data/qujing-2018.toml"];
    assert!(anju_in(&desk.folder, &other).status.success());
    assert!(super::anju(&["assess", "qujing", "--on", "2026-03-02"], ELIGIBLE).status.success());
}

/// Fills in a stub as a person does: here with what its remark and the other commands say.
fn fill(path: &Path, folder: &Path) {
    let text = fs::read_to_string(path).unwrap();
    if !text.contains("\"?\"") {
        return;
    }
    let said: BTreeMap<&str, &str> = text
        .lines()
        .find_map(|line| line.strip_prefix("# ")?.split_once("; with the other number"))
        .map(|(now, _)| {
            now.split(", ")
                .filter(|item| !item.ends_with(']'))
                .filter_map(|item| item.split_once(' '))
                .collect()
        })
        .unwrap_or_default();
    let sum = text.split_once('[').and_then(|_| {
        let range = text.lines().find(|line| line.starts_with("# ") && line.contains(" ["))?;
        let range = range.split_once(" [")?.1.split_once(']')?.0;
        range.split_once(", ")
    });
    let named = |key: &str| {
        text.lines().find_map(|line| line.strip_prefix(&format!("{key} = \""))?.split('"').next())
    };
    let figure = || {
        let document = ["--document", "policies/data/example-2026.toml", named("calculator").unwrap()];
        let input = text.split_once("[inputs]\n").unwrap().1.lines().next().unwrap().replace(' ', "");
        let (name, fen) = input.split_once('=').unwrap();
        let fen: i64 = fen.parse().unwrap();
        let typed = format!("{name}={}.{:02}", fen / 100, fen % 100);
        let output = anju_in(
            folder,
            &[&["calculate"][..], &document, &[typed.as_str(), "--on", "2026-04-01", "--json"]].concat(),
        );
        serde_json::from_str::<serde_json::Value>(&out(&output)).unwrap()["steps"].clone()
    };
    let mut from = "";
    let mut id = "";
    let filled = text.lines().map(|line| {
        let Some((key, value)) = line.split_once(" = ") else { return line.to_owned() };
        let bare = value.split('"').nth(1).unwrap_or_default();
        match key {
            "from" => from = bare,
            "id" => id = bare,
            _ => {}
        }
        if bare != "?" {
            return line.to_owned();
        }
        let value = match key {
            "least" => sum.unwrap().0.to_owned(),
            "most" if named("calculator").is_none() => sum.unwrap().1.to_owned(),
            // The days of the guide's own document, by hand.
            "first" if id.is_empty() => "\"2026-04-01\"".to_owned(),
            "last" if id.is_empty() => "\"2031-03-31\"".to_owned(),
            "first" => "\"2026-08-01\"".to_owned(),
            "last" => "\"2026-08-20\"".to_owned(),
            "free" => "\"2028-04-02\"".to_owned(),
            "last_day" => {
                let document = ["--document", "policies/data/example-2026.toml", id, from];
                let told = out(&anju_in(folder, &[&["clock"][..], &document].concat()));
                let line = told.lines().nth(2).unwrap();
                format!("\"{}\"", line.split('：').nth(1).unwrap().split(' ').next().unwrap())
            }
            step if named("calculator").is_some() => {
                let steps = figure();
                let step = steps.as_array().unwrap().iter().find(|found| found["id"] == step).unwrap();
                step["least"].to_string()
            }
            other => format!("\"{}\"", said[other.trim_matches('"')]),
        };
        format!("{key} = {value}")
    });
    let filled: Vec<String> = filled.collect();
    fs::write(path, filled.join("\n") + "\n").unwrap();
}

/// Every file below a folder, with its text.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        } else {
            all.insert(entry.path(), fs::read_to_string(entry.path()).unwrap());
        }
    }
    all
}
