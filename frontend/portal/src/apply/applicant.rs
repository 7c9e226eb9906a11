//! Who applies.

use yew::prelude::*;

use super::{
    form::PageProps,
    person::{identity_fields, write},
};
use crate::apply::draft::PersonField;
use ui::components::{Card, Field, FieldKind, RadioGroup, RadioOption};

const MARITAL: [&str; 4] = ["未婚", "已婚", "离异", "丧偶"];

/// The applicant.
#[component]
pub(super) fn Applicant(props: &PageProps) -> Html {
    let person = &props.draft.applicant;
    let must_tell = props.doc.records_registration();
    let options = MARITAL.map(|word| RadioOption::new("marital", word, word)).to_vec();
    html! {
        <Card>
            { identity_fields(props, person) }
            <Field
                id="phone"
                label="联系电话"
                hint="手机或座机。没有电话可以不填，工作人员会在“查询进度”里给您留言。"
                kind={FieldKind::Phone}
                optional=true
                autocomplete="tel"
                value={person.phone.clone()}
                error={props.error("phone")}
                oninput={write(&props.draft, 0, PersonField::Phone)}
            />
            <Field
                id="registration"
                label="户口所在地"
                hint={if must_tell { "户口本首页上的地址。这里的台账按它查重复，请写全。" } else { "户口本首页上的地址。" }}
                optional={!must_tell}
                value={person.registration.clone()}
                error={props.error("registration")}
                oninput={write(&props.draft, 0, PersonField::Registration)}
            />
            <RadioGroup
                name="marital"
                legend="婚姻状况（选填）"
                {options}
                selected={(!person.marital.is_empty()).then(|| AttrValue::from(person.marital.clone()))}
                onchange={write::<AttrValue>(&props.draft, 0, PersonField::Marital)}
            />
            <Field
                id="work"
                label="工作单位"
                hint="没有工作、打零工、退休，照实写。"
                optional=true
                value={person.work.clone()}
                error={props.error("work")}
                oninput={write(&props.draft, 0, PersonField::Work)}
            />
        </Card>
    }
}
