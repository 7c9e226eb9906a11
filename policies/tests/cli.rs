//! The command line, as a person or a script uses it.
#![cfg(feature = "cli")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

fn anju(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_anju"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const ELIGIBLE: &str = r#"{"facts":{"people":3,"income_12_months":12600000,"assets_total":9999999,"owns_home":false,"rents_public_housing":false}}"#;

#[test]
fn assess_gives_json_a_report_or_a_record_that_replays() {
    let on = ["assess", "qujing", "-", "--on", "2026-03-02"];
    let json = anju(&on, ELIGIBLE);
    assert!(json.status.success(), "{}", err(&json));
    let found: policies::Assessment = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(found.outcome, Some(policies::Outcome::Eligible));
    let report = anju(&[&on[..], &["--report"]].concat(), ELIGIBLE);
    assert!(out(&report).contains("结论：符合"), "{}", out(&report));
    let record = out(&anju(&[&on[..], &["--record"]].concat(), ELIGIBLE));
    assert!(anju(&["replay"], &record).status.success());
    let altered = record.replace("12600000", "12600001");
    assert_eq!(anju(&["replay"], &altered).status.code(), Some(1));
}

#[test]
fn a_report_tells_the_line_that_is_missed_the_readings_the_papers_and_where_to_go() {
    let read =
        |facts: &str| out(&anju(&["assess", "yongshun", "-", "--on", "2026-11-21", "--report"], facts));
    let waived = read(
        "[facts]\nincome_category = \"dibao\"\npast_bar = \"waived\"\nbar_started_on = \"2025-05-20\"\n",
    );
    assert!(waived.contains("2025年5月20日，要求早于 2024年11月21日"), "{waived}");
    assert!(!waived.contains("2021年11月21日"), "the five years are not this household's: {waived}");
    assert!(waived.contains("本站理解 A-28") && waived.contains("\n  A-28 "), "{waived}");
    assert!(waived.contains("去哪里问：\n  县住房保障服务中心"), "{waived}");
    assert!(!waived.contains("要带的材料"), "nothing to hand in after a no: {waived}");
    let worker = read("[facts]\nlocal_registration = true\nemployment = \"company\"\n");
    assert!(worker.contains("■ 城镇低保家庭：还不能确定"), "{worker}");
    assert!(worker.contains("劳动用工合同（第十六条第九项；所在单位出具）"), "{worker}");
    let (open, out) = (worker.find("■ 进城务工人员"), worker.find("■ 外来务工人员：不符合"));
    assert!(open < out, "what is still open stands first: {worker}");
}

#[test]
fn toml_and_typed_numbers_are_understood() {
    let typed = "[facts]\npeople = 3\nincome_12_months = \"126,000.00\"\nassets_total = \"99999.99\"\nowns_home = \"否\"\nrents_public_housing = false\n";
    let output = anju(&["assess", "qujing-2018", "--on", "2026-03-02"], typed);
    assert!(out(&output).contains("\"outcome\": \"eligible\""), "{}", err(&output));
}

#[test]
fn a_wrong_fact_is_told_by_its_path() {
    let output = anju(&["assess", "qujing", "--on", "2026-03-02"], r#"{"facts":{"people":0,"no_such":1}}"#);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("facts.people [too_small]"), "{}", err(&output));
    assert!(err(&output).contains("facts.no_such [unknown_fact]"));
}

#[test]
fn batch_goes_on_after_a_bad_row() {
    let rows = format!("{ELIGIBLE}\nnot json\n\n{{\"facts\":{{\"people\":-1}}}}\n{ELIGIBLE}\n");
    let output = anju(&["batch", "qujing", "--on", "2026-03-02"], &rows);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(out(&output).lines().count(), 2);
    assert!(out(&output).starts_with("{\"row\":1,\"outcome\":\"eligible\"}"), "{}", out(&output));
    assert!(
        err(&output).contains("row 2:") && err(&output).contains("row 4: facts.people [negative]"),
        "{}",
        err(&output)
    );
    let csv = "people,income_12_months,assets_total,owns_home,rents_public_housing\n3,126000.00,99999.99,否,否\n3,126000.01,1,否,否\n3,13.005,1,否,否\n";
    let output = anju(&["batch", "qujing", "-", "--csv", "--on", "2026-03-02"], csv);
    assert!(out(&output).contains("\"row\":3,\"outcome\":\"not_eligible\""), "{}", err(&output));
    assert!(err(&output).contains("row 4: income_12_months [too_precise]"));
}

#[test]
fn check_tells_every_problem_with_its_line() {
    let folder = std::env::temp_dir().join(format!("anju-check-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let good = include_str!("../data/qujing-2018.toml");
    let path = folder.join("bad.toml");
    let bad = good.replacen("yuan(3500)", "m2(3500)", 1).replacen(
        "home_area_per_person",
        "home_aera_per_person",
        1,
    );
    std::fs::write(&path, bad).unwrap();
    let output = anju(&["check", path.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(1));
    let said = err(&output);
    assert!(
        said.contains("cannot be compared with an area")
            && said.contains("no fact is called `home_aera_per_person`"),
        "{said}"
    );
    let line = good.lines().position(|l| l.contains("yuan(3500)")).unwrap() + 1;
    assert!(said.contains(&format!("bad.toml:{line}:")), "{said}");
    std::fs::write(&path, good).unwrap();
    assert!(anju(&["check", path.to_str().unwrap()], "").status.success());
    let population = folder.join("p.jsonl");
    std::fs::write(&population, format!("{}\n{ELIGIBLE}\n", ELIGIBLE.replace("12600000", "12600001")))
        .unwrap();
    std::fs::write(&path, good.replace("yuan(3500)", "yuan(3501)")).unwrap();
    let arguments = [
        "simulate",
        "qujing",
        "--with",
        path.to_str().unwrap(),
        "--households",
        population.to_str().unwrap(),
        "--on",
        "2026-03-02",
    ];
    let output = anju(&arguments, "");
    assert!(
        out(&output).contains("\"gain\":1") && out(&output).contains("\"lose\":0"),
        "{} {}",
        out(&output),
        err(&output)
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// Every key that a data file writes is one that the schema knows, list by list.
#[test]
fn the_schemas_know_what_is_written_and_printed() {
    let schema = |of| serde_json::from_str::<serde_json::Value>(&out(&anju(&["schema", of], ""))).unwrap();
    let document = schema("document");
    for text in [include_str!("../data/yongshun-2023.toml"), include_str!("../data/tiedong-2024.toml")] {
        known(
            &serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap(),
            &document,
            &document,
            "",
        );
    }
    let assessment = schema("assessment");
    let printed = out(&anju(&["assess", "qujing", "--on", "2026-03-02"], ELIGIBLE));
    known(&serde_json::from_str(&printed).unwrap(), &assessment, &assessment, "");
}

fn known(node: &serde_json::Value, schema: &serde_json::Value, root: &serde_json::Value, path: &str) {
    let reference = schema["$ref"].as_str().map(|r| &root["$defs"][r.trim_start_matches("#/$defs/")]);
    let schema = reference.unwrap_or(schema);
    if let (Some(fields), Some(properties)) = (node.as_object(), schema["properties"].as_object()) {
        for (key, value) in fields {
            let here = format!("{path}.{key}");
            known(
                value,
                properties.get(key).unwrap_or_else(|| panic!("{here} is not in the schema")),
                root,
                &here,
            );
        }
        for key in schema["required"].as_array().into_iter().flatten() {
            assert!(fields.contains_key(key.as_str().unwrap()), "{path} wants {key}");
        }
    }
    for item in node.as_array().into_iter().flatten() {
        known(item, &schema["items"], root, path);
    }
}

#[test]
fn calculate_shows_its_steps_and_refuses_what_makes_no_sense() {
    let day = ["--on", "2026-11-20"];
    let run = |arguments: &[&str]| anju(&[&["calculate", "yongshun"], arguments, &day[..]].concat(), "");
    let shown = out(&run(&["rent_ceiling", "market_rent_month=１,０００元"]));
    assert!(shown.contains("每月 700.00 元") && shown.contains("还算不出来"), "{shown}");
    let json: policies::Calculation =
        serde_json::from_str(&out(&run(&["arrears", "unpaid_months=6", "--json"]))).unwrap();
    assert_eq!(json.missing, ["rent_month"]);
    let wrong = run(&["shared_rent", "rent_month=abc", "rents=1"]);
    assert_eq!(wrong.status.code(), Some(1));
    let said = err(&wrong);
    assert!(said.contains("inputs.rent_month [not_a_number]") && said.contains("inputs.rents"), "{said}");
    assert!(err(&run(&["rent"])).contains("there are rent_ceiling"));
    assert!(out(&anju(&["calculate", "tiedong"], "")).contains("authorisation"));
}

#[test]
fn schema_timeline_and_usage() {
    let schema: serde_json::Value = serde_json::from_str(&out(&anju(&["schema"], ""))).unwrap();
    assert_eq!(schema["properties"]["facts"]["properties"]["people"]["minimum"], 1);
    let timeline = anju(&["timeline", "yongshun", "--on", "2026-02-10"], "");
    // Twenty working days: 11–13, 14 (worked), 24–27, 28 (worked), then 2–6, 9–13 and 16 March.
    assert!(out(&timeline).contains("最迟 2026-03-16"), "{}", out(&timeline));
    assert_eq!(anju(&["assess"], "").status.code(), Some(2));
    assert_eq!(anju(&["assess", "nowhere", "--on", "2026-03-02"], "{}").status.code(), Some(1));
}
