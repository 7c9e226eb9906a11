//! Tip-off (举报): what, where, when, how known; by name only where somebody wants to.

mod about;
pub(crate) mod draft;
mod informant;
mod keeping;
mod leave;
mod terms;

use std::rc::Rc;

use policies::model::CaseKind;
use protocol::{addressee::Addressee, letter::Unsealed};
use yew::prelude::*;

use crate::{
    frame::{ButtonLink, KeepsNothing, PlaceProps, PlaceTrail, UnknownPlace},
    mail::{
        OfficeKeyNote,
        outbox::{self, Parcel},
        ticket, use_kept_draft,
    },
    papers::{self, Pictures, use_pictures},
    route::Route,
    router::use_navigator,
};
use sealer::ops::CheckedCard;
use ui::{
    browser::{random, stored, today_in_beijing},
    components::{
        Button, Card, Contacts, ErrorSummary, Field, FieldKind, Notice, Page, RadioGroup, RadioOption,
        Standing, Tone, fold, still_wrong,
    },
    hooks::use_today,
    place::Doc,
};

use about::About;
use draft::{TipAction, TipDraft, TipField};
use informant::Who;
use keeping::Keeping;
pub(crate) use leave::Leave;
use terms::Terms;

/// What the window says while somebody writes: the same as on the site's first page.
const WINDOW_TITLE: &str = "公共租赁住房自助服务";

/// Write and send a tip-off.
#[component]
pub(crate) fn Tip(props: &PlaceProps) -> Html {
    let today = use_today();
    let Some(doc) = Doc::of_place(&props.place, today) else {
        return html! { <UnknownPlace /> };
    };
    if doc.procedure(CaseKind::TipOff).is_none() {
        return html! {
            <Page title="这里不能在线举报" window_title={WINDOW_TITLE} above={html! { <PlaceTrail {doc} /> }}>
                <p>{ "本站收录的文件没有写这里怎样举报，请直接联系下面的部门。" }</p>
                <Contacts {doc} />
            </Page>
        };
    }
    html! { <TipForm {doc} key={doc.document().id.clone()} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct TipFormProps {
    doc: Doc,
}

#[component]
fn TipForm(props: &TipFormProps) -> Html {
    let doc = props.doc;
    let today = use_today();
    let draft = use_reducer(TipDraft::default);
    let attempt = use_state(|| 0_u32);
    let tried = use_state(Vec::<AttrValue>::new);
    let by_ticket = use_state(String::new);
    let sending = use_state(|| false);
    let navigator = use_navigator();
    let copy = use_memo(doc, |doc| draft::copy(&doc.document().place.id));
    let kept = use_state(|| true);
    // Whether what is written stays on the device, which somebody has to ask for.
    let asked = use_state(|| false);
    let pictures = use_pictures(&draft.id);
    let elsewhere = use_state(|| false);
    let unsupervised = use_state(|| false);
    let open = {
        let (dispatcher, sending, elsewhere) = (draft.dispatcher(), sending.setter(), elsewhere.setter());
        let (copy, asked) = (Rc::clone(&copy), asked.setter());
        Callback::from(move |first: bool| {
            if first {
                // Coming back from sending, the page keeps as it did before.
                if !stored::keeps_nothing() {
                    stored::keep_nothing(!draft::is_kept(&doc.document().place.id));
                }
                asked.set(!stored::keeps_nothing());
            }
            let fresh = || TipDraft { id: random::request_id(), ..TipDraft::default() };
            let draft = copy.read().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(fresh);
            sending.set(outbox::holds(&draft.id));
            elsewhere.set(!first);
            dispatcher.dispatch(TipAction::Restore(Box::new(draft)));
        })
    };
    {
        let open = open.clone();
        use_effect_with(doc, move |_| open.emit(true));
    }
    use_kept_draft(&*draft, &copy, sending.setter(), kept.setter(), &open, true);
    let above = html! { <PlaceTrail {doc} /> };
    if *sending {
        return html! {
            <Page title="举报违规用房" window_title={WINDOW_TITLE} {above}>
                <Notice title="这份举报已经在提交" test="tip-sending">
                    <ButtonLink to={Route::Sent}>{ "去看看" }</ButtonLink>
                </Notice>
            </Page>
        };
    }
    let addressee = draft.addressee();
    let nobody = *unsupervised && addressee == Addressee::Supervisor;
    let wrong = [draft.faults(nobody), ticket::faults(&by_ticket)].concat();
    let faults = still_wrong(&tried, wrong.clone());
    let onsubmit = {
        let (draft, attempt, tried) = (draft.clone(), attempt.clone(), tried.clone());
        let by_ticket = by_ticket.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let wrong = wrong.clone();
            if !wrong.is_empty() {
                tried.set(wrong.into_iter().map(|fault| fault.id).collect());
                attempt.set(attempt.wrapping_add(1));
                return;
            }
            let letter = Unsealed::of_tip_off(&draft.tip_off(doc, today_in_beijing()));
            let parcel = Parcel::new(draft.id.clone(), doc, CaseKind::TipOff, letter, None);
            let _ = outbox::keep(Parcel { ticket: ticket::read(&by_ticket).ok().flatten(), ..parcel });
            if let Some(navigator) = &navigator {
                navigator.push(&Route::Sent);
            }
        })
    };
    let on_ask = {
        let (asked, copy, id) = (asked.setter(), Rc::clone(&copy), draft.id.clone());
        let text = serde_json::to_string(&*draft).unwrap_or_default();
        Callback::from(move |on: bool| {
            // What lies there goes before nothing is kept, and what is here is put there after.
            copy.forget();
            let (asked, copy, text) = (asked.clone(), Rc::clone(&copy), text.clone());
            papers::keep_anew(&id, move || {
                stored::keep_nothing(!on);
                let _ = copy.write(text);
                asked.set(on);
            });
        })
    };
    let on_clear = {
        let (dispatcher, copy, pictures) = (draft.dispatcher(), Rc::clone(&copy), pictures.clone());
        Callback::from(move |()| {
            pictures.clear();
            copy.forget();
            let fresh = TipDraft { id: random::request_id(), ..TipDraft::default() };
            dispatcher.dispatch(TipAction::Restore(Box::new(fresh)));
        })
    };
    let field = |field: TipField, id: &'static str, label: &'static str, hint: &'static str, value: &str| {
        let dispatcher = draft.dispatcher();
        let oninput = Callback::from(move |text| dispatcher.dispatch(TipAction::Write(field, text)));
        let error = faults.iter().find(|fault| fault.id == id).map(|fault| fault.message.clone());
        let kind = if field == TipField::Text { FieldKind::LongText } else { FieldKind::Text };
        let optional = !matches!(field, TipField::Place | TipField::Text);
        html! { <Field {id} {label} {hint} value={value.to_owned()} {oninput} {error} {kind} {optional} test={id} /> }
    };
    let misuse = {
        let dispatcher = draft.dispatcher();
        let breaches = doc.document().breaches.iter();
        let known = breaches
            .map(|breach| RadioOption::new("tip-what", &breach.id, &breach.label).with_help(&breach.says));
        let options: Vec<RadioOption> =
            known.chain([RadioOption::new("tip-what", draft::OTHER, "其他")]).collect();
        let error = faults.iter().find(|fault| fault.id == "tip-what").map(|fault| fault.message.clone());
        html! {
            <RadioGroup
                name="tip-what"
                legend="是哪一种情况？"
                {options}
                {error}
                selected={(!draft.what.is_empty()).then(|| AttrValue::from(draft.what.clone()))}
                onchange={Callback::from(move |value: AttrValue| {
                    dispatcher.dispatch(TipAction::Write(TipField::What, value.to_string()));
                })}
            />
        }
    };
    let about = {
        let dispatcher = draft.dispatcher();
        Callback::from(move |chosen: String| dispatcher.dispatch(TipAction::Write(TipField::About, chosen)))
    };
    let onwrite = {
        let dispatcher = draft.dispatcher();
        Callback::from(move |(field, text)| dispatcher.dispatch(TipAction::Write(field, text)))
    };
    let on_known = {
        let unsupervised = unsupervised.setter();
        Callback::from(move |card: CheckedCard| unsupervised.set(card.recipients == 0))
    };
    html! {
        <Page title="举报违规用房" window_title={WINDOW_TITLE} {above} lead={doc.procedure(CaseKind::TipOff).map(|procedure| AttrValue::from(procedure.says.clone()))}>
            if doc.is_doubtful(today) {
                <Standing {doc} />
            }
            <Terms {doc} />
            if *elsewhere {
                <Notice tone={Tone::Warning} title="这份举报在另一个页面改过" live=true test="tip-joined">
                    <p>{ "这里已经换成那边最新的内容；那边清掉或者提交了的，这里也清掉了。请看一遍再接着写。" }</p>
                </Notice>
            }
            // Nothing of it goes into the browser's own memory of forms, its spelling checker or what it restores after a crash.
            <form
                class="apply" novalidate=true {onsubmit}
                autocomplete="off" spellcheck="false" autocapitalize="off" autocorrect="off" writingsuggestions="false"
            >
                <ErrorSummary faults={faults.clone()} attempt={*attempt} />
                <About
                    {doc} {addressee} {nobody}
                    error={faults.iter().find(|fault| fault.id == "tip-about").map(|fault| fault.message.clone())}
                    onchange={about}
                />
                <Card>
                    { misuse }
                    { field(TipField::Place, "tip-place", "在哪里：小区或者地址", "小区的名字；没有小区的写路名、门牌；说不准就写大概位置。反映补贴的，写那一家住在哪里。", &draft.place) }
                    { field(TipField::Building, "tip-building", "几栋、几单元", "知道多少写多少，例如：3 栋 2 单元。", &draft.building) }
                    { field(TipField::Flat, "tip-flat", "房号", "例如：301；不知道房号的，写第几层、哪一边。", &draft.flat) }
                    { field(TipField::Text, "tip-text", "您看到了什么？", "谁在住、什么样的情况，照实写。请不要写没有根据的猜测。", &draft.text) }
                    { field(TipField::Since, "tip-since", "大概从什么时候开始？", "例如：去年春节以后。", &draft.since) }
                    { field(TipField::HowKnown, "tip-how-known", "您是怎样知道的？", "例如：亲眼看到、看到招租广告。不要写能认出您的内容。", &draft.how_known) }
                </Card>
                <Who draft={(*draft).clone()} faults={faults.clone()} {onwrite} />
                <Card title="照片，有就附上">
                    <Pictures papers={pictures.clone()} />
                </Card>
                <Keeping asked={*asked} blank={draft.is_blank() && pictures.is_empty()} {on_ask} {on_clear} />
                if *asked && !*kept {
                    <KeepsNothing />
                }
                { ticket::ask(&by_ticket, &faults) }
                <OfficeKeyNote
                    office={doc.document().id.clone()} kind={CaseKind::TipOff} {addressee} {on_known}
                    active={!draft.is_blank()}
                />
                <div class="apply__go">
                    <Button submit=true disabled={pictures.is_busy()} test="tip-submit">{ "提交举报" }</Button>
                </div>
            </form>
            { fold("contacts", "不想在网上举报？打电话或者去窗口", String::new(), html! { <Contacts {doc} /> }) }
        </Page>
    }
}
