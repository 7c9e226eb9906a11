//! What would turn a “no”: time alone, or the smallest single change.

use policies::{
    assessment::{Assessment, Change, FirstDay, Outcome},
    household::Value,
    model::CaseKind,
};
use yew::prelude::*;

use ui::{
    components::{Button, Card, Look},
    place::Doc,
    words::date_words,
};

/// Shown only under a “no”.
pub(super) fn changes(doc: Doc, assessment: &Assessment, go_on: Option<Callback<()>>) -> Html {
    if assessment.outcome != Some(Outcome::NotEligible) {
        return Html::default();
    }
    html! {
        <Card title="差在哪里">
            for first in assessment.first_days.iter() {
                <p data-test="first-day" data-day={first.day.to_string()}>{ wait(doc, first) }</p>
            }
            if let Some(go_on) = go_on {
                <p>{ "前面的回答已经能确定不符合，所以没有再问下去。再答几题，就能看出是不是只差一项、差多少。" }</p>
                <Button look={Look::Secondary} onclick={go_on.reform(|_: MouseEvent| ())} test="go-on">
                    { "再答几题，看看差多少" }
                </Button>
            } else if assessment.changes.is_empty() && assessment.first_days.is_empty() {
                <p data-test="no-change">{ "没有哪一项单独变一变就能符合。每一类差哪几条，看下面“为什么”。" }</p>
            } else if !assessment.changes.is_empty() {
                <p>{ "下面每一行都是：只变这一项，别的不变，就能符合。" }</p>
                <ul>
                    for change in assessment.changes.iter() {
                        <li data-test="change" data-fact={change.fact.to_string()}>{ sentence(doc, change) }</li>
                    }
                </ul>
                <p class="muted">{ "这只是告诉您还差多少。请按真实情况填写；情况真的变了，再来测一次。" }</p>
            }
        </Card>
    }
}

/// From which day on: counted from what, which requirement, what then, by which article.
fn wait(doc: Doc, first: &FirstDay) -> String {
    let document = doc.document();
    let requirement = document.requirement(&first.requirement);
    let counted = policies::rulebook()
        .fact(&first.fact)
        .zip(first.since)
        .map_or_else(String::new, |(fact, since)| format!("“{}”是{}，", fact.label, date_words(since)));
    let category = category_label(doc, &first.category);
    let act = if doc.decided_case() == CaseKind::Renewal { "续保" } else { "申请" };
    let then = match first.outcome {
        Outcome::Eligible | Outcome::NotEligible => format!("别的不变，那天起可以按“{category}”{act}"),
        Outcome::Ask => format!("那天起可以按“{category}”去问窗口，由窗口认定"),
        Outcome::Unknown => format!("“{category}”还有题没答，答完才知道那天能不能{act}"),
    };
    format!(
        "{counted}到{}，“{}”这一条就满足了；{then}（依据：{}）。",
        date_words(first.day),
        requirement.map_or("", |known| known.label.as_str()),
        first.article,
    )
}

fn category_label(doc: Doc, id: &str) -> &'static str {
    doc.document().category(id).map_or("", |known| known.label.as_str())
}

fn sentence(doc: Doc, change: &Change) -> String {
    let fact = policies::rulebook().fact(&change.fact);
    let words = |value: &Value| fact.map_or_else(String::new, |fact| policies::format_value(fact, value));
    let label = fact.map_or(&*change.fact, |fact| fact.label.as_str());
    let beyond = match (&change.from, &change.to) {
        (Value::Number(from), Value::Number(to)) if from > to => "或者更少",
        (Value::Number(_), Value::Number(_)) => "或者更多",
        _ => "",
    };
    format!(
        "“{label}”现在是 {}，如果是 {}{beyond}，就符合“{}”的条件（依据：{}）。",
        words(&change.from),
        words(&change.to),
        category_label(doc, &change.category),
        change.article,
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_wait_says_from_when_till_when_and_by_which_article() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let first = FirstDay {
            category: "dibao".into(),
            day: "2027-03-02".parse().unwrap(),
            outcome: Outcome::Eligible,
            requirement: "housing".into(),
            article: "第三条".into(),
            fact: "disposed_home_on".into(),
            since: "2025-03-01".parse().ok(),
        };
        let label = category_label(doc, "dibao");
        assert_eq!(
            wait(doc, &first),
            format!(
                "“处理房子的日期”是2025年3月1日，到2027年3月2日，“住房”这一条就满足了；\
                 别的不变，那天起可以按“{label}”申请（依据：第三条）。"
            )
        );
    }

    #[test]
    fn a_change_of_a_number_says_what_else_is_enough() {
        let doc = Doc::by_id("qujing-2018").unwrap();
        let examples = worked::embedded().examples();
        let named =
            |e: &&worked::Example| e.document == doc.id && e.file.name.ends_with("/income-one-fen-over.toml");
        let example = examples.iter().find(named).unwrap();
        let found = policies::assess(doc.compiled(), &example.household, example.on).unwrap();
        let told = sentence(doc, found.changes.first().unwrap());
        assert!(told.contains("或者更少，就符合"), "{told}");
    }
}
