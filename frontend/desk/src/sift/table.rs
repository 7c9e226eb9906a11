//! The letters of a batch, a row each.

use policies::model::Document;
use yew::prelude::*;

use super::batch::{BatchAction, Fate, Found, Item};
use crate::words;
use ui::components::CheckBox;
use ui::words::{case_number, owners_moment};

/// The table.
pub(crate) fn table(
    items: &[Item],
    document: &Document,
    on: &Callback<BatchAction>,
    open: &Callback<String>,
) -> Html {
    html! {
        <table class="desk-table" role="table">
            <caption class="visually-hidden">{ "这一批信" }</caption>
            <thead role="rowgroup">
                <tr role="row">
                    for label in ["勾选", "事项", "收到", "打开看看", "整件", "处理"] {
                        <th scope="col" role="columnheader">{ label }</th>
                    }
                </tr>
            </thead>
            <tbody role="rowgroup">
                for item in items { { row(item, document, on, open) } }
            </tbody>
        </table>
    }
}

fn row(item: &Item, document: &Document, on: &Callback<BatchAction>, open: &Callback<String>) -> Html {
    let lookup = item.row.lookup.clone();
    let number = case_number(&lookup);
    let onchange = {
        let lookup = lookup.clone();
        on.reform(move |ticked: bool| BatchAction::Tick(lookup.clone(), ticked))
    };
    let onclick = {
        let lookup = lookup.clone();
        open.reform(move |_: MouseEvent| lookup.clone())
    };
    html! {
        <tr role="row" key={lookup.clone()} data-test={format!("sift-row-{lookup}")} data-found={state(&item.found)}>
            <th scope="row" role="rowheader">
                if item.is_choice() {
                    <CheckBox id={format!("sift-tick-{lookup}")} label={number.clone()} checked={item.ticked} {onchange} />
                } else {
                    { &number }
                }
            </th>
            <td role="cell" data-label="事项">{ words::kind(document, item.row.kind) }</td>
            <td role="cell" data-label="收到">{ owners_moment(item.row.kind, item.row.received_at) }</td>
            <td role="cell" data-label="打开看看"><span>{ found(&item.found) }</span></td>
            <td role="cell" data-label="整件">
                <button type="button" class="desk-open" {onclick} aria-label={format!("打开 {number}")}>{ "打开" }</button>
            </td>
            <td role="cell" data-label="处理" data-test={format!("sift-fate-{lookup}")}>{ fate(&item.fate) }</td>
        </tr>
    }
}

fn state(found: &Found) -> &'static str {
    match found {
        Found::Unseen => "unseen",
        Found::Shut => "shut",
        Found::Opens(_) => "opens",
        Found::Unclear(_) => "unclear",
    }
}

fn found(found: &Found) -> Html {
    match found {
        Found::Unseen => html! { <span class="muted">{ "还没看" }</span> },
        Found::Shut => html! { <strong>{ "打不开" }</strong> },
        Found::Opens(first) => html! { <>{ "打得开：" }<bdi>{ first }</bdi></> },
        Found::Unclear(why) => Html::from(why.clone()),
    }
}

fn fate(fate: &Fate) -> Html {
    match fate {
        Fate::Open => html! { <span class="muted">{ "—" }</span> },
        Fate::Done(how) => html! { <strong>{ "✓ 已" }{ words::aside(*how) }</strong> },
        Fate::Failed(why) => html! { <span class="desk-differs">{ "没有办成：" }{ why }</span> },
    }
}
