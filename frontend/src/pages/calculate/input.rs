//! One input of a calculator: its question, its help, its control, and what is wrong with it.

use policies::model::{CalculatorInput, FactKind};
use yew::prelude::*;

use crate::{
    components::{Field, FieldKind, RadioGroup, RadioOption},
    state::calculate::{Sheet, SheetAction},
    text::unit_word,
};

/// The control of an input; its id and its test hook are `calc-<calculator>-<input>`.
pub(super) fn input(
    calculator: &str,
    asked: &'static CalculatorInput,
    sheet: &Sheet,
    act: &Callback<SheetAction>,
) -> Html {
    let id = format!("calc-{calculator}-{}", asked.id);
    let hint = (!asked.help.is_empty()).then_some(AttrValue::Static(&asked.help));
    let error = sheet.error(&asked.id).map(AttrValue::from);
    let typed = sheet.typed(&asked.id);
    let set = act.reform(|text: String| SheetAction::Type(asked.id.clone(), text));
    let options = match &asked.kind {
        FactKind::YesNo => vec![option(&id, "yes", "是", ""), option(&id, "no", "不是", "")],
        FactKind::Choice { choices } => {
            choices.iter().map(|choice| option(&id, &choice.id, &choice.label, &choice.help)).collect()
        }
        kind => {
            return html! {
                <Field
                    key={asked.id.as_str()}
                    test={id.clone()}
                    {id}
                    label={AttrValue::Static(&asked.question)}
                    {hint}
                    {error}
                    value={typed.to_owned()}
                    oninput={set}
                    onblur={act.reform(|_: FocusEvent| SheetAction::Leave(asked.id.clone()))}
                    kind={field_kind(kind)}
                    unit={unit_word(kind)}
                />
            };
        }
    };
    html! {
        <RadioGroup
            key={asked.id.as_str()}
            name={id}
            legend={AttrValue::Static(&asked.question)}
            {hint}
            {error}
            {options}
            selected={(!typed.is_empty()).then(|| AttrValue::from(typed.to_owned()))}
            onchange={set.reform(|value: AttrValue| value.to_string())}
        />
    }
}

/// A choice; its test hook is that of the input and its value.
fn option(name: &str, value: &str, label: &str, help: &str) -> RadioOption {
    let test = AttrValue::from(format!("{name}-{value}"));
    RadioOption { test, ..RadioOption::new(name, value, label).with_help(help) }
}

const fn field_kind(kind: &FactKind) -> FieldKind {
    match kind {
        FactKind::Money | FactKind::Area => FieldKind::Decimal,
        FactKind::Date { .. } => FieldKind::Date,
        FactKind::Count { .. }
        | FactKind::Months
        | FactKind::YesNo
        | FactKind::Choice { .. }
        | FactKind::Ratio { .. } => FieldKind::Whole,
    }
}
