//! What a wrong data file is told.
#![cfg(feature = "compiler")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use policies::compile::{self, Dictionary, File, Problem};
use proptest::{prelude::*, sample::Index};

const FACTS: &str = r#"
[[fact]]
id = "people"
label = "人口"
question = "几口人？"
kind = "count"
least = 1
most = 30

[[fact]]
id = "income"
label = "收入"
question = "收入？"
kind = "money"

[[fact]]
id = "income_each"
label = "人均收入"
kind = "ratio"
numerator = "income"
denominator = "people * 12"
unit = "money"

[[fact]]
id = "area"
label = "面积"
question = "面积？"
kind = "area"

[[fact]]
id = "sold_on"
label = "出售日期"
question = "哪天？"
kind = "date"

[[fact]]
id = "tier"
label = "类别"
question = "哪类？"
kind = "choice"
choices = [{ id = "a", label = "甲" }, { id = "b", label = "乙" }]

[[fact]]
id = "age"
label = "年龄"
question = "几岁？"
kind = "count"
least = 0
most = 120
scope = "person"
"#;

fn document(holds: &str) -> String {
    format!(
        r#"id = "trial-2026"
title = "试验"
issuer = "试验"
status = "in_force"
status_note = "试验"
summary = "试验"
article = "一"
issued = 2026-01-01
place = {{ id = "trial", name = "试验", full_name = "试验", division = "999999" }}

[[categories]]
id = "all"
label = "全部"
says = "全部"
requires = ["one"]
article = "二"

[[requirements]]
id = "one"
label = "条件"
says = "条件"
holds = '{holds}'
article = "二"
"#
    )
}

fn problems(text: &str) -> Vec<String> {
    let dictionary = compile::dictionary(File { name: "facts.toml", text: FACTS }).ok().unwrap();
    match compile::document(File { name: "trial.toml", text }, FACTS, &dictionary, None) {
        Ok(_) => Vec::new(),
        Err(found) => found.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn good_conditions_compile() {
    for holds in [
        "income_each <= yuan(3500)",
        "income_each < yuan(\"840.01\") && area <= m2(13) * people",
        "!(tier == \"a\") || sold_on < today - years(2)",
        "tier in [\"a\", \"b\"] ? area < m2(\"0.5\") : people > 2",
        "sold_on >= date(\"2023-08-22\")",
        "yuan(100) >= income",
        "round_up(income_each, yuan(1)) <= yuan(3500)",
        "income_each <= (people == 1 ? yuan(3000) : yuan(2500))",
    ] {
        let found = problems(&document(holds));
        assert!(found.is_empty(), "{holds}: {found:?}");
    }
}

#[test]
fn wrong_conditions_say_what_is_wrong_and_where() {
    for (holds, said) in [
        ("incom <= yuan(1)", "no fact is called `incom`; did you mean `income`?"),
        ("income_eac <= yuan(1)", "did you mean `income_each`?"),
        ("income <= 3500", "cannot be compared with a plain number"),
        ("area <= yuan(13)", "cannot be compared with money"),
        ("sold_on < years(2)", "cannot be compared with a length of time"),
        ("people >= 1", "holds whatever the facts are"),
        ("people > 30", "can never hold"),
        ("tier == \"c\"", "has no choice `c`; it has a, b"),
        ("tier < \"a\"", "compared with == or !="),
        ("age > 18", "told of each person"),
        ("yuan(1) < yuan(2)", "compares two literals"),
        ("income", "this must be a condition"),
        ("income <=", "cannot be read"),
        ("income * income <= yuan(1)", "does not go with"),
        ("income / people <= yuan(\"0.001\")", "at most two decimals"),
        ("income / (people - 1) <= yuan(1)", "the divisor must be at least 1"),
        ("income.size() > 1", "not understood"),
        ("has(income.x)", "not understood"),
        ("1.5 < 2.5", "only whole numbers"),
        ("income <= yuan(3500.5)", "a fraction is a text"),
        ("sold_on < date(\"2023-02-30\")", "is not a date"),
    ] {
        let text = document(holds);
        let line = text.lines().position(|l| l.starts_with("holds")).unwrap() + 1;
        let found = problems(&text);
        assert!(
            found.iter().any(|p| p.starts_with(&format!("trial.toml:{line}:")) && p.contains(said)),
            "{holds}: wanted `{said}` on line {line}, got {found:?}"
        );
    }
}

#[test]
fn every_problem_is_told_at_once() {
    let text = document("income_each <= m2(1)")
        .replace("requires = [\"one\"]", "requires = [\"one\", \"two\"]")
        .replace("division = \"999999\"", "division = \"99\"")
        + "\n[[windows]]\nid = \"w\"\nlabel = \"期\"\nsays = \"期\"\nfrom = \"02-30\"\nuntil = \"08-20\"\nby = \"人\"\narticle = \"三\"\nreadings = [\"A-99\"]\n";
    let found = problems(&text).join("\n");
    for said in [
        "cannot be compared with an area",
        "no requirement is called `two`",
        "is not six digits",
        "`02-30` is not a day",
        "no reading of this document is called `A-99`",
    ] {
        assert!(found.contains(said), "{said} not in\n{found}");
    }
    let misspelt = document("people > 2")
        + "\n[[bars]]\nid = \"b\"\nlable = \"x\"\n\n[[clocks]]\nid = \"c\"\nlength = \"ten\"\n";
    let found = problems(&misspelt);
    assert!(found.len() >= 2 && found.iter().any(|p| p.contains("lable")), "{found:?}");
    // A misspelt key hides no wrong condition.
    let misspelt = document("income <= m2(1)") + "\n[[clocks]]\nid = \"c\"\nartcle = \"三\"\n";
    let found = problems(&misspelt).join("\n");
    for said in ["`artcle` is no key here; did you mean `article`?", "cannot be compared with an area"] {
        assert!(found.contains(said), "{said} not in\n{found}");
    }
    let empty = document("people > 2")
        + "\n[[clocks]]\nid = \"c\"\nlabel = \"x\"\nsays = \"x\"\nstarts = \"x\"\nlength = 0\nunit = \"days\"\nby = \"x\"\narticle = \"三\"\n";
    assert!(problems(&empty).join("\n").contains("clock `c` has no length"));
}

#[test]
fn wrong_calculators_say_what_is_wrong() {
    let calculator = |input: &str, step: &str| {
        document("people > 2")
            + "\n[[calculators]]\nid = \"c\"\nlabel = \"算\"\nsays = \"算\"\narticle = \"三\"\n"
            + &format!(
                "[[calculators.inputs]]\nid = \"rent\"\nlabel = \"租\"\nquestion = \"租？\"\n{input}\n"
            )
            + &format!("[[calculators.steps]]\nid = \"r\"\nlabel = \"果\"\n{step}\n")
    };
    let money = "kind = \"money\"";
    let good = calculator(money, "gives = \"rent / 2\"\nunit = \"money\"\nresult = true");
    assert_eq!(problems(&good), Vec::<String>::new());
    for (input, step, said) in [
        (money, "gives = \"people * 2\"\nunit = \"count\"\nresult = true", "no fact is called `people`"),
        (money, "gives = \"rent\"\nunit = \"area\"\nresult = true", "not what `unit` says"),
        (money, "gives = \"rent\"\nunit = \"money\"", "no step is a result"),
        (money, "gives = \"yuan(1)\"\nunit = \"money\"\nresult = true", "no step uses `rent`"),
        (
            money,
            "gives = \"rent > yuan(1)\"\nunit = \"flag\"\nresult = true",
            "says what yes and what no means",
        ),
        (
            money,
            "gives = \"yuan(1) / rent\"\nunit = \"count\"\nresult = true",
            "the divisor must be at least 1",
        ),
        (money, "clock = \"no\"\ngives = \"today\"\nunit = \"date\"\nresult = true", "no such clock"),
        (money, "gives = \"rent\"\nunit = \"money\"\nper = \"week\"", "`week` is not known here"),
        (
            "kind = \"choice\"\nchoices = [{ id = \"a\", label = \"甲\" }, { id = \"b\", label = \"乙\" }]\nopen = [\"c\"]",
            "gives = \"rent == \\\"a\\\" ? yuan(1) : yuan(2)\"\nunit = \"money\"\nresult = true",
            "`rent` has no choice `c` to leave open",
        ),
    ] {
        let found = problems(&calculator(input, step)).join("\n");
        assert!(found.contains(said), "{said} not in\n{found}");
    }
    let divides = calculator(
        "kind = \"money\"\npositive = true",
        "gives = \"yuan(1) / rent\"\nunit = \"count\"\nresult = true",
    );
    assert_eq!(problems(&divides), Vec::<String>::new());
}

/// A served file with a mistake of each kind, many of them side by side in one item: each is told, at its line,
/// and nothing that only follows from one.
#[test]
fn no_mistake_hides_another_and_none_is_made_up() {
    let mistakes = [
        ("status = \"in_force\"", "status = \"in_forse\"", "did you mean `in_force`?"),
        ("division = \"433127\"", "divison = \"433127\"", "did you mean `division`?"),
        ("issued = \"2023-08-22\"", "issued = \"2023-13-22\"", "a date YYYY-MM-DD is wanted"),
        ("length = 20", "length = \"ten\"", "a whole number from 0 is wanted"),
        ("length = 15", "length = -3", "the number -3"),
        ("unit = \"working_days\"", "unit = \"workdays\"", "`workdays` is not known here"),
        ("requires = [", "requirs = [", "did you mean `requires`?"),
        (
            "\"never_social_housing\"",
            "\"never_socal_housing\"",
            "no requirement is called `never_socal_housing`",
        ),
        ("years = 2\n", "years = \"2\"\n", "a whole number from 0 is wanted"),
        ("years = 5\n", "years = 0\n", "bar `deceit` has no length"),
        ("article = \"第十六条第一项\"", "artcle = \"第十六条第一项\"", "did you mean `article`?"),
        ("label = \"收入证明\"", "label = 5", "a text in quotes is wanted"),
        (
            "cases = [\"application\", \"employer_group\"]\narticle",
            "cases = \"application\"\narticle",
            "a list in [ ] is wanted",
        ),
        ("case = \"swap\"", "case = \"swop\"", "did you mean `swap`?"),
        ("pays = { fixed = \"yuan(525)\" }", "pay = { fixed = \"yuan(525)\" }", "did you mean `pays`?"),
        ("pays = { fixed = \"yuan(450)\" }", "pays = \"yuan(450)\"", "it is `fixed`, `computed` or `ask`"),
        ("holds = \"!policy_home\"", "holds = \"!policy_hom\"", "did you mean `policy_home`?"),
        (
            "readings = [\"A-32\", \"A-35\"]",
            "readings = [\"A-99\"]",
            "no reading of this document is called `A-99`",
        ),
        ("from = \"10-01\"", "from = \"13-01\"", "`13-01` is not a day"),
        ("next = [", "nxt = [", "did you mean `next`?"),
        ("clock = \"vacate\"", "clock = \"vacat\"", "no clock is called `vacat`"),
        ("[[exits]]", "[[exit]]", "did you mean `exits`?"),
        ("kind = \"money\"", "kind = \"mony\"", "did you mean `money`?"),
        ("says = \"户口在永顺县，在永顺县的单位上班。\"\n", "", "`says` is missing"),
    ];
    let mut text = include_str!("../data/yongshun-2023.toml").to_owned();
    for (good, bad, _) in mistakes {
        assert!(text.contains(good), "{good}");
        text = text.replacen(good, bad, 1);
    }
    let facts = include_str!("../data/facts.toml");
    let dictionary = compile::dictionary(File { name: "facts.toml", text: facts }).ok().unwrap();
    let found =
        compile::document(File { name: "trial.toml", text: &text }, facts, &dictionary, None).unwrap_err();
    let lines: Vec<&str> = text.lines().collect();
    for (_, bad, said) in mistakes {
        let told = found.iter().any(|p| p.message.contains(said) && lines[p.line - 1].contains(bad.trim_end()))
            // What is missing, or said of an item, is told at the item's head.
            || found.iter().any(|p| p.message.contains(said) && lines[p.line - 1].starts_with('['))
            || found.iter().any(|p| p.message.contains(said) && bad.contains('\n'));
        assert!(told, "`{bad}`: `{said}` not at its line in {found:#?}");
    }
    assert_eq!(found.len(), mistakes.len(), "{found:#?}");
}

#[test]
fn the_dictionary_is_told_all_its_mistakes() {
    let text = FACTS
        .replace("kind = \"money\"", "kind = \"mony\"")
        .replace("label = \"人口\"", "labl = \"人口\"")
        .replacen("people * 12", "peple * 12", 1);
    let found = compile::dictionary(File { name: "facts.toml", text: &text }).err().unwrap();
    let found: Vec<_> = found.iter().map(|p| p.message.as_str()).collect();
    for said in ["did you mean `money`?", "did you mean `label`?", "no fact is called `peple`"] {
        assert!(found.iter().any(|message| message.contains(said)), "{said} not in {found:#?}");
    }
    assert_eq!(found.len(), 3, "{found:#?}");
    let other =
        compile::dictionary(File { name: "facts.toml", text: "[[facts]]\nid = \"a\"\n" }).err().unwrap();
    assert!(other.iter().any(|p| p.line == 1 && p.message.contains("did you mean `fact`?")), "{other:#?}");
}

/// What happens to a line: lost, doubled elsewhere, moved to the top, cut short, or given a value of another kind.
type Edit = (Index, Index, u8);

fn garbled(edits: &[Edit]) -> String {
    let mut lines: Vec<&str> = include_str!("../data/qujing-2018.toml").lines().collect();
    for (at, to, what) in edits {
        let at = at.index(lines.len());
        let line = lines[at];
        match what {
            0 => drop(lines.remove(at)),
            1 => lines.insert(to.index(lines.len()), line),
            2 => lines.swap(at, 0),
            3 => lines[at] = line.split_once(' ').map_or("", |(key, _)| key),
            _ => lines[at] = line.split_once("= ").map_or(line, |_| "label = [1, { a = 2 }]"),
        }
    }
    lines.join("\n")
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec((any::<Index>(), any::<Index>(), 0_u8..5), 1..7)
}

fn told(text: &str) -> Vec<Problem> {
    static DICTIONARY: LazyLock<Dictionary> =
        LazyLock::new(|| compile::dictionary(File { name: "facts.toml", text: DATA_FACTS }).ok().unwrap());
    let file = File { name: "trial.toml", text };
    compile::document(file, DATA_FACTS, &DICTIONARY, None).err().unwrap_or_default()
}

const DATA_FACTS: &str = include_str!("../data/facts.toml");

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// A garbled file is told or compiled, never a panic, and each problem at a line that there is.
    #[test]
    fn a_garbled_file_is_told_without_a_panic(edits in edits()) {
        let text = garbled(&edits);
        for problem in told(&text) {
            prop_assert!((1..=text.lines().count() + 1).contains(&problem.line), "{}", problem);
            prop_assert!(!problem.message.contains('\u{1a}'), "{}", problem);
        }
    }
}

#[test]
fn most_garbled_files_are_told() {
    let told = worked::samples(edits(), 60).filter(|edits| !told(&garbled(edits)).is_empty()).count();
    assert!(told > 40, "{told}");
}

#[test]
fn a_kind_of_case_names_its_papers_or_says_that_there_are_none() {
    let procedure = |more: &str| {
        document("people > 2")
            + &format!(
                "\n[[procedures]]\ncase = \"swap\"\nlabel = \"换\"\nsays = \"换\"\n{more}article = \"三\"\n"
            )
            + "[[procedures.stages]]\nid = \"sent\"\nlabel = \"交\"\nsays = \"交\"\nby = \"人\"\narticle = \"三\"\n"
    };
    let paper = "\n[[papers]]\nid = \"p\"\nlabel = \"证\"\ncases = [\"swap\"]\narticle = \"三\"\n";
    let none = "no_papers = \"文件没有写。\"\n";
    assert_eq!(problems(&procedure(none)), Vec::<String>::new());
    assert_eq!(problems(&(procedure("") + paper)), Vec::<String>::new());
    assert!(problems(&procedure("")).join("\n").contains("say in `no_papers`"));
    assert!(problems(&(procedure(none) + paper)).join("\n").contains("but a paper names this kind of case"));
}

#[test]
fn bad_toml_says_its_line() {
    let found = problems("id = \"x\"\ntitle = \n");
    assert!(found.iter().any(|p| p.starts_with("trial.toml:2:")), "{found:?}");
}

/// What an item says in words and what its key says must agree, and what it names must be there.
#[test]
fn words_and_keys_that_disagree_are_told() {
    let clock = |says: &str, rest: &str| {
        format!(
            "{}\n[[clocks]]\nid = \"waiting\"\nlabel = \"轮候\"\nsays = \"{says}\"\nstarts = \"登记\"\nlength = 3\n\
             unit = \"years\"\nby = \"窗口\"\n{rest}article = \"三\"\n",
            document("people > 2")
        )
    };
    let said = |text: &str| problems(text).join("\n");
    assert_eq!(said(&clock("一般不超过三年。", "as_a_rule = true\n")), "");
    assert_eq!(said(&clock("不超过三年。", "")), "");
    assert!(said(&clock("原则上不超过三年。", "")).contains("add `as_a_rule = true`"));
    assert!(said(&clock("不超过三年。", "as_a_rule = true\n")).contains("does not say 一般 or 原则上"));
    let stage = |says: &str, rest: &str| {
        format!(
            "{}\n[[procedures]]\ncase = \"application\"\nlabel = \"申请\"\nsays = \"申请\"\nno_papers = \"没有写\"\n\
             article = \"三\"\n[[procedures.stages]]\nid = \"submitted\"\nlabel = \"已提交\"\nsays = \"{says}\"\nby = \"本站\"\n\
             {rest}article = \"三\"\n",
            document("people > 2")
        )
    };
    assert_eq!(said(&stage("这一步是本站的。", "ours = true\n")), "");
    assert!(said(&stage("这一步是本站的。", "")).contains("go together"));
    assert!(said(&stage("窗口收件。", "ours = true\n")).contains("go together"));
    let second = |first: &str, rest: &str| {
        let more = format!("next = [\"done\"]\nours = true\n{first}");
        let first = stage("这一步是本站的。", &more);
        format!(
            "{first}[[procedures.stages]]\nid = \"done\"\nlabel = \"完\"\nsays = \"完\"\nby = \"窗口\"\n{rest}article = \"三\"\n"
        )
    };
    assert_eq!(said(&second("", "roles = [\"office\", \"town\"]\n")), "");
    assert!(said(&second("", "")).contains("who may move a case into it"));
    assert!(said(&second("roles = [\"office\"]\n", "roles = [\"office\"]\n")).contains("it has no `roles`"));
    assert!(said(&second("", "roles = [\"auditor\"]\n")).contains("who changes nothing"));
    assert!(said(&second("", "roles = [\"mayor\"]\n")).contains("mayor"));
    let remedy = "roles = [\"office\"]\nremedy = { says = \"可以申请复核。\", article = \"四\" }\n";
    assert!(said(&second("", remedy)).contains("is not `adverse`"));
    assert_eq!(said(&second("", &format!("adverse = true\n{remedy}"))), "");
    let interrupts = said(&second("", "roles = [\"office\"]\ninterrupts = true\n"));
    assert!(interrupts.contains("no stage before it must last"), "{interrupts}");
    let item = |head: &str, rest: &str| {
        let text = document("people > 2");
        format!("{text}\n[[{head}]]\nid = \"one\"\nlabel = \"一\"\nsays = \"一\"\n{rest}article = \"三\"\n")
    };
    assert_eq!(said(&item("open_clauses", "categories = [\"all\"]\n")), "");
    assert!(
        said(&item("open_clauses", "categories = [\"some\"]\n")).contains("no category is called `some`")
    );
    assert_eq!(said(&item("reminders", "")), "");
    assert!(said(&item("reminders", "window = \"august\"\n")).contains("no window is called `august`"));
    assert!(
        said(&item("benefits", "per = \"month\"\nopen = [\" \"]\n")).contains("an open line says nothing")
    );
    let fails = document("people > 2").replace("holds =", "fails_if = 'peple > 2'\nholds =");
    assert!(said(&fails).contains("requirement `one`, fails_if: no fact is called `peple`"));
}

/// A form on paper fills its rows, and asks for nothing that the form does not.
#[test]
fn a_sheet_that_does_not_fit_its_form_is_told() {
    let form = |sheet: &str| {
        format!(
            "{}\n[[procedures]]\ncase = \"renewal\"\nlabel = \"续\"\nsays = \"续\"\nno_papers = \"没有写\"\n\
             article = \"三\"\n[[procedures.stages]]\nid = \"submitted\"\nlabel = \"已提交\"\nsays = \"这一步是本站的。\"\n\
             by = \"本站\"\nours = true\narticle = \"三\"\n[[forms]]\ncase = \"renewal\"\nwhom = \"来写。\"\n\
             sheet_title = \"表\"\narticle = \"三\"\n[[forms.parts]]\nid = \"a\"\ntitle = \"甲\"\n[[forms.parts.fields]]\n\
             id = \"b\"\nlabel = \"乙\"\nkind = \"yes_no\"\narticle = \"三\"\n{sheet}",
            document("people > 2")
        )
    };
    let row = |more: &str, cells: &str| {
        let sheet = format!("[[forms.sheet]]\nname = \"一\"\n{more}cells = [{cells}]\narticle = \"三\"\n");
        problems(&form(&sheet)).join("\n")
    };
    assert_eq!(row("", "{ text = \"[a.b=yes]有{a.b}____\", wide = 24 }"), "");
    assert_eq!(row("side = \"旁\"\n", "{ text = \"{a.b}\", wide = 22 }"), "");
    for (more, cells, told) in [
        ("", "{ head = \"头\", wide = 23 }", "its cells take 23 of 24 columns"),
        ("side = \"旁\"\n", "{ head = \"头\", wide = 24 }", "its cells take 24 of 22 columns"),
        ("each = \"a\"\n", "{ text = \"{b}\", wide = 24 }", "no part that can be filled in more than once"),
        ("", "{ text = \"{a.c}\", wide = 24 }", "this form asks for no `a.c`"),
        ("", "{ text = \"[a.b=maybe]\", wide = 24 }", "`maybe` is no answer to `b`"),
        ("", "{ text = \"{a.b@万}\", wide = 24 }", "`b` is no money"),
        ("", "{ text = \"{a.b\", wide = 24 }", "is not closed"),
        ("", "{ text = \"<a|{b}>\", wide = 24 }", "no part that can be filled in more than once"),
    ] {
        let said = row(more, cells);
        assert!(said.contains(told), "{cells}: {said}");
    }
    assert!(problems(&form("")).join("\n").contains("go together"));
}
