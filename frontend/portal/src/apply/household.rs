//! Home and income: what the document asks of the household, with what the self-check already knows.

use std::collections::BTreeSet;

use policies::model::{Fact, FactKind, Scope};
use yew::prelude::*;

use super::{fact_field::FactField, form::PageProps};
use crate::apply::draft::{
    Draft, DraftAction, DraftField,
    field::fact_field,
    read::{assessment, fact_words, follows, is_counted, so_far},
};
use ui::{
    components::{Card, DataList, DataRow, Notice, Tone},
    place::Doc,
};

/// Facts to show, in the dictionary's order: those that are, or were, answered, and those that can still
/// change something. What follows from the people is not asked.
pub(super) fn shown_facts(
    draft: &Draft,
    doc: Doc,
    on: chrono::NaiveDate,
    answered: &BTreeSet<String>,
) -> Vec<&'static Fact> {
    let open = assessment(doc, &so_far(draft, on).0, on).map_or_else(Vec::new, |a| a.questions);
    policies::rulebook()
        .facts()
        .iter()
        .filter(|fact| {
            fact.scope == Scope::Household
                && !is_counted(fact)
                && (answered.contains(&fact.id) || !follows(fact, draft, on))
        })
        .filter(|fact| !matches!(fact.kind, FactKind::Ratio { .. }))
        .filter(|fact| {
            draft.facts.contains_key(&fact.id)
                || answered.contains(&fact.id)
                || open.iter().any(|id| *id == fact.id)
        })
        .collect()
}

/// Facts of the document that follow from others, for reading only.
pub(super) fn counted_rows(draft: &Draft, doc: Doc, on: chrono::NaiveDate) -> Vec<DataRow> {
    let (known, _) = so_far(draft, on);
    let asked = doc.compiled().facts();
    asked
        .into_iter()
        .filter(|fact| follows(fact, draft, on))
        .filter_map(|fact| Some(DataRow::new(fact.label.clone(), Html::from(fact_words(fact, &known)?))))
        .collect()
}

/// The household's facts.
#[component]
pub(super) fn HouseholdFacts(props: &PageProps) -> Html {
    let today = props.today;
    // A field that held an answer stays while the page does: emptied to be typed anew, it must not go away.
    let answered = use_mut_ref(BTreeSet::<String>::new);
    answered.borrow_mut().extend(props.draft.facts.keys().cloned());
    let counted = counted_rows(&props.draft, props.doc, today);
    let facts = shown_facts(&props.draft, props.doc, today, &answered.borrow());
    html! {
        <>
            if facts.is_empty() {
                <p data-test="no-facts">{ "这个地方的文件没有写明要填哪些住房和收入情况，工作人员会核实。请直接点“下一步”。" }</p>
            } else if props.draft.from_check.facts.is_empty() {
                <p>{ "知道多少填多少。不清楚的空着，工作人员会核实。" }</p>
            } else {
                <Notice tone={Tone::Info} title="已填好自测时的回答" test="from-check">
                    <p>{ "请看一遍，不对的改过来。不清楚的可以空着，工作人员会核实。" }</p>
                </Notice>
            }
            if !counted.is_empty() {
                <Card title="从家人算出来的"><DataList rows={counted} /></Card>
            }
            if !facts.is_empty() {
                <Card title="请您填的">
                    for fact in facts {
                        { field(props, fact) }
                    }
                </Card>
            }
        </>
    }
}

fn field(props: &PageProps, fact: &'static Fact) -> Html {
    let oninput = {
        let dispatcher = props.draft.dispatcher();
        Callback::from(move |text: String| {
            dispatcher.dispatch(DraftAction::Write(DraftField::Fact(fact.id.clone()), text));
        })
    };
    html! {
        <FactField
            key={fact.id.clone()}
            {fact}
            value={props.draft.facts.get(&fact.id).cloned().unwrap_or_default()}
            error={props.error(&fact_field(&fact.id))}
            {oninput}
        />
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn how_many_apply_is_counted_and_never_asked_whatever_the_self_check_was_told() {
        let people = policies::rulebook().people().unwrap();
        let facts = [(people.id.clone(), "3".to_owned())].into();
        let draft = Draft { facts, ..Draft::default() };
        let answered = draft.facts.keys().cloned().collect();
        let shown =
            shown_facts(&draft, Doc::by_id("qujing-2018").unwrap(), "2026-03-01".parse().unwrap(), &answered);
        assert!(!shown.is_empty());
        assert!(shown.iter().all(|fact| fact.id != people.id));
    }
}
