//! What a calculator comes to: every step with its arithmetic.

use policies::{Calculation, Figure, model::Calculator};
use yew::prelude::*;

/// Every figure in order, what is still missing, and what to keep in mind; announced as it changes.
pub(super) fn figures(calculator: &Calculator, calculation: &Calculation) -> Html {
    let missing: Vec<&str> = calculator
        .inputs
        .iter()
        .filter(|input| calculation.missing.contains(&input.id))
        .map(|input| input.label.as_str())
        .collect();
    html! {
        <div aria-live="polite">
            <dl class="data-list">
                for figure in calculation.steps.iter() {
                    { line(&calculator.id, figure) }
                }
            </dl>
            if !missing.is_empty() {
                <p class="muted">{ format!("还没填好：{}。不知道的可以不填，能算的先算。", missing.join("、")) }</p>
            }
            if calculation.provisional {
                <p data-test={format!("provisional-{}", calculator.id)}>
                    { "有一年的放假安排还没有公布，这个日期是暂时算的，公布以后可能会变。" }
                </p>
            }
            if let Some(year) = calculation.label_year {
                <p class="muted">{ format!("只说明按{year}年的这份文件怎么算，文件可能已经有新的。") }</p>
            }
        </div>
    }
}

fn line(calculator: &str, figure: &Figure) -> Html {
    let shown = &figure.shown;
    html! {
        <div
            class="data-list__row"
            key={figure.id.as_str()}
            data-test={format!("figure-{calculator}-{}", figure.id)}
        >
            <dt>{ &figure.label }</dt>
            <dd>
                <p class="number">
                    if figure.result { <strong>{ shown }</strong> } else { { shown } }
                </p>
                if !figure.arithmetic.is_empty() {
                    <p class="muted">{ &figure.arithmetic }</p>
                }
            </dd>
        </div>
    }
}
