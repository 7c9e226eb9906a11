//! A document that is not built in, under every command that decides.

use std::{fs, path::PathBuf};

use super::{ELIGIBLE, anju, err, out};

/// A file of the repository.
fn file(path: &str) -> String {
    format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))
}

/// A folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("anju-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_file_decides_as_the_same_text_does_when_it_is_built_in() {
    let qujing = file("data/qujing-2018.toml");
    let on = ["--on", "2026-03-02"];
    let same = |built_in: &[&str], written: &[&str], input: &str| {
        let (built_in, written) = (anju(built_in, input), anju(written, input));
        assert_eq!((out(&built_in), err(&built_in)), (out(&written), err(&written)));
        assert!(written.status.success() && !written.stdout.is_empty(), "{}", err(&written));
    };
    let with = ["--document", &qujing];
    same(
        &[&["assess", "qujing", "-"][..], &on].concat(),
        &[&["assess", "-"][..], &with, &on].concat(),
        ELIGIBLE,
    );
    same(
        &[&["batch", "qujing"][..], &on].concat(),
        &[&["batch", "qujing-2018"][..], &with, &on].concat(),
        &format!("{ELIGIBLE}\n"),
    );
    let population = folder("same").join("rows.jsonl");
    fs::write(&population, format!("{ELIGIBLE}\n")).unwrap();
    let simulate = ["--with", &qujing, "--households", population.to_str().unwrap(), "--on", "2026-03-02"];
    same(
        &[&["simulate", "qujing"][..], &simulate].concat(),
        &[&["simulate"][..], &with, &simulate].concat(),
        "",
    );
    let yongshun = file("data/yongshun-2023.toml");
    let with = ["--document", &yongshun];
    let words = ["rent_ceiling", "market_rent_month=1000"];
    same(
        &[&["calculate", "yongshun"][..], &words, &on].concat(),
        &[&["calculate"][..], &with, &words, &on].concat(),
        "",
    );
    same(&["calculate", "yongshun"], &[&["calculate"][..], &with].concat(), "");
    same(&[&["timeline", "yongshun"][..], &on].concat(), &[&["timeline"][..], &with, &on].concat(), "");
}

#[test]
fn a_file_brings_the_facts_beside_it_or_those_that_are_named() {
    let tiers = file("examples/format/tier-size-district.toml");
    let household = "[facts]\ntier = \"dibao\"\npeople = 2\ndistrict = \"core\"\n";
    let on = ["--on", "2026-11-20", "--report"];
    let beside = anju(&[&["assess", "--document", &tiers][..], &on].concat(), household);
    assert!(
        out(&beside).contains("定额补贴（第二条）：每月 2,000.00 元"),
        "{}{}",
        out(&beside),
        err(&beside)
    );
    // Apart from its facts, it is compiled with those that are built in, and says what they lack.
    let apart = folder("facts").join("tiers.toml");
    fs::copy(&tiers, &apart).unwrap();
    let apart = apart.to_str().unwrap();
    let lacking = anju(&[&["assess", "--document", apart][..], &on].concat(), household);
    assert!(err(&lacking).contains("tiers.toml:") && err(&lacking).contains("no fact is called `tier`"));
    let facts = file("examples/format/facts.toml");
    let named = anju(&[&["assess", "--document", apart, "--facts", &facts][..], &on].concat(), household);
    assert_eq!(out(&named), out(&beside));
}

#[test]
fn what_cannot_be_meant_is_told() {
    let qujing = file("data/qujing-2018.toml");
    let wrong = |arguments: &[&str]| {
        let output = anju(arguments, "{}");
        (output.status.code(), err(&output))
    };
    assert_eq!(wrong(&["assess", "--on", "2026-03-02"]).0, Some(2), "no document at all");
    assert_eq!(wrong(&["assess", "qujing", "--facts", "f.toml", "--on", "2026-03-02"]).0, Some(2));
    let two = wrong(&["assess", "--document", &qujing, "a.toml", "b.toml", "--on", "2026-03-02"]);
    assert!(two.0 == Some(1) && two.1.contains("`a.toml`"), "{two:?}");
    let other = wrong(&["timeline", "yongshun", "--document", &qujing, "--on", "2026-03-02"]);
    assert!(other.1.contains("`yongshun` is not the document in the file, `qujing-2018`"), "{other:?}");
    let none = wrong(&["assess", "--document", "/no/such.toml", "--on", "2026-03-02"]);
    assert!(none.1.starts_with("/no/such.toml: "), "{none:?}");
}
