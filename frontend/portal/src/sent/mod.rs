//! What was just sent: on its way, or the receipt.

mod again;
mod code;
mod deliver;
mod next;
mod receipt;
mod unread;
mod withdraw;
mod write_down;
mod written;

pub(crate) use again::{TIP_OFFS, Written};
pub(super) use code::use_code_picture;
pub(super) use withdraw::Withdraw;
pub(crate) use written::{ACTS, FORMS};

use policies::model::CaseKind;
use yew::prelude::*;

use crate::{
    frame::{ButtonLink, WithDocument},
    mail::outbox::{self, Parcel, Stage},
    papers::{self, Uploading},
    route::Route,
};
use deliver::Deliver;
use receipt::ReceiptCard;
use ui::{
    browser::stored,
    components::{Look, Notice, Page, Tone},
    hooks::use_window_event,
    words::case_word,
};
use unread::Unread;

/// Why a letter and its code are on this page alone.
fn nothing_kept() -> &'static str {
    if stored::keeps_nothing() {
        "这一页什么都不留在设备上。"
    } else {
        "这个浏览器存不下东西。"
    }
}

/// What to do about a lost code.
fn lost_words(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::TipOff => "举报没有留下您的身份，查询码丢了谁也找不回来。",
        _ => "查询码丢了，请申请人本人带身份证和件号到受理窗口问。",
    }
}

/// Props of [`Sent`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SentProps {
    /// What the program knows of the pages that wrote it.
    pub(crate) written: Written,
}

/// Every parcel in the outbox, the newest first.
#[component]
pub(crate) fn Sent(props: &SentProps) -> Html {
    let written = props.written;
    let parcels = use_state(|| None::<Vec<Parcel>>);
    let saved = use_state(|| None::<Parcel>);
    let unread = use_state(|| None::<String>);
    let refresh = {
        let (parcels, unread) = (parcels.setter(), unread.setter());
        Callback::from(move |()| {
            let mut latest = outbox::load();
            latest.reverse();
            unread.set(outbox::unread());
            parcels.set(Some(latest));
        })
    };
    {
        let refresh = refresh.clone();
        use_effect_with((), move |()| refresh.emit(()));
    }
    let unsaved = parcels.iter().flatten().any(|p| matches!(p.stage, Stage::Received { .. }));
    use_window_event("beforeunload", unsaved, Callback::from(|event: Event| event.prevent_default()));
    let on_saved = {
        let (refresh, saved) = (refresh.clone(), saved.setter());
        Callback::from(move |parcel: Parcel| {
            outbox::remove(&parcel.id);
            papers::forget(&parcel.id);
            saved.set(Some(parcel));
            refresh.emit(());
        })
    };
    let Some(parcels) = &*parcels else {
        return html! { <Page title="提交"><p role="status">{ "正在打开……" }</p></Page> };
    };
    let title = match parcels.first().map(|parcel| &parcel.stage) {
        Some(Stage::Received { .. }) => "提交成功，请保存查询码",
        Some(Stage::Withdrawn) => "已经撤回",
        Some(Stage::Written(_) | Stage::Sealed { .. }) => "正在提交",
        None if unread.is_some() => "有一份内容读不出来",
        None if saved.is_some() => "查询码已经保存",
        None => "没有等待提交的内容",
    };
    html! {
        <Page {title} window_title="提交">
            <Uploading />
            for parcel in parcels.iter() {
                { show(parcel, written, &refresh, &on_saved) }
            }
            if let Some(text) = &*unread {
                <Unread text={text.clone()} on_change={refresh} />
            } else if parcels.is_empty() {
                { nothing_left(saved.as_ref()) }
            }
        </Page>
    }
}

fn show(parcel: &Parcel, written: Written, refresh: &Callback<()>, on_saved: &Callback<Parcel>) -> Html {
    let key = parcel.id.clone();
    match &parcel.stage {
        Stage::Written(_) | Stage::Sealed { .. } => html! {
            <Deliver {key} parcel={parcel.clone()} on_change={refresh.clone()} {written} />
        },
        Stage::Received { receipt, acknowledgement } => html! {
            <WithDocument {key} id={parcel.office.clone()}>
                <ReceiptCard
                    parcel={parcel.clone()}
                    receipt={receipt.clone()}
                    acknowledgement={acknowledgement.clone()}
                    on_saved={on_saved.reform({ let parcel = parcel.clone(); move |()| parcel.clone() })}
                    on_change={refresh.clone()}
                    {written}
                />
            </WithDocument>
        },
        Stage::Withdrawn => html! {
            <withdraw::Withdrawn {key} parcel={parcel.clone()} on_change={refresh.clone()} {written} />
        },
    }
}

fn nothing_left(saved: Option<&Parcel>) -> Html {
    match saved {
        Some(parcel) => html! {
            <Notice tone={Tone::Success} title="查询码由您自己保管了" live=true test="saved-done">
                <p>{ format!("这台设备上不再留有这份{}和查询码。以后凭查询码看进度、看回复。", case_word(parcel.kind)) }</p>
                <div class="row">
                    <ButtonLink to={Route::Status} test="to-status">{ "用查询码看进度" }</ButtonLink>
                    <ButtonLink to={Route::Home} look={Look::Secondary} test="to-home">{ "回首页" }</ButtonLink>
                </div>
            </Notice>
        },
        None => html! {
            <Notice title="这里没有要显示的内容" test="nothing-sent">
                <p>{ "已经提交的，凭查询码看进度。还没有提交的申请草稿，在那个地方的“在线申请”里。" }</p>
                <div class="row">
                    <ButtonLink to={Route::Status}>{ "用查询码看进度" }</ButtonLink>
                    <ButtonLink to={Route::Home} look={Look::Secondary}>{ "选择地方" }</ButtonLink>
                </div>
            </Notice>
        },
    }
}
