//! The verdict in one sentence, never as a decision.

use policies::{
    assessment::{Assessment, Outcome},
    model::CaseKind,
};
use yew::prelude::*;

use super::requirement::reason;
use crate::check::{
    self_check::SelfCheck,
    telling::{failing, nearest},
};
use ui::{
    place::Doc,
    words::{NOT_A_DECISION, outcome_code},
};

/// The box under the heading.
pub(super) fn verdict(doc: Doc, check: &SelfCheck, assessment: &Assessment) -> Html {
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
            if let Some(why) = why(doc, check, assessment) {
                <p data-test="verdict-why">{ why }</p>
            }
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
        .filter_map(|category| doc.document().category(&category.id))
        .map(|category| category.label.as_str())
        .collect();
    let labels = labels.join("、");
    let conditions = if doc.decided_case() == CaseKind::Renewal { "续保条件" } else { "申请条件" };
    match outcome {
        Outcome::Eligible => {
            format!("按{basis}，您家符合“{labels}”的{conditions}。")
        }
        Outcome::NotEligible => {
            format!("按{basis}，您家现在不符合{conditions}。")
        }
        Outcome::Unknown => {
            format!("按{basis}，还缺信息，暂时说不准。补上下面列出的，就能有结论。")
        }
        Outcome::Ask => {
            format!("按{basis}，“{labels}”没有哪一条不符合，有的要由窗口的人认定，请带上材料去问。")
        }
    }
}

/// Under a “no”, in one sentence: what fails in the category that lacks the least.
fn why(doc: Doc, check: &SelfCheck, assessment: &Assessment) -> Option<String> {
    let nearest = nearest(assessment)?;
    let reasons: Vec<String> = failing(nearest).map(|result| reason(doc, result, check)).collect();
    let category = doc.document().category(&nearest.id)?;
    let which = match assessment.categories.len() {
        1 => String::new(),
        _ => format!("离得最近的是“{}”这一类，", category.label),
    };
    Some(format!("{which}够不上的是：{}。", reasons.join("；")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::household::Value;

    use super::*;
    use crate::check::self_check::CheckAction;

    #[test]
    fn a_no_says_why_with_article_and_own_figure() {
        let doc = Doc::by_id("qujing-2018").unwrap();
        let check = SelfCheck::new(doc, "2026-03-01".parse().unwrap())
            .after(CheckAction::Restore(None))
            .after(CheckAction::Reply("assets_total".to_owned(), Some(Value::Number(10_000_000))))
            .after(CheckAction::Reply("unclear_assets".to_owned(), Some(Value::YesNo(false))))
            .after(CheckAction::Reply("needs_transition".to_owned(), Some(Value::YesNo(false))));
        let told = why(doc, &check, check.assessment().unwrap()).unwrap();
        assert_eq!(
            told,
            "够不上的是：“财产”（二（一）），家庭财产是 100,000.00 元，正好是 100,000.00 元，要低于它才行。"
        );
    }

    #[test]
    fn a_no_names_the_category_that_lacks_least() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let check = SelfCheck::new(doc, "2026-03-01".parse().unwrap())
            .after(CheckAction::Restore(None))
            .after(CheckAction::Reply("social_housing".to_owned(), Some(Value::Choice("current".to_owned()))))
            .after(CheckAction::Reply(
                "applicant_standing".to_owned(),
                Some(Value::Choice("capable_head".to_owned())),
            ))
            .after(CheckAction::Reply("income_category".to_owned(), Some(Value::Choice("dibao".to_owned()))));
        let assessment = check.assessment().unwrap();
        assert_eq!(nearest(assessment).unwrap().id, "dibao");
        let told = why(doc, &check, assessment).unwrap();
        assert!(told.starts_with("离得最近的是“城镇低保家庭”这一类，够不上的是：“没享受过保障性住房”（第十一条第五项、第十四条），您答的是："), "{told}");
    }
}
