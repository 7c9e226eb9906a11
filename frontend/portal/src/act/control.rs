//! The control of a field, by its kind.

use chrono::NaiveDate;
use policies::{
    identity::resident_id,
    model::{Asked, FactKind, FieldKind, FormField, YesNoWords},
};
use yew::prelude::*;

use super::read::TICKED;
use ui::{
    components::{self, CheckBox, Field, RadioGroup, field_kind, options_of},
    typed,
    words::{date_words, unit_word},
};

/// A field with what is typed in it.
pub(crate) struct Control {
    /// The field.
    pub(crate) field: &'static FormField,
    /// DOM id.
    pub(crate) id: AttrValue,
    /// What is typed or picked.
    pub(crate) value: AttrValue,
    /// What is wrong with it.
    pub(crate) error: Option<AttrValue>,
    /// Typed or picked.
    pub(crate) oninput: Callback<String>,
    /// The day on which dates are read.
    pub(crate) today: NaiveDate,
}

impl Control {
    /// The control.
    pub(crate) fn show(self) -> Html {
        let Self { field, id, value, error, oninput, today } = self;
        let label = AttrValue::Static(&field.label);
        if field.kind == FieldKind::Agree {
            let checked = value == TICKED;
            let onchange = oninput.reform(|on: bool| if on { TICKED.to_owned() } else { String::new() });
            let hint = (!field.help.is_empty()).then_some(AttrValue::Static(&field.help));
            return html! { <CheckBox {id} {label} {hint} {error} {checked} {onchange} /> };
        }
        let fact = field.kind.as_fact();
        let options = fact.as_ref().and_then(|fact| options_of(&id, fact, YesNoWords::Is));
        if let Some(options) = options {
            return html! {
                <RadioGroup
                    name={id}
                    legend={label}
                    hint={hint(field)}
                    {error}
                    {options}
                    selected={(!value.is_empty()).then_some(value)}
                    onchange={oninput.reform(|value: AttrValue| value.to_string())}
                />
            };
        }
        html! {
            <Field
                {id}
                {label}
                hint={hint(field)}
                echo={echo(field, fact.as_ref(), &value, today)}
                {value}
                {error}
                {oninput}
                kind={kind(field, fact.as_ref())}
                unit={fact.as_ref().and_then(unit_word)}
                optional={field.optional}
            />
        }
    }
}

/// The box in which a field is typed.
fn kind(field: &FormField, fact: Option<&FactKind>) -> components::FieldKind {
    match (&field.kind, fact) {
        (_, Some(fact)) => field_kind(fact),
        (FieldKind::Text, _) => components::FieldKind::LongText,
        (FieldKind::IdNumber | FieldKind::CreditCode, _) => components::FieldKind::IdNumber,
        (FieldKind::Phone, _) => components::FieldKind::Phone,
        _ => components::FieldKind::Text,
    }
}

/// How what is typed is understood.
fn echo(field: &FormField, fact: Option<&FactKind>, value: &str, today: NaiveDate) -> Option<String> {
    if let Some(fact) = fact {
        return typed::echo(Asked::field(&field.label, fact), value, today);
    }
    let number = (field.kind == FieldKind::IdNumber).then(|| resident_id(value, today).ok()).flatten()?;
    Some([date_words(number.birth).as_str(), "出生"].concat())
}

fn hint(field: &FormField) -> Option<AttrValue> {
    let date = if matches!(field.kind, FieldKind::Date { .. }) { typed::DATE_HINT } else { "" };
    let hint = [&field.help, date].concat();
    (!hint.is_empty()).then(|| hint.into())
}
