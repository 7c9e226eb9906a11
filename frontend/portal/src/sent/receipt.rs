//! What is shown once the office's mailbox has it.

use policies::model::CaseKind;
use protocol::case::Acknowledgement;
use yew::prelude::*;

use super::{code::Code, kind_words, withdraw::Withdraw};
use crate::mail::outbox::{self, Parcel, Stage};
use sealer::ops::Receipt;
use ui::{
    components::{Button, Card, Notice, Tone},
    place::Doc,
    words::{moment, withdrawable},
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
}

/// The receipt, what to do with it, and some minutes to take the whole thing back.
#[component]
pub(super) fn ReceiptCard(props: &ReceiptCardProps) -> Html {
    let kind = props.parcel.kind;
    let place =
        Doc::by_id(&props.parcel.office).map_or_else(String::new, |doc| doc.document().place.name.clone());
    let on_withdrawn = {
        let (parcel, on_change) = (props.parcel.clone(), props.on_change.clone());
        Callback::from(move |()| {
            let _ = outbox::keep(Parcel { stage: Stage::Withdrawn, ..parcel.clone() });
            on_change.emit(());
        })
    };
    html! {
        <>
            <Notice tone={Tone::Success} title={format!("{place}：{}已经提交", kind_words(kind))} live=true test="sent">
                <p>{ format!("收到时间：{}。", moment(props.acknowledgement.received_at)) }</p>
            </Notice>
            <Card title="您的查询码">
                <Code
                    code={props.receipt.code.clone()}
                    office={props.parcel.office.clone()}
                    {kind}
                    received_at={props.acknowledgement.received_at}
                />
                <ul>
                    <li>{ "以后凭这 20 位数字看办到哪一步、看工作人员的回复、补充说明。" }</li>
                    <li>{ "谁有查询码谁就能看，请不要给别人，也不要发到群里。" }</li>
                    <li>
                        if kind == CaseKind::TipOff {
                            { "举报没有留下您的身份，查询码丢了谁也找不回来。" }
                        } else {
                            { "查询码丢了，请申请人本人带身份证到受理窗口办理。" }
                        }
                    </li>
                </ul>
            </Card>
            <Card title="您保存好查询码了吗？" class="no-print">
                <p>{ "点了下面的按钮，这台设备就不再留着查询码。没有保存好之前，请先不要点。" }</p>
                <Button onclick={props.on_saved.reform(|_: MouseEvent| ())} test="receipt-saved-confirm">
                    { "我已经保存好了" }
                </Button>
            </Card>
            <Card title={format!("填错了？{}", withdrawable())} class="no-print">
                <Withdraw
                    lookup={props.receipt.lookup.clone()}
                    token={props.receipt.token.clone()}
                    until={props.acknowledgement.withdraw_until}
                    {on_withdrawn}
                />
            </Card>
        </>
    }
}
