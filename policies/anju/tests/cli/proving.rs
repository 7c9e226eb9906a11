//! `anju test`: what fails is told at its line, with what the file prints and who would notice.

use std::{collections::BTreeMap, fs, time::Instant};

use super::{
    anju_in, err, out,
    snapshot::{Desk, said},
};

#[test]
fn every_document_of_the_repository_passes_in_about_a_second() {
    let policies = format!("{}/..", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<String> = fs::read_dir(format!("{policies}/data"))
        .unwrap()
        .map(|entry| format!("data/{}", entry.unwrap().file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".toml") && !name.contains("facts") && !name.contains("left_out"))
        .collect();
    files.push("worked/sixth/liuqiao-2026.toml".to_owned());
    let arguments: Vec<&str> = ["test"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let began = Instant::now();
    let output = anju_in(policies.as_ref(), &arguments);
    println!("{} documents in {:?}", files.len(), began.elapsed());
    assert!(output.status.success(), "{}", err(&output));
    assert_eq!(out(&output).lines().filter(|line| line.ends_with("nothing fails")).count(), files.len());
    assert!(began.elapsed().as_secs() < 20, "{:?} for all of them, on a busy machine", began.elapsed());
}

#[test]
fn an_example_that_fails_is_told_at_its_line() {
    let desk = Desk::with("fails", "qujing-2018");
    desk.edit("examples/qujing-2018/eligible-no-home.toml", "outcome = \"eligible\"", "outcome = \"ask\"");
    desk.edit("examples/qujing-2018/income-one-fen-over.toml", "= \"not_met\"", "= \"met\"");
    desk.edit("examples/qujing-2018/income-one-fen-over.toml", "to = 12600000", "to = 12600001");
    desk.edit("examples/qujing-2018/area-exactly-25.toml", "people", "peeple");
    desk.edit("examples/qujing-2018/nothing-known.toml", "[expect]", "[expct]");
    desk.edit("examples/calculators/qujing-2018/income-over.toml", "within = false", "within = true");
    let output = anju_in(&desk.folder, &["test", "data/qujing-2018.toml"]);
    assert_eq!(output.status.code(), Some(1));
    said("test-fails", &err(&output));
}

#[test]
fn a_number_that_nobody_notices_is_told_with_who_would() {
    let desk = Desk::with("numbers", "qujing-2018");
    desk.remove("examples/qujing-2018", &["income", "transition-income", "dangerous", "two-lines"]);
    let output = anju_in(&desk.folder, &["test", "data/qujing-2018.toml"]);
    assert_eq!(output.status.code(), Some(1));
    said("test-numbers", &err(&output));
}

#[test]
fn who_would_notice_does() {
    let desk = Desk::with("noticed", "qujing-2018");
    desk.remove("examples/qujing-2018", &["income", "transition-income", "two-lines"]);
    let told = || err(&anju_in(&desk.folder, &["test", "data/qujing-2018.toml"]));
    // Whatever is proposed is pasted, with what the document says of it, until nothing is left.
    for n in 0..20 {
        let told = told();
        let Some((_, household)) = told.split_once("this one would:\n") else {
            assert_eq!(told, "", "after {n} households");
            assert!(n > 0);
            return;
        };
        let household: Vec<&str> = household.lines().take_while(|line| line.starts_with("    ")).collect();
        let said = household[0].trim().trim_start_matches("# ").split("; ").next().unwrap();
        let said: BTreeMap<&str, &str> = said.split(", ").map(|item| item.split_once(' ').unwrap()).collect();
        let requirements = said.iter().filter(|(path, _)| path.contains('.'));
        let requirements = requirements.map(|(path, answer)| format!("\"{path}\" = \"{answer}\"\n"));
        let text = format!(
            "title = \"proposed {n}\"\n{}\n[expect]\noutcome = \"{}\"\n[expect.requirements]\n{}",
            household[1..].join("\n"),
            said["outcome"],
            requirements.collect::<String>()
        );
        fs::write(desk.folder.join(format!("examples/qujing-2018/proposed-{n}.toml")), text).unwrap();
    }
    panic!("{}", told());
}

#[test]
fn what_was_not_worked_out_is_told_at_its_line() {
    let desk = Desk::with("lacking", "yongchuan-2019");
    fs::remove_dir_all(desk.folder.join("examples")).unwrap();
    let output = anju_in(&desk.folder, &["test", "data/yongchuan-2019.toml"]);
    said("test-no-folder", &err(&output));
    fs::create_dir_all(desk.folder.join("examples")).unwrap();
    let output = anju_in(&desk.folder, &["test", "data/yongchuan-2019.toml"]);
    assert_eq!(output.status.code(), Some(1));
    said("test-lacking", &err(&output));
}
