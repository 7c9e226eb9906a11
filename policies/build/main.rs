//! Compiles `data/` into the rulebook that the crate embeds; a bad file breaks the build.

mod light;
mod served;
mod unread;
mod volumes;

use std::{env, fs, path::Path, process::ExitCode};

use policies_compile as compile;

/// Files in `data/` that are no documents: the dictionary, and the inventory lines that no document
/// serves.
const NOT_DOCUMENTS: [&str; 2] = ["facts.toml", "left_out.toml"];

fn main() -> ExitCode {
    for watched in ["data", "INVENTORY.md", "build"] {
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
    let write = |name: &str, bytes: &[u8]| {
        let target = Path::new(&out).join(name);
        fs::write(&target, bytes).map_err(io(&target))
    };
    let encode = |e: postcard::Error| vec![format!("the rulebook cannot be encoded: {e}")];
    let mut listed = Vec::new();
    let light = light::of(&book);
    write("served.bin", &postcard::to_allocvec(&served::of(&book)).map_err(encode)?)?;
    for (kind, book) in [("whole", &book), ("light", &light)] {
        write(&format!("{kind}.bin"), &postcard::to_allocvec(book).map_err(encode)?)?;
        let (index, files) = volumes::apart(kind, book, &light).map_err(encode)?;
        write(&format!("{kind}-index.bin"), &index)?;
        for (name, bytes) in files {
            write(&name, &bytes)?;
            listed.push(format!("(\"{name}\", include_bytes!(\"{name}\")),\n"));
        }
    }
    write("volumes.rs", format!("&[\n{}]\n", listed.concat()).as_bytes())?;
    Ok(())
}
