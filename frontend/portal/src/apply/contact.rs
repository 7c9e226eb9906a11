//! Where they live, what they ask for, anything else.

use yew::prelude::*;

use super::form::PageProps;
use crate::apply::draft::{DraftAction, DraftField, read::WANTED};
use ui::components::{Card, Field, FieldKind, RadioGroup, RadioOption};

/// Address and wishes.
#[component]
pub(super) fn Contact(props: &PageProps) -> Html {
    let write = |field: DraftField| {
        let dispatcher = props.draft.dispatcher();
        Callback::from(move |text: String| dispatcher.dispatch(DraftAction::Write(field.clone(), text)))
    };
    let options =
        WANTED.map(|(id, _, label, help)| RadioOption::new("wanted", id, label).with_help(help)).to_vec();
    html! {
        <Card>
            <Field
                id="address"
                label="现在住的地址"
                hint="写到门牌号，上门核实时要用。"
                autocomplete="street-address"
                value={props.draft.address.clone()}
                error={props.error("address")}
                oninput={write(DraftField::Address)}
            />
            <RadioGroup
                name="wanted"
                legend="想要哪一种保障？"
                hint="最后怎样安排，由受理单位按当地规定定。"
                {options}
                error={props.error("wanted")}
                selected={(!props.draft.wanted.is_empty()).then(|| AttrValue::from(props.draft.wanted.clone()))}
                onchange={write(DraftField::Wanted).reform(|value: AttrValue| value.to_string())}
            />
            <Field
                id="remarks"
                label="还想说明的"
                hint="比如家里有人重病、残疾，行动不便要住低层。"
                kind={FieldKind::LongText}
                optional=true
                value={props.draft.remarks.clone()}
                error={props.error("remarks")}
                oninput={write(DraftField::Remarks)}
            />
        </Card>
    }
}
