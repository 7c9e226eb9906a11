//! A parcel on its way: the steps, what went wrong, trying again.

use yew::prelude::*;

use super::{
    again::{self, Written},
    nothing_kept,
    write_down::WriteDown,
};
use crate::{
    mail::{
        SendError, SendStep,
        outbox::{self, Parcel, Stage},
        prepare, send,
    },
    papers,
    router::use_navigator,
};
use ui::{
    api::ApiError,
    components::{Button, Card, Look, Notice, Tone},
    hooks::{Request, use_request, use_window_event},
    sealing::use_sealer,
    words::case_word,
};

/// Props of [`Deliver`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DeliverProps {
    /// What to send.
    pub(super) parcel: Parcel,
    /// The outbox changed.
    pub(super) on_change: Callback<()>,
    /// What the program knows of the pages that wrote it.
    pub(super) written: Written,
}

/// Sends a parcel at once, and again when the connection is back or on request.
#[component]
pub(super) fn Deliver(props: &DeliverProps) -> Html {
    let sealer = use_sealer();
    let request = use_request::<Parcel, SendError>();
    let step = use_state(|| None::<SendStep>);
    // Where the browser keeps nothing, the code is written down before anything is sent.
    let written = use_mut_ref(|| false);
    let lasting = use_state(|| true);
    let start = {
        let (request, step, id) = (request.clone(), step.setter(), props.parcel.id.clone());
        let (written, lasting, of_pages) = (written.clone(), lasting.setter(), props.written);
        Callback::from(move |()| {
            // As it is kept now: an earlier attempt may have sealed it.
            let Some(parcel) = outbox::load().into_iter().find(|parcel| parcel.id == id) else { return };
            let (sealer, step) = (sealer.clone(), step.clone());
            lasting.set(outbox::is_lasting());
            let first_the_code = !outbox::is_lasting() && !*written.borrow();
            request.run(async move {
                let on_step = Callback::from(move |at| step.set(Some(at)));
                if first_the_code {
                    return prepare(parcel, &sealer, &on_step).await;
                }
                let received = send(parcel, &sealer, &on_step).await?;
                (of_pages.forget_draft)(&received);
                Ok(received)
            });
        })
    };
    {
        let start = start.clone();
        use_effect_with((), move |()| start.emit(()));
    }
    {
        let on_change = props.on_change.clone();
        let ended = request.state().done().is_some() || request.state().failed().is_some();
        use_effect_with(ended, move |ended| {
            if *ended {
                on_change.emit(());
            }
        });
    }
    let code = match request.state().done().map(|parcel| &parcel.stage) {
        Some(Stage::Sealed { receipt, .. }) => Some(receipt.code.clone()),
        _ => None,
    };
    let on_written = {
        let start = start.clone();
        Callback::from(move |()| {
            *written.borrow_mut() = true;
            start.emit(());
        })
    };
    let waits = request.state().failed().is_some_and(SendError::is_connection);
    use_window_event("online", waits, start.reform(|_: Event| ()));

    html! {
        <Card title={format!("正在提交您的{}", case_word(props.parcel.kind))} class="deliver" test="deliver">
            if let Some(code) = code {
                <WriteDown {code} {on_written} />
            }
            <SendSteps at={*step} failed={request.state().failed().is_some()} />
            if let Request::Failed(error) = request.state() {
                <Failure parcel={props.parcel.clone()} error={error.clone()} lasting={*lasting} again={start} on_change={props.on_change.clone()} />
            } else if *lasting {
                <p class="muted">{ "一般几秒钟，旧手机可能要半分钟。请不要关闭页面；万一断了，再打开会接着提交，不会变成两份。" }</p>
            } else {
                <p class="muted" data-test="send-not-kept">
                    { format!("一般几秒钟，旧手机可能要半分钟。{}没有看到“已经提交”以前，请不要关闭、刷新页面。", nothing_kept()) }
                </p>
            }
        </Card>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SendStepsProps {
    at: Option<SendStep>,
    failed: bool,
}

/// The four steps; the one under way is announced.
#[component]
fn SendSteps(props: &SendStepsProps) -> Html {
    let words = match props.at {
        Some(step) if props.failed => format!("“{}”没有成功", step.words()),
        Some(step) => format!("正在{}", step.words()),
        None if props.failed => "还没有发出".to_owned(),
        None => "正在准备".to_owned(),
    };
    let at = props.at.map(SendStep::place);
    let effort = match props.at {
        Some(SendStep::Prove(Some(effort))) if !props.failed => effort.words().map(|words| (effort, words)),
        _ => None,
    };
    html! {
        <>
            <ol class="send-steps">
                for step in SendStep::ALL {
                    <li class={classes!(
                        "send-steps__item",
                        (at > Some(step.place())).then_some("send-steps__item--done"),
                        (at == Some(step.place())).then_some("send-steps__item--current"),
                    )}>
                        { step.words() }
                        if at > Some(step.place()) {
                            <span class="send-steps__state">{ "完成" }</span>
                        } else if at == Some(step.place()) {
                            <span class="send-steps__state">{ if props.failed { "没有成功" } else { "进行中" } }</span>
                        }
                    </li>
                }
            </ol>
            if let Some((effort, words)) = effort {
                <progress class="upload" max="100" value={effort.percent().to_string()} aria-label="防滥用验证" />
                <p class="muted" data-test="send-effort">{ words }</p>
            }
            <p class="visually-hidden" role="status" data-test="send-step">{ words }</p>
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct FailureProps {
    parcel: Parcel,
    error: SendError,
    lasting: bool,
    again: Callback<()>,
    on_change: Callback<()>,
}

/// What went wrong and what can be done. Only what has certainly not arrived can be taken back.
#[component]
fn Failure(props: &FailureProps) -> Html {
    let navigator = use_navigator();
    let refused = matches!(
        &props.error,
        SendError::Api(ApiError::Refused(problem)) if (400..500).contains(&problem.status) && problem.status != 409
    );
    let can_edit = refused || matches!(props.parcel.stage, Stage::Written(_));
    let edit = {
        let (parcel, on_change) = (props.parcel.clone(), props.on_change.clone());
        Callback::from(move |_: MouseEvent| {
            let sealed = outbox::load()
                .into_iter()
                .any(|kept| kept.id == parcel.id && !matches!(kept.stage, Stage::Written(_)));
            if sealed && !refused {
                on_change.emit(());
                return;
            }
            if let Stage::Sealed { receipt, .. } = &parcel.stage {
                papers::drop_sealed(&receipt.lookup);
            }
            outbox::remove(&parcel.id);
            if let Some(navigator) = &navigator {
                again::open(navigator, &parcel);
            }
        })
    };
    let by_ticket = refused && props.parcel.ticket.is_some();
    let without = {
        let (again, on_change, id) = (props.again.clone(), props.on_change.clone(), props.parcel.id.clone());
        Callback::from(move |_: MouseEvent| {
            outbox::drop_ticket(&id);
            on_change.emit(());
            again.emit(());
        })
    };
    let title = if props.error.is_connection() {
        "网络不通，还没有提交成功"
    } else {
        "还没有提交成功"
    };
    html! {
        <Notice tone={Tone::Failure} {title} live=true test="send-failed">
            <p>{ props.error.to_string() }</p>
            if props.error.is_connection() && !props.lasting {
                <p>{ format!("{}请不要关闭、刷新页面；网络恢复会自动再提交，您也可以自己点下面的按钮。重复提交不会变成两份。", nothing_kept()) }</p>
            } else if props.error.is_connection() {
                <p>{ "内容保存在这台设备上，等网络恢复会自动再提交；您也可以自己点下面的按钮。重复提交不会变成两份。" }</p>
            }
            <div class="row">
                if by_ticket {
                    <Button onclick={without} test="send-without-ticket">{ "不用快速码，直接提交" }</Button>
                } else {
                    <Button onclick={props.again.reform(|_: MouseEvent| ())} test="send-again">{ "再试一次" }</Button>
                }
                if can_edit {
                    <Button look={Look::Secondary} onclick={edit} test="send-edit">{ "回去修改" }</Button>
                }
            </div>
        </Notice>
    }
}
