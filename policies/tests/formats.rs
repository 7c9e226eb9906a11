//! The data format can say what documents elsewhere say: two invented documents, compiled and decided.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::NaiveDate;
use policies::{
    Answer, Assessment, Decider, Household, Outcome, Rulebook, Value, assess,
    compile::{self, File},
    program::Book,
};
use proptest::prelude::*;
use worked::{Shelf, samples};

fn formats() -> &'static Rulebook {
    &formats_shelf().book
}

fn formats_shelf() -> &'static Shelf {
    static SHELF: LazyLock<Shelf> = LazyLock::new(|| Shelf::new(compile_formats(), Vec::new()));
    &SHELF
}

fn compile_formats() -> Book {
    let facts = File { name: "facts.toml", text: include_str!("../examples/format/facts.toml") };
    let documents = [
        File {
            name: "tier-size-district.toml",
            text: include_str!("../examples/format/tier-size-district.toml"),
        },
        File { name: "lines-by-size.toml", text: include_str!("../examples/format/lines-by-size.toml") },
    ];
    let calendar = File { name: "calendar.json", text: include_str!("../data/calendar.json") };
    compile::book(facts, &documents, calendar, None).unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

fn number(n: i64) -> Value {
    Value::Number(n)
}

fn choice(id: &str) -> Value {
    Value::Choice(id.to_owned())
}

fn decide(document: &str, facts: &[(&str, Value)], people: &[i64]) -> Assessment<'static> {
    let household = Household {
        facts: facts.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect(),
        people: people
            .iter()
            .map(|income| BTreeMap::from([("income_of_person".to_owned(), number(*income))]))
            .collect(),
    };
    let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    assess(formats().document(document).unwrap(), &household, on).unwrap()
}

fn money(found: &Assessment, benefit: &str) -> (i64, i64) {
    found.money.iter().find(|m| m.benefit == benefit).map(|m| (m.least, m.most)).unwrap()
}

fn outcome(found: &Assessment, category: &str) -> Outcome {
    found.category(category).unwrap().outcome
}

#[test]
fn a_table_has_three_keys_and_unknown_keys_widen_the_range() {
    let core =
        |tier, people| [("tier", choice(tier)), ("people", number(people)), ("district", choice("core"))];
    assert_eq!(money(&decide("format-tiers", &core("dibao", 2), &[]), "table"), (200_000, 200_000));
    assert_eq!(money(&decide("format-tiers", &core("dibao", 3), &[]), "table"), (260_000, 260_000));
    assert_eq!(money(&decide("format-tiers", &core("low_income", 2), &[]), "table"), (160_000, 160_000));
    let outer = [("tier", choice("low_income")), ("people", number(3)), ("district", choice("outer"))];
    assert_eq!(money(&decide("format-tiers", &outer, &[]), "table"), (170_000, 170_000));
    let unknown = [("tier", choice("dibao")), ("people", number(2))];
    assert_eq!(money(&decide("format-tiers", &unknown, &[]), "table"), (150_000, 200_000));
}

#[test]
fn a_share_of_the_rent_has_a_tariff_and_an_area_cap() {
    let rented = |rent, area| {
        [
            ("tier", choice("dibao")),
            ("people", number(2)),
            ("actual_rent_month", number(rent)),
            ("rented_area", number(area)),
        ]
    };
    // 1,500.00 yuan for 50.00 m² lies on the tariff: 70 % is 1,050.00.
    assert_eq!(money(&decide("format-tiers", &rented(150_000, 5_000), &[]), "share"), (105_000, 105_000));
    // 3,000.00 yuan for 90.00 m²: 60 m² at 30 yuan count.
    assert_eq!(money(&decide("format-tiers", &rented(300_000, 9_000), &[]), "share"), (126_000, 126_000));
}

#[test]
fn a_sum_that_cannot_be_said_names_what_is_missing() {
    let unsaid = |facts: &[(&str, Value)]| {
        let found = decide("format-tiers", facts, &[]);
        let unsaid = found.without_sum.iter().map(|w| (w.benefit.to_string(), w.missing.join(" ")));
        unsaid.collect::<Vec<_>>()
    };
    // 70 % of the rent: of a key that is missing every case is told, of a number none.
    assert_eq!(unsaid(&[]), [("share".to_owned(), "actual_rent_month rented_area".to_owned())]);
    let rent = ("actual_rent_month", number(100_001));
    assert_eq!(unsaid(std::slice::from_ref(&rent)), [("share".to_owned(), "rented_area".to_owned())]);
    assert_eq!(unsaid(&[rent, ("rented_area", number(9_000))]), []);
    // Whoever tells all of what is named is told a sum or a range.
    let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let mut said = 0;
    for near in formats_shelf().deciding() {
        let whole = (near.household(0.4, on), near.whole_household(on));
        for (mut told, whole) in samples(whole, 2_000) {
            for unsaid in assess(near.doc, &told, on).unwrap().without_sum {
                assert!(!unsaid.missing.is_empty(), "{told:?}");
                for fact in &unsaid.missing {
                    told.facts.insert(fact.to_string(), whole.facts[&**fact].clone());
                }
                let then = assess(near.doc, &told, on).unwrap();
                assert!(
                    then.without_sum.iter().all(|w| w.benefit != unsaid.benefit),
                    "{unsaid:?} is not enough"
                );
                said += 1;
            }
        }
    }
    assert!(said > 500, "{said}");
}

#[test]
fn an_answer_that_leaves_a_row_open_leaves_the_sum_open_even_where_the_row_holds() {
    let facts = File { name: "facts.toml", text: include_str!("../examples/format/facts.toml") };
    let row = r#"when = 'tier == "dibao" && people <= 2 && district == "core"'"#;
    let text = include_str!("../examples/format/tier-size-district.toml");
    let text = text.replacen(row, &format!("{row}\nperhaps = 'people == 2'"), 1);
    let documents = [File { name: "tier-size-district.toml", text: &text }];
    let calendar = File { name: "calendar.json", text: include_str!("../data/calendar.json") };
    let shelf = Shelf::new(compile::book(facts, &documents, calendar, None).unwrap(), Vec::new());
    let document = &shelf.book.documents()[0];
    let range = |people: i64| {
        let facts = [("tier", choice("dibao")), ("people", number(people)), ("district", choice("core"))];
        let facts = facts.map(|(id, value)| (id.to_owned(), value)).into();
        let household = Household { facts, people: Vec::new() };
        money(&assess(document, &household, "2026-06-01".parse().unwrap()).unwrap(), "table")
    };
    assert_eq!(range(1), (200_000, 200_000));
    assert_eq!(range(2), (150_000, 200_000));
    assert_eq!(range(3), (260_000, 260_000));
}

#[test]
fn each_case_of_a_missing_key_is_told_and_no_other() {
    let facts = [("people", number(2)), ("district", choice("core"))];
    let found = decide("format-tiers", &facts, &[]);
    let steps = |benefit: &str| {
        let sum = found.money.iter().find(|sum| sum.benefit == benefit).unwrap();
        sum.steps.iter().map(|step| step.amount).collect::<Vec<_>>()
    };
    // The rows of the outskirts apply to nobody here, whatever the tier.
    assert_eq!(steps("table"), [200_000, 160_000, 100_000]);
    assert_eq!(money(&found, "table"), (100_000, 200_000));
    // 1,200 yuan by 1 or 0.6, by 1.1: within an amount, too.
    assert_eq!(steps("product"), [79_200, 132_000]);
    assert_eq!(money(&found, "product"), (79_200, 132_000));
}

#[test]
fn coefficients_multiply() {
    let facts = [("tier", choice("low_income")), ("people", number(2)), ("district", choice("core"))];
    assert_eq!(money(&decide("format-tiers", &facts, &[]), "product"), (79_200, 79_200));
}

#[test]
fn an_income_line_depends_on_the_size_and_adds_up_from_people() {
    let facts = [("home_area", number(0)), ("area_basis", choice("built")), ("tier", choice("general"))];
    let two = decide("format-lines", &facts, &[2_700 * 1_200, 2_700 * 1_200]);
    assert_eq!(outcome(&two, "by_size"), Outcome::Eligible);
    let two = decide("format-lines", &facts, &[2_700 * 1_200, 2_700 * 1_200 + 1]);
    assert_eq!(outcome(&two, "by_size"), Outcome::NotEligible);
}

#[test]
fn a_statistic_is_taken_by_coefficient_and_rounded() {
    // 45,990 × 0.6 ÷ 12 = 2,299.50, rounded down to ten yuan: 2,290.
    let alone = |month: i64| {
        let facts = [("home_area", number(0)), ("area_basis", choice("built")), ("tier", choice("general"))];
        outcome(&decide("format-lines", &facts, &[month * 12]), "by_statistic")
    };
    assert_eq!(alone(229_000), Outcome::Eligible);
    assert_eq!(alone(229_001), Outcome::NotEligible);
}

#[test]
fn a_band_takes_one_bound_in_and_leaves_one_out() {
    let alone = |month: i64| {
        let facts = [("home_area", number(0)), ("area_basis", choice("built")), ("tier", choice("general"))];
        outcome(&decide("format-lines", &facts, &[month * 12]), "by_band")
    };
    assert_eq!(alone(100_000), Outcome::Eligible);
    assert_eq!(alone(200_000), Outcome::NotEligible);
}

#[test]
fn deficit_area_has_a_floor_a_cap_and_a_least_amount() {
    let deficit = |people: i64, usable: i64| {
        let facts = [
            ("people", number(people)),
            ("home_area", number(usable)),
            ("area_basis", choice("usable")),
            ("tier", choice("dibao")),
            ("income_12_months", number(0)),
        ];
        money(&decide("format-lines", &facts, &[]), "deficit")
    };
    // Alone, nothing: 15 × 1.5 = 22.5 m² at 8 yuan.
    assert_eq!(deficit(1, 0), (18_000, 18_000));
    // Four people, nothing: 60 m² capped at 40.
    assert_eq!(deficit(4, 0), (32_000, 32_000));
    // Two people with 20.00 m² usable, 13.30 m² built each: 1.7 × 2 = 3.4 m², 27.20 yuan, least 60.
    assert_eq!(deficit(2, 2_000), (6_000, 6_000));
    // Plenty of room: nothing missing, the least amount stays.
    assert_eq!(deficit(2, 20_000), (6_000, 6_000));
}

#[test]
fn an_area_counts_by_the_basis_it_is_stated_on() {
    let housing = |area: i64, basis: Option<&str>| {
        let mut facts = vec![("people", number(2)), ("home_area", number(area)), ("tier", choice("general"))];
        facts.extend(basis.map(|basis| ("area_basis", choice(basis))));
        let found = decide("format-lines", &facts, &[]);
        let category = found.category("by_size").unwrap();
        category.requirement("housing").unwrap().answer
    };
    // The line is 15 m² built each, so 30.00 m² for two: 30.00 built, 22.56 usable (30.0048), 15.00 living.
    for (basis, under, at) in [("built", 2_999, 3_000), ("usable", 2_255, 2_256), ("living", 1_499, 1_500)] {
        assert_eq!(housing(under, Some(basis)), Answer::Met, "{under} {basis}");
        assert_eq!(housing(at, Some(basis)), Answer::NotMet, "{at} {basis}");
    }
    assert_eq!(housing(2_000, None), Answer::Unknown);
}

/// Two to five people, most of whom tell their income, in two orders.
fn people_in_two_orders() -> impl Strategy<Value = [Vec<BTreeMap<String, Value>>; 2]> {
    let told =
        (0_i64..=4, -1_i64..=1).prop_map(|(thousands, by)| number((thousands * 1_000 * 1_200 + by).max(0)));
    let person = prop::option::weighted(0.875, told).prop_map(|income| {
        income.into_iter().map(|income| ("income_of_person".to_owned(), income)).collect()
    });
    prop::collection::vec(person, 2..6).prop_flat_map(|people: Vec<BTreeMap<String, Value>>| {
        (Just(people.clone()), Just(people).prop_shuffle()).prop_map(<[_; 2]>::from)
    })
}

fn look_at_people(people: Vec<BTreeMap<String, Value>>) -> Vec<Assessment<'static>> {
    let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let facts = [("home_area", number(0)), ("area_basis", choice("built")), ("tier", choice("general"))];
    let facts = facts.into_iter().map(|(id, value)| (id.to_owned(), value)).collect();
    let household = Household { facts, people };
    formats().documents().iter().map(|doc| assess(doc, &household, on).unwrap()).collect()
}

proptest! {
    /// Whoever is typed in first, and whether everybody's income is told: the same answers.
    #[test]
    fn the_order_of_people_does_not_matter([first, second] in people_in_two_orders()) {
        prop_assert_eq!(look_at_people(first), look_at_people(second));
    }
}

/// The orders that are tried do differ, and so do the answers.
#[test]
fn people_are_tried_in_orders_that_differ() {
    let (mut moved, mut decided, mut open) = (0, 0, 0);
    for [first, second] in samples(people_in_two_orders(), 400) {
        moved += u32::from(first != second);
        let found = look_at_people(first);
        match outcome(found.iter().find(|a| a.document == "format-lines").unwrap(), "by_size") {
            Outcome::Unknown => open += 1,
            _ => decided += 1,
        }
    }
    assert!(moved > 200 && decided > 100 && open > 20, "{moved} moved, {decided} decided, {open} open");
}

/// What the guide shows compiles: its fragments, joined, are a document.
#[test]
fn the_fragments_of_the_guide_join_into_a_document() {
    let guide = include_str!("../README.md");
    let fragments = guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let is_of_a_document = |f: &&str| {
        let others = ["article", "[[fact]]", "title", "sheet_title", "[forms.roster]"];
        !others.iter().any(|start| f.starts_with(start))
    };
    let text: String = fragments.filter(is_of_a_document).collect();
    let facts = File { name: "facts.toml", text: include_str!("../data/facts.toml") };
    let calendar = File { name: "calendar.json", text: include_str!("../data/calendar.json") };
    let book = compile::book(facts, &[File { name: "README.md", text: &text }], calendar, None)
        .unwrap_or_else(|problems| {
            panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        });
    assert!(Rulebook::new(book).document("example-2026").is_some());
}

/// Amounts by case, coefficient and rounding have no simple form; the fast path decides them all the same.
#[test]
fn the_fast_path_agrees() {
    let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    for near in formats_shelf().deciding() {
        let doc = near.doc;
        let decider = Decider::new(doc, on).unwrap();
        let mut table = decider.table();
        let mut full = Vec::new();
        for family in samples(near.household(0.6, on), 3_000) {
            let row = decider.lay_out(&family).unwrap();
            let found = assess(doc, &family, on).unwrap();
            let told = (found.outcome.unwrap(), found.money.first().map(|m| (m.least, m.most)));
            let alone = decider.decide(&row);
            assert_eq!((alone.outcome, alone.money), told, "{family:?}");
            table.push(&row);
            full.push(told);
        }
        let mut fast = Vec::new();
        decider.decide_all(&table, |verdict| fast.push((verdict.outcome, verdict.money)));
        assert_eq!(fast, full);
    }
}
