//! What the self-check and its result ask of `policies`, and nothing else. Never shipped.

use std::hint::black_box;

use chrono::NaiveDate;
use policies::{Household, model::CaseKind};
use wasm_bindgen::prelude::*;

fn main() {}

/// A place, a day, a fact and what was typed for it, through everything that the portal calls, to a text.
#[wasm_bindgen]
pub fn weigh(place: &str, day: i32, fact: &str, typed: &str) -> String {
    // Nothing of the rulebook or of an answer is left out because this module does not show it.
    let book = black_box(policies::rulebook());
    let on = NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default();
    let document = book.document_of_place(place, on).or(book.document(place));
    let (Some(document), Some(fact)) = (document, book.fact(fact)) else {
        return String::new();
    };
    black_box((
        policies::no_verdict(document.document(), on),
        policies::not_in_force(document.document(), on),
    ));
    let value = match policies::parse_value(fact, typed, on) {
        Ok(value) => value,
        Err(error) => return error.message,
    };
    let shown = policies::format_value(fact, &value);
    let mut household = Household::default();
    household.facts.insert(fact.id.clone(), value);
    let _ = black_box(policies::assess(document, &household, on));
    let _ = black_box(policies::papers(document, &household, on, CaseKind::Application));
    shown
}
