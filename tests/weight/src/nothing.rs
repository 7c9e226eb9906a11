//! The same module with no engine in it: what every module weighs before it does anything. Never shipped.

use wasm_bindgen::prelude::*;

fn main() {}

/// The texts in one.
#[wasm_bindgen]
pub fn weigh(place: &str, day: i32, fact: &str, typed: &str) -> String {
    if day < 0 {
        return String::new();
    }
    let mut all = String::from(place);
    all.push_str(fact);
    all.push_str(typed);
    all
}
