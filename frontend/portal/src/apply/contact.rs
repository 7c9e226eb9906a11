//! Where they live now and what they ask for.

use yew::prelude::*;

use super::{
    form::PageProps,
    question::{Question, Told},
};
use crate::apply::draft::{DraftAction, DraftField};
use ui::components::Card;

/// Address and wishes.
#[component]
pub(super) fn Contact(props: &PageProps) -> Html {
    let ask = |told: Told, id: &'static str, value: &str, field: DraftField| {
        let dispatcher = props.draft.dispatcher();
        let oninput =
            Callback::from(move |text| dispatcher.dispatch(DraftAction::Write(field.clone(), text)));
        let (doc, today, error) = (props.doc, props.today, props.error(id));
        Question { told, doc, id: id.into(), value: value.to_owned().into(), error, oninput, today }.show()
    };
    html! {
        <Card>
            { ask(Told::Address, "address", &props.draft.address, DraftField::Address) }
            { ask(Told::Wanted, "wanted", &props.draft.wanted, DraftField::Wanted) }
            { ask(Told::Remarks, "remarks", &props.draft.remarks, DraftField::Remarks) }
        </Card>
    }
}
