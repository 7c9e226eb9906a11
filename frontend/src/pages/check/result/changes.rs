//! The smallest single change that would turn a “no”.

use policies::assessment::{Assessment, Change, Outcome};
use yew::prelude::*;

use crate::{
    components::{Button, Card, Look},
    state::place::Doc,
};

/// Shown only under a “no”.
pub(super) fn changes(doc: Doc, assessment: &Assessment, go_on: Option<Callback<()>>) -> Html {
    if assessment.outcome != Some(Outcome::NotEligible) {
        return Html::default();
    }
    html! {
        <Card title="差在哪里">
            if let Some(go_on) = go_on {
                <p>{ "前面的回答已经能确定不符合，所以没有再问下去。再答几题，就能看出是不是只差一项、差多少。" }</p>
                <Button look={Look::Secondary} onclick={go_on.reform(|_: MouseEvent| ())} test="go-on">
                    { "再答几题，看看差多少" }
                </Button>
            } else if assessment.changes.is_empty() {
                <p data-test="no-change">{ "没有哪一项单独变一变就能符合。每一类差哪几条，看下面“为什么”。" }</p>
            } else {
                <p>{ "下面每一行都是：只变这一项，别的不变，就能符合。" }</p>
                <ul>
                    for change in assessment.changes.iter() {
                        <li data-test="change" data-fact={change.fact.clone()}>{ sentence(doc, change) }</li>
                    }
                </ul>
                <p class="muted">{ "这只是告诉您离线有多远。请按真实情况填写；情况真的变了，再来测一次。" }</p>
            }
        </Card>
    }
}

fn sentence(doc: Doc, change: &Change) -> String {
    let fact = policies::rulebook().fact(&change.fact);
    let words = |value| fact.map_or_else(String::new, |fact| policies::format_value(fact, value));
    let label = fact.map_or(change.fact.as_str(), |fact| fact.label.as_str());
    let document = doc.document();
    let category = document
        .categories
        .iter()
        .find(|known| known.id == change.category)
        .map_or("", |known| known.label.as_str());
    format!(
        "“{label}”现在是 {}，如果是 {}，就符合“{category}”的条件（依据：{}）。",
        words(&change.from),
        words(&change.to),
        change.article,
    )
}
