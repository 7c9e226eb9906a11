//! One case: stage, timeline, messages, reply, withdrawal.

use policies::model::CaseKind;
use protocol::{case::CaseView, chain};
use yew::prelude::*;

use super::{
    correct::Correct,
    days::CaseDates,
    kept::{Keep, name_of},
    messages::{is_answered, open_request, use_messages},
    open::{Opened, look_up},
    outcome,
    own::OwnCopy,
    progress::Progress,
    remedy::Remedy,
    reply::Reply,
    signatures::{Known, Signatures, authors_of},
    thread::Thread,
};
use crate::{
    dates::of_correction,
    papers::{self, Uploading},
    sent::Withdraw,
};
use ui::{
    api::ApiError,
    browser::stored,
    components::{Button, Card, Contacts, Counters, Look, Notice, Tone, fold},
    hooks::{use_request, use_server_now},
    place::Doc,
    sealing::{Sealer, SealerError},
    words::{case_number, case_word, moment, owners_moment, withdrawable},
};

/// Props of [`CaseScreen`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CaseScreenProps {
    /// The case with its keys.
    pub(super) opened: Opened,
    /// Opens and seals messages.
    pub(super) sealer: Sealer,
    /// Done looking.
    pub(super) on_close: Callback<()>,
}

/// A case as its owner sees it.
#[component]
pub(super) fn CaseScreen(props: &CaseScreenProps) -> Html {
    let view = use_state(|| props.opened.view.clone());
    // Without a network: what this device saw last, until the case is looked up.
    let last = use_state(|| props.opened.last.clone());
    let refreshed = use_request::<CaseView, ApiError>();
    let now = use_server_now();
    // What is written to a tip-off, and its pictures, stay on this page, but where this device was asked to keep its receipt or
    // what is still on its way.
    let code = props.opened.receipt.code.clone();
    use_effect_with((view.kind, view.lookup.clone(), code), |(kind, lookup, code)| {
        let asked = papers::is_on_its_way(lookup) || name_of(code).is_some();
        stored::keep_nothing(*kind == CaseKind::TipOff && !asked);
        || stored::keep_nothing(false)
    });
    let on_view = {
        let view = view.setter();
        Callback::from(move |latest: CaseView| view.set(latest))
    };
    {
        let (on_view, last) = (on_view.clone(), last.setter());
        use_effect_with(refreshed.state().done().cloned(), move |latest| {
            if let Some(latest) = latest {
                last.set(None);
                on_view.emit(latest.clone());
            }
        });
    }
    let refresh = {
        let (refreshed, opened) = (refreshed.clone(), props.opened.clone());
        Callback::from(move |()| {
            let opened = opened.clone();
            refreshed.run(async move { look_up(&opened.config, &opened.receipt).await });
        })
    };
    let known = use_request::<Known, SealerError>();
    {
        let (known, opened, sealer) = (known.clone(), props.opened.clone(), props.sealer.clone());
        use_effect_with((*view).clone(), move |view| {
            let view = view.clone();
            known.run(async move { authors_of(&view, &opened, &sealer).await });
        });
    }
    let withdrawn = {
        let lookup = view.lookup.clone();
        refresh.reform(move |()| papers::cancel(&lookup))
    };
    let said = use_messages(&view, &props.opened.receipt.identity, &props.sealer);
    let Known { authors, counters } = known.state().done().cloned().unwrap_or_default();
    let lives = !view.withdrawn && view.destroyed_at.is_none();
    let can_write = lives && last.is_none();
    let doc = Doc::by_id(&view.office);
    // Nothing is shown to be done for the office before it is known to be of the office.
    let asked = open_request(&view, &said, &authors).filter(|_| can_write && !authors.is_empty());
    let by = asked.as_ref().map(|asked| of_correction(asked.request.by, &asked.to));
    let opened = Opened { view: (*view).clone(), last: (*last).clone(), ..props.opened.clone() };
    let intact = chain::verify_view(&view, props.opened.pin.as_deref()).is_ok();
    let can_withdraw = last.is_none() && !view.withdrawn && now.is_some_and(|now| now <= view.withdraw_until);
    let title = match doc {
        Some(doc) => format!("{} · {}", doc.document().place.name, kind_label(doc, view.kind)),
        None => case_word(view.kind).to_owned(),
    };
    html! {
        <>
            <p class="muted">
                { title }{ "，" }{ owners_moment(view.kind, view.received_at) }{ " 收到，件号 " }
                <span class="number" data-test="case-number">{ case_number(&view.lookup) }</span>
            </p>
            if let Some(last) = &*last {
                <Notice tone={Tone::Warning} title={format!("没有网络，这是 {} 看到的", moment(last.at))} live=true test="as-last-seen">
                    <p>{ "这以后有没有变化，要有网络才知道。到时候点下面的“刷新”。" }</p>
                </Notice>
            }
            if !intact {
                <Notice tone={Tone::Warning} title="记录前后对不上" test="chain-broken">
                    <p>{ "这一件的经过记录有缺漏或被改动过，请联系受理单位核实。" }</p>
                </Notice>
            }
            <Uploading lookup={view.lookup.clone()} on_done={refresh.clone()} />
            <Signatures view={(*view).clone()} {doc} known={known.state().clone()} />
            if let (Some(days), None) = (view.kept_days, view.destroyed_at) {
                <p class="muted" data-test="kept-days">
                    { format!("办结以后，信件、留言和材料还保留 {days} 天，到期从服务器上销毁；办到哪一步、每一步的日期留着。") }
                </p>
            }
            if let Some(at) = view.destroyed_at {
                <Notice title="内容已经销毁" test="case-destroyed">
                    <p>{ format!("{} 受理单位按自己设定的保存期限，把这一件的信件和来往留言从服务器上销毁了。办到哪一步、每一步的日期还在下面；不能再留言，要办事请联系受理单位。", moment(at)) }</p>
                </Notice>
            }
            if let (Some(asked), Some(doc)) = (asked, doc) {
                <Correct key={asked.to.clone()} opened={opened.clone()} {doc} asked={asked.clone()} sealer={props.sealer.clone()} on_view={on_view.clone()} />
            }
            <Progress view={(*view).clone()} {doc} corrected={is_answered(&view, &said)}>
                if let (Some(doc), false) = (doc, view.withdrawn) {
                    <Remedy opened={props.opened.clone()} {doc} view={(*view).clone()} sealer={props.sealer.clone()} />
                }
                { outcome::passed_on(&view, &authors) }
                { outcome::told(&view, doc, &said, &authors) }
                <Thread view={(*view).clone()} {authors} {said} opened={props.opened.clone()} sealer={props.sealer.clone()} />
                if can_write {
                    <Reply opened={opened.clone()} sealer={props.sealer.clone()} {on_view} />
                }
            </Progress>
            <div class="row">
                <Button look={Look::Secondary} onclick={refresh.reform(|_: MouseEvent| ())} busy={refreshed.state().is_busy()} test="status-refresh">
                    { "刷新" }
                </Button>
                <Button look={Look::Secondary} onclick={props.on_close.reform(|_: MouseEvent| ())} test="status-close">
                    { "查别的查询码" }
                </Button>
            </div>
            if let Some(error) = refreshed.state().failed() {
                <Notice tone={Tone::Failure} live=true test="refresh-failed"><p>{ error.to_string() }</p></Notice>
            }
            if can_withdraw {
                <Card title={format!("填错了？{}", withdrawable())} class="no-print">
                    <Withdraw
                        receipt={props.opened.receipt.clone()}
                        office={view.office.clone()}
                        kind={view.kind}
                        head={view.head.clone()}
                        until={view.withdraw_until}
                        on_withdrawn={withdrawn}
                    />
                </Card>
            }
            if last.is_none() {
                <Keep opened={opened.clone()} stage={stage_word(doc, &view)} />
            }
            if let Some(doc) = doc {
                if lives {
                    <CaseDates opened={opened.clone()} {doc} view={(*view).clone()} by={by} sealer={props.sealer.clone()} />
                }
                <OwnCopy {opened} {doc} view={(*view).clone()} sealer={props.sealer.clone()} />
                { fold("contacts", "要问人", String::new(), html! { <><Counters {counters} /><Contacts {doc} /></> }) }
            }
        </>
    }
}

/// What the present stage is called.
fn stage_word(doc: Option<Doc>, view: &CaseView) -> String {
    if view.withdrawn {
        return "已撤回".to_owned();
    }
    let stage = doc.and_then(|doc| doc.procedure(view.kind)?.stage(&view.stage));
    stage.map_or_else(|| view.stage.clone(), |stage| stage.label.clone())
}

fn kind_label(doc: Doc, kind: CaseKind) -> String {
    doc.procedure(kind).map_or_else(|| case_word(kind).to_owned(), |procedure| procedure.label.clone())
}
