//! Writes `edge/openapi.json` from the types: `cargo run -p edge --example openapi` after a change of the wire.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    fs::write(file, format!("{:#}\n", protocol::openapi::document()))
}
