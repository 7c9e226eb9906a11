//! A reminder of tip-offs: whose sender waits for a word of the office, and whose day is near.

use policies::model::{CaseKind, Role};
use protocol::desk::Counts;
use protocol::limits::REMIND_DAYS;
use protocol::query::Standing;
use yew::prelude::*;

use super::filters::{FilterAction, Filters};
use crate::case::StaticDocument;
use ui::components::{Button, Look, Notice, Tone};

/// Props of [`Informants`].
#[derive(Properties, PartialEq)]
pub(super) struct InformantsProps {
    /// The office's document.
    pub(super) document: StaticDocument,
    /// Who looks.
    pub(super) role: Role,
    /// How many stand where.
    pub(super) counts: Counts,
    /// The choice.
    pub(super) filters: UseReducerHandle<Filters>,
}

/// Nothing where nobody waits, or where tip-offs are not for this role.
#[component]
pub(super) fn Informants(props: &InformantsProps) -> Html {
    let Counts { tip_offs_waiting: waiting, tip_offs_due: due, .. } = props.counts;
    let procedure = props.document.0.procedure(CaseKind::TipOff);
    let ours = procedure.is_some_and(|procedure| procedure.stages.iter().any(|stage| stage.lets(props.role)));
    if !ours || waiting + due == 0 {
        return Html::default();
    }
    let show = {
        let filters = props.filters.dispatcher();
        Callback::from(move |_: MouseEvent| {
            filters.dispatch(FilterAction::Kind(Some(CaseKind::TipOff)));
            filters.dispatch(FilterAction::Standing(if waiting > 0 {
                Standing::Waiting
            } else {
                Standing::Open
            }));
        })
    };
    html! {
        <Notice tone={Tone::Warning} title="举报人在等" test="inbox-informants">
            if waiting > 0 {
                <p>{ format!("有 {waiting} 件举报等本单位答复：是新来的，或者举报人回了话。") }</p>
            }
            if due > 0 {
                <p>{ format!("有 {due} 件举报按文件的期限已经过了，或者 {REMIND_DAYS} 天内到期。") }</p>
            }
            <Button look={Look::Secondary} onclick={show} test="informants-show">{ "只看这些举报" }</Button>
        </Notice>
    }
}
