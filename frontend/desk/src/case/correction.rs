//! Asking for corrections (补正): which fields of what was sent, why each, and until when.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use policies::model::Stage;
use policies::seen::visible;
use protocol::correction::{CorrectionRequest, FieldAsked, MOST_FIELDS, WHY_CHARS};
use protocol::letter::{Letter, Message};
use ui::correcting::request_words;
use ui::words::LetterPart;
use yew::prelude::*;

use super::drafts::{Drafts, Form};
use super::messages::SendingNotice;
use super::outgoing::{Days, Failure, InputError, Outgoing, OutgoingAction, Standing};
use super::sending::{Ready, Target, send, use_form};
use ui::components::{Button, CheckBox, Field, FieldKind, fold};
use ui::typed;

/// Props of [`AskCorrection`].
#[derive(Properties, PartialEq)]
pub(crate) struct AskCorrectionProps {
    /// What can be asked for, in the order of the letter.
    pub(crate) parts: Vec<LetterPart>,
    /// The stage in which a case waits for its owner, where one may follow now and this key may move there.
    pub(crate) stage: Option<Stage>,
    /// The days between which a move may lie.
    pub(crate) received: NaiveDate,
    /// Today in China.
    pub(crate) today: NaiveDate,
    /// Where it goes.
    pub(crate) target: Target,
    /// Unsent forms.
    pub(crate) drafts: Drafts,
}

/// The form: everything at once, so that nobody is asked twice.
#[component]
pub(crate) fn AskCorrection(props: &AskCorrectionProps) -> Html {
    let form = use_form(&props.drafts, &props.target.lookup, Form::Correction, Outgoing::dated(props.today));
    let onsubmit = {
        let (form, target, parts, stage) =
            (form.clone(), props.target.clone(), props.parts.clone(), props.stage.clone());
        let days = Days { received: props.received, today: props.today };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            send(&target, &form, ready(&form, &parts, stage.as_ref(), days));
        })
    };
    let by = {
        let form = form.dispatcher();
        Callback::from(move |text| form.dispatch(OutgoingAction::By(text)))
    };
    let input = match &form.standing {
        Standing::Failed(Failure::Input(error)) => Some(*error),
        _ => None,
    };
    let said = |wanted: &[InputError]| {
        input.filter(|error| wanted.contains(error)).map(|error| AttrValue::from(error.message()))
    };
    let what = match &props.stage {
        Some(stage) => format!(
            "发出时同时转到“{}”，等{}改好再转回来；等的这些天不算在时限里。",
            stage.label, props.target.sender
        ),
        None => "现在这一步不能转到补充材料，发出后环节不变。".to_owned(),
    };
    let body = html! {
        <form class="desk-form desk-noprint" {onsubmit}>
            <p class="muted">{ "要改的一次写全。勾上要改的，写明为什么；对方只看到勾上的这几处，服务器看不到。" }</p>
            if let Some(error) = said(&[InputError::NothingAsked, InputError::TooMany, InputError::NoWhy]) {
                <p class="field__error" role="alert" data-test="correction-fault">{ error }</p>
            }
            for part in &props.parts {
                <fieldset class="desk-correct">
                    <legend>{ &part.title }</legend>
                    for row in &part.rows {
                        if let Some(spot) = &row.spot {
                            { ask(&form, &spot.to_string(), &row.name, &row.value) }
                        }
                    }
                </fieldset>
            }
            <Field
                id="correction-by" label="最晚哪一天改好" kind={FieldKind::Date} test="correction-by"
                hint="文件没有规定补正给几天，请按实际情况定。当天也算。"
                value={form.by.clone()} echo={typed::date_echo(&form.by, props.today)}
                error={said(&[InputError::NoBy, InputError::ByPast])} oninput={by}
            />
            <p class="muted" data-test="correction-stage">{ what }</p>
            <SendingNotice standing={form.standing.clone()} sent={format!("已经请{}补正。", props.target.sender)} test="correction-state" />
            <Button submit=true busy={form.standing == Standing::Sending} test="correction-send">{ "请对方补正" }</Button>
        </form>
    };
    let count = if form.asks.is_empty() { String::new() } else { format!("勾了 {} 处", form.asks.len()) };
    fold("ask-correction", "请对方补正", count, body)
}

/// A field that can be asked for; once it is, why.
fn ask(form: &UseReducerHandle<Outgoing>, spot: &str, name: &str, value: &str) -> Html {
    let why = form.asks.get(spot);
    let id = spot.replace('.', "-");
    let onchange = {
        let (form, spot) = (form.dispatcher(), spot.to_owned());
        Callback::from(move |on: bool| form.dispatch(OutgoingAction::Ask(spot.clone(), on.then(String::new))))
    };
    let oninput = {
        let (form, spot) = (form.dispatcher(), spot.to_owned());
        Callback::from(move |text| form.dispatch(OutgoingAction::Ask(spot.clone(), Some(text))))
    };
    let missing = matches!(form.standing, Standing::Failed(Failure::Input(InputError::NoWhy)))
        && why.is_some_and(|why| visible(why).is_empty());
    html! {
        <div key={spot.to_owned()}>
            <CheckBox
                id={format!("ask-{id}")} label={name.to_owned()} checked={why.is_some()} {onchange}
                hint={(!value.is_empty()).then(|| AttrValue::from(format!("现在写的：{value}")))}
            />
            if let Some(why) = why {
                <Field
                    id={format!("why-{id}")} label={format!("“{name}”为什么要改")} value={why.clone()} {oninput}
                    test={format!("why-{id}")} error={missing.then(|| AttrValue::from(InputError::NoWhy.message()))}
                />
            }
        </div>
    }
}

/// The request and the move, or what is missing.
fn ready(
    form: &Outgoing,
    parts: &[LetterPart],
    stage: Option<&Stage>,
    days: Days,
) -> Result<Ready, InputError> {
    let request = request(&form.asks, &form.by, parts, days.today)?;
    let movement = match stage {
        Some(stage) => {
            let moving =
                Outgoing { stage: Some(stage.id.clone()), on: days.today.to_string(), ..Outgoing::default() };
            Some(moving.movement(days, None)?)
        }
        None => None,
    };
    let text = request_words(parts, &request);
    let message = Letter::Message(Message { text, asks: Some(request), ..Message::default() });
    Ok(Ready { movement, message: Some(message) })
}

fn request(
    asks: &BTreeMap<String, String>,
    by: &str,
    parts: &[LetterPart],
    today: NaiveDate,
) -> Result<CorrectionRequest, InputError> {
    let spots =
        parts.iter().flat_map(|part| &part.rows).filter_map(|row| Some(row.spot.as_ref()?.to_string()));
    let fields: Vec<FieldAsked> =
        spots.filter_map(|field| Some(FieldAsked { why: visible(asks.get(&field)?), field })).collect();
    if fields.is_empty() {
        return Err(InputError::NothingAsked);
    }
    if fields.len() > MOST_FIELDS {
        return Err(InputError::TooMany);
    }
    if fields.iter().any(|asked| asked.why.is_empty() || asked.why.chars().count() > WHY_CHARS) {
        return Err(InputError::NoWhy);
    }
    let by = typed::date("最晚哪一天", true, by, today).map_err(|_| InputError::NoBy)?;
    if by < today { Err(InputError::ByPast) } else { Ok(CorrectionRequest { by, fields }) }
}

#[cfg(test)]
mod tests {
    use protocol::correction::Spot;
    use ui::words::LetterRow;

    use super::*;

    fn parts() -> Vec<LetterPart> {
        let row = |spot: Spot| LetterRow {
            field: String::new(),
            spot: Some(spot),
            name: "栏".into(),
            value: "写的".into(),
        };
        vec![LetterPart { title: "部分".into(), rows: vec![row(Spot::Address), row(Spot::Remarks)] }]
    }

    fn asked(why: &str, by: &str) -> Result<CorrectionRequest, InputError> {
        let asks = [("remarks".to_owned(), why.to_owned())].into();
        request(&asks, by, &parts(), NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default())
    }

    #[test]
    fn a_request_names_fields_reasons_and_a_day_that_is_not_over() {
        assert!(asked("不清楚", "2026-11-20").is_ok() && asked("不清楚", "20261121").is_ok());
        assert_eq!(asked("不清楚", "2026-11-19"), Err(InputError::ByPast));
        assert_eq!(asked("不清楚", ""), Err(InputError::NoBy));
        assert_eq!(asked(" ", "2026-11-21"), Err(InputError::NoWhy));
        assert!(asked(&"长".repeat(WHY_CHARS), "2026-11-21").is_ok());
        assert_eq!(asked(&"长".repeat(WHY_CHARS + 1), "2026-11-21"), Err(InputError::NoWhy));
        let other = [("wanted".to_owned(), "为什么".to_owned())].into();
        let none = request(&other, "2026-11-21", &parts(), NaiveDate::default());
        assert_eq!(none, Err(InputError::NothingAsked), "what the letter does not have cannot be asked for");
    }
}
