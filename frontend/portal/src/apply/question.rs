//! A question of the application that is no fact: about a person, or what they wish. The form asks it, and so does a request
//! for corrections.

use chrono::NaiveDate;
use policies::identity::resident_id;
use protocol::{correction::PersonSpot, kin::RELATIONS};
use yew::prelude::*;

use crate::apply::draft::read::WANTED;
use ui::{
    components::{Field, FieldKind, RadioGroup, RadioOption},
    place::Doc,
    typed,
    words::date_words,
};

const MARITAL: [&str; 4] = ["未婚", "已婚", "离异", "丧偶"];

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Something about the applicant.
    Applicant(PersonSpot),
    /// Something about a member.
    Member(PersonSpot),
    /// Where they live now.
    Address,
    /// What they ask for.
    Wanted,
    /// Free text.
    Remarks,
}

/// A question with what is typed in it.
pub(crate) struct Question {
    /// What is asked.
    pub(crate) told: Told,
    /// The document under which it is asked.
    pub(crate) doc: Doc,
    /// DOM id.
    pub(crate) id: AttrValue,
    /// What is typed or picked.
    pub(crate) value: AttrValue,
    /// What is wrong with it.
    pub(crate) error: Option<AttrValue>,
    /// Typed or picked.
    pub(crate) oninput: Callback<String>,
    /// The day on which dates are read.
    pub(crate) today: NaiveDate,
}

impl Question {
    /// The control.
    pub(crate) fn show(self) -> Html {
        match self.told {
            Told::Applicant(told) | Told::Member(told) => self.of_person(told),
            Told::Address => self.field(Typing {
                label: "现在住的地址",
                hint: Some("写到门牌号，上门核实时要用。"),
                autocomplete: "street-address",
                ..Typing::default()
            }),
            Told::Wanted => {
                let options =
                    WANTED.map(|(id, _, label, help)| RadioOption::new(&self.id, id, label).with_help(help));
                self.group(
                    "想要哪一种保障？",
                    Some("最后怎样安排，由受理单位按当地规定定。"),
                    options.to_vec(),
                )
            }
            Told::Remarks => self.field(Typing {
                label: "还想说明的",
                hint: Some("比如家里有人重病、残疾，行动不便要住低层。"),
                kind: FieldKind::LongText,
                optional: true,
                ..Typing::default()
            }),
        }
    }

    fn of_person(self, told: PersonSpot) -> Html {
        let is_applicant = matches!(self.told, Told::Applicant(_));
        match told {
            PersonSpot::Name => self.field(Typing {
                label: "姓名",
                hint: is_applicant.then_some("和身份证上的一致。生僻字、名字中间的“·”照实填写。"),
                autocomplete: if is_applicant { "name" } else { "off" },
                ..Typing::default()
            }),
            PersonSpot::IdNumber => {
                let echo = born(&self.value, self.today);
                self.field(Typing {
                    label: "身份证号",
                    hint: is_applicant.then_some("18 位。只有受理单位和您的查询码能打开。"),
                    kind: FieldKind::IdNumber,
                    echo,
                    ..Typing::default()
                })
            }
            PersonSpot::Birth => {
                let echo = typed::date_echo(&self.value, self.today);
                let hint = Some(typed::DATE_HINT);
                self.field(Typing {
                    label: "出生日期",
                    hint,
                    kind: FieldKind::Date,
                    echo,
                    ..Typing::default()
                })
            }
            PersonSpot::Relation => {
                let options = RELATIONS.map(|word| RadioOption::new(&self.id, word, word)).to_vec();
                self.group("是您的什么人？", None, options)
            }
            PersonSpot::Phone => self.field(Typing {
                label: "联系电话",
                hint: Some("手机或座机。没有电话可以不填，工作人员会在“查询进度”里给您留言。"),
                kind: FieldKind::Phone,
                optional: true,
                autocomplete: "tel",
                ..Typing::default()
            }),
            PersonSpot::Registration => {
                let must = self.doc.records_registration();
                let hint = if must {
                    "户口本首页上的地址。这里的台账按它查重复，请写全。"
                } else {
                    "户口本首页上的地址。"
                };
                self.field(Typing {
                    label: "户口所在地",
                    hint: Some(hint),
                    optional: !must,
                    ..Typing::default()
                })
            }
            PersonSpot::Marital => {
                let options = MARITAL.map(|word| RadioOption::new(&self.id, word, word)).to_vec();
                self.group("婚姻状况（选填）", None, options)
            }
            PersonSpot::Work => self.field(Typing {
                label: "工作单位",
                hint: Some("没有工作、打零工、退休，照实写。"),
                optional: true,
                ..Typing::default()
            }),
        }
    }

    fn field(self, typing: Typing) -> Html {
        let Self { id, value, error, oninput, .. } = self;
        let Typing { label, hint, kind, optional, autocomplete, echo } = typing;
        html! { <Field {id} {label} {hint} {kind} {value} {echo} {error} {oninput} {optional} {autocomplete} /> }
    }

    fn group(self, legend: &'static str, hint: Option<&'static str>, options: Vec<RadioOption>) -> Html {
        html! {
            <RadioGroup
                name={self.id}
                {legend}
                {hint}
                {options}
                error={self.error}
                selected={(!self.value.is_empty()).then_some(self.value)}
                onchange={self.oninput.reform(|value: AttrValue| value.to_string())}
            />
        }
    }
}

/// How something is typed.
struct Typing {
    label: &'static str,
    hint: Option<&'static str>,
    kind: FieldKind,
    optional: bool,
    autocomplete: &'static str,
    echo: Option<String>,
}

impl Default for Typing {
    fn default() -> Self {
        let (label, autocomplete) = ("", "off");
        Self { label, hint: None, kind: FieldKind::Text, optional: false, autocomplete, echo: None }
    }
}

/// The day of birth in a well-formed number, to be looked at: a wrong digit shows there.
fn born(number: &str, today: NaiveDate) -> Option<String> {
    Some(format!("{}出生", date_words(resident_id(number, today).ok()?.birth)))
}
