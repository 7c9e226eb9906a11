//! Why: every category with its requirements.

use policies::assessment::{Assessment, CategoryResult};
use yew::prelude::*;

use super::requirement::requirement_row;
use crate::check::{self_check::SelfCheck, telling::nearest};
use ui::{
    components::{Cited, fold},
    place::Doc,
    words::{outcome_code, outcome_word},
};

/// Every category: those that made the verdict one by one, under a “no” the nearest; the others behind one line.
pub(super) fn categories(doc: Doc, check: &SelfCheck, assessment: &Assessment) -> Html {
    let only_one = assessment.categories.len() == 1;
    let tells = |result: &&CategoryResult| match nearest(assessment) {
        Some(nearest) => nearest.id == result.id,
        None => Some(result.outcome) == assessment.outcome,
    };
    let (telling, others): (Vec<_>, Vec<_>) = assessment.categories.iter().partition(tells);
    let body = html! {
        <>
            if !only_one {
                <p>{ "文件把能申请的人分成几类，符合其中一类就可以。" }</p>
            }
            for result in telling {
                { one(doc, check, result, true) }
            }
            if !others.is_empty() {
                <details class="others" data-test="other-categories">
                    <summary>{ others_line(doc, &others) }</summary>
                    for result in others {
                        { one(doc, check, result, false) }
                    }
                </details>
            }
        </>
    };
    fold("why", "为什么", "一条一条看".to_owned(), body)
}

/// The categories that did not make the verdict, by their names.
fn others_line(doc: Doc, others: &[&CategoryResult]) -> String {
    let labels = others.iter().filter_map(|result| doc.document().category(&result.id));
    let labels: Vec<&str> = labels.map(|category| category.label.as_str()).collect();
    format!("另外 {} 类：{}", labels.len(), labels.join("、"))
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
