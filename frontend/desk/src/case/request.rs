//! What a form of the document brought: the form's own words beside what was answered.

use chrono::NaiveDate;
use policies::{
    calendar::{WindowState, window_in_force},
    format_value,
    model::{Asked, FormField, FormPart},
    parse_value,
};
use protocol::letter::{Answer, Entry, Request};
use yew::prelude::*;

use super::application::Rules;
use ui::components::{Card, DataList, DataRow};
use ui::words::date_words;

/// Props of [`RequestView`].
#[derive(Properties, PartialEq)]
pub(crate) struct RequestViewProps {
    /// The letter.
    pub(crate) request: Request,
    /// The office's document, whose form it was.
    pub(crate) rules: Rules,
    /// Day of receipt in Beijing.
    pub(crate) received: NaiveDate,
}

/// A request. Names come from the form, never from the letter: a sender could call a field what he likes.
#[component]
pub(crate) fn RequestView(props: &RequestViewProps) -> Html {
    let request = &props.request;
    let document = props.rules.0.document();
    let form = document.form(request.kind);
    let title = document.procedure(request.kind).map_or("来信内容", |procedure| procedure.label.as_str());
    let cards = request.entries.iter().enumerate().map(|(place, entry)| {
        let part = form.and_then(|form| form.part(&entry.part));
        let before = request.entries.iter().take(place).filter(|other| other.part == entry.part).count();
        html! { <Card key={place} title={heading(part, entry, before + 1)}>{ answers(part, entry, request) }</Card> }
    });
    let windows = document.windows.iter().filter(|window| window.cases.contains(&request.kind));
    let timely = windows.filter_map(|window| {
        let state = window_in_force(document, window, props.received)?;
        let inside = matches!(state, WindowState::Open { .. });
        let words = if inside { "收到那天在这段时间里" } else { "收到那天不在这段时间里" };
        Some(html! { <p data-test={format!("window-{}", window.id)}>{ format!("{}：{words}（{}）。", window.label, window.cite.article) }</p> })
    });
    html! {
        <div data-test="request">
            <p class="muted">{ format!("{title}，填写日期：{}", date_words(request.on)) }</p>
            { for timely }
            { for cards }
        </div>
    }
}

fn heading(part: Option<&FormPart>, entry: &Entry, n: usize) -> String {
    match part {
        Some(part) if part.repeats() => format!("{}：第 {n} {}", part.title, part.each),
        Some(part) => part.title.clone(),
        None => format!("表里没有的一部分（{}）", entry.part),
    }
}

fn answers(part: Option<&FormPart>, entry: &Entry, request: &Request) -> Html {
    let rows: Vec<DataRow> = entry
        .answers
        .iter()
        .map(|answer| {
            let field = part.and_then(|part| part.field(&answer.field));
            let name = field
                .map_or_else(|| format!("表里没有的一栏（{}）", answer.field), |field| field.label.clone());
            let value = shown(field, answer, request);
            let test = format!("answer-{}", answer.field);
            DataRow::new(name, html! { <bdi class="desk-prose" data-test={test}>{ value }</bdi> })
        })
        .collect();
    if rows.is_empty() {
        html! { <p>{ "没有填写。" }</p> }
    } else {
        html! { <DataList {rows} /> }
    }
}

/// An answer in words; what is no answer to its field is shown as it came.
fn shown(field: Option<&FormField>, answer: &Answer, request: &Request) -> String {
    let as_it_came = || answer.value.clone();
    let Some(field) = field else { return as_it_came() };
    if field.kind == policies::model::FieldKind::Agree {
        return "已勾选".to_owned();
    }
    let Some(fact) = field.kind.as_fact() else { return as_it_came() };
    let asked = Asked::field(&field.label, &fact);
    parse_value(asked, &answer.value, request.on)
        .map_or_else(|_| as_it_came(), |value| format_value(asked, &value))
}
