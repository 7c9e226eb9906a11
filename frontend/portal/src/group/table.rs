//! Everybody on the list: the counts, and a row each with how they stand and why.

use std::rc::Rc;

use policies::{Outcome, model::FieldKind};
use yew::prelude::*;

use super::{card::Asked, rows::Line};
use ui::{
    components::{AskFirst, Button, Look},
    roster::Standing,
    words::outcome_word,
};

/// How a person stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A cell is wrong.
    Wrong,
    /// As the engine has it.
    Is(Outcome),
    /// The document gives no verdict.
    None,
}

impl Mark {
    /// Not eligible.
    pub(super) const UNFIT: Self = Self::Is(Outcome::NotEligible);

    /// Every mark, in the order of the counts.
    const ALL: [Self; 6] = [
        Self::Wrong,
        Self::Is(Outcome::Eligible),
        Self::Is(Outcome::Ask),
        Self::Is(Outcome::Unknown),
        Self::UNFIT,
        Self::None,
    ];

    /// Of a line.
    pub(super) fn of(line: &Line, standing: &Standing) -> Self {
        if line.faults.is_empty() { standing.outcome.map_or(Self::None, Self::Is) } else { Self::Wrong }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Wrong => "有地方要改",
            Self::Is(outcome) => outcome_word(outcome),
            Self::None => "没有结论",
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Is(outcome) => ui::words::outcome_code(outcome),
            Self::None => "none",
        }
    }
}

/// Props of [`People`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PeopleProps {
    /// What is asked of each.
    pub(super) roster: Asked,
    /// The lines, and how each stands.
    pub(super) shown: Rc<(Vec<Line>, Vec<Standing>)>,
    /// Whose fields are open.
    pub(super) editing: Option<u32>,
    /// Opens somebody's fields at a column.
    pub(super) onedit: Callback<(u32, String)>,
    /// Somebody goes.
    pub(super) onremove: Callback<u32>,
}

/// The people of the list; the counts show some of them only.
#[component]
pub(super) fn People(props: &PeopleProps) -> Html {
    let only = use_state(|| None::<Mark>);
    let (lines, standings) = &*props.shown;
    let marked: Vec<(usize, &Line, &Standing, Mark)> = (1..)
        .zip(lines)
        .zip(standings)
        .map(|((n, line), standing)| (n, line, standing, Mark::of(line, standing)))
        .collect();
    let count = |mark: Mark| marked.iter().filter(|(.., other)| *other == mark).count();
    let picked = only.filter(|mark| count(*mark) > 0);
    let choose = |mark: Option<Mark>| {
        let only = only.setter();
        Callback::from(move |_: MouseEvent| only.set(mark))
    };
    let each = &props.roster.0.each;
    html! {
        <div id="list-people" data-test="list-people">
            <h3>{ format!("名单上有 {} {each}", lines.len()) }</h3>
            <div class="roster-counts" role="group" aria-label="只看一种">
                <button type="button" class="roster-count" aria-pressed={picked.is_none().to_string()} onclick={choose(None)} data-test="count-all">
                    { format!("全部 {}", lines.len()) }
                </button>
                for mark in Mark::ALL.into_iter().filter(|mark| count(*mark) > 0) {
                    <button
                        type="button" class="roster-count" data-test={format!("count-{}", mark.code())}
                        aria-pressed={(picked == Some(mark)).to_string()} onclick={choose(Some(mark))}
                    >
                        { format!("{} {}", mark.word(), count(mark)) }
                    </button>
                }
            </div>
            <p class="muted">{ "每一位都按填的内容测算，不是审批结果。不符合的、要问的也可以留在名单里，由窗口定，不影响别的人。" }</p>
            <table class="roster">
                <thead><tr><th>{ "第几位" }</th><th>{ "姓名" }</th><th>{ "身份证号" }</th><th>{ "测算" }</th><th>{ "改、删" }</th></tr></thead>
                <tbody>
                    for (n, line, standing, mark) in marked.iter().filter(|(.., mark)| picked.is_none_or(|only| only == *mark)) {
                        { row(props, *n, line, standing, *mark) }
                    }
                </tbody>
            </table>
        </div>
    }
}

fn row(props: &PeopleProps, n: usize, line: &Line, standing: &Standing, mark: Mark) -> Html {
    let told = |kind: &FieldKind| {
        let place = props.roster.0.columns.iter().position(|column| column.kind.as_ref() == Some(kind));
        place.and_then(|place| line.cells.get(place)).cloned().unwrap_or_default()
    };
    let name = told(&FieldKind::Name);
    let who = if name.is_empty() { format!("第 {n} {}", props.roster.0.each) } else { name.clone() };
    let (key, first) = (line.key, line.faults.first().map_or("", |fault| fault.column));
    let first = if first.is_empty() {
        props.roster.0.columns.first().map(|column| column.id.clone()).unwrap_or_default()
    } else {
        first.to_owned()
    };
    let edit = props.onedit.reform(move |_: MouseEvent| (key, first.clone()));
    html! {
        <tr key={line.key} data-test={format!("list-row-{n}")}>
            <td class="number" data-label="第几位">{ n }</td>
            <td data-label="姓名"><strong><bdi>{ name }</bdi></strong></td>
            <td class="number" data-label="身份证号">{ hidden(&told(&FieldKind::IdNumber)) }</td>
            <td data-label="测算">
                <span class={classes!("roster-mark", format!("roster-mark--{}", mark.code()))} data-test={format!("list-mark-{n}")}>{ mark.word() }</span>
                { why(line, standing, mark) }
            </td>
            <td data-label="改、删">
                <div class="row">
                    if props.editing != Some(line.key) {
                        <Button look={Look::Quiet} onclick={edit} label={format!("改{who}")} test={format!("list-edit-{n}")}>{ "改" }</Button>
                    }
                    <AskFirst
                        look={Look::Quiet} says="删去" label={format!("删去{who}")} loses={format!("{who}填的内容会从名单里删掉。")}
                        onclick={props.onremove.reform(move |()| key)} test={format!("list-remove-{n}")}
                    />
                </div>
            </td>
        </tr>
    }
}

/// Why somebody stands so, folded away.
fn why(line: &Line, standing: &Standing, mark: Mark) -> Html {
    let body = match mark {
        Mark::Wrong => {
            html! { <ul>for fault in line.faults.iter() { <li>{ format!("{}：{}", fault.place, fault.says) }</li> }</ul> }
        }
        Mark::Is(Outcome::Unknown) => {
            let labels: Vec<&str> = standing.missing.iter().map(|fact| fact.label.as_str()).collect();
            html! { <p>{ format!("还缺：{}。", labels.join("、")) }</p> }
        }
        _ if standing.reasons.is_empty() => return Html::default(),
        _ => html! {
            <>
                for reason in standing.reasons.iter() {
                    <p><strong>{ reason.category }</strong></p>
                    <ul>
                        for (label, says, article) in reason.of.iter() {
                            <li>{ format!("{label}：{says}（{article}）") }</li>
                        }
                    </ul>
                }
            </>
        },
    };
    html! { <details class="roster-why"><summary>{ "为什么" }</summary>{ body }</details> }
}

/// An identity number for a screen that others may see: its beginning and its end.
fn hidden(number: &str) -> String {
    let signs: Vec<char> = number.chars().collect();
    let (Some(head), Some(tail)) =
        (signs.get(..3), signs.len().checked_sub(4).and_then(|from| signs.get(from..)))
    else {
        return number.to_owned();
    };
    if signs.len() < 8 {
        return number.to_owned();
    }
    head.iter().chain(['…'].iter()).chain(tail).collect()
}
