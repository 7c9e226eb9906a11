//! What the rulebook and its engine add to the resident download, data of the documents included.
//!
//! In the portal's own module the optimiser has mixed the engine with everything around it, so the engine is weighed
//! apart: `tests/weight` holds two modules with the same exports, one that calls all of `policies` that the
//! self-check and its result call, and one that calls nothing. Both are built with the portal's profile, shrunk by the
//! same tool and compressed alike; the difference is what the engine brings. It is rather too much than too little: what
//! engine and portal share, such as the reading of numbers and dates or the sorting of lists, counts in full here.

use anyhow::{Context, Result};
use std::fs;

use crate::compress;
use crate::project::Project;
use crate::wasm;

/// Compiles the two modules.
///
/// # Errors
/// When the compiler refuses.
pub fn compile(project: &Project) -> Result<()> {
    wasm::compile(project, "weight", &["--bins"])
}

/// Sizes of the two compiled modules, brotli, in bytes: with the engine, and without.
///
/// # Errors
/// When they have not been compiled.
pub fn of_engine(project: &Project) -> Result<(usize, usize)> {
    let small = |name: &str| -> Result<usize> {
        let bound = wasm::bind(project, name, wasm::Home::Browser)?;
        let bytes = fs::read(bound.module()).with_context(|| bound.module().display().to_string())?;
        Ok(compress::brotli(project, &bytes)?.len())
    };
    Ok((small("weight-engine")?, small("weight-nothing")?))
}
