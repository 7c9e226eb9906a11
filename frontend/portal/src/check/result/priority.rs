//! Who comes first: what the answers tell already, and one tick for each group that they do not tell of.

use policies::{
    Preferred,
    assessment::{Assessment, Outcome},
};
use yew::prelude::*;

use crate::check::self_check::{CheckAction, SelfCheck};
use ui::{
    components::{Cited, fold},
    place::Doc,
};

/// The groups that the household is or may be one of; none under a “no”.
pub(super) fn priorities(
    doc: Doc,
    check: &SelfCheck,
    assessment: &Assessment,
    act: &Callback<CheckAction>,
) -> Html {
    let household = check.household();
    let mut found = policies::priorities(doc.compiled(), &household, assessment.on).unwrap_or_default();
    // What follows from who applies together is told already.
    let open = |id: &str| check.reply(id).is_some() || !household.facts.contains_key(id);
    found.iter_mut().for_each(|group| group.ticks.retain(|fact| open(&fact.id)));
    if found.is_empty() || assessment.outcome == Some(Outcome::NotEligible) {
        return Html::default();
    }
    let certain = found.iter().filter(|group| group.certain).count();
    let note = if certain == 0 { "点一点".to_owned() } else { format!("您家有 {certain} 条") };
    let body = html! {
        <>
            <p>{ "下面有没有一条说的是您家？有就点上，填申请时会带过去。能不能优先、谁在先，由窗口定。" }</p>
            <ul class="entries">
                for group in found {
                    { one(doc, check, &group, act) }
                }
            </ul>
        </>
    };
    fold("priority", "有没有可以优先的", note, body)
}

fn one(doc: Doc, check: &SelfCheck, group: &Preferred<'_>, act: &Callback<CheckAction>) -> Html {
    html! {
        <li class="entry" data-test={format!("priority-{}", group.priority.id)}>
            <p class="entry__title">
                { &group.priority.label }
                if group.certain { <span class="badge badge--met">{ "说的是您家" }</span> }
            </p>
            for fact in group.ticks.iter() {
                { tick(&fact.id, &fact.label, check.reply(&fact.id).is_some(), act) }
            }
            <Cited {doc} cite={group.priority.cite.clone()} />
        </li>
    }
}

fn tick(fact: &str, label: &str, checked: bool, act: &Callback<CheckAction>) -> Html {
    let action = CheckAction::Tick(fact.to_owned(), !checked);
    let onclick = act.reform(move |_: MouseEvent| action.clone());
    html! {
        <label class="choice">
            <input type="checkbox" {checked} {onclick} data-test={format!("tick-{fact}")} />
            <span class="choice__text">{ label }</span>
        </label>
    }
}
