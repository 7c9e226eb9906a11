//! Who applies.

use protocol::correction::PersonSpot;
use yew::prelude::*;

use super::{
    form::PageProps,
    person::{ask, identity_fields},
};
use ui::components::Card;

/// The applicant.
#[component]
pub(super) fn Applicant(props: &PageProps) -> Html {
    let person = &props.draft.applicant;
    let more = [PersonSpot::Phone, PersonSpot::Registration, PersonSpot::Marital, PersonSpot::Work];
    html! {
        <Card>
            { identity_fields(props, person) }
            { for more.map(|told| ask(props, person, told)) }
        </Card>
    }
}
