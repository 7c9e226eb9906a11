//! The rooms of this crate, the lowest first: each uses only those before it, so that there is no circle.

#[test]
fn every_room_uses_only_those_below() {
    let order = [
        "on_trial",
        "route",
        "router",
        "pending",
        "papers",
        "mail",
        "frame",
        "check",
        "typed",
        "apply",
        "tip",
        "act",
        "dates",
        "group",
        "sent",
        "status",
        "place",
        "home",
        "guide",
        "calculate",
        "app",
        "readable",
    ];
    let faults = rooms::faults(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref(), &order, &[]);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
