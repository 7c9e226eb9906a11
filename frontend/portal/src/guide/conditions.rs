//! Conditions, benefits, papers and priorities.

use policies::model::{Category, Paper, Pays, Together};
use yew::prelude::*;

use super::{entries, entry, who};
use crate::{frame::ButtonLink, route::Route};
use ui::{components::Cited, place::Doc, words::case_word};

pub(super) fn conditions(doc: Doc) -> Option<Html> {
    let document = doc.document();
    if document.categories.is_empty() {
        return None;
    }
    Some(html! {
        <>
            if let Some(rule) = &document.together {
                { entries(vec![entry(doc, "谁算一起申请的家人", &rule.says, &rule.cite, relations(rule))]) }
            }
            if document.categories.len() > 1 {
                <p>{ "分成下面几类，要符合其中一类的全部条件。" }</p>
            }
            for category in document.categories.iter() {
                { one_category(doc, category) }
            }
            <ButtonLink to={Route::Check { place: document.place.id.clone() }} test="start-check">
                { "自己测一测" }
            </ButtonLink>
        </>
    })
}

/// Who counts, and what to know of who does not.
fn relations(rule: &'static Together) -> Html {
    html! {
        <ul>
            for relation in rule.relations.iter() {
                <li>
                    { if relation.counts { "算：" } else { "不算：" } }{ &relation.label }
                    if !relation.help.is_empty() { { format!("（{}）", relation.help) } }
                </li>
            }
        </ul>
    }
}

fn one_category(doc: Doc, category: &'static Category) -> Html {
    let requirements: Vec<Html> = category
        .requires
        .iter()
        .filter_map(|id| doc.document().requirement(id))
        .map(|requirement| {
            let asks = html! {
                for ask in requirement.ask.iter() {
                    <p class="requirement__ask">{ "要由窗口认定的情况：" }{ &ask.says }</p>
                }
            };
            entry(doc, &requirement.label, &requirement.says, &requirement.cite, asks)
        })
        .collect();
    html! {
        <details class="category" open={doc.categories.len() == 1} key={category.id.clone()}>
            <summary><span class="category__name">{ &category.label }</span></summary>
            <p>{ &category.says }</p>
            <Cited {doc} cite={category.cite.clone()} />
            { entries(requirements) }
        </details>
    }
}

pub(super) fn benefits(doc: Doc) -> Option<Html> {
    let items = doc.document().benefits.iter().map(|benefit| {
        let rows = html! {
            if !benefit.rows.is_empty() {
                <ul>
                    for row in benefit.rows.iter() {
                        <li>
                            { &row.label }
                            { paid(&row.pays, benefit.per.word()) }
                        </li>
                    }
                </ul>
            }
        };
        entry(doc, &benefit.label, &benefit.says, &benefit.cite, rows)
    });
    entries(items.collect())
}

/// After a row's name: a fixed amount as the document prints it, that it is computed, or whom to ask.
fn paid(pays: &Pays, per: &str) -> String {
    match pays {
        Pays::Fixed(amount) => {
            let amount = amount.strip_prefix("yuan(").and_then(|amount| amount.strip_suffix(')'));
            format!("：{} 元/{per}", amount.unwrap_or_default().trim_matches('"'))
        }
        Pays::Computed(_) => format!("（按{per}算）"),
        Pays::Ask(says) => format!("：{says}"),
    }
}

pub(super) fn papers(doc: Doc) -> Option<Html> {
    entries(doc.document().papers.iter().map(|paper| one_paper(doc, paper)).collect())
}

fn one_paper(doc: Doc, paper: &'static Paper) -> Html {
    let categories: Vec<&str> = paper
        .categories
        .iter()
        .filter_map(|id| doc.document().category(id))
        .map(|category| category.label.as_str())
        .collect();
    let cases: Vec<&str> = paper.cases.iter().map(|case| case_word(*case)).collect();
    let more = html! {
        <>
            { who("谁出具", &paper.issued_by) }
            { who("哪类人要", &categories.join("、")) }
            { who("办什么事要", &cases.join("、")) }
        </>
    };
    entry(doc, &paper.label, &paper.says, &paper.cite, more)
}

pub(super) fn priorities(doc: Doc) -> Option<Html> {
    let items = doc.document().priorities.iter();
    entries(items.map(|group| entry(doc, &group.label, &group.says, &group.cite, Html::default())).collect())
}
