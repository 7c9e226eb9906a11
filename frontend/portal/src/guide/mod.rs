//! The guide (办事指南): everything the document says that a resident may need, generated from it.

mod conditions;
mod later;
mod steps;

use chrono::NaiveDate;
use policies::model::Cite;
use yew::prelude::*;

use crate::{
    check::window_rows,
    frame::{ButtonLink, PlaceProps, PlaceTrail, UnknownPlace, row, see, whom},
    place::services,
    route::Route,
};
use ui::{
    components::{Card, Cited, Contacts, DataList, DataRow, Look, Page, Standing, fold},
    hooks::use_today,
    place::Doc,
    words::date_words,
};

/// One section: its anchor, its name, its content.
type Section = (&'static str, &'static str, Html);

/// The guide of one place.
#[component]
pub(crate) fn Guide(props: &PlaceProps) -> Html {
    let today = use_today();
    // An address may name a section or a footnote.
    use_effect_with((), |()| ui::browser::show_named());
    let Some(doc) = Doc::of_place(&props.place, today) else {
        return html! { <UnknownPlace /> };
    };
    let document = doc.document();
    let sections: Vec<Section> = [
        ("conditions", "谁可以申请，要什么条件", conditions::conditions(doc)),
        ("benefits", "待遇和房租", conditions::benefits(doc)),
        ("papers", "要带的材料", conditions::papers(doc)),
        ("steps", "怎么办，分几步", steps::procedures(doc)),
        ("windows", "什么时候办", steps::times(doc)),
        ("priority", "谁优先", conditions::priorities(doc)),
        ("exit", "什么情况要退出", later::exits(doc)),
        ("duties", "政府怎么管、怎么查", later::duties(doc)),
        ("not-held", "本文件没有规定的", later::not_held(doc)),
        ("readings", "没说清的，本站怎样理解", later::readings(doc)),
        (
            "contacts",
            "电话和地点",
            Some(html! { <Contacts {doc} /> }).filter(|_| !document.contacts.is_empty()),
        ),
        ("basis", "依据", Some(basis(doc))),
    ]
    .into_iter()
    .filter_map(|(id, name, content)| Some((id, name, content?)))
    .collect();
    html! {
        <Page
            title={format!("{}公租房办事指南", document.place.name)}
            above={html! { <PlaceTrail {doc} /> }}
            lead={document.summary.clone()}
        >
            { glance(doc, today) }
            <Standing {doc} />
            if !document.calculators.is_empty() {
                <p>
                    <ButtonLink
                        to={Route::Calculate { place: document.place.id.clone() }}
                        look={Look::Secondary}
                        test="calculate"
                    >
                        { "算一算：房租、面积、日期" }
                    </ButtonLink>
                </p>
            }
            for (id, name, content) in sections {
                { fold(id, name, String::new(), content) }
            }
            { ways_on(doc, today) }
        </Page>
    }
}

/// What most people come for: what there is, how many papers, whom to ask, when.
fn glance(doc: Doc, today: NaiveDate) -> Html {
    let document = doc.document();
    let labels = |labels: Vec<&str>| labels.join("、");
    let benefits = labels(document.benefits.iter().map(|benefit| benefit.label.as_str()).collect());
    let categories = document.categories.len();
    let case = doc.decided_case();
    let papers = document.papers.iter().filter(|paper| paper.cases.is_empty() || paper.cases.contains(&case));
    html! {
        <dl class="glance">
            if categories > 0 {
                { row("谁能办", html! { <>{ format!("{categories} 类人，各有条件") }{ " " }{ see("conditions", "看条件") }</> }) }
            }
            if !benefits.is_empty() {
                { row("能得到", html! { <>{ benefits }{ " " }{ see("benefits", "看多少") }</> }) }
            }
            if !document.papers.is_empty() {
                { row("要带", html! { <>{ format!("{} 样材料，有的看情况", papers.count()) }{ " " }{ see("papers", "看清单") }</> }) }
            }
            { whom(doc) }
            { window_rows(doc, None, today) }
        </dl>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct JumpProps {
    /// Id of what it jumps to.
    pub(super) to: &'static str,
    /// What it says.
    pub(super) name: &'static str,
}

/// A jump within the page that leaves the address alone.
#[component]
pub(super) fn Jump(props: &JumpProps) -> Html {
    let to = props.to;
    let onclick = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        ui::browser::show_by_id(to);
    });
    html! { <a href={format!("#{to}")} {onclick}>{ props.name }</a> }
}

/// What can be done next, but for what is on this page.
fn ways_on(doc: Doc, today: NaiveDate) -> Html {
    let others = services(doc, today).into_iter().filter(|service| {
        matches!(service.to, Route::Check { .. } | Route::Apply { .. } | Route::Tip { .. })
    });
    html! {
        <Card title="看完了，接下来" test="ways-on">
            <div class="row">
                for service in others {
                    <ButtonLink to={service.to} look={Look::Secondary}>{ service.name }</ButtonLink>
                }
            </div>
        </Card>
    }
}

fn basis(doc: Doc) -> Html {
    let document = doc.document();
    let mut rows = vec![
        DataRow::new("文件", html! { &document.title }),
        DataRow::new("发文机关", html! { &document.issuer }),
    ];
    if !document.number.is_empty() {
        rows.push(DataRow::new("文号", html! { &document.number }));
    }
    for (name, date) in
        [("印发日期", document.issued), ("施行日期", document.valid_from), ("有效期到", document.valid_until)]
    {
        if let Some(date) = date {
            rows.push(DataRow::new(name, html! { date_words(date) }));
        }
    }
    html! {
        <>
            <DataList {rows} />
            <p class="muted">{ "上面每一条都是本站用自己的话写的，后面注明出自文件哪一条。标“本站理解”的，是文件没写清、本站自己的读法。以文件原文和窗口答复为准。" }</p>
        </>
    }
}

/// One item of a section: what, in plain words, and where it says so.
fn entry(doc: Doc, title: &str, says: &str, cite: &Cite, more: Html) -> Html {
    html! {
        <li class="entry">
            <p class="entry__title">{ title.to_owned() }</p>
            if !says.is_empty() {
                <p>{ says.to_owned() }</p>
            }
            { more }
            <Cited {doc} cite={cite.clone()} />
        </li>
    }
}

/// A list of entries, `None` where there are none.
fn entries(items: Vec<Html>) -> Option<Html> {
    (!items.is_empty()).then(|| html! { <ul class="entries">{ for items }</ul> })
}

/// A line “谁：……”, or nothing.
fn who(label: &str, by: &str) -> Html {
    if by.is_empty() {
        Html::default()
    } else {
        html! { <p class="muted">{ format!("{label}：{by}") }</p> }
    }
}
