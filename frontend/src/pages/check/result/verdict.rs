//! The verdict in one sentence, never as a decision.

use policies::{
    assessment::{Assessment, Outcome},
    model::CaseKind,
};
use yew::prelude::*;

use crate::{
    state::place::Doc,
    text::{NOT_A_DECISION, outcome_code},
};

/// The box under the heading.
pub(super) fn verdict(doc: Doc, assessment: &Assessment) -> Html {
    let Some(outcome) = assessment.outcome else {
        return Html::default();
    };
    html! {
        <div
            class={classes!("verdict", format!("verdict--{}", outcome_code(outcome)))}
            data-test="verdict"
            data-outcome={outcome_code(outcome)}
        >
            <p class="verdict__sentence">{ sentence(doc, assessment, outcome) }</p>
            <p class="verdict__caution">{ NOT_A_DECISION }</p>
        </div>
    }
}

fn sentence(doc: Doc, assessment: &Assessment, outcome: Outcome) -> String {
    let basis = assessment.label_year.map_or_else(
        || format!("{}现行文件", doc.place.name),
        |year| format!("{}{year}年的文件", doc.place.name),
    );
    let labels: Vec<&str> = assessment
        .categories
        .iter()
        .filter(|category| category.outcome == outcome)
        .filter_map(|category| doc.document().categories.iter().find(|known| known.id == category.id))
        .map(|category| category.label.as_str())
        .collect();
    let labels = labels.join("、");
    let conditions = if doc.decided_case() == CaseKind::Renewal { "续保条件" } else { "申请条件" };
    match outcome {
        Outcome::Eligible => {
            format!("按您的回答和{basis}，您家符合“{labels}”这一类的{conditions}。")
        }
        Outcome::NotEligible => {
            format!("按您的回答和{basis}，您家现在不符合任何一类的{conditions}。差在哪里，下面逐条写明。")
        }
        Outcome::Unknown => {
            format!("按{basis}，还缺几项信息，暂时说不准。补上下面列出的几项，就能有结论。")
        }
        Outcome::Ask => {
            format!(
                "按您的回答和{basis}，没有哪一条不符合；但“{labels}”里有的条件要由窗口的人来认定，请带上材料去问。"
            )
        }
    }
}
