//! The rooms of this crate, the lowest first: each uses only those before it, so that there is no circle.

#[test]
fn every_room_uses_only_those_below() {
    let order = [
        "effort",
        "place",
        "roster",
        "typed",
        "words",
        "correcting",
        "browser",
        "api",
        "sealing",
        "tables",
        "office_card",
        "attempt",
        "intake",
        "hooks",
        "components",
        "paper",
    ];
    let faults = rooms::faults(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref(), &order, &[]);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
