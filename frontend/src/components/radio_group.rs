//! One of several: radio buttons with big targets.

use yew::prelude::*;

use super::field::described_by;

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

/// `yes` 是, `no` 不是/没有, and where asked for `unknown` 不知道. `words` are the labels of yes and no.
pub fn yes_no_options(name: &str, words: (&str, &str), dont_know: bool) -> Vec<RadioOption> {
    let mut options = vec![RadioOption::new(name, "yes", words.0), RadioOption::new(name, "no", words.1)];
    if dont_know {
        options.push(RadioOption::new(name, "unknown", "不知道"));
    }
    options
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
    let (hint_id, error_id) = (format!("{}-hint", props.name), format!("{}-error", props.name));
    let described = described_by(
        props.hint.is_some().then_some(hint_id.as_str()),
        props.error.is_some().then_some(error_id.as_str()),
    );
    html! {
        <fieldset
            class={classes!("field", props.error.is_some().then_some("field--error"))}
            role="radiogroup"
            aria-labelledby={props.labelled_by.clone()}
            aria-describedby={described}
            aria-invalid={props.error.is_some().then_some("true")}
        >
            if props.labelled_by.is_none() {
                <legend class="field__label">{ &props.legend }</legend>
            }
            if let Some(hint) = &props.hint {
                <p class="field__hint" id={hint_id}>{ hint }</p>
            }
            if let Some(error) = &props.error {
                <p class="field__error" id={error_id}>
                    <span class="visually-hidden">{ "错误：" }</span>{ error }
                </p>
            }
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

/// Props of [`YesNo`].
#[derive(Clone, PartialEq, Properties)]
pub struct YesNoProps {
    /// Name, unique on the page.
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
    /// Offers 不知道 as a third choice.
    #[prop_or_default]
    pub dont_know: bool,
    /// `Some(None)` is 不知道; `None` nothing chosen yet.
    #[prop_or_default]
    pub answer: Option<Option<bool>>,
    /// Chosen: yes, no, or 不知道.
    pub onchange: Callback<Option<bool>>,
}

/// Yes, no, and where wanted 不知道.
#[component]
pub fn YesNo(props: &YesNoProps) -> Html {
    let selected = props.answer.map(|answer| {
        AttrValue::Static(match answer {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        })
    });
    let onchange = props.onchange.reform(|value: AttrValue| match value.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    html! {
        <RadioGroup
            name={props.name.clone()}
            legend={props.legend.clone()}
            labelled_by={props.labelled_by.clone()}
            hint={props.hint.clone()}
            error={props.error.clone()}
            options={yes_no_options(&props.name, ("是", "否"), props.dont_know)}
            {selected}
            {onchange}
        />
    }
}
