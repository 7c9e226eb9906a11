//! Which room of a crate may use which. A room is a module at the crate's root, a file or a folder; rooms stand in an order,
//! and each uses only those before it, so that there is no circle. A test of the crate calls [`faults`]:
//!
//! ```no_run
//! let src = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
//! let faults = rooms::faults(src.as_ref(), &["units", "book", "pages"], &["model"]);
//! assert!(faults.is_empty(), "{}", faults.join("\n"));
//! ```

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Every use that runs against the order of a crate's rooms, one line each: file, line, and what it says. `order` names
/// every room, the lowest first; `outside` names what the crate's root re-exports from other crates and any room may use.
/// Tests at the foot of a file may use everything. The root itself and programs in `bin` are above all rooms.
pub fn faults(src: &Path, order: &[&str], outside: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut found = Vec::new();
    let files = match files(src) {
        Ok(files) => files,
        Err(why) => return vec![format!("{}: {why}", src.display())],
    };
    for file in files {
        let module = module_of(src, &file);
        let Some(room) = module.first().filter(|room| *room != "bin") else { continue };
        if !found.contains(room) {
            found.push(room.clone());
        }
        let Some(height) = order.iter().position(|name| name == room) else { continue };
        let text = fs::read_to_string(&file).unwrap_or_default();
        for (line, target) in uses(&text, &module) {
            let at = |what: &str| {
                let file = file.strip_prefix(src).unwrap_or(&file).display();
                format!("{file}:{line}: `{room}` uses `{target}`, {what}")
            };
            match order.iter().position(|name| *name == target) {
                Some(other) if other > height => faults.push(at("which stands above it")),
                Some(_) => {}
                None if outside.contains(&target.as_str()) => {}
                None => faults.push(at("which is no room; name the room that holds it")),
            }
        }
    }
    let unlisted = found.iter().filter(|room| !order.contains(&room.as_str()));
    faults.extend(unlisted.map(|room| format!("the order does not say where `{room}` stands")));
    let gone = order.iter().filter(|room| !found.iter().any(|f| f == *room));
    faults.extend(gone.map(|room| format!("the order names `{room}`, which does not exist")));
    faults
}

/// Every Rust file below a folder, in a stable order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            all.extend(files(&path)?);
        } else if path.extension().is_some_and(|e| e == "rs") {
            all.push(path);
        }
    }
    all.sort();
    Ok(all)
}

/// `src/facts/typed.rs` is `[facts, typed]`; `mod.rs` is its folder, and the root is nothing.
fn module_of(src: &Path, file: &Path) -> Vec<String> {
    let path = file.strip_prefix(src).unwrap_or(file).with_extension("");
    let mut module: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module
        .last()
        .is_some_and(|last| last == "mod" || (module.len() == 1 && (last == "lib" || last == "main")))
    {
        module.pop();
    }
    module
}

/// The names at the crate's root that a module's text uses, other than its own room, each with its line.
fn uses(text: &str, module: &[String]) -> Vec<(usize, String)> {
    let product = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    // Comments may speak of anything. Their length is kept, for the lines.
    let code: Vec<&str> = product.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = code.join("\n");
    let mut up = "super::".repeat(module.len());
    if up.is_empty() {
        up.push_str("crate::");
    }
    let mut all = Vec::new();
    for root in ["crate::", up.as_str()] {
        for (at, _) in code.match_indices(root) {
            let before = code.get(..at).unwrap_or_default();
            if before.ends_with("super::")
                || before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$')
            {
                continue;
            }
            let line = before.matches('\n').count() + 1;
            let after = code.get(at + root.len()..).unwrap_or_default();
            all.extend(heads(after).into_iter().map(|name| (line, name)));
        }
    }
    all.retain(|(_, name)| Some(name) != module.first() && name != "super");
    all
}

/// The first names of a path: of `a::b` and of `{a::{b, c}, d}`.
fn heads(after: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(list) = after.strip_prefix('{') else { return vec![name(after)] };
    let (mut depth, mut all, mut fresh) = (0_usize, Vec::new(), true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && !c.is_whitespace() => {
                all.push(name(list.get(at..).unwrap_or_default()));
                fresh = false;
            }
            _ => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(room: &[&str], text: &str) -> Vec<(usize, String)> {
        let module: Vec<String> = room.iter().map(|part| (*part).to_owned()).collect();
        uses(text, &module)
    }

    #[test]
    fn every_way_to_name_another_room_is_seen() {
        let text = "use crate::{\n    book::{Book, Text},\n    facts,\n};\nfn f() { crate::units::day() }\n";
        let names: Vec<String> = of(&["assess"], text).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["book", "facts", "units"]);
        assert_eq!(of(&["assess", "changes"], "use super::super::book::Book;"), [(1, "book".to_owned())]);
        assert_eq!(of(&["assess"], "\nuse super::book::Book;"), [(2, "book".to_owned())]);
        assert_eq!(of(&["a"], "#[serde(with = \"crate::units::iso\")]"), [(1, "units".to_owned())]);
    }

    #[test]
    fn a_room_may_use_itself_and_tests_and_comments_everything() {
        assert!(
            of(&["assess", "changes"], "use super::explain::money; use crate::assess::papers;").is_empty()
        );
        assert!(
            of(&["units"], "// crate::pages\n#[cfg(test)]\nmod tests {\n use crate::pages;\n}").is_empty()
        );
    }

    #[test]
    fn an_arrow_that_runs_up_a_circle_and_a_room_without_a_place_are_told() {
        let src = std::env::temp_dir().join(format!("rooms-{}", std::process::id()));
        fs::create_dir_all(src.join("low")).unwrap();
        fs::write(src.join("lib.rs"), "mod high; mod low; mod other;").unwrap();
        fs::write(src.join("low/mod.rs"), "use crate::high::A;").unwrap();
        fs::write(src.join("high.rs"), "use crate::low::B;\nuse crate::outside::C;\nuse crate::Facade;")
            .unwrap();
        fs::write(src.join("other.rs"), "").unwrap();
        let told = faults(&src, &["low", "high", "gone"], &["outside"]);
        fs::remove_dir_all(&src).unwrap();
        assert_eq!(
            told,
            [
                "high.rs:3: `high` uses `Facade`, which is no room; name the room that holds it",
                "low/mod.rs:1: `low` uses `high`, which stands above it",
                "the order does not say where `other` stands",
                "the order names `gone`, which does not exist",
            ]
        );
    }
}
