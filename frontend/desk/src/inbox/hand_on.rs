//! After somebody came or changed keys: the keys of every case's envelopes, handed on to those who are on the card now.

use protocol::desk::IndexRow;
use protocol::error::ErrorCode;
use protocol::query::{InboxQuery, Standing};
use yew::prelude::*;

use crate::calls::{Desk, DeskError};
use crate::problem::Problem;
use sealer::ops::Failure;
use ui::api::ApiError;
use ui::components::{Button, Look, Notice, Tone, fold};
use ui::hooks::{Request, use_request};
use ui::sealing::SealerError;

/// Props of [`HandOn`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct HandOnProps {
    /// Where to ask.
    pub(super) desk: Desk,
    /// The key is gone.
    pub(super) on_key_gone: Callback<()>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    /// Cases looked at.
    seen: u64,
    /// Of so many.
    total: u64,
    /// Handed on now.
    done: u64,
    /// That this key does not open itself.
    shut: u64,
}

/// The button, how far it is, what came of it.
#[component]
pub(super) fn HandOn(props: &HandOnProps) -> Html {
    let request = use_request::<Count, DeskError>();
    let count = use_state(Count::default);
    let start = {
        let (request, count, props) = (request.clone(), count.setter(), props.clone());
        Callback::from(move |()| {
            let (count, props) = (count.clone(), props.clone());
            request.run(async move {
                let outcome = all(&props.desk, |now| count.set(now)).await;
                if outcome.as_ref().is_err_and(DeskError::key_is_gone) {
                    props.on_key_gone.emit(());
                }
                outcome
            });
        })
    };
    let told = match request.state() {
        Request::Idle => Html::default(),
        Request::Busy => html! {
            <p role="status" data-test="hand-on-progress">
                { format!("正在重新加密：看过 {} 件，共 {} 件。请不要关闭页面；断了再点一次，会接着做没做完的。", count.seen, count.total) }
            </p>
        },
        Request::Failed(error) => html! { <Problem error={error.clone()} on_retry={start.clone()} /> },
        Request::Done(count) => html! {
            <Notice tone={if count.shut == 0 { Tone::Success } else { Tone::Warning }} live=true test="hand-on-done">
                <p>{ format!("看过 {} 件，其中 {} 件现在重新加密给了名片上的人员，其余的不需要。", count.seen, count.done) }</p>
                if count.shut > 0 {
                    <p>{ format!("有 {} 件这把钥匙自己也打不开，没有动。请由打得开的人员来做。", count.shut) }</p>
                }
            </Notice>
        },
    };
    let body = html! {
        <>
            <p>{ "新来的人员、换了钥匙的人员打不开以前的信。打得开的人员点一次，就把每封信的钥匙转给名片上现在的收件人；信本身不动，办理记录也不变。每一件都记入审计记录。" }</p>
            <Button
                look={Look::Secondary} busy={request.state().is_busy()} test="hand-on"
                onclick={start.reform(|_: MouseEvent| ())}
            >
                { "重新加密给现在的人员" }
            </Button>
            { told }
        </>
    };
    fold("hand-on-fold", "人员或者钥匙变动以后", String::new(), body)
}

/// Goes through everything that this key works on.
async fn all(desk: &Desk, tell: impl Fn(Count)) -> Result<Count, DeskError> {
    let mut count = Count::default();
    let mut asked = InboxQuery { standing: Standing::All, ..InboxQuery::default() };
    loop {
        let part = desk.inbox(&asked).await?;
        count.total = part.total;
        for row in &part.cases {
            match one(desk, row).await {
                Ok(handed_on) => count.done += u64::from(handed_on),
                Err(error) if does_not_open(&error) => count.shut += 1,
                Err(error) => return Err(error),
            }
            count.seen += 1;
            tell(count);
        }
        match part.next {
            Some(after) => asked.after = Some(after),
            None => return Ok(count),
        }
    }
}

/// Whether there was something to hand on: not where there is no letter any more, nor where the card is still the same,
/// nor of a kind of case that is not for this role.
async fn one(desk: &Desk, row: &IndexRow) -> Result<bool, DeskError> {
    if row.withdrawn || row.destroyed_at.is_some() {
        return Ok(false);
    }
    let case = match desk.case(&row.lookup).await {
        Err(DeskError::Api(ApiError::Refused(problem))) if problem.code == ErrorCode::RoleForbidden => {
            return Ok(false);
        }
        case => case?,
    };
    let card = desk.checked_card(case.view.mail()).await?;
    if case.handover.as_ref().is_some_and(|before| before.card == card.version) {
        return Ok(false);
    }
    desk.hand_on(&case).await.map(|_| true)
}

fn does_not_open(error: &DeskError) -> bool {
    matches!(error, DeskError::Sealer(SealerError::Refused(Failure::CannotOpen)))
}
