//! Exits, duties, checks, ledgers, and what the document leaves to others.

use yew::prelude::*;

use super::{entries, entry, who};
use ui::place::Doc;

pub(super) fn exits(doc: Doc) -> Option<Html> {
    let items = doc
        .document()
        .exits
        .iter()
        .map(|exit| entry(doc, &exit.label, &exit.says, &exit.cite, who("结果", &exit.follows)));
    entries(items.collect())
}

pub(super) fn duties(doc: Doc) -> Option<Html> {
    let document = doc.document();
    let checks = document
        .checks
        .iter()
        .map(|check| entry(doc, &check.department, &check.checks, &check.cite, Html::default()));
    let duties = document
        .duties
        .iter()
        .map(|duty| entry(doc, &duty.label, &duty.says, &duty.cite, who("谁来做", &duty.by)));
    let ledgers = document.ledgers.iter().map(|ledger| {
        let more = html! {
            <>
                { who("谁来记", &ledger.by) }
                { who("内容", &ledger.columns.join("、")) }
            </>
        };
        entry(doc, &ledger.label, &ledger.says, &ledger.cite, more)
    });
    let groups = [
        ("各部门查什么", entries(checks.collect())),
        ("要做到的事", entries(duties.collect())),
        ("要记的台账和档案", entries(ledgers.collect())),
    ];
    let shown: Vec<Html> = groups
        .into_iter()
        .filter_map(|(name, list)| {
            let list = list?;
            Some(html! {
                <details class="category">
                    <summary><span class="category__name">{ name }</span></summary>
                    { list }
                </details>
            })
        })
        .collect();
    (!shown.is_empty()).then(|| html! { { for shown } })
}

pub(super) fn not_held(doc: Doc) -> Option<Html> {
    let items = doc
        .document()
        .not_held
        .iter()
        .map(|item| entry(doc, &item.subject, "", &item.cite, who("写在", &item.document)));
    let list = entries(items.collect())?;
    Some(html! {
        <>
            <p>{ "下面这些事，文件交给别的规定来定。本站没有那些规定，不替它们编数字，请问窗口。" }</p>
            { list }
        </>
    })
}

/// The footnotes: each ambiguity and how it is read here, under its own anchor.
pub(super) fn readings(doc: Doc) -> Option<Html> {
    let items = doc.document().readings.iter().map(|reading| {
        html! {
            <li class="entry" id={reading.id.clone()} key={reading.id.clone()}>
                <p class="entry__title">{ "本站理解 " }{ &reading.id }</p>
                <p>{ "文件没说清的：" }{ &reading.unclear }</p>
                <p>{ "本站这样理解：" }{ &reading.reading }</p>
            </li>
        }
    });
    let list = entries(items.collect())?;
    Some(html! {
        <>
            <p>{ "下面是本站的理解，不是主管部门的解释，以窗口答复为准。" }</p>
            { list }
        </>
    })
}
