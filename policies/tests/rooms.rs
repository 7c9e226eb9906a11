//! The rooms of the crates here, the lowest first: each uses only those before it, so that there is no circle.

fn held(src: &str, order: &[&str], outside: &[&str]) {
    let faults = rooms::faults(src.as_ref(), order, outside);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_engine() {
    let order = ["fault", "units", "program", "book", "facts", "assess", "columns", "calendar", "calculate"];
    held(concat!(env!("CARGO_MANIFEST_DIR"), "/src"), &order, &["model"]);
}
