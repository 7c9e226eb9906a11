//! Applicant and members, with identity numbers hidden until asked for, and with them what they give away.

use chrono::NaiveDate;
use protocol::letter::Person;
use yew::prelude::*;

use crate::words;
use ui::components::{Card, DataList, DataRow};
use ui::words::date_words;

/// Props of [`People`].
#[derive(Properties, PartialEq)]
pub(crate) struct PeopleProps {
    /// Who applies.
    pub(crate) applicant: Person,
    /// The others.
    pub(crate) members: Vec<Person>,
    /// The day of the application, for ages.
    pub(crate) on: NaiveDate,
}

/// Everyone in the application.
#[component]
pub(crate) fn People(props: &PeopleProps) -> Html {
    html! {
        <Card title="申请人和家庭成员" test="people">
            <PersonView person={props.applicant.clone()} place={0_usize} on={props.on} />
            for (place, person) in (1_usize..).zip(props.members.iter()) {
                <PersonView person={person.clone()} {place} on={props.on} />
            }
            if props.members.is_empty() {
                <p class="muted">{ "没有填写其他家庭成员。" }</p>
            }
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct PersonViewProps {
    person: Person,
    place: usize,
    on: NaiveDate,
}

#[component]
fn PersonView(props: &PersonViewProps) -> Html {
    let PersonViewProps { person, place, on } = props;
    let shown = use_state(|| false);
    let relation = if *place == 0 { "申请人" } else { person.relation.as_str() };
    let mut rows = Vec::new();
    if !person.id_number.is_empty() {
        let number = if *shown { person.id_number.clone() } else { words::masked(&person.id_number) };
        let onclick = {
            let shown = shown.clone();
            Callback::from(move |_: MouseEvent| shown.set(!*shown))
        };
        let toggle = html! {
            <button
                type="button" class="desk-show desk-noprint" aria-pressed={shown.to_string()}
                aria-label={format!("{}{}的身份证号", if *shown { "隐藏" } else { "显示" }, person.name)}
                data-test={format!("show-id-{place}")} {onclick}
            >
                { if *shown { "隐藏" } else { "显示" } }
            </button>
        };
        let value = html! {
            <span class="desk-id">
                <span class="number" data-test={format!("id-number-{place}")}>{ number }</span>
                { toggle }
            </span>
        };
        rows.push(DataRow::new("身份证号", value));
    }
    if let Some(birth) = person.birth {
        // The day of birth is what the masked part of the number says.
        rows.push(match on.years_since(birth) {
            Some(age) if !*shown && !person.id_number.is_empty() => {
                DataRow::new("申请那天", format!("{age} 岁"))
            }
            _ => DataRow::new("出生日期", date_words(birth)),
        });
    }
    for (term, value) in [
        ("性别", person.sex.as_str()),
        ("电话", person.phone.as_str()),
        ("户籍所在地", person.registration.as_str()),
        ("婚姻状况", person.marital.as_str()),
        ("工作单位或学校", person.work.as_str()),
    ] {
        if !value.is_empty() {
            rows.push(DataRow::new(term, html! { <bdi>{ value }</bdi> }));
        }
    }
    html! {
        <section class="desk-person" data-test={format!("person-{place}")}>
            <h3>
                <bdi class="desk-person__name" data-test={format!("person-name-{place}")}>{ &person.name }</bdi>
                <bdi class="desk-tag">{ relation }</bdi>
            </h3>
            <DataList {rows} />
        </section>
    }
}
