//! What would turn a “no”: time alone, or the smallest single change.

use policies::{
    assessment::{Assessment, Change, FirstDay, Outcome},
    household::Value,
    model::CaseKind,
};
use yew::prelude::*;

use crate::check::self_check::SelfCheck;
use ui::{
    components::{Button, Card, Look},
    place::Doc,
    words::date_words,
};

/// Shown only under a “no”.
pub(super) fn changes(
    doc: Doc,
    check: &SelfCheck,
    assessment: &Assessment,
    go_on: Option<Callback<()>>,
) -> Html {
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
                        <li data-test="change" data-fact={change.fact.to_string()}>{ sentence(doc, change, on_the_line(doc, check, assessment, change)) }</li>
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

/// The value between the one that meets the condition and all that fail it, where the document leaves it to a person.
fn on_the_line(doc: Doc, check: &SelfCheck, assessment: &Assessment, change: &Change) -> Option<Value> {
    let (Value::Number(from), Value::Number(to)) = (&change.from, &change.to) else { return None };
    let line = Value::Number(to.saturating_add(from.saturating_sub(*to).signum()));
    let mut household = check.household();
    household.facts.insert(change.fact.to_string(), line.clone());
    let found = policies::assess(doc.compiled(), &household, assessment.on).ok()?;
    (found.category(&change.category)?.outcome == Outcome::Ask).then_some(line)
}

fn sentence(doc: Doc, change: &Change, asked: Option<Value>) -> String {
    let fact = policies::rulebook().fact(&change.fact);
    let words = |value: &Value| fact.map_or_else(String::new, |fact| policies::format_value(fact, value));
    let label = fact.map_or(&*change.fact, |fact| fact.label.as_str());
    let beyond = match (&change.from, &change.to) {
        (Value::Number(from), Value::Number(to)) if from > to => "或者更少",
        (Value::Number(_), Value::Number(_)) => "或者更多",
        _ => "",
    };
    let asked = asked.map_or_else(String::new, |line| format!("；正好 {} 的，由窗口定", words(&line)));
    format!(
        "“{label}”现在是 {}，如果是 {}{beyond}，就符合“{}”的条件{asked}（依据：{}）。",
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
    use crate::check::self_check::CheckAction;

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

    /// What is told to be enough and what the condition says agree: on the line itself a person decides.
    #[test]
    fn a_change_says_what_is_enough_and_who_decides_on_the_line() {
        let told = |document: &str, file: &str| {
            let doc = Doc::by_id(document).unwrap();
            let examples = worked::embedded().examples();
            let named = |e: &&worked::Example| e.document == document && e.file.ends_with(file);
            let example = examples.iter().find(named).unwrap();
            let mut check = SelfCheck::new(doc, example.on).after(CheckAction::Restore(None));
            for (fact, value) in &example.household.facts {
                check = check.after(CheckAction::Reply(fact.clone(), Some(value.clone())));
            }
            let assessment = check.assessment().unwrap();
            let change = assessment.changes.first().unwrap();
            sentence(doc, change, on_the_line(doc, &check, assessment, change))
        };
        let area = told("yongshun-2023", "/area-13-01.toml");
        assert!(
            area.contains("或者更少，就符合") && area.contains("；正好 ") && area.contains("由窗口定（"),
            "{area}"
        );
        let income = told("qujing-2018", "/income-one-fen-over.toml");
        assert!(income.contains("或者更少，就符合") && !income.contains("正好"), "{income}");
    }
}
