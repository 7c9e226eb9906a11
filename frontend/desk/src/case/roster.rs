//! The list of people that a group application brought: everybody assessed again, beside what its sender was shown.

use std::rc::Rc;

use policies::{Answer, Outcome, model::FieldKind, papers};
use protocol::letter::{FilledRoster as Told, FormLetter};
use sheets::ops::{Blank, Format, Request};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::application::Rules;
use crate::words;
use ui::{
    browser::save_bytes,
    components::{Button, Card, DataList, DataRow, Look, Notice, Tone},
    place::Doc,
    roster::{Standing, cell_words, household, standing},
    tables::ask,
    words::{date_words, outcome_code, outcome_word},
};

/// Props of [`RosterView`].
#[derive(Properties, PartialEq)]
pub(crate) struct RosterViewProps {
    /// The letter.
    pub(crate) letter: FormLetter,
    /// The office's document.
    pub(crate) rules: Rules,
}

/// A person of the list, replayed.
#[derive(PartialEq)]
struct Person {
    name: String,
    number: String,
    /// What the sender was shown.
    shown: Option<Outcome>,
    /// What comes out here.
    ours: Standing,
    /// Every cell that is told, in words.
    cells: Vec<(&'static str, String)>,
    /// Papers to hand in, and those that perhaps are.
    papers: (Vec<&'static str>, Vec<&'static str>),
}

/// A list. Heads come from the document, never from the letter.
#[component]
pub(crate) fn RosterView(props: &RosterViewProps) -> Html {
    let people = use_memo((props.letter.clone(), props.rules), |(letter, rules)| replayed(letter, *rules));
    let failed = use_state(|| false);
    let document = props.rules.0.document();
    let Some(list) = document.form(props.letter.kind).and_then(|form| form.roster.as_ref()) else {
        return Html::default();
    };
    if people.is_empty() {
        return html! {
            <Notice tone={Tone::Warning} title="信里没有名单" test="roster-none"><p>{ "这一件应当带名单，可是信里没有。请给申请单位留言，请他们补。" }</p></Notice>
        };
    }
    let differs = people.iter().filter(|person| person.shown != person.ours.outcome).count();
    let same_rules = props.letter.document_hash == props.rules.0.hash();
    let count =
        |outcome: Outcome| people.iter().filter(|person| person.ours.outcome == Some(outcome)).count();
    let counts: Vec<String> = [Outcome::Eligible, Outcome::Ask, Outcome::Unknown, Outcome::NotEligible]
        .into_iter()
        .filter(|outcome| count(*outcome) > 0)
        .map(|outcome| format!("{} {}", outcome_word(outcome), count(outcome)))
        .collect();
    let save = {
        let (people, failed, title) = (Rc::clone(&people), failed.setter(), list.title.clone());
        let heads: Vec<String> = list.columns.iter().map(|column| column.label.clone()).collect();
        Callback::from(move |format: Format| {
            let (people, failed, title, heads) =
                (Rc::clone(&people), failed.clone(), title.clone(), heads.clone());
            spawn_local(async move {
                let bytes =
                    ask(&table(&title, &heads, &people, format), &[]).await.and_then(|(_, bytes)| bytes);
                let (ending, kind) = match format {
                    Format::Xlsx => {
                        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                    }
                    Format::Csv => ("csv", "text/csv;charset=utf-8"),
                };
                let name = format!("{title}.{ending}");
                let saved = bytes.is_some_and(|bytes| save_bytes(&name, bytes.as_slice(), kind).is_offered());
                failed.set(!saved);
            });
        })
    };
    let (tone, says) = if differs > 0 {
        (Tone::Warning, format!("有 {differs} 位和单位当时看到的不一样，下面标出来了。请以重算和核查为准。"))
    } else {
        (Tone::Success, "每一位都和单位当时看到的一样。".to_owned())
    };
    html! {
        <Card title={list.title.clone()} test="roster">
            <p><strong>{ format!("{} {}：{}", people.len(), list.each, counts.join("，")) }</strong></p>
            <Notice {tone} test="roster-replay">
                <p>{ says }</p>
                if !same_rules {
                    <p>{ "单位提交时用的规则数据和本台现有的不是同一版。" }</p>
                }
                <p class="muted">{ format!("按信里写的、{}的规则在本机重算。这是测算，不是审批结果。", date_words(props.letter.on)) }</p>
            </Notice>
            <div class="row desk-noprint">
                <Button look={Look::Secondary} onclick={save.reform(|_: MouseEvent| Format::Xlsx)} test="roster-xlsx">{ "存成 Excel" }</Button>
                <Button look={Look::Secondary} onclick={save.reform(|_: MouseEvent| Format::Csv)} test="roster-csv">{ "存成 CSV" }</Button>
            </div>
            if *failed {
                <Notice tone={Tone::Failure} live=true><p>{ "没有存成，请再试一次。" }</p></Notice>
            }
            <table class="desk-table desk-roster">
                <thead><tr><th>{ "第几位" }</th><th>{ "姓名" }</th><th>{ "身份证号" }</th><th>{ "重算" }</th><th>{ "单位当时看到的" }</th></tr></thead>
                <tbody>
                    for (n, person) in (1_usize..).zip(people.iter()) {
                        { row(n, person) }
                    }
                </tbody>
            </table>
        </Card>
    }
}

fn replayed(letter: &FormLetter, rules: Rules) -> Vec<Person> {
    let document = rules.0.document();
    let list = document.form(letter.kind).and_then(|form| form.roster.as_ref());
    let (Some(list), Some(told), Some(doc)) = (list, &letter.roster, Doc::by_id(&document.id)) else {
        return Vec::new();
    };
    let of_kind = |row: &[String], told: &Told, kind: &FieldKind| {
        list.of_kind(kind).map(|column| told.cell(row, &column.id).to_owned()).unwrap_or_default()
    };
    let person = |(place, row): (usize, &Vec<String>)| {
        let facts = household(list, |id| told.cell(row, id), letter.on);
        let wanted = papers(doc.compiled(), &facts, letter.on, letter.kind).unwrap_or_default();
        let named = |wanted_is: Answer| {
            let found = wanted.iter().filter(|(_, answer)| *answer == wanted_is);
            found.map(|(paper, _)| paper.label.as_str()).collect()
        };
        let cells = list.columns.iter().map(|column| (column, told.cell(row, &column.id)));
        let cells = cells
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| (column.label.as_str(), cell_words(column, cell, letter.on)));
        Person {
            name: of_kind(row, told, &FieldKind::Name),
            number: of_kind(row, told, &FieldKind::IdNumber),
            shown: told.shown.get(place).copied().flatten(),
            ours: standing(doc, list, &facts, letter.on),
            cells: cells.collect(),
            papers: (named(Answer::Met), named(Answer::Unknown)),
        }
    };
    told.members.iter().enumerate().map(person).collect()
}

fn word(outcome: Option<Outcome>) -> &'static str {
    outcome.map_or("没有结论", outcome_word)
}

fn row(n: usize, person: &Person) -> Html {
    let differs = person.shown != person.ours.outcome;
    let rows: Vec<DataRow> = person
        .cells
        .iter()
        .map(|(label, value)| DataRow::new(*label, html! { <bdi>{ value }</bdi> }))
        .collect();
    let code = person.ours.outcome.map_or("none", outcome_code);
    let (needed, perhaps) = &person.papers;
    html! {
        <>
            <tr key={n} data-test={format!("roster-row-{n}")}>
                <td data-label="第几位">{ n }</td>
                <th scope="row"><bdi>{ &person.name }</bdi></th>
                <td data-label="身份证号">{ words::masked(&person.number) }</td>
                <td data-label="重算"><span data-test={format!("roster-ours-{n}")} data-outcome={code}>{ word(person.ours.outcome) }</span></td>
                <td data-label="单位当时看到的">
                    if differs {
                        <span class="desk-differs" data-test={format!("roster-differs-{n}")}>{ word(person.shown) }{ "（不一样）" }</span>
                    } else {
                        { "一样" }
                    }
                </td>
            </tr>
            <tr class="desk-roster__more">
                <td colspan="5">
                    <details data-test={format!("roster-more-{n}")}>
                        <summary>{ "填的内容、为什么、要交的材料" }</summary>
                        <DataList {rows} />
                        if !person.ours.missing.is_empty() {
                            <p>{ "还缺：" }{ person.ours.missing.iter().map(|fact| fact.label.as_str()).collect::<Vec<_>>().join("、") }</p>
                        }
                        for reason in person.ours.reasons.iter() {
                            <p><strong>{ reason.category }</strong></p>
                            <ul>
                                for (label, says, article) in reason.of.iter() {
                                    <li>{ format!("{label}：{says}（{article}）") }</li>
                                }
                            </ul>
                        }
                        if !needed.is_empty() {
                            <p>{ format!("要交的材料：{}。", needed.join("、")) }</p>
                        }
                        if !perhaps.is_empty() {
                            <p>{ format!("看情况要交：{}。", perhaps.join("、")) }</p>
                        }
                    </details>
                </td>
            </tr>
        </>
    }
}

/// The list as a table of its own: what was told, in words, what comes out here, and what was shown.
fn table(title: &str, heads: &[String], people: &[Person], format: Format) -> Request {
    let more = ["重算", "单位当时看到的"].map(str::to_owned);
    let columns = heads.iter().cloned().chain(more).map(|head| Blank {
        head,
        help: String::new(),
        choices: Vec::new(),
        needed: false,
    });
    let rows = people.iter().map(|person| {
        let cell = |head: &String| {
            let told = person.cells.iter().find(|(label, _)| *label == head);
            told.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let outcomes = [person.ours.outcome, person.shown].map(|outcome| word(outcome).to_owned());
        heads.iter().map(cell).chain(outcomes).collect()
    });
    Request::Write { title: title.to_owned(), columns: columns.collect(), rows: rows.collect(), format }
}
