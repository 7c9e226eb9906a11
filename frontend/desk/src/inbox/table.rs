//! The table of cases. On a narrow screen each row becomes a card; roles keep it a table for screen
//! readers.

use yew::prelude::*;

use super::filters::{FilterAction, Filters};
use super::lines::{Column, Line};
use crate::flats::Flats;

use ui::words::date_words;

/// Props of [`InboxTable`].
#[derive(Properties, PartialEq)]
pub(crate) struct InboxTableProps {
    /// The rows that came, in order.
    pub(crate) lines: Vec<Line>,
    /// How many there are of them, come or not.
    pub(crate) total: u64,
    /// What was opened at this desk, by its flats.
    pub(crate) flats: UseReducerHandle<Flats>,
    /// The choice, for the sort marks.
    pub(crate) filters: UseReducerHandle<Filters>,
    /// Opens a case by its look-up id.
    pub(crate) on_open: Callback<String>,
}

const COLUMNS: [(Column, &str); 6] = [
    (Column::Kind, "事项"),
    (Column::Stage, "当前环节"),
    (Column::Received, "收到日期"),
    (Column::Days, "已过天数"),
    (Column::Due, "办理期限"),
    (Column::NeedsReply, "待答复"),
];

/// Cases, sortable by every column.
#[component]
pub(crate) fn InboxTable(props: &InboxTableProps) -> Html {
    html! {
        <table class="desk-table" role="table">
            <caption>
                <span data-test="inbox-total">{ told(props.lines.len(), props.total) }</span>
                <span class="desk-wide-only">{ "点列名给已取来的件排序，再点一次倒序；点编号打开。" }</span>
            </caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{ "编号" }</th>
                    for (column, label) in COLUMNS {
                        { head(column, label, &props.filters) }
                    }
                </tr>
            </thead>
            <tbody role="rowgroup">
                if props.lines.is_empty() {
                    <tr role="row">
                        <td role="cell" colspan="7" class="desk-table__empty" data-test="inbox-none">
                            { "没有符合筛选的件。" }
                        </td>
                    </tr>
                }
                for line in props.lines.iter() {
                    { row(line, &props.flats, &props.on_open) }
                }
            </tbody>
        </table>
    }
}

/// `共 312 件，已取 100 件。`
fn told(came: usize, total: u64) -> String {
    if u64::try_from(came).is_ok_and(|came| came < total) {
        format!("共 {total} 件，已取来 {came} 件。")
    } else {
        format!("共 {total} 件。")
    }
}

fn head(column: Column, label: &'static str, filters: &UseReducerHandle<Filters>) -> Html {
    let sorted = (filters.column == column).then_some(filters.descending);
    let (aria, mark) = match sorted {
        None => ("none", ""),
        Some(false) => ("ascending", " ▲"),
        Some(true) => ("descending", " ▼"),
    };
    let onclick = {
        let filters = filters.clone();
        Callback::from(move |_: MouseEvent| filters.dispatch(FilterAction::Sort(column)))
    };
    html! {
        <th scope="col" role="columnheader" aria-sort={aria}>
            <button type="button" class="desk-sort" {onclick}>
                { label }<span aria-hidden="true">{ mark }</span>
            </button>
        </th>
    }
}

fn row(line: &Line, flats: &Flats, on_open: &Callback<String>) -> Html {
    let number = ui::words::case_number(&line.lookup);
    let onclick = {
        let lookup = line.lookup.clone();
        on_open.reform(move |_: MouseEvent| lookup.clone())
    };
    html! {
        <tr
            role="row" key={line.lookup.clone()} data-test={format!("inbox-row-{}", line.lookup)}
            data-stage={line.stage.clone()} class={classes!(line.needs_reply.then_some("desk-row--waiting"))}
        >
            <th scope="row" role="rowheader">
                <button
                    type="button" class="desk-open" {onclick}
                    aria-label={format!("打开 {} {number}", line.kind_label)}
                    data-test={format!("case-open-{}", line.lookup)}
                >
                    { &number }
                </button>
            </th>
            <td role="cell" data-label="事项">
                { &line.kind_label }
                if let same @ 1.. = flats.same_as(&line.lookup).len() {
                    <span class="desk-same-mark" data-test={format!("same-mark-{}", line.lookup)}>
                        { format!("同一套房另有 {same} 件") }
                    </span>
                }
            </td>
            <td role="cell" data-label="当前环节">
                <span class={classes!("desk-stage", line.closed.then_some("desk-stage--end"))}>
                    { &line.stage_label }
                </span>
            </td>
            <td role="cell" data-label="收到日期">{ date_words(line.received) }</td>
            <td role="cell" data-label="已过天数">{ format!("{} 天", line.days) }</td>
            <td role="cell" data-label="办理期限">
                if let Some(due) = line.due {
                    <span class={classes!(line.overdue.then_some("desk-differs"))}>
                        { date_words(due) }if line.overdue { { "（已超期）" } }
                    </span>
                } else {
                    <span class="muted">{ "—" }</span>
                }
            </td>
            <td role="cell" data-label="待答复">
                if line.needs_reply {
                    <strong class="desk-needs-reply">{ "● 待答复" }</strong>
                } else {
                    <span class="muted">{ if line.closed { "已办结" } else { "—" } }</span>
                }
            </td>
        </tr>
    }
}
