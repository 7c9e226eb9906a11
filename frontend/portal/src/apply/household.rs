//! Home and income: what the document asks of the household, with what the self-check already knows.

use std::collections::BTreeSet;

use policies::{
    model::{Fact, FactKind, Scope},
    seen::visible,
};
use yew::prelude::*;

use super::{fact_field::FactField, form::PageProps};
use crate::apply::draft::{
    Draft, DraftAction, DraftField, PersonDraft,
    field::fact_field,
    read::{assessment, fact_words, follows, is_counted, so_far},
};
use ui::{
    browser::focus_by_id,
    components::{Button, Card, CheckBox, Cited, DataList, DataRow, Look, Notice, Tone},
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
    let open = open_questions(draft, doc, on);
    let ticks = doc.compiled().ticks();
    policies::rulebook()
        .facts()
        .iter()
        .filter(|fact| {
            fact.scope == Scope::Household
                && !is_counted(fact)
                && (answered.contains(&fact.id) || !follows(fact, draft, on))
        })
        .filter(|fact| !matches!(fact.kind, FactKind::Ratio { .. }))
        .filter(|fact| ticks.iter().all(|tick| tick.id != fact.id))
        .filter(|fact| {
            draft.facts.contains_key(&fact.id) || answered.contains(&fact.id) || open.contains(&fact.id)
        })
        .collect()
}

/// The questions that can still change something, best first.
fn open_questions(draft: &Draft, doc: Doc, on: chrono::NaiveDate) -> Vec<String> {
    let assessment = assessment(doc, &so_far(draft, on).0, on);
    assessment.map_or_else(Vec::new, |a| a.questions.iter().map(ToString::to_string).collect())
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

/// The household's facts, asked as the self-check asks: what was answered, then the one question that matters most now.
#[component]
pub(super) fn HouseholdFacts(props: &PageProps) -> Html {
    let today = props.today;
    // A field that held an answer stays in its place while the page does: emptied to be typed anew, it must not go away.
    let held = use_mut_ref(Vec::<String>::new);
    {
        let mut held = held.borrow_mut();
        for fact in props.draft.facts.keys() {
            if !held.contains(fact) {
                held.push(fact.clone());
            }
        }
    }
    let held = held.borrow();
    let counted = counted_rows(&props.draft, props.doc, today);
    let facts = shown_facts(&props.draft, props.doc, today, &held.iter().cloned().collect());
    let is_held = |fact: &&Fact| held.contains(&fact.id);
    let answered = held.iter().filter_map(|id| facts.iter().find(|fact| fact.id == *id));
    let skipped = || facts.iter().filter(|fact| !is_held(fact) && props.draft.skipped.contains(&fact.id));
    let open = open_questions(&props.draft, props.doc, today);
    let mut waiting = open.iter().filter_map(|id| facts.iter().find(|fact| fact.id == *id));
    let current = waiting.find(|fact| !is_held(fact) && !props.draft.skipped.contains(&fact.id));
    html! {
        <>
            if facts.is_empty() {
                <p data-test="no-facts">{ "这个地方的文件没有写明要填哪些住房和收入情况，工作人员会核实。请直接点“下一步”。" }</p>
            } else if props.draft.from_check.facts.is_empty() {
                <p>{ "一题一题地问，前面的答了，后面用不着的就不问。不清楚的可以跳过，工作人员会核实。" }</p>
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
                    <p class="muted" data-test="whose">{ "问到家里人的，算的是这几个人：" }<bdi>{ whose(&props.draft) }</bdi></p>
                    for fact in answered.chain(current) {
                        { field(props, fact) }
                    }
                    if let Some(fact) = current {
                        { skip(props, fact) }
                    } else {
                        <p data-test="nothing-open">{ "要问的都问到了。" }</p>
                    }
                    { for skipped().map(|fact| take_up(props, fact)) }
                </Card>
            }
            if current.is_none() {
                { priorities(props) }
            }
        </>
    }
}

/// Whose counts: everybody typed in, by name where there is one.
fn whose(draft: &Draft) -> String {
    let name = |person: &PersonDraft| match (visible(&person.name), visible(&person.relation)) {
        (name, _) if !name.is_empty() => name,
        (_, relation) if !relation.is_empty() => relation,
        _ if person.key == 0 => "您".to_owned(),
        _ => "还没写名字的家人".to_owned(),
    };
    draft.people().map(name).collect::<Vec<_>>().join("、")
}

/// The groups that come first by the document, to tick where one is meant.
fn priorities(props: &PageProps) -> Html {
    let (known, _) = so_far(&props.draft, props.today);
    let found = policies::priorities(props.doc.compiled(), &known, props.today).unwrap_or_default();
    if found.is_empty() {
        return Html::default();
    }
    html! {
        <Card title="有没有可以优先的" test="priorities">
            <p>{ "下面有没有一条说的是您家？有就点上，没有就空着。能不能优先、谁在先，由窗口定。" }</p>
            for group in found {
                <h3>{ &group.priority.label }</h3>
                <p>{ &group.priority.says }</p>
                for fact in group.ticks.iter() {
                    { tick(props, &fact.id, &fact.label) }
                }
                if group.certain {
                    <p class="muted">{ "照您答的，说的是您家。" }</p>
                }
                <Cited doc={props.doc} cite={group.priority.cite.clone()} />
            }
        </Card>
    }
}

fn tick(props: &PageProps, fact: &str, label: &str) -> Html {
    let (dispatcher, id) = (props.draft.dispatcher(), fact.to_owned());
    let onchange = Callback::from(move |on: bool| {
        let typed = if on { "yes" } else { "" };
        dispatcher.dispatch(DraftAction::Write(DraftField::Fact(id.clone()), typed.to_owned()));
    });
    let checked = props.draft.facts.get(fact).is_some_and(|typed| typed == "yes");
    html! { <CheckBox id={fact_field(fact)} label={label.to_owned()} {checked} {onchange} /> }
}

/// Leaves the question at hand open.
fn skip(props: &PageProps, fact: &'static Fact) -> Html {
    let dispatcher = props.draft.dispatcher();
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatcher.dispatch(DraftAction::Skip(fact.id.clone(), true));
        focus_by_id("page-title");
    });
    let label = format!("“{}”不清楚，跳过", fact.label);
    html! { <Button key="skip" look={Look::Secondary} {onclick} {label} test={format!("skip-{}", fact.id)}>{ "不清楚，跳过" }</Button> }
}

/// A question that was left open, to be taken up again.
fn take_up(props: &PageProps, fact: &'static Fact) -> Html {
    let dispatcher = props.draft.dispatcher();
    let onclick = Callback::from(move |_: MouseEvent| {
        dispatcher.dispatch(DraftAction::Skip(fact.id.clone(), false));
    });
    html! {
        <p key={format!("skipped-{}", fact.id)}>
            { "跳过了：" }{ &fact.label }{ " " }
            <Button look={Look::Quiet} {onclick} label={format!("补上{}", fact.label)} test={format!("unskip-{}", fact.id)}>{ "补上" }</Button>
        </p>
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

    #[test]
    fn what_is_ticked_is_no_question() {
        let facts = [("firefighter".to_owned(), "yes".to_owned())].into();
        let draft = Draft { facts, ..Draft::default() };
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let answered = draft.facts.keys().cloned().collect();
        let shown = shown_facts(&draft, doc, "2026-03-01".parse().unwrap(), &answered);
        assert!(!shown.is_empty() && shown.iter().all(|fact| fact.id != "firefighter"));
    }
}
