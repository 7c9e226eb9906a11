//! Whom to ask about a case: the office by its signed card, then whom the document names.

use yew::prelude::*;

use super::open::Opened;
use protocol::addressee::Mail;
use sealer::ops::CheckedCard;
use ui::{
    components::{Contacts, Counters},
    hooks::use_request,
    office_card::{self, office_card},
    place::Doc,
    sealing::{Sealer, SealerError},
};

/// Props of [`Doors`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DoorsProps {
    /// The case.
    pub(super) opened: Opened,
    /// Whose mail it is.
    pub(super) mail: Mail,
    /// Its document.
    pub(super) doc: Doc,
    /// Checks the card.
    pub(super) sealer: Sealer,
}

/// The office's own counters, once its card was checked, and the document's contacts.
#[component]
pub(super) fn Doors(props: &DoorsProps) -> Html {
    let card = use_request::<CheckedCard, SealerError>();
    {
        let (card, opened, sealer) = (card.clone(), props.opened.clone(), props.sealer.clone());
        use_effect_with(props.mail, move |mail| {
            let mail = *mail;
            card.run(async move {
                let given = office_card(&opened.config, &opened.view.office);
                office_card::check(&sealer, given, mail).await
            });
        });
    }
    let counters = card.state().done().map(|card| card.counters.clone()).unwrap_or_default();
    html! {
        <>
            <Counters {counters} />
            <Contacts doc={props.doc} />
        </>
    }
}
