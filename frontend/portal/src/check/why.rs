//! Why a question is asked: the requirements that use the fact, in plain words, with their article.

use policies::assessment::Assessment;
use yew::prelude::*;

use ui::place::Doc;

/// One requirement that a fact decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// Its short name.
    label: String,
    /// Its plain words.
    says: String,
    /// Its source.
    article: String,
}

/// The requirements that are waiting for a fact, each once.
pub(super) fn reasons(doc: Doc, assessment: &Assessment, fact: &str) -> Vec<Reason> {
    let waiting =
        assessment.categories.iter().flat_map(|category| &category.requirements).filter(|requirement| {
            requirement.missing.iter().chain(&requirement.used).any(|known| known == fact)
        });
    let mut ids: Vec<&str> = Vec::new();
    for requirement in waiting {
        if !ids.contains(&&*requirement.id) {
            ids.push(&requirement.id);
        }
    }
    ids.into_iter()
        .filter_map(|id| doc.document().requirement(id))
        .map(|requirement| Reason {
            label: requirement.label.clone(),
            says: requirement.says.clone(),
            article: requirement.cite.article.clone(),
        })
        .collect()
}

/// The fold “为什么问这个？”.
pub(super) fn why(reasons: &[Reason]) -> Html {
    html! {
        <details class="why" data-test="why">
            <summary>{ "为什么问这个？" }</summary>
            if reasons.is_empty() {
                <p>{ "这个回答影响能得到多少，或者后面还要不要问别的。" }</p>
            }
            for reason in reasons.iter() {
                <div class="why__item">
                    <p><strong>{ &reason.label }</strong>{ "：" }{ &reason.says }</p>
                    <p class="cited">{ "依据：" }{ &reason.article }</p>
                </div>
            }
        </details>
    }
}
