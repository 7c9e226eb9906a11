//! One labelled field: the only way to ask for typed text.

use policies::model::FactKind;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::described::Described;

/// What is typed, which decides the keyboard a phone shows. Nothing is restricted by it: what is
/// typed is judged by the parser, whose message helps more than a silent refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Free text on one line.
    #[default]
    Text,
    /// Free text on several lines.
    LongText,
    /// A number with decimals (money, area).
    Decimal,
    /// A whole number.
    Whole,
    /// A calendar date, typed; digits alone will do: `20240301`.
    Date,
    /// A phone number.
    Phone,
    /// An identity number (digits, and an X at the end).
    IdNumber,
}

impl FieldKind {
    fn input_mode(self) -> &'static str {
        match self {
            Self::Text | Self::LongText | Self::IdNumber => "text",
            Self::Decimal => "decimal",
            Self::Whole | Self::Date => "numeric",
            Self::Phone => "tel",
        }
    }

    /// Whether it is worth saying how it was understood. The place for it is there from the beginning: only then do screen
    /// readers say what comes into it.
    fn may_be_misread(self) -> bool {
        matches!(self, Self::Decimal | Self::Date | Self::IdNumber)
    }

    fn width(self) -> &'static str {
        match self {
            Self::Text | Self::LongText => "input",
            Self::IdNumber | Self::Phone => "input input--middle",
            Self::Decimal | Self::Whole | Self::Date => "input input--short",
        }
    }
}

/// The box in which a value of the kind is typed; choices have none and are picked.
pub fn field_kind(kind: &FactKind) -> FieldKind {
    match kind {
        FactKind::Money | FactKind::Area => FieldKind::Decimal,
        FactKind::Count { .. } | FactKind::Months => FieldKind::Whole,
        FactKind::Date { .. } => FieldKind::Date,
        FactKind::YesNo | FactKind::Choice { .. } | FactKind::Ratio { .. } => FieldKind::Text,
    }
}

/// Props of [`Field`].
#[derive(Clone, PartialEq, Properties)]
pub struct FieldProps {
    /// DOM id, unique on the page.
    pub id: AttrValue,
    /// The label; hidden from sight where `labelled_by` names a heading that says it.
    #[prop_or_default]
    pub label: AttrValue,
    /// Id of an element that is the label, instead of `label`.
    #[prop_or_default]
    pub labelled_by: Option<AttrValue>,
    /// Help under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong; shown at the field and announced.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What is typed.
    #[prop_or_default]
    pub value: AttrValue,
    /// Typing.
    pub oninput: Callback<String>,
    /// Leaving the field.
    #[prop_or_default]
    pub onblur: Callback<FocusEvent>,
    /// What is typed.
    #[prop_or_default]
    pub kind: FieldKind,
    /// Unit after the box: `元`, `㎡`.
    #[prop_or_default]
    pub unit: Option<AttrValue>,
    /// How what is typed is understood, shown under the box.
    #[prop_or_default]
    pub echo: Option<AttrValue>,
    /// Marks it “选填”.
    #[prop_or_default]
    pub optional: bool,
    /// `autocomplete` token; off if absent, for the family's shared phone.
    #[prop_or(AttrValue::Static("off"))]
    pub autocomplete: AttrValue,
    /// Longest text, in UTF-16 units; cuts typing off.
    #[prop_or_default]
    pub maxlength: Option<u32>,
    /// Hook for browser tests; `field-<id>` if absent.
    #[prop_or_default]
    pub test: Option<AttrValue>,
}

/// A labelled field.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let described = Described { id: &props.id, hint: props.hint.as_ref(), error: props.error.as_ref() };
    html! {
        <div class={described.class()}>
            if props.labelled_by.is_none() {
                <label class="field__label" for={props.id.clone()}>
                    { &props.label }
                    if props.optional {
                        <span class="field__optional">{ "（选填）" }</span>
                    }
                </label>
            }
            { described.hint() }
            { described.error() }
            <div class="field__row">
                { control(props, described) }
                if let Some(unit) = &props.unit {
                    <span class="field__unit" aria-hidden="true">{ unit }</span>
                }
            </div>
            if props.kind.may_be_misread() {
                <p class="field__echo" role="status" data-test={format!("echo-{}", props.id)}>
                    if let Some(echo) = &props.echo { { echo } }
                </p>
            }
        </div>
    }
}

fn control(props: &FieldProps, described: Described<'_>) -> Html {
    let test = props.test.clone().unwrap_or_else(|| AttrValue::from(format!("field-{}", props.id)));
    let maxlength = props.maxlength.map(|most| most.to_string());
    if props.kind == FieldKind::LongText {
        let oninput = props.oninput.reform(|event: InputEvent| {
            event
                .target()
                .and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok())
                .map_or_else(String::new, |area| area.value())
        });
        return html! {
            <textarea
                id={props.id.clone()}
                class={props.kind.width()}
                rows="6"
                autocomplete={props.autocomplete.clone()}
                spellcheck="false"
                value={props.value.clone()}
                aria-labelledby={props.labelled_by.clone()}
                aria-describedby={described.by()}
                aria-invalid={described.invalid()}
                {maxlength}
                data-test={test}
                {oninput}
                onblur={props.onblur.clone()}
            />
        };
    }
    let oninput = props.oninput.reform(|event: InputEvent| {
        event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .map_or_else(String::new, |input| input.value())
    });
    html! {
        <input
            type={if props.kind == FieldKind::Phone { "tel" } else { "text" }}
            id={props.id.clone()}
            class={props.kind.width()}
            inputmode={props.kind.input_mode()}
            value={props.value.clone()}
            autocomplete={props.autocomplete.clone()}
            aria-labelledby={props.labelled_by.clone()}
            aria-describedby={described.by()}
            aria-invalid={described.invalid()}
            {maxlength}
            data-test={test}
            {oninput}
            onblur={props.onblur.clone()}
        />
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let field = |name: &'static str, props: FieldProps| {
        let id = AttrValue::from(format!("field-{name}"));
        State::new(name, html! { <Field ..FieldProps { id, ..props } /> })
    };
    let empty = || FieldProps {
        id: AttrValue::default(),
        label: "姓名".into(),
        labelled_by: None,
        hint: None,
        error: None,
        value: AttrValue::default(),
        oninput: Callback::noop(),
        onblur: Callback::noop(),
        kind: FieldKind::Text,
        unit: None,
        echo: None,
        optional: false,
        autocomplete: "off".into(),
        maxlength: None,
        test: None,
    };
    let of_kind = |label: &'static str, kind, value: &'static str| FieldProps {
        label: label.into(),
        kind,
        value: value.into(),
        ..empty()
    };
    vec![
        field("empty", empty()),
        field("hint", FieldProps { hint: Some("和身份证上的一致。".into()), optional: true, ..empty() }),
        field(
            "wrong",
            FieldProps {
                error: Some("姓名里不能有数字，请核对。".into()), value: "测试1".into(), ..empty()
            },
        ),
        field("rare", FieldProps { value: "阿依古丽·测试𠮷㛃".into(), ..empty() }),
        field(
            "money",
            FieldProps {
                unit: Some("元".into()),
                echo: Some("就是 36,000.50 元".into()),
                ..of_kind("家庭年收入", FieldKind::Decimal, "3.60005万")
            },
        ),
        field("count", of_kind("家里几口人？", FieldKind::Whole, "3")),
        field(
            "date",
            FieldProps {
                hint: Some(crate::typed::DATE_HINT.into()),
                echo: Some("就是 2024年3月1日".into()),
                ..of_kind("出生日期", FieldKind::Date, "20240301")
            },
        ),
        field("phone", of_kind("联系电话", FieldKind::Phone, "")),
        field("number", of_kind("身份证号", FieldKind::IdNumber, "999999199001010016")),
        field("long", of_kind("还想说明的", FieldKind::LongText, "行动不便，要住低层。")),
    ]
}
