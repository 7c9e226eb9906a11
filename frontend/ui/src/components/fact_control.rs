//! A fact as people answer it: picked, or typed with help for those who know it in another measure. The self-check and
//! the forms ask with the same control.

use chrono::NaiveDate;
use policies::{
    Value,
    model::{Asked, Fact, FactKind},
    parse_value,
};
use yew::prelude::*;

use super::{Button, Field, FieldKind, Look, RadioGroup, RadioOption, field_kind, options_of};
use crate::{browser::focus_by_id, hooks::use_today, typed, words::unit_word};

/// A fact that is asked for on a page. A value and no component of its own: everybody downloads it.
#[derive(Clone, Debug, PartialEq)]
pub struct FactControl {
    /// The fact.
    pub fact: &'static Fact,
    /// DOM id, unique on the page; of a group the first button has it.
    pub id: AttrValue,
    /// Id of an element that is the question, instead of the fact's own.
    pub labelled_by: Option<AttrValue>,
    /// What is typed or chosen; empty: unknown.
    pub value: AttrValue,
    /// What is wrong with it.
    pub error: Option<AttrValue>,
    /// Typed or chosen.
    pub oninput: Callback<String>,
    /// The day on which a date is read.
    pub today: NaiveDate,
}

impl FactControl {
    /// The control.
    pub fn show(self) -> Html {
        let Self { fact, id, labelled_by, value, error, oninput, today } = self;
        let legend = AttrValue::Static(&fact.question);
        if let Some(options) = options_of(&fact.id, &fact.kind, fact.answers) {
            return html! {
                <RadioGroup
                    name={id}
                    {legend}
                    {labelled_by}
                    hint={hint(fact)}
                    {error}
                    {options}
                    selected={(!value.is_empty()).then_some(value)}
                    onchange={oninput.reform(|value: AttrValue| value.to_string())}
                />
            };
        }
        let is_open = fact.open_ended.as_ref().is_some_and(|open| open.label == *value);
        html! {
            <>
                <Field
                    id={id.clone()}
                    label={legend}
                    {labelled_by}
                    hint={hint(fact)}
                    {error}
                    echo={typed::echo(fact, &value, today)}
                    value={if is_open { AttrValue::default() } else { value }}
                    oninput={oninput.clone()}
                    kind={field_kind(&fact.kind)}
                    unit={unit_word(&fact.kind)}
                    test={format!("field-{}", fact.id)}
                />
                if let Some(open) = &fact.open_ended {
                    // Whoever types a number instead takes it back.
                    <RadioGroup
                        name={format!("{id}-open")}
                        legend="或者"
                        options={vec![RadioOption::new(&fact.id, "open", &open.label)]}
                        selected={is_open.then_some("open")}
                        onchange={oninput.reform(|_: AttrValue| open.label.clone())}
                    />
                }
                if fact.yearly {
                    <MonthlyHelp label={&*fact.label} test={&*fact.id} year={id} onfill={oninput} />
                }
            </>
        }
    }
}

/// The help under a fact: what counts, and how a date is written.
fn hint(fact: &Fact) -> Option<AttrValue> {
    let date = if matches!(fact.kind, FactKind::Date { .. }) { typed::DATE_HINT } else { "" };
    let hint = [&fact.help, date].concat();
    (!hint.is_empty()).then(|| hint.into())
}

/// Props of [`MonthlyHelp`].
#[derive(Clone, PartialEq, Properties)]
struct MonthlyHelpProps {
    /// What the year's money is called.
    label: &'static str,
    /// Id of the fact, for browser tests.
    test: &'static str,
    /// Id of the control that the year goes into.
    year: AttrValue,
    onfill: Callback<String>,
}

/// Turns a month's money into a year's.
#[component]
fn MonthlyHelp(props: &MonthlyHelpProps) -> Html {
    let today = use_today();
    let money = Asked::field(props.label, &FactKind::Money);
    let typed = use_state(String::new);
    let error = use_state(|| None::<AttrValue>);
    let id = AttrValue::from(format!("{}-monthly", props.year));
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    let fill = {
        let (typed, error, onfill) = (typed.clone(), error.clone(), props.onfill.clone());
        let (id, year) = (id.clone(), props.year.clone());
        Callback::from(move |_: MouseEvent| match parse_value(money, &typed, today) {
            Ok(Value::Number(fen)) => {
                error.set(None);
                onfill.emit(typed::text(money, &Value::Number(fen.saturating_mul(12))));
                focus_by_id(&year);
            }
            Ok(_) => {}
            Err(wrong) => {
                error.set(Some(wrong.message.into()));
                focus_by_id(&id);
            }
        })
    };
    html! {
        <details class="why">
            <summary>{ "只知道每个月多少？" }</summary>
            <p>{ "把全家每个人一个月的收入加起来填在这里，替您乘以 12 个月。" }</p>
            <Field
                {id}
                label="全家一个月收入"
                value={(*typed).clone()}
                {oninput}
                error={(*error).clone()}
                echo={typed::echo(money, &typed, today)}
                kind={FieldKind::Decimal}
                unit="元"
                test={["monthly-", props.test].concat()}
            />
            <Button look={Look::Secondary} onclick={fill} test={["fill-year-", props.test].concat()}>
                { "算成十二个月" }
            </Button>
        </details>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let facts = policies::rulebook().facts();
    let shown = |name: &'static str, fact: Option<&'static Fact>, value: &str| {
        let fact = fact?;
        let control = FactControl {
            fact,
            id: AttrValue::from(format!("fact-{name}")),
            labelled_by: None,
            value: AttrValue::from(value.to_owned()),
            error: None,
            oninput: Callback::noop(),
            today: NaiveDate::default(),
        };
        Some(State::new(name, control.show()))
    };
    let open = facts.iter().find(|fact| fact.open_ended.is_some());
    let label = open.and_then(|fact| fact.open_ended.as_ref()).map_or("", |open| &open.label);
    [
        shown("picked", facts.iter().find(|fact| fact.kind == FactKind::YesNo), "yes"),
        shown("yearly", facts.iter().find(|fact| fact.yearly), "3万"),
        shown("left-open", open, label),
        shown("day", facts.iter().find(|fact| matches!(fact.kind, FactKind::Date { .. })), "19550305"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
