//! One input of a calculator: its question, its help, its control, and what is wrong with it.

use policies::model::{CalculatorInput, YesNoWords};
use yew::prelude::*;

use crate::calculate::sheet::{Sheet, SheetAction};
use ui::{
    components::{Field, RadioGroup, field_kind, options_of},
    typed,
    words::unit_word,
};

/// The control of an input; its id is `calc-<calculator>-<input>`.
pub(super) fn input(
    calculator: &str,
    asked: &'static CalculatorInput,
    sheet: &Sheet,
    act: &Callback<SheetAction>,
) -> Html {
    let id = format!("calc-{calculator}-{}", asked.id);
    let hint = (!asked.help.is_empty()).then_some(AttrValue::Static(&asked.help));
    let error = sheet.error(&asked.id).map(AttrValue::from);
    let text = sheet.typed(&asked.id);
    let set = act.reform(|text: String| SheetAction::Type(asked.id.clone(), text));
    let Some(options) = options_of(&id, &asked.kind, YesNoWords::default()) else {
        return html! {
            <Field
                key={asked.id.as_str()}
                test={id.clone()}
                {id}
                label={AttrValue::Static(&asked.question)}
                {hint}
                {error}
                value={text.to_owned()}
                echo={typed::echo(asked, text, sheet.on())}
                oninput={set}
                onblur={act.reform(|_: FocusEvent| SheetAction::Leave(asked.id.clone()))}
                kind={field_kind(&asked.kind)}
                unit={unit_word(&asked.kind)}
            />
        };
    };
    html! {
        <RadioGroup
            key={asked.id.as_str()}
            name={id}
            legend={AttrValue::Static(&asked.question)}
            {hint}
            {error}
            {options}
            selected={(!text.is_empty()).then(|| AttrValue::from(text.to_owned()))}
            onchange={set.reform(|value: AttrValue| value.to_string())}
        />
    }
}
