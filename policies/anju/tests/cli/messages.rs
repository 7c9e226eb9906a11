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
        writeln!(all, "{}\n{}", if to.is_empty() { from } else { to }.trim().replace('\n', "\n    "), told)
            .unwrap();
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

#[test]
fn what_is_allowed_and_probably_a_mistake_is_warned_of() {
    let rows = |first: &str, second: &str| {
        format!(
            "[[papers]]\nid = \"identity\"\nlabel = \"身份证\"\narticle = \"待填\"\n[[benefits]]\nid = \"b\"\nlabel = \"补贴\"\nsays = \"按月发。\"\nper = \"month\"\narticle = \"待填\"\n\
             [[benefits.rows]]\n{first}label = \"甲\"\npays = {{ fixed = \"yuan(2)\" }}\n[[benefits.rows]]\n{second}label = \"乙\"\npays = {{ fixed = \"yuan(1)\" }}\n"
        )
    };
    let papers = "[[papers]]\nid = \"identity\"\nlabel = \"身份证和户口簿\"\narticle = \"待填\"\n";
    let conditions = [
        "income_per_person_month <= yuan(3001)",
        "income_per_person_month <= yuan(3000) && income_per_person_month > yuan(3000)",
        "people <= 3 || people > 3",
        "owns_home || (people < 3 && people > 2)",
        "home_where in [\"town\"] && home_where == \"village\" && income_per_person_month <= yuan(3000)",
        "income_per_person_month <= yuan(3000) && owns_home && home_area_per_person > m2(15)",
    ];
    let mut edits: Vec<(&str, String)> =
        conditions.iter().map(|holds| (INCOME, format!("holds = '{holds}'"))).collect();
    edits.extend([
        ("length = 20", "length = 30".to_owned()),
        ("id = \"lishui-2026\"", "id = \"lishui-2027\"".to_owned()),
        ("[[contacts]]\nname = \"待填：住房保障窗口\"\npurpose = \"申请、咨询\"\nnote = \"文件没有印电话。\"\narticle = \"待填\"\n", String::new()),
        ("when = \"owns_home && home_area_per_person == m2(15)\"", "when = \"owns_home && !owns_home\"".to_owned()),
        (papers, rows("", "when = \"owns_home\"\n")),
        (papers, rows("when = \"people <= 3\"\n", "when = \"people == 2 && owns_home\"\n")),
        (papers, rows("when = \"people <= 3\"\n", "when = \"people < 3 && people > 5\"\n")),
        (papers, rows("when = \"people <= 3\"\n", "when = \"people <= 4 && owns_home\"\n")),
    ]);
    let edits: Vec<_> = edits.iter().map(|(from, to)| (*from, to.as_str())).collect();
    said("check-lints", &told("lints", &edits));
    // A reading that the inventory does not number.
    let desk = Desk::to_begin("reading");
    anju_in(&desk.folder, &["new", "lishui", "--name", "梨水县", "--year", "2026", "--at", "."]);
    desk.edit("INVENTORY.md", "[A-08]", "[A-09]");
    let output = anju_in(&desk.folder, &["check", DATA]);
    assert!(output.status.success(), "a warning is no error");
    assert!(err(&output).contains("warning: INVENTORY.md has no `[A-08]`"), "{}", err(&output));
    // With no example at all.
    desk.remove("examples/lishui-2026", &["income", "housing", "nothing"]);
    fs::remove_dir(desk.folder.join("examples/lishui-2026")).unwrap();
    let output = anju_in(&desk.folder, &["check", DATA]);
    assert!(err(&output).contains("warning: no examples in examples/lishui-2026"), "{}", err(&output));
}

#[test]
fn the_documents_of_the_repository_are_warned_of_nothing() {
    let policies = format!("{}/..", env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(format!("{policies}/data")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".toml") || ["facts.toml", "left_out.toml"].contains(&name.as_str()) {
            continue;
        }
        let output = anju_in(policies.as_ref(), &["check", &format!("data/{name}")]);
        assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""), "{name}");
    }
}

#[test]
fn a_dictionary_is_checked_as_one_and_standard_input_keeps_its_lines() {
    let policies = format!("{}/..", env!("CARGO_MANIFEST_DIR"));
    let dictionary = anju_in(policies.as_ref(), &["check", "data/facts.toml"]);
    assert!(out(&dictionary).contains(" facts; nothing wrong"), "{}", err(&dictionary));
    let text = include_str!("../../../data/qujing-2018.toml").replacen("不超过3500元", "不超过3400元", 1);
    let line = text.lines().position(|line| line.contains("不超过3400元")).unwrap() + 1;
    let warned = super::anju(&["check", "-"], &text);
    assert!(err(&warned).starts_with(&format!("-:{line}: warning: ")), "{}", err(&warned));
}
