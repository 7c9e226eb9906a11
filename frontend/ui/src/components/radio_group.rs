//! One of several: radio buttons with big targets.

use policies::model::{Choice, FactKind, YesNoWords};
use yew::prelude::*;

use super::described::Described;

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioOption {
    /// Its value.
    pub value: AttrValue,
    /// What a person reads.
    pub label: AttrValue,
    /// One line of help, or empty.
    pub help: AttrValue,
    /// Hook for browser tests.
    pub test: AttrValue,
}

impl RadioOption {
    /// A choice without help; its test hook is `choice-<name>-<value>`.
    pub fn new(name: &str, value: &str, label: &str) -> Self {
        Self {
            value: AttrValue::from(value.to_owned()),
            label: AttrValue::from(label.to_owned()),
            help: AttrValue::default(),
            test: AttrValue::from(format!("choice-{name}-{value}")),
        }
    }

    /// The same choice with a line of help.
    pub fn with_help(self, help: &str) -> Self {
        Self { help: AttrValue::from(help.to_owned()), ..self }
    }
}

/// The choices of a fact that is picked; `None` where it is typed.
pub fn options_of(name: &str, kind: &FactKind, answers: YesNoWords) -> Option<Vec<RadioOption>> {
    match kind {
        FactKind::YesNo => {
            let (yes, no) = match answers {
                YesNoWords::Has => ("有", "没有"),
                YesNoWords::Is => ("是", "不是"),
            };
            Some(vec![RadioOption::new(name, "yes", yes), RadioOption::new(name, "no", no)])
        }
        FactKind::Choice { choices } => {
            let option =
                |choice: &Choice| RadioOption::new(name, &choice.id, &choice.label).with_help(&choice.help);
            Some(choices.iter().map(option).collect())
        }
        FactKind::Money
        | FactKind::Area
        | FactKind::Count { .. }
        | FactKind::Months
        | FactKind::Date { .. }
        | FactKind::Ratio { .. } => None,
    }
}

/// Props of [`RadioGroup`].
#[derive(Clone, PartialEq, Properties)]
pub struct RadioGroupProps {
    /// Name shared by the buttons, unique on the page; the first one has it as DOM id.
    pub name: AttrValue,
    /// The question.
    #[prop_or_default]
    pub legend: AttrValue,
    /// Id of an element that is the question, instead of `legend`.
    #[prop_or_default]
    pub labelled_by: Option<AttrValue>,
    /// Help under the question.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// The choices, in order.
    pub options: Vec<RadioOption>,
    /// Value chosen.
    #[prop_or_default]
    pub selected: Option<AttrValue>,
    /// Chosen.
    pub onchange: Callback<AttrValue>,
}

/// A group of radio buttons.
#[component]
pub fn RadioGroup(props: &RadioGroupProps) -> Html {
    let described = Described { id: &props.name, hint: props.hint.as_ref(), error: props.error.as_ref() };
    html! {
        <fieldset
            class={described.class()}
            role="radiogroup"
            aria-labelledby={props.labelled_by.clone()}
            aria-describedby={described.by()}
            aria-invalid={described.invalid()}
        >
            if props.labelled_by.is_none() {
                <legend class="field__label">{ &props.legend }</legend>
            }
            { described.hint() }
            { described.error() }
            <div class="choices">
                for (index, option) in props.options.iter().enumerate() {
                    { radio(props, index, option) }
                }
            </div>
        </fieldset>
    }
}

fn radio(props: &RadioGroupProps, index: usize, option: &RadioOption) -> Html {
    let id = if index == 0 { props.name.to_string() } else { format!("{}-{}", props.name, option.value) };
    let onchange = {
        let value = option.value.clone();
        props.onchange.reform(move |_: Event| value.clone())
    };
    html! {
        <label class="choice" for={id.clone()} key={option.value.to_string()}>
            <input
                type="radio"
                {id}
                name={props.name.clone()}
                value={option.value.clone()}
                checked={props.selected.as_ref() == Some(&option.value)}
                data-test={option.test.clone()}
                {onchange}
            />
            <span class="choice__text">
                <span class="choice__label">{ &option.label }</span>
                if !option.help.is_empty() {
                    <span class="choice__help">{ &option.help }</span>
                }
            </span>
        </label>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let group = |name: &'static str, selected: Option<&'static str>, error: Option<&'static str>| {
        let id = format!("radio-{name}");
        let options = vec![
            RadioOption::new(&id, "flat", "实物配租").with_help("租住政府的公租房，按规定交租金"),
            RadioOption::new(&id, "either", "都可以"),
        ];
        let (selected, error) = (selected.map(AttrValue::Static), error.map(AttrValue::Static));
        let onchange = Callback::noop();
        let hint = Some(AttrValue::Static("最后怎样安排，由受理单位定。"));
        State::new(
            name,
            html! { <RadioGroup name={id} legend="想要哪一种保障？" {hint} {options} {selected} {error} {onchange} /> },
        )
    };
    vec![
        group("open", None, None),
        group("chosen", Some("either"), None),
        group("wrong", None, Some("请选择想要哪一种保障。")),
    ]
}
