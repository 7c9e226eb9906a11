//! Counts and filters over the inbox.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::filters::{FilterAction, Filters, kinds, stages};
use crate::case::StaticDocument;
use protocol::desk::Counts;
use protocol::query::Standing;

/// Props of [`Toolbar`].
#[derive(Properties, PartialEq)]
pub(crate) struct ToolbarProps {
    /// The office's document.
    pub(crate) document: StaticDocument,
    /// How many stand where.
    pub(crate) counts: Counts,
    /// The choice.
    pub(crate) filters: UseReducerHandle<Filters>,
}

/// In the order shown. The newest letters have a page of their own, where they are looked through.
const SHOWN: [Standing; 6] =
    [Standing::Open, Standing::Waiting, Standing::Overdue, Standing::Closed, Standing::All, Standing::Aside];

/// Which cases to show: by standing (with counts), by kind, by stage.
#[component]
pub(crate) fn Toolbar(props: &ToolbarProps) -> Html {
    let filters = &props.filters;
    let kinds = kinds(props.document.0);
    let by_kind = {
        let (filters, kinds) = (filters.clone(), kinds.clone());
        Callback::from(move |event: Event| {
            let chosen = selected(&event).and_then(|place| kinds.get(place).map(|(kind, _)| *kind));
            filters.dispatch(FilterAction::Kind(chosen));
        })
    };
    let stages = stages(props.document.0, filters.asked.kind);
    let by_stage = {
        let (filters, stages) = (filters.clone(), stages.clone());
        Callback::from(move |event: Event| {
            let chosen = selected(&event).and_then(|place| stages.get(place).map(|(id, _)| id.clone()));
            filters.dispatch(FilterAction::Stage(chosen));
        })
    };
    html! {
        <div class="desk-toolbar">
            <div class="desk-standings" role="group" aria-label="按办理情况查看">
                for standing in SHOWN {
                    { standing_button(standing, props.counts, filters) }
                }
            </div>
            <div class="desk-selects">
                <label class="desk-select">
                    <span>{ "事项" }</span>
                    <select class="input" onchange={by_kind} data-test="inbox-kind">
                        <option value="" selected={filters.asked.kind.is_none()}>{ "全部事项" }</option>
                        for (kind, label) in kinds {
                            <option selected={filters.asked.kind == Some(kind)}>{ label }</option>
                        }
                    </select>
                </label>
                <label class="desk-select">
                    <span>{ "环节" }</span>
                    <select class="input" onchange={by_stage} data-test="inbox-stage">
                        <option value="" selected={filters.asked.stage.is_none()}>{ "全部环节" }</option>
                        for (id, label) in stages {
                            <option selected={filters.asked.stage.as_ref() == Some(&id)}>{ label }</option>
                        }
                    </select>
                </label>
            </div>
        </div>
    }
}

/// Place of the chosen option after the first one, which stands for all.
fn selected(event: &Event) -> Option<usize> {
    let select = event.target()?.dyn_into::<HtmlSelectElement>().ok()?;
    usize::try_from(select.selected_index()).ok()?.checked_sub(1)
}

fn standing_button(standing: Standing, counts: Counts, filters: &UseReducerHandle<Filters>) -> Html {
    let (label, count) = match standing {
        Standing::Open => ("在办", counts.open),
        Standing::Waiting => ("待答复", counts.waiting),
        Standing::Overdue => ("已超期", counts.overdue),
        Standing::Closed => ("已办结", counts.all.saturating_sub(counts.open)),
        Standing::All => ("全部", counts.all),
        Standing::Aside => ("无效来件", counts.aside),
        Standing::Fresh => ("新到", counts.fresh),
    };
    let onclick = {
        let filters = filters.clone();
        Callback::from(move |_: MouseEvent| filters.dispatch(FilterAction::Standing(standing)))
    };
    html! {
        <button
            type="button" class="desk-standing" key={standing.id()}
            aria-pressed={(filters.asked.standing == standing).to_string()}
            data-test={format!("inbox-{}", standing.id())} {onclick}
        >
            { label }<span class="desk-count">{ count }</span>
        </button>
    }
}
