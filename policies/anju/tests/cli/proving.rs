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

const DATA: &str = "data/liuqiao-2026.toml";

#[test]
fn an_example_that_fails_is_told_at_its_line() {
    let desk = Desk::of_the_sixth("fails");
    let edit = |file: &str, from: &str, to: &str| desk.edit(&format!("examples/{file}.toml"), from, to);
    edit("liuqiao-2026/income-exactly", "outcome = \"eligible\"", "outcome = \"ask\"");
    edit("liuqiao-2026/income-exactly", "least = 10000", "least = 10001");
    edit("liuqiao-2026/income-one-fen-over", "= \"not_met\"", "= \"met\"");
    edit("liuqiao-2026/income-one-fen-over", "to = 4800000", "to = 4800001");
    edit("liuqiao-2026/area-exactly", "members = ", "membrs = ");
    edit("calculators/liuqiao-2026/rent-at", "over = false", "over = true");
    let output = anju_in(&desk.folder, &["test", DATA]);
    assert_eq!(output.status.code(), Some(1));
    said("test-fails", &err(&output));
    // What cannot be read is told with the rest of what fails, and nothing that only follows from it.
    edit("liuqiao-2026/nothing-known", "[expect]", "[expct]");
    edit("dates/liuqiao-2026", "2026-03-16", "16.3.2026");
    said("test-unread", &err(&anju_in(&desk.folder, &["test", DATA])));
}

#[test]
fn a_day_that_is_wrong_is_told_at_its_line() {
    let desk = Desk::of_the_sixth("days");
    for (from, to) in [
        ("last = \"2029-12-31\"", "last = \"2029-12-30\""),
        ("last_day = \"2026-03-16\"", "last_day = \"2026-03-17\""),
        ("first = \"2026-06-01\"", "first = \"2026-06-02\""),
        ("free = \"2029-03-03\"", "free = \"2029-03-02\""),
    ] {
        desk.edit("examples/dates/liuqiao-2026.toml", from, to);
    }
    said("test-days", &err(&anju_in(&desk.folder, &["test", DATA])));
}

#[test]
fn a_number_that_nobody_notices_is_told_with_who_would() {
    let desk = Desk::of_the_sixth("numbers");
    desk.remove("examples/liuqiao-2026", &["income", "five", "area", "settled-a-day"]);
    desk.remove("examples/calculators/liuqiao-2026", &["rent-at", "rent-odd."]);
    let output = anju_in(&desk.folder, &["test", DATA]);
    assert_eq!(output.status.code(), Some(1));
    said("test-numbers", &err(&output));
}

#[test]
fn who_would_notice_does() {
    let desk = Desk::of_the_sixth("noticed");
    desk.remove("examples/liuqiao-2026", &["income", "area", "settled"]);
    let told = || err(&anju_in(&desk.folder, &["test", DATA]));
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
        let sum = said.split(", ").zip(said.split(", ").skip(1)).find_map(|(least, most)| {
            let (benefit, least) = least.split_once(" [")?;
            Some(format!(
                "\n[[expect.money]]\nbenefit = \"{benefit}\"\nleast = {least}\nmost = {}",
                most.strip_suffix(']')?
            ))
        });
        let words = said.split(", ").filter(|item| !item.contains(['[', ']']));
        let said: BTreeMap<&str, &str> = words.filter_map(|item| item.split_once(' ')).collect();
        let requirements = said.iter().filter(|(path, _)| path.contains('.'));
        let requirements = requirements.map(|(path, answer)| format!("\"{path}\" = \"{answer}\"\n"));
        let text = format!(
            "title = \"proposed {n}\"\n{}\n[expect]\noutcome = \"{}\"\n[expect.requirements]\n{}",
            household[1..].join("\n"),
            said["outcome"],
            requirements.chain(sum).collect::<String>()
        );
        fs::write(desk.folder.join(format!("examples/liuqiao-2026/proposed-{n}.toml")), text).unwrap();
    }
    panic!("{}", told());
}

#[test]
fn what_was_not_worked_out_is_told_at_its_line() {
    let desk = Desk::of_the_sixth("lacking");
    fs::remove_dir_all(desk.folder.join("examples")).unwrap();
    let output = anju_in(&desk.folder, &["test", DATA]);
    said("test-no-folder", &err(&output));
    fs::create_dir_all(desk.folder.join("examples")).unwrap();
    let output = anju_in(&desk.folder, &["test", DATA]);
    assert_eq!(output.status.code(), Some(1));
    said("test-lacking", &err(&output));
}
