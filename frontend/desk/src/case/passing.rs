//! Passing a tip-off on to somebody who could not open it: another department, or whoever looks after the office.

use policies::model::CaseKind;
use protocol::addressee::Addressee;
use protocol::case::Action;
use yew::prelude::*;

use super::opened::OpenedCase;
use super::sending::Target;
use crate::calls::DeskError;
use crate::words;
use sealer::ops::Reader;
use ui::attempt::Attempt;
use ui::components::{AskFirst, Card, Look, Notice, RadioGroup, RadioOption, Tone, fold};
use ui::hooks::use_request;

/// Props of [`PassingOn`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PassingOnProps {
    /// The case.
    pub(crate) opened: OpenedCase,
    /// Where the act goes.
    pub(crate) target: Target,
}

/// Whom it can be passed on to, asked twice.
#[component]
pub(crate) fn PassingOn(props: &PassingOnProps) -> Html {
    let request = use_request::<(), DeskError>();
    let chosen = use_state(|| None::<String>);
    let id = use_memo(props.target.head.clone(), |_| Attempt::new().id);
    let view = &props.opened.case.view;
    let can_go = view.kind == CaseKind::TipOff
        && view.mail().addressee == Addressee::Office
        && props.opened.letter.is_ok();
    let Some(readers) =
        props.opened.card.as_ref().ok().map(|card| others(&card.readers, props)).filter(|_| can_go)
    else {
        return Html::default();
    };
    let picked = readers.iter().find(|reader| Some(&reader.kid) == chosen.as_ref()).cloned();
    let pass = picked.clone().map(|to| {
        let (request, target, id) = (request.clone(), props.target.clone(), (*id).clone());
        let case = props.opened.case.clone();
        Callback::from(move |()| {
            let (target, id, case, to) = (target.clone(), id.clone(), case.clone(), to.clone());
            if request.state().is_busy() {
                return;
            }
            request.run(async move {
                let done = target.desk.pass_on(id, &case, &to).await.map(drop);
                match &done {
                    Err(error) if error.key_is_gone() => target.on_key_gone.emit(()),
                    Err(error) if !error.is_overtaken() => {}
                    _ => target.on_done.emit(()),
                }
                done
            });
        })
    });
    let options: Vec<RadioOption> = readers.iter().map(option).collect();
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |kid: AttrValue| chosen.set(Some(kid.to_string())))
    };
    let body = html! {
        <>
            <p>{ "按文件没有分工、打不开这件的部门，或者纪检监察，可以在这里移交：信件、来往消息和材料的钥匙一起转给他，信本身不动，本单位还能看。移交写进办理记录，有您的签名，举报人也看得到；也记入审计记录。" }</p>
            if options.is_empty() {
                <p class="muted" data-test="pass-nobody">{ "本单位的名片上没有别的人可以移交。要移交给别的部门，先请管理员把那个部门的钥匙加到名片上。" }</p>
            } else {
                <RadioGroup
                    name="pass-to" legend="移交给谁" {options} {onchange}
                    selected={chosen.as_ref().map(|kid| AttrValue::from(kid.clone()))}
                />
            }
            if let (Some(onclick), Some(to)) = (pass, picked) {
                <AskFirst
                    says={format!("移交给{}", words::role(to.role))} test="pass-on" look={Look::Secondary}
                    loses="移交以后收不回来：收到的人能看全部内容，也能办理和答复。" {onclick}
                />
            }
        </>
    };
    html! {
        <Card class="desk-noprint" test="passing-on">
            { fold("pass-on-fold", "移交给别的部门、纪检监察", String::new(), body) }
            if request.state().done().is_some() {
                <Notice tone={Tone::Success} live=true test="passed-on"><p>{ "已经移交。" }</p></Notice>
            }
            if let Some(error) = request.state().failed() {
                <Notice tone={Tone::Failure} live=true test="pass-failed"><p>{ error.to_string() }</p></Notice>
            }
        </Card>
    }
}

/// Those on the card to whom it was not passed on yet, but for whoever looks.
fn others(readers: &[Reader], props: &PassingOnProps) -> Vec<Reader> {
    let passed = |kid: &str| {
        let to = |action: &Action| matches!(action, Action::PassedOn { to, .. } if to == kid);
        props.opened.case.view.events.iter().any(|event| to(&event.action))
    };
    let own = &props.target.desk.officer.kid;
    readers.iter().filter(|reader| reader.kid != *own && !passed(&reader.kid)).cloned().collect()
}

fn option(reader: &Reader) -> RadioOption {
    RadioOption {
        test: AttrValue::from(format!("pass-to-{}", reader.role.id())),
        ..RadioOption::new("pass-to", &reader.kid, words::role(reader.role))
            .with_help(&format!("钥匙 {}", reader.kid))
    }
}
