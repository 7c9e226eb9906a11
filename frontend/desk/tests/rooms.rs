//! The rooms of this crate, the lowest first: each uses only those before it, so that there is no circle.

#[test]
fn every_room_uses_only_those_below() {
    let order = [
        "words",
        "server_clock",
        "idle",
        "watch",
        "back",
        "session",
        "flats",
        "calls",
        "problem",
        "frame",
        "audit",
        "key",
        "case",
        "sift",
        "tickets",
        "inbox",
        "app",
    ];
    let faults = rooms::faults(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref(), &order, &[]);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
