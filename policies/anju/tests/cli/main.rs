//! The command line, as a person or a script uses it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bench;
mod guide;
mod messages;
mod proving;
mod snapshot;
mod written;

use std::{
    io::Write,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

fn anju(arguments: &[&str], input: &str) -> Output {
    anju_of_bytes(arguments, input.as_bytes())
}

fn anju_of_bytes(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = started(arguments);
    // A program that refuses its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Run in a folder, so that what is told names files as they lie there.
fn anju_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_anju")).args(arguments).current_dir(folder).output().unwrap()
}

fn started(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anju"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const ELIGIBLE: &str = r#"{"facts":{"people":3,"income_12_months":12600000,"assets_total":9999999,"owns_home":false,"unclear_home":false,"rents_public_housing":false}}"#;

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
    assert!(waived.contains("2025年5月20日。要求早于 2024年11月21日"), "{waived}");
    assert!(!waived.contains("2021年11月21日"), "the five years are not this household's: {waived}");
    assert!(waived.contains("本站理解 A-28") && waived.contains("\n  A-28 "), "{waived}");
    assert!(waived.contains("去哪里问：\n  县住房保障服务中心"), "{waived}");
    assert!(!waived.contains("要带的材料"), "nothing to hand in after a no: {waived}");
    let worker = read("[facts]\nregistration = \"town\"\nemployment = \"company\"\n");
    assert!(worker.contains("■ 城镇低保家庭：还不能确定"), "{worker}");
    assert!(worker.contains("劳动用工合同（第十六条第九项；所在单位出具）"), "{worker}");
    let (open, out) = (worker.find("■ 进城务工人员"), worker.find("■ 外来务工人员：不符合"));
    assert!(open < out, "what is still open stands first: {worker}");
}

#[test]
fn a_report_tells_who_comes_first_and_what_to_tick() {
    let read = |facts: &str| {
        let facts = format!("[facts]\nincome_category = \"dibao\"\n{facts}");
        out(&anju(&["assess", "yongshun", "-", "--on", "2026-11-21", "--report"], &facts))
    };
    let told = read("firefighter = true\nminor_children = false\n");
    assert!(told.contains("\n有没有可以优先的：\n"), "{told}");
    assert!(told.contains("[说的是您家] 同样条件下可以先分（第二十一条）"), "{told}");
    assert!(told.contains("（severe_illness）") && !told.contains("（minor_children）"), "{told}");
    assert!(told.contains("\n  A-63 "), "the reading that it leans on: {told}");
    let refused =
        read("social_housing = \"current\"\nemployment = \"none\"\napplicant_standing = \"capable_head\"\n");
    assert!(!refused.contains("有没有可以优先的"), "nothing comes first after a no: {refused}");
}

#[test]
fn toml_and_typed_numbers_are_understood() {
    let typed = "[facts]\npeople = 3\nincome_12_months = \"126,000.00\"\nassets_total = \"99999.99\"\nowns_home = \"否\"\nunclear_home = \"否\"\nrents_public_housing = false\n";
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
    let csv = "people,income_12_months,assets_total,owns_home,unclear_home,rents_public_housing,needs_transition\n3,126000.00,99999.99,否,否,否,否\n3,126000.01,1,否,否,否,否\n3,13.005,1,否,否,否,否\n";
    let output = anju(&["batch", "qujing", "-", "--csv", "--on", "2026-03-02"], csv);
    assert!(out(&output).contains("\"row\":3,\"outcome\":\"not_eligible\""), "{}", err(&output));
    assert!(err(&output).contains("row 4: income_12_months [too_precise]"));
}

#[test]
fn check_tells_every_problem_with_its_line() {
    let folder = std::env::temp_dir().join(format!("anju-check-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let good = include_str!("../../../data/qujing-2018.toml");
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
    for text in
        [include_str!("../../../data/yongshun-2023.toml"), include_str!("../../../data/tiedong-2024.toml")]
    {
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

/// A course shows the papers, windows and bars of its own kind of case, and marks what the document no longer reaches.
#[test]
fn a_timeline_keeps_to_its_kind_of_case() {
    let course = |place, case, on| out(&anju(&["timeline", place, "--case", case, "--on", on], ""));
    let application = course("yongshun", "application", "2026-11-20");
    assert!(
        application.contains("放弃后两年不保障") && application.contains("材料：身份证和户口簿"),
        "{application}"
    );
    assert!(!application.contains("年审") && !application.contains("上缴租金"), "{application}");
    let swap = course("yongshun", "swap", "2026-11-20");
    assert!(swap.contains("文件没有写") && !swap.contains("不保障") && !swap.contains("材料："), "{swap}");
    assert!(course("yongchuan", "renewal", "2026-08-10").contains("开放中，2026-08-20 截止"));
    assert!(!course("yongchuan", "tip_off", "2026-08-10").contains("续保申请期"));
    assert!(course("yongshun", "application", "2028-08-01").contains("（文件只管到 2028-08-21）"));
}

#[test]
fn a_no_that_time_cures_says_from_which_day() {
    let facts = include_str!("../../../examples/yongshun-2023/first-day-sold.toml");
    let household = facts.split_once("[household.facts]").unwrap().1.split_once("[expect]").unwrap().0;
    let household = format!("[facts]{household}");
    let on = |day: &'static str| ["assess", "yongshun", "-", "--on", day];
    let report = out(&anju(&[&on("2026-11-20")[..], &["--report"]].concat(), &household));
    let said = "“处理房子的日期”是 2025年3月1日，2027-03-02 起";
    assert!(report.contains("结论：不符合") && report.contains(said), "{report}");
    let outcome = |day| serde_json::from_str::<serde_json::Value>(&out(&anju(&on(day), &household))).unwrap();
    assert_eq!(outcome("2027-03-01")["outcome"], "not_eligible");
    assert_eq!(outcome("2027-03-02")["outcome"], "eligible");
}

/// Everything wrong in a household at once, each by its path.
#[test]
fn a_wrong_household_is_told_by_path_whatever_its_shape() {
    let run = |text: &str| anju(&["assess", "qujing", "--on", "2026-11-21"], text);
    let wrong = r#"{"facts":{"peeple":3,"people":1.5,"income_12_months":1e30,"owns_home":"maybe","assets_total":-1},
        "people":[{"income_of_person":[]}],"extra":1}"#;
    let output = run(wrong);
    assert_eq!(output.status.code(), Some(1));
    for path in [
        "facts.peeple [unknown_fact]",
        "facts.people [wrong_type] 1.5",
        "facts.income_12_months [wrong_type]",
        "facts.owns_home [",
        "facts.assets_total [negative]",
        "people.0.income_of_person [wrong_type]",
        "extra [unknown_fact]",
    ] {
        assert!(err(&output).lines().any(|line| line.starts_with(path)), "{path} in {}", err(&output));
    }
    assert!(err(&run("")).contains("empty"), "{}", err(&run("")));
    assert!(err(&run("[]")).contains("-: ") && err(&run("{\"facts\":")).contains("-: "));
    // A byte order mark, a bare date and Windows line ends are nobody's fault.
    assert!(run("\u{feff}{\"facts\":{\"people\":3}}").status.success());
    let toml = "[facts]\r\napplicant_birth_date = 1990-02-28\r\n";
    assert!(anju(&["assess", "yongshun", "--on", "2026-11-21"], toml).status.success());
    let gbk = anju_of_bytes(&["assess", "qujing", "--on", "2026-11-21"], b"[facts]\n# \xc8\xcb\n");
    assert!(err(&gbk).starts_with("-:2: not UTF-8"), "{}", err(&gbk));
    assert!(
        err(&anju(&["assess", "qujing", "/no/such", "--on", "2026-11-21"], "")).starts_with("/no/such: ")
    );
}

#[test]
fn a_csv_header_is_refused_with_all_its_faults() {
    let run = |text: &[u8]| anju_of_bytes(&["batch", "qujing", "-", "--csv", "--on", "2026-11-21"], text);
    let output = run("people,peeple,people,INCOME,income_per_person_month\n1,2,3,4,5\n".as_bytes());
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    for fault in [
        "column 2: no fact is called `peeple`; did you mean `people`?",
        "column 3: `people` is there twice",
        "column 4: no fact is called `INCOME`\n",
        "column 5: `income_per_person_month` is computed",
    ] {
        assert!(err(&output).contains(fault), "{fault} in {}", err(&output));
    }
    assert!(err(&run(b"")).contains("no header"));
    assert!(err(&run(b"\xc8\xcb\xbf\xda\n3\n")).contains("not UTF-8"));
}

#[test]
fn csv_rows_are_numbered_by_line_and_bad_ones_passed_over() {
    let run = |text: &[u8]| anju_of_bytes(&["batch", "qujing", "-", "--csv", "--on", "2026-11-21"], text);
    // A byte order mark, Windows line ends, a blank line, a quote left open, bytes that are no text.
    let text = "\u{feff}people,owns_home\r\n3,否\r\n\r\n4\r\n\"5,是\r\n\"5\",\"是\"\r\n99999999999999999999999,1e30\r\n";
    let mut bytes = text.as_bytes().to_vec();
    bytes.extend(b"\xc8\xcb,\r\n6,\r\n");
    let output = run(&bytes);
    assert_eq!(output.status.code(), Some(1));
    let rows: Vec<serde_json::Value> =
        out(&output).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let rows: Vec<_> = rows.iter().map(|row| row["row"].as_u64().unwrap()).collect();
    assert_eq!(rows, [2, 6, 9], "{}", err(&output));
    let said = err(&output);
    assert!(said.contains("row 4: 1 cells where the header has 2"), "{said}");
    assert!(said.contains("row 5: 1 cells"), "{said}");
    assert!(said.contains("row 7: people [too_large]") && said.contains("; owns_home ["), "{said}");
    assert!(said.contains("row 8: not UTF-8"), "{said}");
    assert!(said.ends_with("4 of 7 rows were skipped\n"), "{said}");
}

#[test]
fn one_bad_row_of_a_thousand_is_told_and_the_rest_decided() {
    let rows: String =
        (1..=1000).map(|i| if i == 500 { "3,xx\n".into() } else { format!("3,{i}.00\n") }).collect();
    let text = format!("people,income_12_months\n{rows}");
    let output = anju(&["batch", "qujing", "-", "--csv", "--on", "2026-11-21"], &text);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(out(&output).lines().count(), 999);
    assert_eq!(err(&output).lines().count(), 2, "{}", err(&output));
    assert!(err(&output).starts_with("row 501: income_12_months [not_a_number]"), "{}", err(&output));
    let none = anju(&["batch", "qujing", "--on", "2026-11-21"], "");
    assert!(none.status.success() && err(&none) == "no rows\n");
    let folder = anju(&["batch", "qujing", "/", "--on", "2026-11-21"], "");
    assert_eq!(folder.status.code(), Some(1), "a folder is no file, and ends");
    let silent = anju(&["batch", "shishi", "--on", "2026-11-21"], "");
    assert!(err(&silent).contains("it sets no conditions"), "{}", err(&silent));
}

/// A reader who has seen enough ends the program quietly.
#[test]
fn a_closed_pipe_is_no_error() {
    let row = format!("{ELIGIBLE}\n");
    for arguments in [
        &["schema", "document"][..],
        &["batch", "qujing", "--full", "--on", "2026-11-21"],
        &["timeline", "yongshun", "--on", "2026-11-21"],
    ] {
        let mut child = started(arguments);
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().unwrap();
        // Whoever ends early does not read the rest.
        let _ = (0..500).try_for_each(|_| stdin.write_all(row.as_bytes()));
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn simulate_refuses_another_place_and_tells_bad_rows() {
    let data = |name: &str| format!("{}/../data/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let run = |with: &str, rows: &str| {
        let arguments = ["simulate", "qujing", "--with", with, "--households", "-", "--on", "2026-11-21"];
        anju(&arguments, rows)
    };
    let other = run(&data("yongshun-2023"), "");
    assert!(err(&other).contains("is a document of `yongshun`, not of `qujing`"), "{}", err(&other));
    let output = run(&data("qujing-2018"), &format!("{ELIGIBLE}\n{{}}]\n{ELIGIBLE}\n"));
    assert_eq!(output.status.code(), Some(1));
    assert!(
        out(&output).contains("\"same\":2") && out(&output).contains("\"bad_rows\":1"),
        "{}",
        out(&output)
    );
    assert!(err(&output).starts_with("row 2: not JSON"), "{}", err(&output));
}

#[test]
fn check_speaks_of_what_the_file_says() {
    let good = include_str!("../../../data/qujing-2018.toml");
    let check = |text: &[u8]| anju_of_bytes(&["check", "-"], text);
    assert!(check(format!("\u{feff}{}", good.replace('\n', "\r\n")).as_bytes()).status.success());
    // The first category without its article, and one status that there is not.
    let at = good.find("[[categories]]").unwrap();
    let (before, after) = good.split_at(at);
    let line = before.lines().count() + 1;
    let broken = format!("{before}{}", after.replacen("article = ", "artikel = ", 1));
    let broken = broken.replacen("yuan(3500)", "yuan(35,00)", 1);
    let output = check(broken.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let said = err(&output);
    assert!(
        said.lines().any(|l| l.starts_with("-:") && l.contains("`artikel`") && l.contains("`article`")),
        "{said}"
    );
    assert!(line > 1 && !said.contains("`cite`"), "{said}");
    assert!(err(&check(b"\xc8\xcb")).contains("-:1: not UTF-8"));
}

#[test]
fn help_says_what_goes_in_and_what_comes_out() {
    let help = out(&anju(&["--help"], ""));
    assert!(help.contains("Exit codes: 0 done; 1") && help.contains("anju batch"), "{help}");
    for command in [
        "assess",
        "batch",
        "calculate",
        "check",
        "schema",
        "timeline",
        "replay",
        "simulate",
        "test",
        "new",
        "watch",
        "explain",
        "clock",
    ] {
        let help = anju(&[command, "--help"], "");
        assert!(help.status.success() && out(&help).contains("Usage: anju"), "{command}");
    }
    assert!(out(&anju(&["batch", "--help"], "")).contains("YYYY-MM-DD"));
    assert_eq!(anju(&["batch", "qujing", "--on", "2026-13-01"], "").status.code(), Some(2));
}
