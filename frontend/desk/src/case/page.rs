//! The case page: fetch, open in the worker, lay out.

use chrono::NaiveDate;
use policies::model::Document;
use protocol::letter::Letter;
use yew::prelude::*;

use super::application::{ApplicationView, Rules};
use super::aside::SettingAside;
use super::corrected::{self, Corrected, corrected};
use super::drafts::Drafts;
use super::evidence::Evidence;
use super::form::FormView;
use super::history::{History, StaticDocument};
use super::messages::Messages;
use super::opened::{OpenedCase, Unopened, open};
use super::pair::PairView;
use super::papers::PapersView;
use super::passing::PassingOn;
use super::procedure::ProcedureView;
use super::same_flat::SameFlat;
use super::sending::Target;
use super::tip_off::TipOffView;
use crate::calls::{Desk, DeskError};
use crate::flats::Flats;
use crate::problem::Problem;
use crate::words;
use ui::components::{Button, Look, Notice, Tone};
use ui::hooks::{use_focus_heading, use_request, use_title};
use ui::words::{day, moment, owners_moment};

/// Props of [`CasePage`].
#[derive(Properties, PartialEq)]
pub(crate) struct CasePageProps {
    /// Look-up id.
    pub(crate) lookup: String,
    /// Where to ask.
    pub(crate) desk: Desk,
    /// Today in China.
    pub(crate) today: NaiveDate,
    /// Unsent forms.
    pub(crate) drafts: Drafts,
    /// What was opened at this desk, by its flats.
    pub(crate) flats: UseReducerHandle<Flats>,
    /// Opens another case.
    pub(crate) on_open: Callback<String>,
    /// Back to the inbox.
    pub(crate) on_back: Callback<()>,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// One case.
#[component]
pub(crate) fn CasePage(props: &CasePageProps) -> Html {
    let number = ui::words::case_number(&props.lookup);
    use_title(&format!("件 {number}"));
    let heading = use_focus_heading(&props.lookup);
    let opened = use_state(|| None::<OpenedCase>);
    let request = use_request::<(), DeskError>();

    let load = {
        let (desk, opened, request) = (props.desk.clone(), opened.setter(), request.clone());
        let on_key_gone = props.on_key_gone.clone();
        let lookup = props.lookup.clone();
        Callback::from(move |()| {
            let (desk, opened, on_key_gone) = (desk.clone(), opened.clone(), on_key_gone.clone());
            let lookup = lookup.clone();
            request.run(async move {
                let outcome = async { open(&desk, desk.case(&lookup).await?).await };
                match outcome.await {
                    Ok(case) => {
                        opened.set(Some(case));
                        Ok(())
                    }
                    Err(error) => {
                        if error.key_is_gone() {
                            on_key_gone.emit(());
                        }
                        Err(error)
                    }
                }
            });
        })
    };
    {
        let load = load.clone();
        use_effect_with((), move |()| load.emit(()));
    }
    let on_print = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            // A browser without printing shows its own message.
            let _ = window.print();
        }
    });

    let Some(document) = props.desk.document().map(policies::Compiled::document) else {
        return Html::default();
    };
    let title = opened
        .as_ref()
        .map_or_else(|| "正在打开".to_owned(), |opened| words::kind(document, opened.case.view.kind));
    html! {
        <article class="desk-case">
            <p class="desk-paper">
                { format!(
                    "{}　{}　打印内容含个人信息，请妥善保管。身份证号按屏幕上的显示打印。",
                    document.place.full_name, words::role(props.desk.officer.role),
                ) }
            </p>
            <p class="desk-noprint">
                <Button look={Look::Quiet} onclick={props.on_back.reform(|_: MouseEvent| ())} test="desk-back">
                    { "← 返回收件箱" }
                </Button>
            </p>
            <header class="desk-page__head">
                <div>
                    <h1 ref={heading} tabindex="-1">
                        { title }{ " " }<span class="desk-case__number">{ &number }</span>
                    </h1>
                    if let Some(opened) = &*opened {
                        { standing(opened, document) }
                    }
                </div>
                <div class="desk-page__actions desk-noprint">
                    <Button
                        look={Look::Secondary} busy={request.state().is_busy()} test="case-refresh"
                        onclick={load.reform(|_: MouseEvent| ())}
                    >
                        { "刷新" }
                    </Button>
                    <Button look={Look::Secondary} onclick={on_print} test="case-print">{ "打印" }</Button>
                    <p class="muted" role="status">
                        if request.state().is_busy() { { "正在取件并解密……" } }
                    </p>
                </div>
            </header>
            if let Some(error) = request.state().failed() {
                <Problem error={error.clone()} on_retry={load.clone()} />
            }
            if let Some(opened) = &*opened {
                { body(props, opened, document, load) }
            }
        </article>
    }
}

fn standing(opened: &OpenedCase, document: &Document) -> Html {
    let view = &opened.case.view;
    let stage =
        if view.withdrawn { "已撤回".to_owned() } else { words::stage(document, view.kind, &view.stage) };
    html! {
        <p class="desk-case__standing">
            { "当前环节：" }
            <strong class="desk-stage" data-test="stage-current" data-stage={view.stage.clone()}>{ stage }</strong>
            <span class="muted">{ format!("{} 收到", owners_moment(view.kind, view.received_at)) }</span>
        </p>
    }
}

fn body(
    props: &CasePageProps,
    opened: &OpenedCase,
    document: &'static Document,
    on_done: Callback<()>,
) -> Html {
    let desk = &props.desk;
    let target = Target {
        desk: desk.clone(),
        lookup: props.lookup.clone(),
        head: opened.case.view.head.clone(),
        sender: words::sender(opened.case.view.kind),
        mail: opened.mail(),
        reply_to: opened.reply_to().to_owned(),
        on_done,
        on_key_gone: props.on_key_gone.clone(),
    };
    let view = &opened.case.view;
    let (aside_target, passing_target) = (target.clone(), target.clone());
    let rules = desk.document().map(Rules);
    let mended = rules.map(|rules| corrected(opened, rules.0)).unwrap_or_default();
    let askable = rules.map(|rules| corrected::askable(opened, &mended, rules)).unwrap_or_default();
    let may_write = desk.officer.role.may_write() && !view.withdrawn && view.destroyed_at.is_none();
    html! {
        <>
            for finding in opened.findings(&desk.officer.office) {
                <Notice tone={Tone::Warning} title="请先核对" test="case-finding">
                    <p>{ finding.message() }</p>
                </Notice>
            }
            if opened.case.view.withdrawn {
                <Notice title={format!("{}已撤回", target.sender)}>
                    <p>{ target.sender }{ "在规定的时间内撤回了这个件，信件已从服务器删除，不需要再办理。" }</p>
                </Notice>
            }
            if let Some(at) = opened.case.view.destroyed_at {
                <Notice title="内容已经销毁" test="case-destroyed">
                    <p>{ format!("{} 按本单位设定的保存期限，信件和来往消息已从服务器销毁；办到哪一步、每一步的日期和签名还在。", moment(at)) }</p>
                </Notice>
            }
            if opened.case.view.aside().is_some() {
                <Notice title="这一件在“无效来件”里" test="case-aside">
                    <p>{ "它不在收件箱里，也不提醒。信没有删除；对方一留言，或者您答复、变更环节，就回到收件箱。" }</p>
                </Notice>
            }
            <div class="desk-columns">
                <div class="desk-columns__main">
                    { corrected::view(&mended) }
                    { letter(opened, &mended, desk, document) }
                    <PapersView
                        opened={opened.clone()} document={StaticDocument(document)} desk={desk.clone()}
                        on_key_gone={props.on_key_gone.clone()}
                    />
                    <SameFlat
                        opened={opened.clone()} document={StaticDocument(document)} desk={desk.clone()}
                        flats={props.flats.clone()} on_open={props.on_open.clone()} on_key_gone={props.on_key_gone.clone()}
                    />
                </div>
                <div class="desk-columns__side">
                    <ProcedureView
                        view={opened.case.view.clone()} document={StaticDocument(document)} today={props.today}
                        target={target.clone()} drafts={props.drafts.clone()} {askable} {may_write}
                    />
                    <Messages
                        opened={opened.clone()} {target} drafts={props.drafts.clone()} {may_write}
                    />
                    if may_write {
                        <PassingOn opened={opened.clone()} target={passing_target} />
                    }
                    <Evidence
                        opened={opened.clone()} document={StaticDocument(document)} desk={desk.clone()}
                        on_key_gone={props.on_key_gone.clone()}
                    />
                    <History opened={opened.clone()} document={StaticDocument(document)} />
                    if may_write && is_fresh(opened, document) {
                        <SettingAside opened={opened.clone()} target={aside_target} />
                    }
                </div>
            </div>
        </>
    }
}

/// Whether nobody has taken it up: it is in the first stage of its procedure.
fn is_fresh(opened: &OpenedCase, document: &Document) -> bool {
    let view = &opened.case.view;
    let first = document.procedure(view.kind).and_then(|procedure| procedure.stages.first());
    first.is_some_and(|first| first.id == view.stage)
}

fn letter(opened: &OpenedCase, mended: &Corrected, desk: &Desk, document: &'static Document) -> Html {
    let letter = match &mended.letter {
        Some(mended) => Ok(mended),
        None => opened.letter.as_ref(),
    };
    match (letter, desk.document()) {
        (Ok(Letter::Application(application)), Some(compiled)) => html! {
            <ApplicationView application={(**application).clone()} rules={Rules(compiled)} />
        },
        (Ok(Letter::TipOff(tip_off)), _) => {
            html! { <TipOffView tip_off={tip_off.clone()} document={StaticDocument(document)} /> }
        }
        (Ok(Letter::Message(message)), _) => html! {
            <Notice title="信件内容"><p class="desk-prose">{ &message.text }</p></Notice>
        },
        (Ok(Letter::Form(letter)), Some(compiled)) => html! {
            <>
                <PairView letter={letter.clone()} document={StaticDocument(compiled.document())} desk={desk.clone()} />
                <FormView letter={letter.clone()} rules={Rules(compiled)} received={day(opened.case.view.received_at)} />
            </>
        },
        (Ok(Letter::Application(_) | Letter::Form(_)), None) => Html::default(),
        // The page says above why.
        (Err(Unopened::Withdrawn | Unopened::Destroyed), _) => Html::default(),
        (Err(why), _) => html! {
            <Notice tone={Tone::Failure} title="信件没有打开" test="letter-unopened">
                <p>{ why.to_string() }</p>
            </Notice>
        },
    }
}
