//! What a wrong data file is told, word for word: one fault at a time in a file that is right.

use std::{fmt::Write as _, fs};

use super::{
    anju_in, err, out,
    snapshot::{Desk, said},
};

const DATA: &str = "data/lishui-2026.toml";
const INCOME: &str = "holds = \"income_per_person_month <= yuan(3000)\"";

/// A place to begin with, and what `anju check` tells of it after each of some edits alone.
fn told(name: &str, edits: &[(&str, &str)]) -> String {
    let desk = Desk::to_begin(name);
    let begun = anju_in(&desk.folder, &["new", "lishui", "--name", "梨水县", "--year", "2026", "--at", "."]);
    assert!(begun.status.success(), "{}", err(&begun));
    let good = fs::read_to_string(desk.folder.join(DATA)).unwrap();
    let calculator = include_str!("calculator.toml");
    let good = format!("{good}\n{calculator}");
    let mut all = String::new();
    for (from, to) in edits {
        assert!(good.contains(from), "no {from}");
        fs::write(desk.folder.join(DATA), good.replacen(from, to, 1)).unwrap();
        let output = anju_in(&desk.folder, &["check", DATA]);
        let told = if output.status.success() { out(&output) + &err(&output) } else { err(&output) };
        writeln!(all, "{}\n{}", to.trim().replace('\n', "\n    "), told).unwrap();
    }
    all
}

#[test]
fn signs_that_people_type_are_answered_with_the_right_spelling() {
    let conditions = [
        "income_per_person_month ≤ yuan(3000)",
        "income_per_person_month <= yuan（3000）",
        "income_per_person_month <= yuan(３０００)",
        "income_per_person_month <= 3000元",
        "income_per_person_month <= 3000",
        "income_per_person_month <= yuan(3000) * 110%",
        "income_per_person_month <= yuan(0.3万)",
        "people = 3",
        "people == 3 and owns_home",
        "people == 3 且 owns_home 或 people > 5",
        "people == 3 & owns_home",
        "income_per_person_month <= yuan(3000",
        "income_per_person_month <=",
        "income_per_person_moth <= yuan(3000)",
        "people <= m2(3)",
        "home_where == \"villag\"",
    ];
    let edits: Vec<_> = conditions.iter().map(|holds| (INCOME, format!("holds = '{holds}'"))).collect();
    let edits: Vec<_> = edits.iter().map(|(from, to)| (*from, to.as_str())).collect();
    said("check-signs", &told("signs", &edits));
}

#[test]
fn keys_and_values_of_another_kind_are_told_in_plain_words() {
    let edits = [
        (INCOME, "holds = \"home_where == \"village\"\""),
        ("label = \"收入\"", "lable = \"收入\""),
        ("label = \"收入\"\n", "\n"),
        ("label = \"收入\"", "label = 5"),
        ("label = \"收入\"", "label = [\"收入\"]"),
        ("length = 20", "length = \"20\""),
        ("length = 20", "length = -20"),
        ("length = 20", "length = 2.5"),
        ("unit = \"working_days\"", "unit = \"workdays\""),
        ("adverse = true", "adverse = \"yes\""),
        ("valid_from = 2026-01-01", "valid_from = \"2026.1.1\""),
        ("next = [\"review\"]", "next = \"review\""),
        ("next = [\"review\"]", "next = [\"reveiw\"]"),
        ("clock = \"review\"", "clock = \"reveiw\""),
        ("status = \"in_force\"", "status = \"inforce\""),
        ("division = \"999999\" ", "division = 999999 "),
        ("article = \"待填\"\ninventory = [\"LI-03\"]\n", ""),
        ("requires = [\"income\", \"housing\"]", "requires = [\"income\", \"house\"]"),
        ("[[papers]]", "[[paper]]"),
        ("[[papers]]", "[papers]"),
        ("title = \"", "title = "),
        ("readings = [\"A-08\"]", "readings = [\"A-80\"]"),
        ("inventory = [\"LI-03\"]", "inventory = [\"LI-30\"]"),
    ];
    said("check-words", &told("words", &edits));
}

#[test]
fn one_fault_is_told_once() {
    let edits = [
        // A wrong step: neither the steps that name it, nor the inputs that it alone uses.
        ("gives = \"rent * 70 / 100\"", "gives = \"rnt * 70 / 100\""),
        ("gives = \"rent * 70 / 100\"", "gives = \"rent * 70%\""),
        // A clock that is not there: neither the stage that leads to it.
        ("kind = \"money\"", "kind = \"mony\""),
        ("id = \"housing\"", "id = \"house\""),
        (
            "id = \"review\"\nlabel = \"审核\"\nsays = \"待填：查什么。\"",
            "id = \"reveiw\"\nlabel = \"审核\"\nsays = \"待填：查什么。\"",
        ),
    ];
    said("check-once", &told("once", &edits));
}
