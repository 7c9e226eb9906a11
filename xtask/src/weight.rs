//! What the rulebook and its engine add to the resident download, data of the documents included.
//!
//! In the portal's own module the optimiser has mixed the engine with everything around it, so the engine is weighed
//! apart: `tests/weight` holds two modules with the same exports, one that calls all of `policies` that the
//! self-check and its result call, and one that calls nothing. Both are built with the portal's profile, shrunk by the
//! same tool and compressed alike; the difference is what the engine brings. It is rather too much than too little: what
//! engine and portal share, such as the reading of numbers and dates or the sorting of lists, counts in full here.

use anyhow::{Result, bail};

use crate::compress;
use crate::grade::Grade;
use crate::programs;
use crate::project::Project;
use crate::wasm;

/// Compiles the two modules.
///
/// # Errors
/// When the compiler refuses.
pub fn compile(project: &Project) -> Result<()> {
    wasm::compile(project, Grade::Shipped, programs::WEIGHED)
}

/// Sizes of the two compiled modules, brotli, in bytes: with the engine, and without.
///
/// # Errors
/// When they have not been compiled.
pub fn of_engine(project: &Project) -> Result<(usize, usize)> {
    let bind = |name: &str| wasm::bind(project, Grade::Shipped, name, wasm::Home::Page);
    let modules = [bind("weight-engine")?.module(), bind("weight-nothing")?.module()];
    let sizes: Vec<usize> = compress::brotli(project, &modules)?.iter().map(Vec::len).collect();
    match sizes.as_slice() {
        [with, without] => Ok((*with, *without)),
        _ => bail!("brotli gave {} files for two", sizes.len()),
    }
}
