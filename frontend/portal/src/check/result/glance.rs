//! What a verdict means at a glance: the money, how many papers, where and whom to call, until when, how sure.

use policies::{
    assessment::{Assessment, CategoryResult, Outcome},
    model::OpenClause,
};
use yew::prelude::*;

use super::money::{amount_words, lacking};
use crate::{
    check::{self_check::SelfCheck, telling::papers_of, windows::window_rows},
    frame::{row, see, whom},
};
use ui::{
    components::{Cited, fold},
    place::Doc,
};

/// The rows under the verdict, each with a way to the whole of it below.
pub(super) fn glance(
    doc: Doc,
    check: &SelfCheck,
    assessment: &Assessment,
    on_change: &Callback<String>,
) -> Html {
    let refused = assessment.outcome == Some(Outcome::NotEligible);
    let open = (open_clauses(doc, assessment).next().is_some()).then(|| see("heed", "没写死的"));
    html! {
        <dl class="glance">
            if !refused {
                { money(doc, assessment, on_change) }
            }
            { papers(doc, check, assessment, refused) }
            { whom(doc) }
            { window_rows(doc, Some(doc.decided_case()), assessment.on) }
            for reminder in doc.document().reminders.iter() {
                { row("别忘了", html! { <><span data-test="reminder">{ &reminder.label }</span>{ " " }{ see("heed", "为什么") }</> }) }
            }
            { row("有多准", html! { <span data-test="sure">{ sure(doc, assessment) }{ " " }{ open }</span> }) }
        </dl>
    }
}

fn money(doc: Doc, assessment: &Assessment, on_change: &Callback<String>) -> Html {
    if doc.benefits.is_empty() {
        return Html::default();
    }
    // One sum that is given needs no name.
    let named = assessment.money.len() > 1 || assessment.money.iter().any(|range| range.owed);
    let sums = assessment.money.iter().map(|range| {
        let benefit = doc.document().benefit(&range.benefit).filter(|_| named);
        let label = benefit.map_or("", |benefit| benefit.label.as_str());
        html! {
            <span class="glance__sum" data-test="money" data-least={range.least.to_string()} data-most={range.most.to_string()}>
                { label }{ " " }<strong>{ amount_words(range) }</strong>
            </span>
        }
    });
    let sums: Html = sums.collect();
    let rest = match assessment.without_sum.first() {
        Some(without) => {
            let fact = without.missing.first().map_or_else(String::new, ToString::to_string);
            let onclick = on_change.reform(move |_: MouseEvent| fact.clone());
            html! {
                <span data-test="without-sum">
                    { lacking(without) }{ " " }
                    if without.ask.is_none() {
                        <button type="button" class="see no-print" {onclick} data-test="tell-for-sum">{ "去答" }</button>
                    }
                </span>
            }
        }
        None if assessment.money.is_empty() => "数额文件里没有写".into(),
        None => Html::default(),
    };
    row("能得到", html! { <>{ sums }{ rest }{ " " }{ see("money", "怎么算") }</> })
}

fn papers(doc: Doc, check: &SelfCheck, assessment: &Assessment, refused: bool) -> Html {
    let needed = papers_of(doc, &check.household(), Some(assessment), doc.decided_case(), assessment.on);
    let certain = needed.iter().filter(|(_, certain)| *certain).count();
    let perhaps = needed.len().saturating_sub(certain);
    let count = match (certain, perhaps) {
        (0, 0) => "文件没有列，问窗口".to_owned(),
        (certain, 0) => format!("{certain} 样材料"),
        (0, perhaps) => format!("{perhaps} 样，看情况"),
        (certain, perhaps) => format!("{certain} 样，另有 {perhaps} 样看情况"),
    };
    let term = if refused { "仍要办" } else { "要带" };
    row(term, html! { <><span data-test="paper-count">{ count }</span>{ " " }{ see("papers", "看清单") }</> })
}

/// Clauses that no list of conditions can show and that bind a category which made the verdict; none under a “no”.
fn open_clauses<'a>(
    doc: Doc,
    assessment: &'a Assessment<'_>,
) -> impl Iterator<Item = &'static OpenClause> + 'a {
    let telling = |clause: &&OpenClause| {
        assessment.outcome != Some(Outcome::NotEligible)
            && assessment
                .categories
                .iter()
                .any(|result| Some(result.outcome) == assessment.outcome && clause.binds(&result.id))
    };
    doc.document().open_clauses.iter().filter(telling)
}

/// What to heed besides the verdict: what must be done in any case, and what the document leaves open.
pub(super) fn heed(doc: Doc, assessment: &Assessment) -> Html {
    let reminders = doc.document().reminders.iter().map(|item| (&item.label, &item.says, &item.cite));
    let clauses = open_clauses(doc, assessment).map(|item| (&item.label, &item.says, &item.cite));
    let items: Vec<_> = reminders.chain(clauses).collect();
    if items.is_empty() {
        return Html::default();
    }
    let note = format!("{} 条", items.len());
    let body = html! {
        <ul class="entries">
            for (label, says, cite) in items {
                <li class="entry">
                    <p class="entry__title">{ label }</p>
                    <p>{ says }</p>
                    <Cited {doc} cite={cite.clone()} />
                </li>
            }
        </ul>
    };
    fold("heed", "还要留意的", note, body)
}

/// How far the verdict can be relied on: what a person still decides, how many readings of ours it leans on, and the
/// document's own year where it may be out of date.
fn sure(doc: Doc, assessment: &Assessment) -> String {
    let telling = assessment.categories.iter().filter(|result| Some(result.outcome) == assessment.outcome);
    let readings = readings(doc, telling);
    let mut words = match assessment.outcome {
        Some(Outcome::Eligible | Outcome::NotEligible) => "照您答的算".to_owned(),
        Some(Outcome::Ask) => "要由窗口的人认定".to_owned(),
        Some(Outcome::Unknown) | None => "还差几项，说不准".to_owned(),
    };
    if readings > 0 {
        words.push_str(&format!("；{readings} 处按本站理解"));
    }
    if let Some(year) = assessment.label_year {
        words.push_str(&format!("；{year} 年的文件，可能变了"));
    }
    words
}

/// How many readings of ours some categories lean on.
fn readings<'a, 'd: 'a>(doc: Doc, results: impl Iterator<Item = &'a CategoryResult<'d>>) -> usize {
    let mut ids: Vec<&str> = Vec::new();
    for result in results {
        let own = doc.document().category(&result.id).into_iter().flat_map(|item| &item.cite.readings);
        let requirements = result.requirements.iter().filter_map(|r| doc.document().requirement(&r.id));
        for id in own.chain(requirements.flat_map(|item| &item.cite.readings)) {
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
    }
    ids.len()
}
