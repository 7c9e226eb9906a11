//! Numbers with years, tables, days of validity, sums that only the office can say, what is owed, points: invented
//! documents decided by the engine, and counted again by a few lines of Rust that know nothing of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use policies::{
    Answer, Assessment, Decider, Household, Outcome, Rulebook, Scored, Value, amount_steps, assess,
    compile::{self, File},
    score, turns,
};
use worked::{Shelf, samples};

const FIRST: &str = include_str!("../examples/format/years-and-tables.toml");
const NEXT: &str = include_str!("../examples/format/years-and-tables-2027.toml");
const FACTS: &str = include_str!("../examples/format/facts.toml");

fn compiled(first: &str) -> Result<policies::program::Book, Vec<compile::Problem>> {
    let facts = File { name: "facts.toml", text: FACTS };
    let documents = [File { name: "first.toml", text: first }, File { name: "next.toml", text: NEXT }];
    let calendar = File { name: "calendar.json", text: include_str!("../data/calendar.json") };
    compile::book(facts, &documents, calendar, None)
}

fn shelf() -> &'static Shelf {
    static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
        let book = compiled(FIRST).unwrap_or_else(|problems| {
            panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        });
        Shelf::new(book, Vec::new())
    });
    &SHELF
}

fn book() -> &'static Rulebook {
    &shelf().book
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn number(n: i64) -> Value {
    Value::Number(n)
}

fn choice(id: &str) -> Value {
    Value::Choice(id.to_owned())
}

fn household(facts: &[(&str, Value)]) -> Household {
    let facts = facts.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect();
    Household { facts, people: Vec::new() }
}

fn decide(facts: &[(&str, Value)], on: &str) -> Assessment<'static> {
    assess(book().document("format-years-2025").unwrap(), &household(facts), day(on)).unwrap()
}

fn money(found: &Assessment, benefit: &str) -> Option<(i64, i64)> {
    found.money.iter().find(|m| m.benefit == benefit).map(|m| (m.least, m.most))
}

/// The document once more: what a household of known facts is told on a day.
struct Told {
    income: Answer,
    housing: Answer,
    table: i64,
    /// None: ask the office.
    rent: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
struct Family {
    people: i64,
    income: i64,
    home: i64,
    tier: usize,
    core: bool,
    rented: i64,
}

const TIERS: [&str; 3] = ["dibao", "low_income", "general"];

fn again(of: Family, on: NaiveDate) -> Told {
    let ymd = (on.year(), on.month(), on.day());
    let yearly: Option<i64> = match ymd {
        d if d < (2026, 7, 1) => Some(3_600_000),
        d if d <= (2026, 11, 30) => Some(3_960_000),
        _ => None,
    };
    let income = match yearly {
        // income / people / 12 <= yearly × 80 / 100 / 12
        Some(yearly) if of.income * 100 <= yearly * 80 * of.people => Answer::Met,
        Some(_) => Answer::NotMet,
        None => Answer::Ask,
    };
    let housing = if ymd < (2026, 3, 1) {
        Answer::Met
    } else if of.home == 1_500 * of.people && ymd <= (2026, 8, 31) {
        Answer::Ask
    } else if of.home < 1_500 * of.people {
        Answer::Met
    } else {
        Answer::NotMet
    };
    let table = match (of.tier, of.core, of.people) {
        (0, true, 1..=2) => 50_000,
        (0, true, _) => 65_050,
        (0, false, 1..=2) => 40_000,
        (0, false, _) => 52_000,
        (1, true, 1) => 30_000,
        (1, true, 2..=3) => 36_000,
        (1, true, _) => 42_000,
        (1, false, _) => 25_000,
        _ => 0,
    };
    let full = of.rented.min(6_000) * 12;
    let share = match of.tier {
        0 => 10,
        1 => 30,
        _ if ((2026, 1, 1)..=(2026, 6, 30)).contains(&ymd) => 50,
        _ => 70,
    };
    Told { income, housing, table, rent: (of.rented <= 9_000).then_some(full * share / 100) }
}

#[test]
fn a_second_program_counts_the_same() {
    let days = [
        "2025-01-01",
        "2025-12-31",
        "2026-01-01",
        "2026-02-28",
        "2026-03-01",
        "2026-06-30",
        "2026-07-01",
        "2026-08-31",
        "2026-09-01",
        "2026-11-30",
        "2026-12-01",
        "2026-12-31",
    ];
    let mut counted = 0;
    for on in days {
        let decider = Decider::new(book().document("format-years-2025").unwrap(), day(on)).unwrap();
        for people in [1, 2, 3, 4, 7] {
            for (tier, core) in [(0, true), (0, false), (1, true), (1, false), (2, true)] {
                for by in [-1, 0, 1] {
                    for (line, rented) in
                        [(3_600_000, 5_999), (3_960_000, 6_001), (3_600_000, 9_000), (0, 9_001)]
                    {
                        let income = (line * 80 / 100 * people + by).max(0);
                        let of = Family { people, income, home: 1_500 * people + by, tier, core, rented };
                        let facts = [
                            ("people", number(people)),
                            ("income_12_months", number(income)),
                            ("home_area", number(of.home)),
                            ("area_basis", choice("built")),
                            ("tier", choice(TIERS[tier])),
                            ("district", choice(if core { "core" } else { "outer" })),
                            ("rented_area", number(rented)),
                        ];
                        let told = again(of, day(on));
                        let found = decide(&facts, on);
                        let category = found.category("household").unwrap();
                        let answer = |id| category.requirement(id).unwrap().answer;
                        assert_eq!(
                            (answer("income"), answer("housing")),
                            (told.income, told.housing),
                            "{of:?} {on}"
                        );
                        if found.outcome == Some(Outcome::NotEligible) {
                            continue;
                        }
                        let table = money(&found, "table").unwrap_or_default();
                        assert_eq!(table, (told.table, told.table), "{of:?} {on}");
                        let rent = money(&found, "rent");
                        assert_eq!(rent, told.rent.map(|rent| (rent, rent)), "{of:?} {on}");
                        let row = decider.lay_out(&household(&facts)).unwrap();
                        assert_eq!(Some(decider.decide(&row).outcome), found.outcome);
                        counted += 1;
                    }
                }
            }
        }
    }
    assert!(counted > 1_000, "{counted}");
}

#[test]
fn an_amount_that_only_the_office_can_say_says_whom_to_ask_and_no_sum() {
    let known = [("people", number(1)), ("tier", choice("dibao")), ("income_12_months", number(0))];
    let asked = |rented: Option<i64>| {
        let mut facts = known.to_vec();
        facts.extend(rented.map(|area| ("rented_area", number(area))));
        let found = decide(&facts, "2026-08-01");
        let without = found.without_sum.iter().find(|without| without.benefit == "rent").cloned();
        (money(&found, "rent"), without.map(|w| (w.missing.join(" "), w.ask.map(|says| says.to_string()))))
    };
    assert_eq!(asked(Some(9_000)), (Some((7_200, 7_200)), None));
    let says = "超过90平方米的，租金按合同，请问窗口。".to_owned();
    assert_eq!(asked(Some(9_001)), (None, Some((String::new(), Some(says)))));
    assert_eq!(asked(None), (None, Some(("rented_area".to_owned(), None))));
}

#[test]
fn a_band_that_is_unknown_widens_the_sum_no_further_than_it_must() {
    let facts = [("tier", choice("dibao")), ("district", choice("outer"))];
    assert_eq!(money(&decide(&facts, "2026-08-01"), "table"), Some((40_000, 52_000)));
    let facts = [("tier", choice("low_income")), ("district", choice("outer"))];
    assert_eq!(money(&decide(&facts, "2026-08-01"), "table"), Some((25_000, 25_000)));
    let facts = [("tier", choice("low_income")), ("people", number(3))];
    assert_eq!(money(&decide(&facts, "2026-08-01"), "table"), Some((25_000, 36_000)));
}

#[test]
fn what_the_keys_say_is_told_in_the_texts() {
    let document = book().document("format-years-2025").unwrap().document();
    let says = |id| document.requirement(id).unwrap().says.clone();
    assert!(says("housing").ends_with("（这一条管2026年3月1日起。）"), "{}", says("housing"));
    assert!(!says("income").contains('（'));
    let asks: Vec<_> =
        document.requirement("income").unwrap().ask.iter().map(|ask| ask.says.as_str()).collect();
    assert_eq!(asks, ["上年人均可支配收入只公布到2026年11月30日，之后按多少算，请问窗口。"]);
    let table = document.benefit("table").unwrap();
    assert!(table.says.ends_with("按月算，每季度发一次。"));
    assert_eq!(table.rows[0].label, "低保，城区，家庭人口 1-2");
    let rent = document.benefit("rent").unwrap();
    assert_eq!(rent.label, "租金（要交的）");
    assert!(rent.says.ends_with("公租房租金＝租住面积（最多60平方米）×每平方米12元。"));
    assert_eq!(rent.rows[3].label, "租金的50%（2026年1月1日到2026年6月30日）");
    let found = decide(&[("rented_area", number(100)), ("tier", choice("dibao"))], "2026-08-01");
    let owed = |id: &str| found.money.iter().find(|m| m.benefit == id).unwrap().owed;
    assert!(owed("rent") && !owed("table"));
    // A key that no document of the residents uses costs its records nothing.
    assert!(!serde_json::to_string(&found.money[0]).unwrap().contains("owed"));
}

#[test]
fn a_comparison_of_the_day_alone_is_no_distance_and_no_date_to_wait_for() {
    let facts = [("people", number(1)), ("home_area", number(2_000)), ("area_basis", choice("built"))];
    let found = decide(&facts, "2026-05-01");
    let housing = found.category("household").unwrap().requirement("housing").unwrap();
    assert_eq!(housing.margins.iter().map(|m| &*m.fact).collect::<Vec<_>>(), ["home_area_per_person"]);
    assert!(found.first_days.is_empty());
}

#[test]
fn a_step_is_worked_out_to_be_shown() {
    let doc = book().document("format-years-2025").unwrap();
    let step = |facts: &[(&str, Value)]| {
        let steps = amount_steps(doc, &household(facts), day("2026-08-01"), "rent").unwrap();
        steps.into_iter().map(|(step, value)| (step.label.clone(), value)).collect::<Vec<_>>()
    };
    let label = "公租房租金".to_owned();
    assert_eq!(step(&[("rented_area", number(7_000))]), [(label.clone(), Some(72_000))]);
    assert_eq!(step(&[]), [(label, None)]);
}

#[test]
fn a_place_asks_in_its_own_words_and_no_other_does() {
    let fact = book().fact("tier").unwrap();
    let question = |id| book().document(id).unwrap().question(fact);
    assert_eq!(question("format-years-2025"), "示例市丙的民政部门认定您家为哪一类？");
    assert_eq!(question("format-years-2027"), "民政部门认定为哪一类？");
}

#[test]
fn a_day_falls_under_one_version_of_a_place() {
    let of = |on: &str| book().document_of_place("format_years", day(on)).unwrap().document().id.clone();
    assert_eq!(of("2024-12-31"), "format-years-2025");
    assert_eq!(of("2026-12-31"), "format-years-2025");
    assert_eq!(of("2027-01-01"), "format-years-2027");
    let both = FIRST.replace("valid_until = \"2026-12-31\"", "valid_until = \"2027-01-01\"");
    let problems = compiled(&both).unwrap_err();
    assert!(problems[0].message.contains("are both in force on some date in one place"), "{problems:?}");
}

#[test]
fn net_assets_may_lie_below_zero() {
    let doc = book().document("format-years-2027").unwrap();
    let answer = |assets, debts| {
        let facts = [("assets", number(assets)), ("debts", number(debts))];
        assess(doc, &household(&facts), day("2027-03-01")).unwrap().outcome.unwrap()
    };
    assert_eq!(answer(15_000_000, 5_000_000), Outcome::Eligible);
    assert_eq!(answer(15_000_001, 5_000_000), Outcome::NotEligible);
    assert_eq!(answer(0, 90_000_000), Outcome::Eligible);
}

/// Full years by counting anniversaries on the calendar; 29 February comes round on 28 February.
fn years(since: NaiveDate, until: NaiveDate) -> i64 {
    (1..=10)
        .filter(|years| until.checked_sub_months(chrono::Months::new(12 * years)).unwrap() >= since)
        .count() as i64
}

#[test]
fn points_and_turns_are_counted_again_by_a_second_program() {
    let doc = book().document("format-years-2027").unwrap();
    let on = day("2028-02-29");
    let mut all = Vec::new();
    let mut again = Vec::new();
    for since in
        ["2028-02-29", "2027-03-01", "2027-02-28", "2024-02-29", "2018-03-01", "2018-02-28", "2010-05-05"]
    {
        for people in [1, 5, 6] {
            for tier in TIERS {
                let facts = [
                    ("applied_on", Value::Date(day(since))),
                    ("people", number(people)),
                    ("tier", choice(tier)),
                ];
                let scored = score(doc, &household(&facts), on).unwrap().unwrap();
                let points = years(day(since), on) * 2 + people.min(5) + if tier == "dibao" { 5 } else { 0 };
                assert_eq!(scored.total, Some(points), "{since} {people} {tier}");
                all.push(scored);
                again.push((-points, day(since)));
            }
        }
    }
    let expected: Vec<_> =
        again.iter().map(|own| Some(1 + again.iter().filter(|other| *other < own).count())).collect();
    assert_eq!(turns(&all), expected);
    // Whose points are not known has no turn, and takes nobody's.
    let unknown: Scored = score(doc, &household(&[("people", number(2))]), on).unwrap().unwrap();
    assert_eq!(
        unknown.items.iter().map(|i| i.missing.join(" ")).collect::<Vec<_>>(),
        ["applied_on", "", "tier"]
    );
    let with: Vec<Scored> = std::iter::once(unknown).chain(all).collect();
    assert_eq!(turns(&with), [vec![None], expected].concat());
    // A document without points gives none.
    assert_eq!(score(book().document("format-years-2025").unwrap(), &household(&[]), on), Ok(None));
}

#[test]
fn the_fast_path_agrees() {
    for on in ["2026-02-28", "2026-05-01", "2026-12-15"].map(day) {
        for near in shelf().deciding().filter(|near| near.doc.document().id == "format-years-2025") {
            let decider = Decider::new(near.doc, on).unwrap();
            let mut table = decider.table();
            let mut full = Vec::new();
            for family in samples(near.household(0.6, on), 1_500) {
                let row = decider.lay_out(&family).unwrap();
                let found = assess(near.doc, &family, on).unwrap();
                let alone = decider.decide(&row);
                assert_eq!(Some(alone.outcome), found.outcome, "{family:?}");
                table.push(&row);
                full.push((alone.outcome, alone.money));
            }
            let mut fast = Vec::new();
            decider.decide_all(&table, |verdict| fast.push((verdict.outcome, verdict.money)));
            assert_eq!(fast, full);
        }
    }
}

/// What is written wrongly is told where it stands.
#[test]
fn mistakes_are_told_with_their_lines() {
    let mistakes = [
        (
            "低保,城区,3+,650.50",
            "低保,城区,4+,650.50",
            "between this band of `people` and the one before it something is left out",
        ),
        ("低保,城区,3+,650.50", "低保,城区,2+,650.50", "overlaps the one before it"),
        (
            "低保,郊区,3+,520",
            "低宝,郊区,3+,520",
            "`tier` has no choice `低宝`; it has dibao, low_income, general",
        ),
        ("低保,郊区,3+,520", "低保,郊区,3+,五百", "`五百` is no amount in yuan"),
        ("低保,郊区,3+,520", "低保,郊区,520", "the line has 3 cells, the head 4"),
        (
            "tier,district,家庭人口,元",
            "tier,distrit,家庭人口,元",
            "no fact of a household is called `distrit`; did you mean `district`?",
        ),
        ("tier,district,家庭人口,元", "tier,district,家庭人口,万元", "the last head of the table is 元"),
        (
            "low_income,outer,1+,250",
            "low_income,outer,1+,250\nlow_income,outer,1+,260",
            "overlaps the one before it",
        ),
        (
            "fact = \"tier\"",
            "fact = \"tierr\"",
            "no fact that is asked for is called `tierr`; did you mean `tier`?",
        ),
        ("from = \"2026-07-01\", until", "until", "every value but the first wants `from`"),
        ("gives = \"yuan(39600)\"", "gives = \"m2(39600)\"", "this is an area"),
        ("gives = \"yuan(36000)\"", "gives = \"income_12_months\"", "names no fact and no day"),
        ("id = \"disposable_income\"", "id = \"people\"", "a fact is called `people`"),
        ("<= disposable_income", "<= disposible_income", "did you mean `disposable_income`?"),
        (
            "valid_from = \"2026-03-01\"",
            "valid_from = \"2024-03-01\"",
            "the document itself is in force no earlier",
        ),
        (
            "valid_until = \"2026-08-31\"",
            "valid_until = \"2027-08-31\"",
            "the document itself is in force no longer",
        ),
        ("unit = \"money\"", "unit = \"area\"", "step `full_rent`: this is money"),
        ("full_rent * 30", "ful_rent * 30", "did you mean `full_rent`?"),
    ];
    for (good, bad, said) in mistakes {
        assert!(FIRST.contains(good), "{good}");
        let text = FIRST.replacen(good, bad, 1);
        let problems = compiled(&text).err().unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let at_line = |p: &&compile::Problem| bad.lines().any(|bad| lines[p.line - 1].contains(bad));
        let told = problems.iter().any(|p| p.message.contains(said) && at_line(&p));
        assert!(told, "`{bad}`: `{said}` not at its line in {problems:#?}");
        // Whoever names what another name was given to is told as well.
        assert!(problems.len() <= 2 || bad.starts_with("id = "), "{problems:#?}");
    }
}
