//! Compiles `data/` into the rulebook that the crate embeds; a bad file breaks the build.

use std::{env, fs, path::Path, process::ExitCode};

use policies_compile as compile;
use policies_model::program;

/// Files in `data/` that are no documents: the dictionary, and the inventory lines that no document
/// serves.
const NOT_DOCUMENTS: [&str; 2] = ["facts.toml", "left_out.toml"];

fn main() -> ExitCode {
    for watched in ["data", "INVENTORY.md", "build.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(messages) => {
            for message in messages {
                eprintln!("{message}");
                println!("cargo::error={message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn embed() -> Result<(), Vec<String>> {
    let io = |what: &Path| {
        let what = what.display().to_string();
        move |e: std::io::Error| vec![format!("{what}: {e}")]
    };
    let data = Path::new("data");
    let mut texts = Vec::new();
    let mut names: Vec<_> = fs::read_dir(data)
        .map_err(io(data))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| {
            p.extension().is_some_and(|e| e == "toml") && !NOT_DOCUMENTS.iter().any(|name| p.ends_with(name))
        })
        .collect();
    names.sort();
    for path in &names {
        let text = fs::read_to_string(path).map_err(io(path))?;
        texts.push((format!("policies/{}", path.display()), text));
    }
    let documents: Vec<_> = texts.iter().map(|(name, text)| compile::File { name, text }).collect();
    let facts_path = data.join("facts.toml");
    let facts = fs::read_to_string(&facts_path).map_err(io(&facts_path))?;
    let calendar_path = data.join("calendar.json");
    let calendar = fs::read_to_string(&calendar_path).map_err(io(&calendar_path))?;
    let inventory = fs::read_to_string("INVENTORY.md").ok();
    let book = compile::book(
        compile::File { name: "policies/data/facts.toml", text: &facts },
        &documents,
        compile::File { name: "policies/data/calendar.json", text: &calendar },
        inventory.as_deref(),
    )
    .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let out = env::var("OUT_DIR").map_err(|e| vec![format!("OUT_DIR: {e}")])?;
    for (name, book) in [("whole.bin", &book), ("self_check.bin", &for_self_check(&book))] {
        let bytes =
            postcard::to_allocvec(book).map_err(|e| vec![format!("the rulebook cannot be encoded: {e}")])?;
        let target = Path::new(&out).join(name);
        fs::write(&target, bytes).map_err(io(&target))?;
    }
    Ok(())
}

/// What the self-check and its result show: every condition and amount, but neither the course of a case
/// nor what only the guide tells. The hash stays that of the whole document.
fn for_self_check(book: &program::Book) -> program::Book {
    let mut book = book.clone();
    for file in &mut book.documents {
        let document = &mut file.document;
        document.windows.retain(|window| !window.cases.is_empty());
        document.priorities.clear();
        document.clocks.clear();
        document.bars.clear();
        document.checks.clear();
        document.ledgers.clear();
        document.duties.clear();
        document.exits.clear();
        // That a place has calculators is said; what they ask and do is theirs to show.
        for calculator in &mut document.calculators {
            calculator.says.clear();
            calculator.inputs.clear();
            calculator.steps.clear();
        }
        file.program.calculators.clear();
        // The program decides; what it was made from, and which lines of the inventory are served, nobody reads there.
        for requirement in &mut document.requirements {
            requirement.holds.clear();
            requirement.ask.iter_mut().for_each(|ask| ask.when.clear());
        }
        for row in document.benefits.iter_mut().flat_map(|benefit| &mut benefit.rows) {
            row.when.clear();
            row.perhaps.clear();
        }
        let cites = [&mut document.cite].into_iter();
        let cites = cites.chain(document.contacts.iter_mut().map(|item| &mut item.cite));
        let cites = cites.chain(document.not_held.iter_mut().map(|item| &mut item.cite));
        let cites = cites.chain(document.categories.iter_mut().map(|item| &mut item.cite));
        let cites = cites.chain(document.requirements.iter_mut().map(|item| &mut item.cite));
        let cites = cites.chain(document.benefits.iter_mut().map(|item| &mut item.cite));
        let cites = cites.chain(document.papers.iter_mut().map(|item| &mut item.cite));
        let cites = cites.chain(document.calculators.iter_mut().map(|item| &mut item.cite));
        let cites = cites.chain(document.windows.iter_mut().map(|item| &mut item.cite));
        let cites = cites.chain(document.procedures.iter_mut().map(|item| &mut item.cite));
        cites.for_each(|cite| cite.inventory.clear());
        for procedure in &mut document.procedures {
            procedure.stages.clear();
        }
    }
    book
}
