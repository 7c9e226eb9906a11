//! `bind <module.wasm> <name> <folder> <browser|silent-browser|worker>`: the JavaScript side of a compiled module, as an
//! ES module for `init(url)` or `initSync(module)`. `xtask/src/wasm.rs` calls it; the release of the generator must be
//! that of the library in the modules, which that file checks. `silent-browser` takes the words of panics out.

mod silence;

use std::env;
use std::path::Path;

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let [module, name, folder, home] = words.as_slice() else {
        bail!("usage: bind <module.wasm> <name> <folder> <browser|silent-browser|worker>");
    };
    let mut bound = Bindgen::new()
        .input_path(Path::new(module))
        .out_name(name)
        .typescript(false)
        .web(true)?
        .omit_default_module_path(false)
        // A Worker lives on after a panic: `__wbg_reset_state()` starts the module afresh.
        .reset_state_function(*home == "worker")
        .generate_output()?;
    if *home == "silent-browser" {
        silence::panics(bound.wasm_mut());
    }
    bound.emit(folder)
}
