//! What an anonymous tip-off says.

use protocol::letter::{Misuse, TipOff};
use yew::prelude::*;

use ui::components::{Card, DataList, DataRow};
use ui::words::date_words;

/// Props of [`TipOffView`].
#[derive(Properties, PartialEq)]
pub(crate) struct TipOffViewProps {
    /// The letter.
    pub(crate) tip_off: TipOff,
}

/// A tip-off.
#[component]
pub(crate) fn TipOffView(props: &TipOffViewProps) -> Html {
    let tip_off = &props.tip_off;
    let mut rows = vec![
        DataRow::new("反映的问题", misuse(tip_off.what)),
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
    rows.push(DataRow::new("填写日期", date_words(tip_off.on)));
    html! {
        <Card title="举报内容" test="tip-off">
            <p class="muted">{ "匿名举报：信件里没有举报人的任何信息，可以凭查询码收到答复。" }</p>
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
