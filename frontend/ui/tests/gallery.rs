//! The gallery shows every component: whoever adds one says what states it has.

#![allow(clippy::unwrap_used)]

use std::fs;

/// Parts of components, seen wherever those are.
const PARTS: [&str; 3] = ["described", "mod", "states"];

#[test]
fn every_component_has_states_and_is_shown() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/components");
    let shown = fs::read_to_string(format!("{folder}/states.rs")).unwrap();
    let mut components = 0;
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_stem().unwrap().to_str().unwrap();
        if !PARTS.contains(&name) {
            components += 1;
            assert!(
                shown.contains(&format!("(\"{name}\", {name}::states())")),
                "states.rs does not show {name}"
            );
        }
    }
    assert!(components > 10);
}
