//! Every calculator gives what its worked examples say, and each of its lines is shown from both sides.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use policies::{FactFault, Value, calculate, model::FactKind, parse_value, rulebook};
use worked::Shelf;

fn shelf() -> &'static Shelf {
    worked::with_sixth()
}

#[test]
fn every_calculator_gives_what_its_examples_say_and_each_step_is_shown() {
    let (mut all, mut wrong) = (0, Vec::new());
    for proof in shelf().proofs() {
        all += proof.figures.len();
        wrong.extend(proof.calculations(shelf().book.document(&proof.document).unwrap()));
    }
    println!("{all} calculator examples");
    assert!(all > 50 && wrong.is_empty(), "{all}: {wrong:#?}");
}

#[test]
fn nothing_is_assumed_and_nothing_panics() {
    let on = "2026-11-20".parse().unwrap();
    for doc in shelf().book.documents() {
        for calculator in &doc.document().calculators {
            let empty = calculate(doc, &calculator.id, &Default::default(), on).unwrap();
            assert_eq!(empty.missing.len(), calculator.inputs.len(), "{}", calculator.id);
            for pick in [|r: (i64, i64)| r.0, |r: (i64, i64)| r.1] {
                let inputs = calculator.inputs.iter().map(|input| {
                    let value = match &input.kind {
                        FactKind::YesNo => Value::YesNo(pick((0, 1)) == 1),
                        FactKind::Choice { choices } => Value::Choice(choices[0].id.clone()),
                        FactKind::Date { .. } => Value::Date(on),
                        _ => Value::Number(pick(input.range().unwrap())),
                    };
                    (input.id.clone(), value)
                });
                let inputs = inputs.collect();
                let found = calculate(doc, &calculator.id, &inputs, on).unwrap();
                assert!(found.steps.iter().all(|s| s.least.is_some()), "{} {found:?}", calculator.id);
            }
        }
    }
}

#[test]
fn inputs_are_read_as_people_type_them() {
    let doc = rulebook().document("yongshun-2023").unwrap();
    let on = "2026-11-20".parse().unwrap();
    let calculator = doc.document().calculator("vacate").unwrap();
    let typed = ["２０２６年11月2日", "1,200元"];
    let inputs = calculator
        .inputs
        .iter()
        .zip(typed)
        .map(|(input, typed)| (input.id.clone(), parse_value(input, typed, on).unwrap()));
    let found = calculate(doc, "vacate", &inputs.collect(), on).unwrap();
    let shown: Vec<_> = found.steps.iter().map(|s| s.shown.as_str()).collect();
    assert_eq!(shown, ["2026年12月2日", "2026年12月3日", "还没有过。", "每月 1,200.00 元"]);
    let none = calculate(doc, "no_such", &Default::default(), on).unwrap_err();
    assert_eq!((none[0].path.as_str(), none[0].code), ("calculator", FactFault::UnknownFact));
}
