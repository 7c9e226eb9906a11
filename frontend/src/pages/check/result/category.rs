//! Why: every category with its requirements.

use policies::assessment::{Assessment, CategoryResult, Outcome};
use yew::prelude::*;

use super::requirement::RequirementRow;
use crate::{
    components::{Card, Cited},
    state::{place::Doc, self_check::SelfCheck},
    text::{outcome_code, outcome_word},
};

/// Props of [`Categories`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CategoriesProps {
    /// The document.
    pub(super) doc: Doc,
    /// The replies.
    pub(super) check: SelfCheck,
    /// What the engine says.
    pub(super) assessment: Assessment,
}

/// Every category; those that made the verdict are open, the others folded.
#[component]
pub(super) fn Categories(props: &CategoriesProps) -> Html {
    let assessment = &props.assessment;
    let only_one = assessment.categories.len() == 1;
    let mut results: Vec<&CategoryResult> = assessment.categories.iter().collect();
    results.sort_by_key(|result| Some(result.outcome) != assessment.outcome);
    let open = |result: &CategoryResult| {
        only_one
            || (Some(result.outcome) == assessment.outcome && result.outcome != Outcome::NotEligible)
    };
    html! {
        <Card title="为什么">
            if !only_one {
                <p>{ "文件把能申请的人分成几类，符合其中一类就可以。点开看每一类的条件。" }</p>
            }
            for result in results {
                { one(props, result, open(result)) }
            }
        </Card>
    }
}

fn one(props: &CategoriesProps, result: &CategoryResult, open: bool) -> Html {
    let doc = props.doc;
    let Some(category) = doc.document().categories.iter().find(|known| known.id == result.id) else {
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
                    <RequirementRow
                        key={requirement.id.clone()}
                        {doc}
                        category={result.id.clone()}
                        result={requirement.clone()}
                        check={props.check.clone()}
                    />
                }
            </ul>
        </details>
    }
}
