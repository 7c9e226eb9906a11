//! One requirement: its answer, how far from the line, what was used, its source.

use policies::{
    MarginWords,
    assessment::{Answer, Margin, RequirementResult},
    margin_words,
};
use yew::prelude::*;

use crate::check::{reply_words, self_check::SelfCheck};
use ui::{
    components::{Cited, Gauge, GoodSide},
    place::Doc,
    words::answer_word,
};

/// One requirement with its reasons.
pub(super) fn requirement_row(
    doc: Doc,
    category: &str,
    result: &RequirementResult,
    check: &SelfCheck,
) -> Html {
    let Some(requirement) = doc.document().requirement(&result.id) else {
        return Html::default();
    };
    let (code, word) = answer_word(result.answer);
    html! {
        <li
            class={classes!("requirement", format!("requirement--{code}"))}
            data-test={format!("requirement-{category}-{}", result.id)}
            data-answer={code}
        >
            <h3 class="requirement__head">
                <span>{ &requirement.label }</span>
                <span class={classes!("badge", format!("badge--{code}"))}>{ word }</span>
            </h3>
            <p>{ &requirement.says }</p>
            for index in result.ask.iter() {
                if let Some(ask) = requirement.ask.get(*index) {
                    <p class="requirement__ask">{ "请窗口认定：" }{ &ask.says }</p>
                }
            }
            for words in margins(result) {
                { gauge(words, result.answer) }
            }
            if let Some(used) = used(result, check) {
                <p class="muted">{ "您的回答：" }{ used }</p>
            }
            if let Some(missing) = missing(result) {
                <p class="requirement__missing">{ "还缺：" }{ missing }</p>
            }
            <Cited {doc} cite={requirement.cite.clone()} />
        </li>
    }
}

/// Why a requirement fails, for the verdict's sentence: its name, its article, and what was measured or told.
pub(super) fn reason(doc: Doc, result: &RequirementResult, check: &SelfCheck) -> String {
    let requirement = doc.document().requirement(&result.id);
    let label = requirement.map_or("", |known| known.label.as_str());
    let told = margins(result)
        .into_iter()
        .next()
        .map(|words| format!("，{}是 {}，{}", words.label, words.own, words.place))
        .or_else(|| used(result, check).map(|used| format!("，您答的是：{used}")));
    format!("“{label}”（{}）{}", result.article, told.unwrap_or_default())
}

/// The comparisons that explain the answer: under a “yes” those that hold, under a “no” those that
/// fail, otherwise all.
fn margins(result: &RequirementResult) -> Vec<MarginWords> {
    let telling = |margin: &&Margin| match result.answer {
        Answer::Met => margin.holds,
        Answer::NotMet => !margin.holds,
        Answer::Unknown | Answer::Ask => true,
    };
    result
        .margins
        .iter()
        .filter(telling)
        .filter_map(|margin| margin_words(policies::rulebook().fact(&margin.fact)?, margin, result.answer))
        .collect()
}

fn gauge(words: MarginWords, answer: Answer) -> Html {
    let Some((value, line)) = words.scale else {
        return html! { <p class="number">{ words.sentence }</p> };
    };
    html! {
        <Gauge
            words={words.sentence}
            gap={words.gap}
            {value}
            {line}
            good={if words.below { GoodSide::Below } else { GoodSide::Above }}
            met={match answer {
                Answer::Met => Some(true),
                Answer::NotMet => Some(false),
                Answer::Unknown | Answer::Ask => None,
            }}
            value_label={words.own}
            line_label={words.line}
        />
    }
}

/// The replies it rests on.
fn used(result: &RequirementResult, check: &SelfCheck) -> Option<String> {
    let told: Vec<String> = result
        .used
        .iter()
        .filter_map(|id| {
            let fact = policies::rulebook().fact(id)?;
            let reply = check.reply(id)?;
            Some(format!("“{}”{}", fact.label, reply_words(fact, reply)))
        })
        .collect();
    (!told.is_empty()).then(|| told.join("；"))
}

/// The facts still missing.
fn missing(result: &RequirementResult) -> Option<String> {
    let labels: Vec<&str> = result
        .missing
        .iter()
        .filter_map(|id| policies::rulebook().fact(id))
        .map(|fact| fact.label.as_str())
        .collect();
    (!labels.is_empty()).then(|| labels.join("、"))
}
