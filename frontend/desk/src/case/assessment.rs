//! The replayed assessment: same or different, and every requirement with its article and reasons.

use std::collections::BTreeMap;

use policies::assessment::{Answer, CategoryResult, Margin, NoVerdict, RequirementResult};
use policies::household::Value;
use policies::model::{Document, Per};
use policies::{MarginWords, margin_words, money};
use protocol::letter::Application;
use yew::prelude::*;

use super::application::Rules;
use super::replay::{Comparison, Replay, answer_mark, answer_word, replay};

use ui::components::{Card, Notice, Tone};
use ui::words::{date_words, outcome_word};

/// Household facts as sent.
type Facts = BTreeMap<String, Value>;

/// Props of [`AssessmentView`].
#[derive(Properties, PartialEq)]
pub(crate) struct AssessmentViewProps {
    /// The letter.
    pub(crate) application: Application,
    /// The office's rules.
    pub(crate) rules: Rules,
}

/// The assessment, done again.
#[component]
pub(crate) fn AssessmentView(props: &AssessmentViewProps) -> Html {
    let document = props.rules.0.document();
    let replayed = {
        let (application, rules) = (props.application.clone(), props.rules);
        use_memo((application, rules), |(application, rules)| replay(rules.0, application))
    };
    let (same, content) = match &*replayed {
        Replay::None => {
            ("none", html! { <p>{ "这个件没有附自助测算，也没有可以自动比对的内容，请人工审核。" }</p> })
        }
        Replay::Refused(errors) => (
            "refused",
            html! {
                <Notice tone={Tone::Warning} title="所填内容不能测算">
                    <ul>
                        for error in errors {
                            <li>{ &error.message }</li>
                        }
                    </ul>
                </Notice>
            },
        ),
        Replay::Done(comparison) => (
            if comparison.is_same() { "true" } else { "false" },
            done(comparison, &props.application.household.facts, document),
        ),
    };
    html! {
        <Card title="按规则重算">
            <div data-test="replay" data-same={same}>{ content }</div>
        </Card>
    }
}

fn done(comparison: &Comparison, facts: &Facts, document: &Document) -> Html {
    let ours = &comparison.ours;
    if let (Some(reason), None) = (ours.no_verdict, comparison.shown.as_ref().and_then(|shown| shown.outcome))
    {
        // Nothing was decided then, nothing now: there is nothing to compare.
        return html! { <Notice title="没有可以重算的结论"><p>{ no_verdict(reason) }</p></Notice> };
    }
    html! {
        <>
            { verdict(comparison) }
            if let Some(reason) = ours.no_verdict {
                <p>{ no_verdict(reason) }</p>
            }
            <p class="muted">
                { format!(
                    "用信里的情况、按{}申请当日的《{}》在本机重算。这是测算，不是审批结果。",
                    date_words(ours.on), document.title,
                ) }
            </p>
            if !comparison.left_out.is_empty() {
                <p class="desk-differs">
                    { format!(
                        "下列各项不在本台现有的规则里，没有参与重算：{}。",
                        comparison.left_out.join("、"),
                    ) }
                </p>
            }
            for category in ours.categories.iter() {
                { category_view(category, comparison, facts, document) }
            }
            if !ours.money.is_empty() {
                <h3>{ "金额" }</h3>
                <ul>
                    for range in ours.money.iter() {
                        <li class="number">
                            { benefit_label(document, &range.benefit) }{ "：" }
                            { amount(range.least, range.most) }{ per(range.per) }
                        </li>
                    }
                </ul>
            }
        </>
    }
}

fn verdict(comparison: &Comparison) -> Html {
    let outcome = comparison.ours.outcome.map(outcome_word);
    let outcome = outcome.map_or_else(String::new, |word| format!("重算结果：{word}。"));
    let (tone, title, text) = match (&comparison.shown, comparison.is_same()) {
        (None, _) => (Tone::Info, "申请人没有附自助测算", "下面是本台按信里的情况测算的结果。".to_owned()),
        (Some(_), true) => {
            (Tone::Success, "与申请人当时看到的一致", "结论、每一项条件和金额都相同。".to_owned())
        }
        (Some(shown), false) => {
            let then = shown.outcome.map_or("没有结论", outcome_word);
            (
                Tone::Warning,
                "与申请人当时看到的不一致",
                format!("申请人当时看到的是“{then}”。不同之处在下面标出，请以重算和核查为准。"),
            )
        }
    };
    html! {
        <Notice {tone} {title}>
            <p>{ outcome }{ text }</p>
            if comparison.shown.is_some() {
                <p>
                    { if comparison.same_rules {
                        "规则版本：与申请人使用的是同一份规则数据（校验值一致）。"
                    } else {
                        "规则版本：申请人使用的规则数据与本台现有的不是同一版（校验值不同）。"
                    } }
                </p>
            }
        </Notice>
    }
}

fn category_view(
    category: &CategoryResult,
    comparison: &Comparison,
    facts: &Facts,
    document: &Document,
) -> Html {
    let label = document.category(&category.id).map(|c| c.label.as_str());
    html! {
        <details
            class="desk-category" key={&*category.id} open={comparison.comes_first(category)}
            data-test={format!("replay-category-{}", category.id)}
        >
            <summary>
                <strong>{ label.unwrap_or(&category.id) }</strong>
                <span class="desk-tag">{ outcome_word(category.outcome) }</span>
            </summary>
            <ul class="desk-requirements">
                for requirement in category.requirements.iter() {
                    { requirement_view(&category.id, requirement, comparison, facts, document) }
                }
            </ul>
        </details>
    }
}

fn requirement_view(
    category: &str,
    result: &RequirementResult,
    comparison: &Comparison,
    facts: &Facts,
    document: &Document,
) -> Html {
    let requirement = document.requirement(&result.id);
    let label = requirement.map_or(&*result.id, |r| &r.label);
    let class = match result.answer {
        Answer::Met => "desk-answer desk-answer--met",
        Answer::NotMet => "desk-answer desk-answer--not-met",
        Answer::Unknown | Answer::Ask => "desk-answer desk-answer--open",
    };
    let asked = requirement.map_or_else(Vec::new, |requirement| {
        result.ask.iter().filter_map(|&place| requirement.ask.get(place)).collect()
    });
    html! {
        <li key={&*result.id}>
            <p class="desk-requirement__head">
                <span {class}>
                    <span aria-hidden="true">{ answer_mark(result.answer) }{ " " }</span>
                    { answer_word(result.answer) }
                </span>
                <strong>{ label }</strong>
                <span class="muted">{ &*result.article }</span>
            </p>
            if let Some(requirement) = requirement {
                <p class="muted">{ &requirement.says }</p>
            }
            if let Some(shown) = comparison.shown_otherwise(category, result) {
                <p class="desk-differs">
                    { format!("申请人当时看到的是“{}”。", answer_word(shown)) }
                </p>
            }
            if !told(result, facts).is_empty() {
                <p>{ told(result, facts) }</p>
            }
            for margin in result.margins.iter().filter_map(|margin| compared(margin, result.answer)) {
                <p class="number">{ margin.sentence }</p>
            }
            for ask in asked {
                <p>{ &ask.says }</p>
            }
            if !result.missing.is_empty() {
                <p>{ "没有填：" }{ missing(result) }</p>
            }
        </li>
    }
}

/// A comparison in words, the same as the applicant reads; `None` for what is only yes or no, or one of several.
fn compared(margin: &Margin, answer: Answer) -> Option<MarginWords> {
    margin_words(policies::rulebook().fact(&margin.fact)?, margin, answer)
}

/// The facts a requirement leans on that no comparison below tells: `车辆：否；商业用房：否`.
fn told(result: &RequirementResult, facts: &Facts) -> String {
    let is_compared = |id: &str| {
        let mut margins = result.margins.iter().filter(|margin| margin.fact == id);
        margins.any(|margin| compared(margin, result.answer).is_some())
    };
    let told: Vec<String> = result
        .used
        .iter()
        .filter(|id| !is_compared(id))
        .filter_map(|id| {
            let fact = policies::rulebook().fact(id)?;
            Some(format!("{}：{}", fact.label, policies::format_value(fact, facts.get(&**id)?)))
        })
        .collect();
    told.join("；")
}

fn missing(result: &RequirementResult) -> String {
    let labels: Vec<&str> = result
        .missing
        .iter()
        .map(|id| policies::rulebook().fact(id).map_or(&**id, |fact| &fact.label))
        .collect();
    labels.join("、")
}

fn benefit_label<'a>(document: &'a Document, id: &'a str) -> &'a str {
    document.benefit(id).map_or(id, |benefit| &benefit.label)
}

fn amount(least: i64, most: i64) -> String {
    if least == most {
        format!("{} 元", money::format(least))
    } else {
        format!("{} 元至 {} 元", money::format(least), money::format(most))
    }
}

fn per(per: Per) -> String {
    format!("／{}", per.word())
}

fn no_verdict(reason: NoVerdict) -> &'static str {
    match reason {
        NoVerdict::NoThresholds => "本地文件没有规定可以自动比对的准入标准，请人工审核。",
        NoVerdict::NotYetInForce => "申请日期早于本地文件的施行日期，没有结论。",
        NoVerdict::Expired => "申请日期晚于本地文件的有效期，没有结论。",
    }
}
