//! Truth, consent, and the adult members' agreement.

use yew::prelude::*;

use super::form::PageProps;
use crate::{
    components::{Card, CheckBox},
    state::draft::{
        DraftAction, Tick,
        letter::{CONSENT, MEMBERS_AGREE, TRUTH},
    },
};

/// The declarations. Nothing is ticked beforehand.
#[component]
pub(super) fn Declare(props: &PageProps) -> Html {
    let draft = &props.draft;
    let tick = |tick: Tick| {
        let dispatcher = draft.dispatcher();
        Callback::from(move |on: bool| dispatcher.dispatch(DraftAction::Tick(tick, on)))
    };
    html! {
        <>
            <p>{ "文件要求申请人签真实性承诺，并书面同意审核机关核实。请看清楚再勾选。" }</p>
            <Card title="真实性承诺">
                <CheckBox
                    id="agree-truth"
                    label={format!("我承诺：{TRUTH}")}
                    checked={draft.truth}
                    error={props.error("agree-truth")}
                    onchange={tick(Tick::Truth)}
                />
            </Card>
            <Card title="核查授权">
                <CheckBox
                    id="agree-consent"
                    label={format!("我{CONSENT}")}
                    checked={draft.consent}
                    error={props.error("agree-consent")}
                    onchange={tick(Tick::Consent)}
                />
            </Card>
            if !draft.members.is_empty() {
                <Card title="家人同意">
                    <CheckBox
                        id="agree-members"
                        label={MEMBERS_AGREE}
                        checked={draft.members_agree}
                        error={props.error("agree-members")}
                        onchange={tick(Tick::MembersAgree)}
                    />
                </Card>
            }
        </>
    }
}
