//! The facts as sent, in words and units.

use policies::household::{Household, Value};
use policies::model::{Fact, Scope};
use policies::{format_value, rulebook};
use std::collections::BTreeMap;
use yew::prelude::*;

use ui::components::Card;
use ui::words::date_words;

/// Props of [`Facts`].
#[derive(Properties, PartialEq)]
pub(crate) struct FactsProps {
    /// What is known of the household.
    pub(crate) household: Household,
    /// Names of the people, in the order of `household.people`.
    pub(crate) names: Vec<String>,
}

/// One line of a table of facts.
struct Line {
    id: String,
    label: String,
    value: String,
}

/// The facts in the dictionary's order; a fact the dictionary does not know comes last, by its id.
fn lines(facts: &BTreeMap<String, Value>, scope: Scope) -> Vec<Line> {
    let known: Vec<&Fact> = rulebook().facts().iter().filter(|fact| fact.scope == scope).collect();
    let in_words = known.iter().filter_map(|fact| {
        facts.get(&fact.id).map(|value| Line {
            id: fact.id.clone(),
            label: fact.label.clone(),
            value: format_value(*fact, value),
        })
    });
    let unknown = facts
        .iter()
        .filter(|(id, _)| known.iter().all(|fact| fact.id != **id))
        .map(|(id, value)| Line { id: id.clone(), label: id.clone(), value: raw(value) });
    in_words.chain(unknown).collect()
}

fn raw(value: &Value) -> String {
    match value {
        Value::YesNo(true) => "是".to_owned(),
        Value::YesNo(false) => "否".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date_words(*date),
        Value::Choice(choice) => choice.clone(),
    }
}

/// Household facts, then those of each person.
#[component]
pub(crate) fn Facts(props: &FactsProps) -> Html {
    let household = lines(&props.household.facts, Scope::Household);
    html! {
        <Card title="申报的情况" test="facts">
            if household.is_empty() {
                <p class="muted">{ "没有填写家庭情况。" }</p>
            } else {
                { table("家庭", household, "fact") }
            }
            for (place, person) in props.household.people.iter().enumerate() {
                if !person.is_empty() {
                    { table(
                        props.names.get(place).map_or("家庭成员", String::as_str),
                        lines(person, Scope::Person),
                        &format!("person-{place}-fact"),
                    ) }
                }
            }
        </Card>
    }
}

fn table(caption: &str, lines: Vec<Line>, test: &str) -> Html {
    html! {
        <table class="desk-facts">
            <caption><bdi>{ caption }</bdi></caption>
            <tbody>
                for line in lines {
                    <tr key={line.id.clone()}>
                        <th scope="row">{ line.label }</th>
                        <td class="number" data-test={format!("{test}-{}", line.id)}>{ line.value }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}
