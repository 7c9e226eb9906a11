//! Where they live, what they ask for, anything else.

use yew::prelude::*;

use super::form::PageProps;
use crate::apply::draft::{DraftAction, DraftField};
use ui::components::{Card, Field, FieldKind, RadioGroup, RadioOption};

/// What can be asked for: id, label, help.
pub(super) const WANTED: [(&str, &str, &str); 3] = [
    ("flat", "实物配租", "租住政府的公租房，按规定交租金"),
    ("subsidy", "租赁补贴", "自己在外面租房，政府发补贴"),
    ("either", "都可以", "由受理单位按规定和房源安排"),
];

/// Address and wishes.
#[component]
pub(super) fn Contact(props: &PageProps) -> Html {
    let write = |field: DraftField| {
        let dispatcher = props.draft.dispatcher();
        Callback::from(move |text: String| dispatcher.dispatch(DraftAction::Write(field.clone(), text)))
    };
    let options =
        WANTED.map(|(id, label, help)| RadioOption::new("wanted", id, label).with_help(help)).to_vec();
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
