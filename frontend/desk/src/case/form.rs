//! What a form of the document brought: the form's own words beside what was answered.

use chrono::NaiveDate;
use policies::calendar::{WindowState, window_in_force};
use protocol::letter::FormLetter;
use yew::prelude::*;

use super::{application::Rules, roster::RosterView};
use ui::components::{Card, DataList, DataRow};
use ui::words::{LetterRow, date_words, form_parts};

/// Props of [`FormView`].
#[derive(Properties, PartialEq)]
pub(crate) struct FormViewProps {
    /// The letter.
    pub(crate) letter: FormLetter,
    /// The office's document, whose form it was.
    pub(crate) rules: Rules,
    /// Day of receipt in Beijing.
    pub(crate) received: NaiveDate,
}

/// A request. Names come from the form, never from the letter: a sender could call a field what he likes.
#[component]
pub(crate) fn FormView(props: &FormViewProps) -> Html {
    let letter = &props.letter;
    let document = props.rules.0.document();
    let title = document.procedure(letter.kind).map_or("来信内容", |procedure| procedure.label.as_str());
    let cards = form_parts(document, letter).into_iter().enumerate().map(|(place, part)| {
        let rows: Vec<DataRow> = part.rows.into_iter().map(row).collect();
        html! {
            <Card key={place} title={part.title}>
                if rows.is_empty() { <p>{ "没有填写。" }</p> } else { <DataList {rows} /> }
            </Card>
        }
    });
    let windows = document.windows.iter().filter(|window| window.cases.contains(&letter.kind));
    let timely = windows.filter_map(|window| {
        let state = window_in_force(document, window, props.received)?;
        let inside = matches!(state, WindowState::Open { .. });
        let words = if inside { "收到那天在这段时间里" } else { "收到那天不在这段时间里" };
        Some(html! { <p data-test={format!("window-{}", window.id)}>{ format!("{}：{words}（{}）。", window.label, window.cite.article) }</p> })
    });
    html! {
        <div data-test="form-letter">
            <p class="muted">{ format!("{title}，填写日期：{}", date_words(letter.on)) }</p>
            { for timely }
            { for cards }
            <RosterView letter={letter.clone()} rules={props.rules} />
        </div>
    }
}

fn row(told: LetterRow) -> DataRow {
    let test = format!("answer-{}", told.field);
    DataRow::new(told.name, html! { <bdi class="desk-prose" data-test={test}>{ told.value }</bdi> })
}
