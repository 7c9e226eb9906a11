//! One calculator as a reducer: what is typed, what is wrong with it, and what it comes to so far.
//!
//! Text is kept exactly as typed. What cannot be read yet counts as missing, so that the figures that
//! do not need it stand; it is called wrong only once its field has been left.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use chrono::NaiveDate;
use policies::{
    Calculation, FactError, Value,
    model::{Calculator, CalculatorInput, FactKind},
    seen::visible,
};
use yew::Reducible;

use ui::place::Doc;

/// A calculator and what has been typed into it. Kept nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    doc: Doc,
    calculator: &'static Calculator,
    on: NaiveDate,
    /// Text by input id; nothing empty.
    typed: BTreeMap<String, String>,
    /// Inputs whose fields have been left.
    left: BTreeSet<String>,
}

/// What happens to a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SheetAction {
    /// Typed or chosen, by input id.
    Type(String, String),
    /// A field was left.
    Leave(String),
    /// From the beginning.
    Clear,
}

impl Sheet {
    /// Nothing typed yet. `on` is the day reckoned on.
    pub(crate) fn new(doc: Doc, calculator: &'static Calculator, on: NaiveDate) -> Self {
        Self { doc, calculator, on, typed: BTreeMap::new(), left: BTreeSet::new() }
    }

    /// The text of an input, as typed.
    pub(crate) fn typed(&self, input: &str) -> &str {
        self.typed.get(input).map_or("", String::as_str)
    }

    /// What is wrong with an input, to show at its field: nothing while it is still being typed for
    /// the first time.
    pub(crate) fn error(&self, input: &str) -> Option<String> {
        if !self.left.contains(input) {
            return None;
        }
        self.read().1.remove(input)
    }

    /// What it comes to with the inputs that can be read; `None` if the document has no such
    /// calculator.
    pub(crate) fn calculation(&self) -> Option<Calculation> {
        self.reckon(&self.read().0).ok()
    }

    /// The action's outcome.
    #[must_use]
    pub(crate) fn after(&self, action: SheetAction) -> Self {
        let mut next = self.clone();
        match action {
            SheetAction::Type(input, text) => {
                if text.is_empty() {
                    next.typed.remove(&input);
                } else {
                    next.typed.insert(input, text);
                }
            }
            SheetAction::Leave(input) => {
                next.left.insert(input);
            }
            SheetAction::Clear => {
                next.typed.clear();
                next.left.clear();
            }
        }
        next
    }

    /// Whether nothing has been typed.
    pub(crate) fn is_blank(&self) -> bool {
        self.typed.values().all(|text| visible(text).is_empty())
    }

    /// The day on which it is reckoned.
    pub(crate) fn on(&self) -> NaiveDate {
        self.on
    }

    /// The inputs that can be reckoned with, and a message for each that cannot.
    fn read(&self) -> (BTreeMap<String, Value>, BTreeMap<String, String>) {
        let (mut values, mut wrong) = (BTreeMap::new(), BTreeMap::new());
        for input in &self.calculator.inputs {
            let text = self.typed(&input.id);
            if visible(text).is_empty() {
                continue;
            }
            match value(input, text, self.on) {
                Ok(value) => {
                    values.insert(input.id.clone(), value);
                }
                Err(error) => {
                    wrong.insert(input.id.clone(), error.message);
                }
            }
        }
        // Zero where the calculator divides by it can be read but not reckoned with.
        for error in self.reckon(&values).err().unwrap_or_default() {
            if let Some(input) = error.path.strip_prefix("inputs.") {
                values.remove(input);
                wrong.insert(input.to_owned(), error.message);
            }
        }
        (values, wrong)
    }

    fn reckon(&self, values: &BTreeMap<String, Value>) -> Result<Calculation, Vec<FactError>> {
        policies::calculate(self.doc.compiled(), &self.calculator.id, values, self.on)
    }
}

impl Reducible for Sheet {
    type Action = SheetAction;

    fn reduce(self: Rc<Self>, action: SheetAction) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

/// Choices hold their ids, yes and no those two words; everything else is typed.
fn value(input: &CalculatorInput, text: &str, on: NaiveDate) -> Result<Value, FactError> {
    match (&input.kind, text) {
        (FactKind::YesNo, "yes") => Ok(Value::YesNo(true)),
        (FactKind::YesNo, "no") => Ok(Value::YesNo(false)),
        (FactKind::Choice { .. }, id) => Ok(Value::Choice(id.to_owned())),
        _ => policies::parse_value(input, text, on),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const UNKNOWN: &str = "还算不出来";

    fn sheet(calculator: &str) -> Sheet {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let calculator = doc.document().calculator(calculator).unwrap();
        Sheet::new(doc, calculator, "2026-11-20".parse().unwrap())
    }

    fn typing(sheet: &Sheet, input: &str, text: &str) -> Sheet {
        sheet.after(SheetAction::Type(input.into(), text.into()))
    }

    fn shown(sheet: &Sheet, step: &str) -> String {
        sheet.calculation().unwrap().steps.into_iter().find(|figure| figure.id == step).unwrap().shown
    }

    #[test]
    fn figures_follow_what_is_typed() {
        let empty = sheet("rent_ceiling");
        assert_eq!(shown(&empty, "most"), UNKNOWN);
        let typed = typing(&empty, "market_rent_month", "１,０００");
        assert_eq!(shown(&typed, "most"), "每月 700.00 元");
        assert_eq!(shown(&typed, "over"), UNKNOWN);
        assert_eq!(typed.calculation().unwrap().missing, ["rent_month"]);
        assert_eq!(shown(&typing(&typed, "market_rent_month", ""), "most"), UNKNOWN);
    }

    #[test]
    fn a_wrong_input_keeps_its_text_and_the_other_figures() {
        let typed = typing(&sheet("rent_ceiling"), "market_rent_month", "1000");
        let wrong = typing(&typed, "rent_month", "七百");
        assert_eq!(wrong.error("rent_month"), None);
        let left = wrong.after(SheetAction::Leave("rent_month".into()));
        assert!(left.error("rent_month").is_some());
        assert_eq!(left.typed("rent_month"), "七百");
        assert_eq!(shown(&left, "most"), "每月 700.00 元");
        assert_eq!(typing(&left, "rent_month", "700.01").error("rent_month"), None);
    }

    #[test]
    fn a_field_left_empty_is_not_wrong() {
        let left = sheet("rent_ceiling").after(SheetAction::Leave("rent_month".into()));
        assert_eq!(left.error("rent_month"), None);
        assert_eq!(typing(&left, "rent_month", "  ").error("rent_month"), None);
    }

    #[test]
    fn zero_that_would_divide_is_refused_at_its_field() {
        let mut typed = sheet("shared_rent");
        for (input, text) in [("rent_month", "1000"), ("government_paid", "0"), ("others_paid", "40")] {
            typed = typing(&typed, input, text);
        }
        let left = typed.after(SheetAction::Leave("government_paid".into()));
        assert!(left.error("government_paid").unwrap().contains("大于零"));
        assert_eq!(shown(&left, "rent"), UNKNOWN);
        assert_eq!(shown(&typing(&left, "government_paid", "60"), "rent"), "每月 600.00 元");
    }

    #[test]
    fn an_open_choice_gives_a_range_and_clearing_goes_back_to_it() {
        let open = sheet("subsidy");
        assert!(shown(&open, "quarter").contains("450.00 元 至 525.00 元"));
        let chosen = typing(&open, "tier", "dibao");
        assert_eq!(shown(&chosen, "quarter"), "每季度 525.00 元");
        assert_eq!(chosen.after(SheetAction::Clear), open);
    }
}
