//! Taking a case back while there is time.

use policies::model::CaseKind;
use protocol::{
    authorization::Authorization,
    case::{self, Withdrawal},
    coarse::owners_time,
    routes,
};
use yew::prelude::*;

use super::again::{self, Written};
use crate::{
    frame::ButtonLink,
    mail::{
        SendError,
        outbox::{self, Parcel},
    },
    papers,
    route::Route,
    router::use_navigator,
};
use sealer::ops::Receipt;
use ui::{
    api::{Api, fetch_config},
    browser::{now_secs, random},
    components::{Button, Look, Notice, Tone},
    hooks::{use_request, use_server_now},
    sealing::use_sealer,
    words::{case_word, clock, withdrawal_over},
};

/// Props of [`Withdraw`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct WithdrawProps {
    /// Its receipt.
    pub(crate) receipt: Receipt,
    /// Office id.
    pub(crate) office: AttrValue,
    /// Its kind.
    pub(crate) kind: CaseKind,
    /// The head of the case as it is shown.
    pub(crate) head: AttrValue,
    /// Last second in which it works, Unix seconds.
    pub(crate) until: u64,
    /// It was taken back.
    pub(crate) on_withdrawn: Callback<()>,
}

/// The offer to take a case back, asked twice.
#[component]
pub(crate) fn Withdraw(props: &WithdrawProps) -> Html {
    let now = use_server_now();
    let sure = use_state(|| false);
    let sealer = use_sealer();
    let request = use_request::<case::Written, SendError>();
    // One id for every attempt, so that a repeated one changes nothing.
    let id = use_mut_ref(|| None::<String>);
    {
        let on_withdrawn = props.on_withdrawn.clone();
        use_effect_with(request.state().done().is_some(), move |done| {
            if *done {
                on_withdrawn.emit(());
            }
        });
    }
    let withdraw = {
        let (request, receipt) = (request.clone(), props.receipt.clone());
        let (office, head, kind) = (props.office.clone(), props.head.clone(), props.kind);
        Callback::from(move |_: MouseEvent| {
            let id = id.borrow_mut().get_or_insert_with(random::request_id).clone();
            let (receipt, sealer) = (receipt.clone(), sealer.clone());
            let (office, head) = (office.clone(), head.clone());
            request.run(async move {
                let api = Api::of(&fetch_config().await?);
                let at = owners_time(kind, now_secs());
                let signed = sealer.sign_owner(&receipt, &office, (&head, at), None).await?;
                let route = routes::Route::Withdraw { lookup: &receipt.lookup };
                let held = Authorization::Receipt(receipt.token.clone());
                Ok(api.send(route, &Withdrawal { id, signed }, Some(&held)).await?)
            });
        })
    };
    let ask = |on: bool| {
        let sure = sure.setter();
        Callback::from(move |_: MouseEvent| sure.set(on))
    };
    if now.is_some_and(|now| now > props.until) {
        return html! {
            <p class="muted">{ withdrawal_over() }{ "要撤回，请凭查询码给受理单位留言，或者打电话。" }</p>
        };
    }
    html! {
        <div class="withdraw">
            <p>{ format!("{} 以前可以撤回。撤回以后，受理单位不再办理这一件。", clock(props.until)) }</p>
            if *sure {
                <p><strong>{ "确定要撤回吗？撤回后不能恢复。" }</strong></p>
                <div class="row">
                    <Button look={Look::Danger} onclick={withdraw} busy={request.state().is_busy()} test="withdraw-confirm">
                        { "确定撤回" }
                    </Button>
                    <Button look={Look::Secondary} onclick={ask(false)} test="withdraw-cancel">{ "不撤回" }</Button>
                </div>
            } else {
                <Button look={Look::Secondary} onclick={ask(true)} test="withdraw">{ "撤回" }</Button>
            }
            if let Some(error) = request.state().failed() {
                <Notice tone={Tone::Failure} live=true test="withdraw-failed"><p>{ error.to_string() }</p></Notice>
            }
        </div>
    }
}

/// Props of [`Withdrawn`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct WithdrawnProps {
    /// What was taken back.
    pub(super) parcel: Parcel,
    /// The outbox changed.
    pub(super) on_change: Callback<()>,
    /// What the program knows of the pages that wrote it.
    pub(super) written: Written,
}

/// What can be done after taking a case back: mend it and send it as a new one, or let it be.
#[component]
pub(super) fn Withdrawn(props: &WithdrawnProps) -> Html {
    let navigator = use_navigator();
    let mend = {
        let (parcel, written) = (props.parcel.clone(), props.written);
        Callback::from(move |_: MouseEvent| {
            (written.put_back)(&parcel);
            outbox::remove(&parcel.id);
            if let Some(navigator) = &navigator {
                again::open(navigator, &parcel);
            }
        })
    };
    let drop = {
        let (id, on_change) = (props.parcel.id.clone(), props.on_change.clone());
        Callback::from(move |_: MouseEvent| {
            outbox::remove(&id);
            papers::forget(&id);
            on_change.emit(());
        })
    };
    html! {
        <Notice tone={Tone::Success} title="已经撤回" live=true test="withdrawn">
            <p>{ format!("受理单位不再办理这份{}。", case_word(props.parcel.kind)) }</p>
            <div class="row">
                if props.parcel.draft.is_some() {
                    <Button onclick={mend} test="withdrawn-mend">{ "修改后重新提交" }</Button>
                    <Button look={Look::Secondary} onclick={drop} test="withdrawn-drop">{ "不再提交，清除内容" }</Button>
                } else {
                    <ButtonLink to={Route::Tip { place: props.parcel.place.clone() }}>{ "重新写一份" }</ButtonLink>
                    <Button look={Look::Secondary} onclick={drop} test="withdrawn-drop">{ "知道了" }</Button>
                }
            </div>
        </Notice>
    }
}
