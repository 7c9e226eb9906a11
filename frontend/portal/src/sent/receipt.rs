//! What is shown once the office's mailbox has it.

use protocol::{case::Acknowledgement, chain};
use yew::prelude::*;

use super::{
    again::Written,
    code::Code,
    lost_words,
    next::{next_steps, whom_to_ask},
    withdraw::Withdraw,
};
use crate::{
    mail::outbox::{self, Parcel, Stage},
    papers,
};
use sealer::ops::Receipt;
use ui::{
    components::{Button, Card, Notice, Tone},
    paper::Standing,
    place::Doc,
    words::{case_number, case_word, day, owners_moment, withdrawable},
};

/// Props of [`ReceiptCard`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ReceiptCardProps {
    /// What was sent.
    pub(super) parcel: Parcel,
    /// Its receipt.
    pub(super) receipt: Receipt,
    /// What the server said.
    pub(super) acknowledgement: Acknowledgement,
    /// The person says that the code is saved.
    pub(super) on_saved: Callback<()>,
    /// The outbox changed.
    pub(super) on_change: Callback<()>,
    /// What the program knows of the pages that wrote it.
    pub(super) written: Written,
}

/// The receipt, what to do with it, and some minutes to take the whole thing back.
#[component]
pub(super) fn ReceiptCard(props: &ReceiptCardProps) -> Html {
    let kind = props.parcel.kind;
    let doc = Doc::by_id(&props.parcel.office);
    let place = doc.map_or_else(String::new, |doc| doc.document().place.name.clone());
    let number = case_number(&props.receipt.lookup);
    let received_at = props.acknowledgement.received_at;
    let standing = Standing::Sent { number: number.clone(), received: owners_moment(kind, received_at) };
    let on_withdrawn = {
        let (parcel, on_change) = (props.parcel.clone(), props.on_change.clone());
        let lookup = props.receipt.lookup.clone();
        Callback::from(move |()| {
            papers::cancel(&lookup);
            let _ = outbox::keep(Parcel { stage: Stage::Withdrawn, ..parcel.clone() });
            on_change.emit(());
        })
    };
    html! {
        <>
            <Notice tone={Tone::Success} title={format!("{place}：{}已经提交", case_word(kind))} live=true test="sent">
                <p>
                    { format!("收到时间：{}。件号：", owners_moment(kind, received_at)) }
                    <span class="number" data-test="case-number">{ number.clone() }</span>{ "。" }
                </p>
            </Notice>
            <Card title="您的查询码">
                <Code
                    code={props.receipt.code.clone()}
                    office={props.parcel.office.clone()}
                    counters={props.parcel.counters.clone()}
                    {kind}
                    received_at={props.acknowledgement.received_at}
                    {number}
                    pin={chain::pin(&props.acknowledgement.head).to_owned()}
                />
                <ul>
                    <li>{ "以后凭这 20 位数字看办到哪一步、看工作人员的回复、补充说明。" }</li>
                    <li>{ "谁有查询码谁就能看，请不要给别人，也不要发到群里。" }</li>
                    <li>{ lost_words(kind) }</li>
                </ul>
            </Card>
            if let Some(doc) = doc {
                { (props.written.print)(doc, &props.parcel, &standing, day(received_at)) }
            }
            <Card title="您保存好查询码了吗？" class="no-print">
                <p>{ "点了下面的按钮，这台设备就不再留着查询码。没有保存好之前，请先不要点。" }</p>
                <Button onclick={props.on_saved.reform(|_: MouseEvent| ())} test="receipt-saved-confirm">
                    { "我已经保存好了" }
                </Button>
            </Card>
            if let Some(doc) = doc {
                <Card title="接下来" test="next">
                    { list(&next_steps(doc, kind)) }
                    <h3>{ "要问人" }</h3>
                    { list(&whom_to_ask(doc, &props.parcel.counters)) }
                </Card>
                { (props.written.dates)(doc, &props.parcel, &props.receipt, day(received_at)) }
            }
            <Card title={format!("填错了？{}", withdrawable())} class="no-print">
                <Withdraw
                    receipt={props.receipt.clone()}
                    office={props.parcel.office.clone()}
                    {kind}
                    head={props.acknowledgement.head.clone()}
                    until={props.acknowledgement.withdraw_until}
                    {on_withdrawn}
                />
            </Card>
        </>
    }
}

fn list(lines: &[String]) -> Html {
    html! { <ul>for line in lines { <li>{ line }</li> }</ul> }
}
