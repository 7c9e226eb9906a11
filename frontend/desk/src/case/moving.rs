//! Moving a case to its next stage.

use chrono::NaiveDate;
use policies::model::Stage;
use policies::seen::visible;
use protocol::letter::Letter;
use yew::prelude::*;

use super::decision;
use super::drafts::{Drafts, Form};
use super::messages::SendingNotice;
use super::outgoing::{Days, Failure, InputError, Outgoing, OutgoingAction, Standing};
use super::sending::{Ready, Target, send, use_form};
use ui::components::{Button, Field, FieldKind, Notice, RadioGroup, RadioOption};
use ui::typed;
use ui::words::date_words;

/// Props of [`Moving`].
#[derive(Properties, PartialEq)]
pub(crate) struct MovingProps {
    /// Stages the document allows next.
    pub(crate) next: Vec<Stage>,
    /// Day of receipt.
    pub(crate) received: NaiveDate,
    /// The first day on which the case may go on; none where it may any day.
    pub(crate) not_before: Option<NaiveDate>,
    /// Today in China.
    pub(crate) today: NaiveDate,
    /// Where the move goes.
    pub(crate) target: Target,
    /// Unsent forms.
    pub(crate) drafts: Drafts,
}

/// The form: stage, date, message if wanted.
#[component]
pub(crate) fn Moving(props: &MovingProps) -> Html {
    let fresh = Outgoing::dated(props.today);
    let form = use_form(&props.drafts, &props.target.lookup, Form::Move, fresh);
    let edit = |action: fn(String) -> OutgoingAction| {
        let form = form.dispatcher();
        Callback::from(move |text: String| form.dispatch(action(text)))
    };
    let onsubmit = {
        let (form, target) = (form.clone(), props.target.clone());
        let days = Days { received: props.received, today: props.today };
        let (next, not_before, kind) = (props.next.clone(), props.not_before, props.target.mail.kind);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let to = next.iter().find(|stage| form.stage.as_ref() == Some(&stage.id));
            let not_before = not_before.filter(|_| !to.is_some_and(|stage| stage.interrupts));
            let decision = to.filter(|stage| stage.adverse);
            let ready = form.movement(days, not_before).and_then(|movement| {
                let message = match (decision, to) {
                    (Some(stage), _) => Some(decided(stage, &form)?),
                    (None, Some(stage)) if stage.needs_result(kind) => Some(form.result()?),
                    (None, _) => form.message()?,
                };
                Ok(Ready { movement: Some(movement), message: message.as_deref().map(Letter::message) })
            });
            if decision.is_some() && ready.is_ok() && !form.asked {
                form.dispatch(OutgoingAction::Asked(true));
            } else {
                send(&target, &form, ready);
            }
        })
    };
    let held = props.not_before.filter(|first| props.today < *first);
    let role = props.target.desk.officer.role;
    let others: Vec<&str> =
        props.next.iter().filter(|stage| !stage.lets(role)).map(|stage| stage.label.as_str()).collect();
    let may = |stage: &&Stage| (held.is_none() || stage.interrupts) && stage.lets(role);
    let options = props.next.iter().filter(may).map(option).collect::<Vec<_>>();
    let waits = held.map(|first| {
        html! {
            <Notice title="现在还不能往下走" test="move-held">
                <p>{ format!("文件规定这个环节要满一定的天数，{} 起才能往下走。", date_words(first)) }</p>
            </Notice>
        }
    });
    let not_ours = (!others.is_empty()).then(|| {
        html! {
            <p class="muted" data-test="move-not-ours">
                { format!("按文件的分工，这把钥匙不能转到：{}。", others.join("、")) }
            </p>
        }
    });
    if options.is_empty() {
        return html! { <>{ waits.unwrap_or_default() }{ not_ours.unwrap_or_default() }</> };
    }
    let [stage_error, date_error, text_error, article_error] = errors(&form.standing);
    let chosen = props.next.iter().find(|stage| form.stage.as_ref() == Some(&stage.id));
    let decision = chosen.filter(|stage| stage.adverse);
    let result = chosen.is_some_and(|stage| stage.needs_result(props.target.mail.kind));
    let text_label = match (decision, result) {
        (Some(_), _) => "理由".to_owned(),
        (None, true) => format!("告诉{}的结果", props.target.sender),
        (None, false) => format!("同时告诉{}", props.target.sender),
    };
    let text_hint =
        result.then_some("查到了什么、怎样处理的，用对方看得懂的话写。不写被举报人的身份证号、电话和病情。");
    let press = match (decision, form.asked) {
        (Some(_), true) => "确定，作出这个决定",
        (Some(_), false) => "下一步，再看一遍",
        (None, _) => "确认变更环节",
    };
    html! {
        <form class="desk-form desk-noprint" {onsubmit}>
            { waits.unwrap_or_default() }
            { not_ours.unwrap_or_default() }
            <RadioGroup
                name="move-stage" legend="转到哪个环节" {options} error={stage_error}
                selected={form.stage.clone().map(AttrValue::from)}
                onchange={edit(OutgoingAction::Stage).reform(|value: AttrValue| value.to_string())}
            />
            <Field
                id="move-date" label="办理日期" kind={FieldKind::Date} test="move-date"
                hint="实际办理的那一天，不早于收到日期，不晚于今天。"
                value={form.on.clone()} error={date_error} echo={typed::date_echo(&form.on, props.today)} oninput={edit(OutgoingAction::On)}
            />
            <Field
                id="move-text" label={text_label} optional={decision.is_none() && !result} kind={FieldKind::LongText} test="move-text"
                hint={text_hint.unwrap_or_default()}
                value={form.text.clone()} error={text_error} oninput={edit(OutgoingAction::Text)}
            />
            if let Some(stage) = decision {
                { decision::view(stage, &form, article_error) }
            }
            <SendingNotice standing={form.standing.clone()} sent={format!("环节已变更，{}可以看到。", props.target.sender)} test="move-state" />
            <Button submit=true busy={form.standing == Standing::Sending} test="move-submit">
                { press }
            </Button>
        </form>
    }
}

fn option(stage: &Stage) -> RadioOption {
    let by = if stage.by.is_empty() { String::new() } else { format!("（{}）", stage.by) };
    RadioOption {
        test: AttrValue::from(format!("move-stage-{}", stage.id)),
        ..RadioOption::new("move-stage", &stage.id, &stage.label).with_help(&format!("{}{by}", stage.says))
    }
}

/// What is sent with a decision against somebody.
fn decided(stage: &Stage, form: &Outgoing) -> Result<String, InputError> {
    let reason = form.message()?.ok_or(InputError::NoReason)?;
    let article = visible(&decision::article(stage, form));
    if article.is_empty() {
        Err(InputError::NoArticle)
    } else {
        Ok(decision::letter(stage, &reason, &article))
    }
}

/// What is wrong with stage, date, message and article.
fn errors(standing: &Standing) -> [Option<AttrValue>; 4] {
    let Standing::Failed(Failure::Input(error)) = standing else {
        return [None, None, None, None];
    };
    let message = Some(AttrValue::from(error.message()));
    match error {
        InputError::NoStage => [message, None, None, None],
        InputError::NoDate | InputError::Future | InputError::BeforeReceipt(_) | InputError::TooEarly(_) => {
            [None, message, None, None]
        }
        InputError::NoReason | InputError::NoResult | InputError::Empty | InputError::TooLong => {
            [None, None, message, None]
        }
        InputError::NoArticle => [None, None, None, message],
        // Of the form for corrections.
        InputError::NothingAsked
        | InputError::TooMany
        | InputError::NoWhy
        | InputError::NoBy
        | InputError::ByPast => [None, None, None, None],
    }
}
