//! Why: every category with its requirements.

use policies::assessment::{Assessment, CategoryResult};
use yew::prelude::*;

use super::requirement::requirement_row;
use crate::check::{self_check::SelfCheck, telling::nearest};
use ui::{
    components::{Card, Cited},
    place::Doc,
    words::{outcome_code, outcome_word},
};

/// Every category; those that made the verdict are open, under a “no” the nearest, the others folded.
pub(super) fn categories(doc: Doc, check: &SelfCheck, assessment: &Assessment) -> Html {
    let only_one = assessment.categories.len() == 1;
    let (telling, others): (Vec<_>, Vec<_>) =
        assessment.categories.iter().partition(|result| Some(result.outcome) == assessment.outcome);
    let open = |result: &CategoryResult| {
        only_one
            || match nearest(assessment) {
                Some(nearest) => nearest.id == result.id,
                None => Some(result.outcome) == assessment.outcome,
            }
    };
    html! {
        <Card title="为什么">
            if !only_one {
                <p>{ "文件把能申请的人分成几类，符合其中一类就可以。点开看每一类的条件。" }</p>
            }
            for result in telling.into_iter().chain(others) {
                { one(doc, check, result, open(result)) }
            }
        </Card>
    }
}

fn one(doc: Doc, check: &SelfCheck, result: &CategoryResult, open: bool) -> Html {
    let Some(category) = doc.document().category(&result.id) else {
        return Html::default();
    };
    html! {
        <details class="category" {open} data-test={format!("category-{}", result.id)} data-outcome={outcome_code(result.outcome)}>
            <summary>
                <span class="category__name">{ &category.label }</span>
                <span class={classes!("badge", format!("badge--{}", outcome_code(result.outcome)))}>
                    { outcome_word(result.outcome) }
                </span>
            </summary>
            <p>{ &category.says }</p>
            <Cited {doc} cite={category.cite.clone()} />
            <ul class="requirements">
                for requirement in result.requirements.iter() {
                    { requirement_row(doc, &result.id, requirement, check) }
                }
            </ul>
        </details>
    }
}
