//! What helps while a document is written: `new`, `watch`, `explain`, `clock`.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use super::{
    anju, anju_in, err, out,
    snapshot::{Desk, said},
};

const NEW: [&str; 8] = ["new", "lishui", "--name", "梨水县", "--year", "2026", "--at", "."];

#[test]
fn a_place_is_begun_and_its_stubs_stand_on_both_sides_of_each_line() {
    let desk = Desk::to_begin("new");
    let begun = anju_in(&desk.folder, &NEW);
    assert!(begun.status.success(), "{}", err(&begun));
    said("new", &out(&begun));
    let check = anju_in(&desk.folder, &["check", "data/lishui-2026.toml"]);
    assert!(check.status.success(), "{}", err(&check));
    let read = |path: &str| fs::read_to_string(desk.folder.join(path)).unwrap();
    said("new-income-1", &read("examples/lishui-2026/income-1.toml"));
    said("new-days", &read("examples/dates/lishui-2026.toml"));
    // The next number after every one of inventory and data, and a prefix that no line has.
    let inventory = read("INVENTORY.md");
    assert!(inventory.contains("- [A-08] 待填") && inventory.contains("[LI-01]"), "{}", out(&begun));
    // What is left open is told, and nothing that only follows from it.
    let open = anju_in(&desk.folder, &["test", "data/lishui-2026.toml"]);
    assert_eq!(open.status.code(), Some(1));
    said("new-open", &err(&open));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let desk = Desk::to_begin("again");
    assert!(anju_in(&desk.folder, &NEW).status.success());
    let data = desk.folder.join("data/lishui-2026.toml");
    let text = fs::read_to_string(&data).unwrap().replace("yuan(3000)", "yuan(2800)");
    fs::write(&data, &text).unwrap();
    let (inventory, stub) = ("INVENTORY.md", "examples/lishui-2026/income-1.toml");
    let read = |path: &str| fs::read_to_string(desk.folder.join(path)).unwrap();
    let before = [inventory, stub].map(read);
    let again = anju_in(&desk.folder, &NEW);
    assert!(err(&again).ends_with("these are to be completed before there are more\n"), "{}", err(&again));
    assert_eq!([inventory, stub].map(read), before);
    assert_eq!(fs::read_to_string(&data).unwrap(), text);
    // With the stubs gone, those of the line as it stands now are written.
    desk.remove("examples/lishui-2026", &["income"]);
    desk.remove("examples/lishui-2026", &["housing"]);
    desk.remove("examples/dates", &["lishui"]);
    assert!(anju_in(&desk.folder, &["new", "lishui", "--at", "."]).status.success());
    assert!(read(stub) != before[1]);
    let nobody = anju_in(&desk.folder, &["new", "shanbei", "--at", "."]);
    assert!(err(&nobody).contains("give `--name` and `--year`"), "{}", err(&nobody));
    let wrong = anju_in(&desk.folder, &["new", "Li-Shui", "--at", "."]);
    assert!(err(&wrong).contains("is not an id"), "{}", err(&wrong));
}

#[test]
fn each_save_is_told_with_what_became_of_it() {
    let desk = Desk::of_the_sixth("watch");
    let mut watching = Watching(
        Command::new(env!("CARGO_BIN_EXE_anju"))
            .args(["watch", "data/liuqiao-2026.toml"])
            .current_dir(&desk.folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut lines = BufReader::new(watching.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut until = |end: &str| {
        let mut seen = Vec::new();
        for line in lines.by_ref() {
            seen.push(line);
            if seen.last().is_some_and(|line| line.contains(end)) {
                break;
            }
        }
        seen.join("\n")
    };
    assert!(until("nothing fails").contains("4 procedures"));
    let data = "data/liuqiao-2026.toml";
    desk.edit(data, "members_income_month <= yuan(2000)", "members_income_moth <= yuan(2000)");
    let broken = until(" problem");
    assert!(
        broken.starts_with("saved: data/liuqiao-2026.toml\n") && broken.contains("did you mean"),
        "{broken}"
    );
    desk.edit(data, "members_income_moth <= yuan(2000)", "members_income_month <= yuan(2100)");
    let told = until(" problem");
    assert!(told.contains("mended: ") && told.contains("expected"), "{told}");
    desk.edit(data, "members_income_month <= yuan(2100)", "members_income_month <= yuan(2000)");
    assert!(until("nothing fails").contains("saved: "));
}

/// It goes on until it is stopped, whatever becomes of the test.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_household_is_explained_with_its_arithmetic() {
    let sixth = format!("{}/../worked/sixth/liuqiao-2026.toml", env!("CARGO_MANIFEST_DIR"));
    let explain = |facts: &str| {
        let output = anju(&["explain", "--document", &sixth, "--on", "2026-03-02"], facts);
        assert!(output.status.success(), "{}", err(&output));
        out(&output)
    };
    let facts = "[facts]\nmembers = 2\nmembers_income = \"48000.01\"\nrented_area = \"44.99\"\ntenure = \"lent\"\nanyone_disabled = false\nsettled_on = 2025-03-03\n";
    said("explain", &explain(facts));
    said("explain-nothing", &explain("{}"));
    let people =
        r#"{"facts":{"tenure":"rented"},"people":[{"member_income":100000},{"member_income":200000}]}"#;
    said("explain-people", &explain(people));
}

#[test]
fn a_clock_is_worked_out_with_the_days_that_do_not_count() {
    let spring = anju(&["clock", "yongshun", "town_review", "2026-02-10"], "");
    said("clock", &out(&spring));
    let beyond = anju(&["clock", "yongshun", "waiting", "2026-02-10"], "");
    assert!(out(&beyond).contains("3年：2029-02-10") && out(&beyond).contains("只管到 2028-08-21"));
    let ahead = anju(&["clock", "yongshun", "renewal_ahead", "2026-05-31"], "");
    assert!(out(&ahead).contains("往前3个月：2026-02-28"), "{}", out(&ahead));
    assert!(out(&anju(&["clock", "yongchuan"], "")).contains("first_publicity"));
    let wrong = |words: &[&str]| err(&anju(&[&["clock", "yongchuan"][..], words].concat(), ""));
    assert!(wrong(&["no_such", "2026-02-10"]).contains("there are first_publicity, second_publicity"));
    assert!(wrong(&["first_publicity"]).contains("a day YYYY-MM-DD is wanted"));
    assert!(wrong(&["first_publicity", "2026-02-30"]).contains("is not a date"));
}
