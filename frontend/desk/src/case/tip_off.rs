//! What a tip-off says.

use protocol::letter::{Misuse, TipOff};
use yew::prelude::*;

use super::history::StaticDocument;
use ui::components::{Card, DataList, DataRow};
use ui::words::date_words;

/// Props of [`TipOffView`].
#[derive(Properties, PartialEq)]
pub(crate) struct TipOffViewProps {
    /// The letter.
    pub(crate) tip_off: TipOff,
    /// The office's document.
    pub(crate) document: StaticDocument,
}

/// A tip-off.
#[component]
pub(crate) fn TipOffView(props: &TipOffViewProps) -> Html {
    let tip_off = &props.tip_off;
    // Names come from the document, never from the letter: a sender could call it what he likes.
    let breach = props.document.0.breach(&tip_off.breach);
    let of_the_document = breach.map(|breach| format!("{}（{}）", breach.label, breach.cite.article));
    let mut rows = vec![
        DataRow::new(
            "反映的问题",
            html! { <span data-test="tip-what">{ of_the_document.unwrap_or_else(|| misuse(tip_off.what).to_owned()) }</span> },
        ),
        DataRow::new("房屋位置", html! { <bdi data-test="tip-place">{ &tip_off.place }</bdi> }),
    ];
    for (term, value) in [("从什么时候开始", &tip_off.since), ("怎样知道的", &tip_off.how_known)]
    {
        if !value.is_empty() {
            rows.push(DataRow::new(term, html! { <bdi>{ value }</bdi> }));
        }
    }
    let text = html! { <bdi class="desk-prose" data-test="tip-text">{ &tip_off.text }</bdi> };
    rows.push(DataRow::new("具体情况", text));
    if let Some(informant) = &tip_off.informant {
        let phone = if informant.phone.is_empty() { "没有留电话" } else { &informant.phone };
        let told = html! { <bdi data-test="tip-informant">{ &informant.name }{ "，" }{ phone }</bdi> };
        rows.push(DataRow::new("举报人（实名，请保密）", told));
    }
    rows.push(DataRow::new("填写日期", date_words(tip_off.on)));
    html! {
        <Card title="举报内容" test="tip-off">
            if tip_off.informant.is_none() {
                <p class="muted">{ "匿名举报：举报人没有留姓名，可以凭查询码收到答复。" }</p>
            }
            if tip_off.no_questions {
                <p data-test="tip-no-questions">{ "举报人只看结果，不希望再被问。" }</p>
            }
            <DataList {rows} />
        </Card>
    }
}

fn misuse(what: Misuse) -> &'static str {
    match what {
        Misuse::Sublet => "转租",
        Misuse::Lent => "转借",
        Misuse::Idle => "空置",
        Misuse::OtherUse => "改变用途",
        Misuse::NotEligible => "不符合条件仍占用",
        Misuse::Subsidy => "违规领补贴",
        Misuse::Other => "其他",
    }
}
