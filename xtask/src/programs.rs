//! The programs of Anju: which are compiled together, and how each becomes something to load.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::grade::Grade;
use crate::project::Project;
use crate::wasm::{self, Bound, Home};

/// What a cargo command compiles, and the programs that come of it.
struct Batch {
    selection: &'static [&'static str],
    programs: &'static [(&'static str, Home)],
}

/// All at once: their dependencies are compiled a single time, with the features of all of them.
const LIGHT: [Batch; 1] = [Batch {
    selection: &[
        "--package",
        "portal",
        "--package",
        "desk",
        "--package",
        "sealer",
        "--package",
        "sheets",
        "--package",
        "edge",
        "--features",
        "sealer/work,sheets/work",
    ],
    programs: &[
        ("edge", Home::Worker),
        ("forms", Home::Page),
        ("tip", Home::Page),
        ("group", Home::Page),
        ("follow", Home::Page),
        ("portal", Home::Page),
        ("guide", Home::Page),
        ("desk", Home::Page),
        ("sealer", Home::WebWorker),
        ("sheets", Home::WebWorker),
    ],
}];

/// Apart, so that no program carries what only another needs.
const SHIPPED: [Batch; 6] = [
    Batch { selection: RESIDENT, programs: &[("portal", Home::Page)] },
    Batch {
        selection: WHOLE,
        programs: &[
            ("forms", Home::Page),
            ("tip", Home::Page),
            ("group", Home::Page),
            ("follow", Home::Page),
            ("guide", Home::Page),
        ],
    },
    Batch { selection: &["--package", "desk", "--bin", "desk"], programs: &[("desk", Home::Page)] },
    Batch {
        selection: &["--package", "sealer", "--bin", "sealer", "--features", "work"],
        programs: &[("sealer", Home::WebWorker)],
    },
    Batch {
        selection: &["--package", "sheets", "--bin", "sheets", "--features", "work"],
        programs: &[("sheets", Home::WebWorker)],
    },
    Batch {
        selection: &["--package", "edge", "--lib", "--features", "served"],
        programs: &[("edge", Home::Worker)],
    },
];

/// What every resident downloads.
const RESIDENT: &[&str] = &["--package", "portal", "--bin", "portal", "--no-default-features"];
/// The guide, the forms and the status page: the documents whole, each loaded with its place.
const WHOLE: &[&str] = &[
    "--package",
    "portal",
    "--bin",
    "guide",
    "--bin",
    "forms",
    "--bin",
    "tip",
    "--bin",
    "group",
    "--bin",
    "follow",
    "--no-default-features",
    "--features",
    "whole",
];
/// The two modules that `weight.rs` weighs, with the portal's own features.
pub const WEIGHED: &[&str] = &["--package", "weight", "--bins"];
/// The engine alone, for the test that browser, edge and native agree.
pub const AGREEING: &[&str] = &["--package", "agreement", "--lib"];

/// Compiles and binds everything; a batch is bound while the next is compiled. `roots` are the keys by which the sealer
/// knows the offices' cards.
///
/// # Errors
/// When anything is refused on the way.
pub fn make(project: &Project, grade: Grade, roots: &str) -> Result<BTreeMap<&'static str, Bound>> {
    let batches: &[Batch] = match grade {
        Grade::Light => &LIGHT,
        Grade::Shipped => &SHIPPED,
    };
    thread::scope(|scope| {
        let mut bindings = Vec::new();
        for batch in batches {
            wasm::compile_trusting(project, grade, batch.selection, roots)?;
            bindings.push(scope.spawn(|| bind_all(project, grade, batch.programs)));
        }
        let mut bound = BTreeMap::new();
        for binding in bindings {
            bound.extend(binding.join().map_err(|_| anyhow!("the binding of a program broke off"))??);
        }
        Ok(bound)
    })
}

/// Binds programs side by side, as many as there are processors.
fn bind_all(
    project: &Project,
    grade: Grade,
    programs: &[(&'static str, Home)],
) -> Result<Vec<(&'static str, Bound)>> {
    let waiting = Mutex::new(programs.iter());
    let work = || -> Result<Vec<(&'static str, Bound)>> {
        let mut done = Vec::new();
        loop {
            let next = waiting.lock().map_err(|_| anyhow!("another binding broke off"))?.next();
            let Some((name, home)) = next else { return Ok(done) };
            let bound = wasm::bind(project, grade, name, *home).with_context(|| format!("binding {name}"))?;
            done.push((*name, bound));
        }
    };
    let hands = thread::available_parallelism().map_or(1, usize::from).min(programs.len());
    thread::scope(|scope| {
        let hands: Vec<_> = (0..hands).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for hand in hands {
            all.extend(hand.join().map_err(|_| anyhow!("a binding broke off"))??);
        }
        Ok(all)
    })
}
