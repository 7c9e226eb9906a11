//! The form for the receipt code.

use std::collections::BTreeSet;

use yew::prelude::*;

use super::open::{OpenError, Typed};
use crate::{frame::ButtonLink, route::Route};
use ui::{
    components::{Button, ErrorSummary, Field, FieldFault, FieldKind, Look, Notice, Tone},
    place::Doc,
};

/// Props of [`Ask`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AskProps {
    /// The case is being looked up.
    pub(super) busy: bool,
    /// Why the last attempt failed.
    pub(super) error: Option<OpenError>,
    /// The code that the address brought along, to begin with.
    pub(super) linked: Option<AttrValue>,
    /// A code whose check digit fits.
    pub(super) on_code: Callback<Typed>,
}

/// Asks for the receipt code.
#[component]
pub(super) fn Ask(props: &AskProps) -> Html {
    let typed = use_state(String::new);
    let wrong = use_state(|| None::<AttrValue>);
    let attempt = use_state(|| 0_u32);
    let onsubmit = {
        let (typed, wrong, attempt) = (typed.clone(), wrong.clone(), attempt.clone());
        let (on_code, busy) = (props.on_code.clone(), props.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if busy {
                return;
            }
            match Typed::read(&typed) {
                Ok(typed) => {
                    wrong.set(None);
                    on_code.emit(typed);
                }
                Err(error) => {
                    wrong.set(Some(format!("{error}。").into()));
                    attempt.set(attempt.wrapping_add(1));
                }
            }
        })
    };
    {
        let typed = typed.setter();
        use_effect_with(props.linked.clone(), move |linked| {
            if let Some(code) = linked {
                typed.set(code.to_string());
            }
        });
    }
    let oninput = {
        let (typed, wrong) = (typed.setter(), wrong.clone());
        Callback::from(move |text: String| {
            if wrong.is_some() && Typed::read(&text).is_ok() {
                wrong.set(None);
            }
            typed.set(text);
        })
    };
    let faults: Vec<FieldFault> =
        wrong.iter().map(|message| FieldFault::new("status-code", message.clone())).collect();
    html! {
        <form class="apply" novalidate=true {onsubmit}>
            <ErrorSummary {faults} attempt={*attempt} />
            { failure(props) }
            <Field
                id="status-code"
                label="查询码"
                hint="20 位数字，中间有没有空格都行；把存下来的整段文字贴进来也行。"
                kind={FieldKind::Phone}
                value={(*typed).clone()}
                error={(*wrong).clone()}
                {oninput}
                test="status-code"
            />
            <Button submit=true busy={props.busy} test="status-open">
                { if props.busy { "正在打开……" } else { "查询" } }
            </Button>
            <p class="muted" role="status">
                if props.busy { { "正在用查询码算出钥匙，旧手机可能要十几秒，请稍候。" } }
            </p>
        </form>
    }
}

fn failure(props: &AskProps) -> Html {
    let Some(error) = props.error.as_ref().filter(|_| !props.busy) else { return Html::default() };
    if !error.is_unknown() {
        return html! {
            <Notice tone={Tone::Failure} live=true test="status-failed"><p>{ error.to_string() }</p></Notice>
        };
    }
    html! {
        <Notice tone={Tone::Warning} title="没有查到这一件" live=true test="status-unknown">
            <p>{ "这 20 位数字的格式没有错，但是查不到对应的件。可以这样做：" }</p>
            <ul>
                <li>{ "对照保存的查询码，一位一位再看一遍；可能抄成了另一份的。" }</li>
                <li>{ "如果提交时没有看到“已经提交”，那一份可能还在那台设备上等着发出，请打开看看。" }</li>
                <li>{ format!("这个网站只查得到{}的。在别的网站提交的，请到那个网站查。", places()) }</li>
                <li>{ "还是查不到：申请的，请带身份证到受理窗口；举报的，可以重新举报一次。" }</li>
            </ul>
            <div class="row">
                <ButtonLink to={Route::Sent} look={Look::Secondary}>{ "看看还没发出的" }</ButtonLink>
                <ButtonLink to={Route::Home} look={Look::Secondary}>{ "找办事指南" }</ButtonLink>
            </div>
        </Notice>
    }
}

/// Most places that are listed by name.
const LISTED: usize = 12;

/// Every place whose cases can be looked up here.
fn places() -> String {
    let names: BTreeSet<&str> = Doc::all().map(|doc| doc.document().place.name.as_str()).collect();
    match names.len() {
        many if many > LISTED => format!("首页上这 {many} 个地方"),
        _ => names.into_iter().collect::<Vec<_>>().join("、"),
    }
}
