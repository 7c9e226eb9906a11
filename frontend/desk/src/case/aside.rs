//! Setting one case aside as junk, or bringing it back.

use protocol::case::Aside;
use protocol::desk::NewEvent;
use yew::prelude::*;

use super::opened::{OpenedCase, Unopened};
use super::sending::Target;
use crate::calls::DeskError;
use ui::attempt::Attempt;
use ui::components::{AskFirst, Button, Card, Look, Notice, Tone};
use ui::hooks::use_request;

/// Props of [`SettingAside`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SettingAsideProps {
    /// The case.
    pub(crate) opened: OpenedCase,
    /// Where the act goes.
    pub(crate) target: Target,
}

/// One button: out of the ordinary lists, or back.
#[component]
pub(crate) fn SettingAside(props: &SettingAsideProps) -> Html {
    let request = use_request::<(), DeskError>();
    // The same try keeps its id, so that the same press again is one act.
    let id = use_memo(props.target.head.clone(), |_| Attempt::new().id);
    let act = |how: Aside| {
        let (request, target, id) = (request.clone(), props.target.clone(), (*id).clone());
        Callback::from(move |()| {
            let (target, id) = (target.clone(), id.clone());
            if request.state().is_busy() {
                return;
            }
            request.run(async move {
                let expected_head = target.head.clone();
                let event = NewEvent { id, expected_head, aside: Some(how), ..NewEvent::default() };
                let done = target.desk.add(&target.lookup, &event).await.map(drop);
                match &done {
                    Err(error) if error.key_is_gone() => target.on_key_gone.emit(()),
                    Err(error) if !error.is_overtaken() => {}
                    _ => target.on_done.emit(()),
                }
                done
            });
        })
    };
    let busy = request.state().is_busy();
    html! {
        <Card title="无效来件" class="desk-noprint">
            if props.opened.case.view.aside().is_some() {
                <p>{ "移错了就放回来，收件箱里会重新提醒。" }</p>
                <Button
                    look={Look::Secondary} {busy} test="aside-back"
                    onclick={act(Aside::Back).reform(|_: MouseEvent| ())}
                >
                    { "放回收件箱" }
                </Button>
            } else {
                <p class="muted">{ "打不开的、乱发的信可以移出收件箱。要办的件请按上面的流程办理。" }</p>
                <AskFirst
                    says="移到“无效来件”" test="aside-set" look={Look::Secondary}
                    loses="移出以后不再提醒。信不删除，随时可以放回；对方查进度时会看到，一留言就回到收件箱。"
                    onclick={act(reason(&props.opened))}
                />
            }
            if let Some(error) = request.state().failed() {
                <Notice tone={Tone::Failure} live=true test="aside-failed"><p>{ error.to_string() }</p></Notice>
            }
        </Card>
    }
}

/// What the sender is told: only of a letter that does not open that it could not be opened.
fn reason(opened: &OpenedCase) -> Aside {
    if opened.letter.as_ref().is_err_and(Unopened::is_shut) { Aside::Unopened } else { Aside::Unusable }
}
