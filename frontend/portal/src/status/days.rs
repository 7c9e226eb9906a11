//! The days of an open case, to be taken into a calendar.

use policies::model::CaseKind;
use protocol::{case::CaseView, letter::Letter};
use yew::prelude::*;

use super::{
    open::Opened,
    own::{self, NoCopy},
    progress,
};
use crate::dates::{Dated, Dates, asks_for_an_end, of_letter, of_windows};
use ui::{
    components::fold,
    hooks::{use_request, use_today},
    place::Doc,
    sealing::Sealer,
};

/// Props of [`CaseDates`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CaseDatesProps {
    /// The case with its keys.
    pub(super) opened: Opened,
    /// Its document.
    pub(super) doc: Doc,
    /// As it stands now.
    pub(super) view: CaseView,
    /// The last day of what the office asked to be corrected.
    pub(super) by: Option<Dated>,
    /// Opens what was sent, where a day stands in it.
    pub(super) sealer: Sealer,
}

/// What has a day: what is to be done, what is expected, the windows of this kind of case, the end of a lease.
#[component]
pub(super) fn CaseDates(props: &CaseDatesProps) -> Html {
    let CaseDatesProps { doc, view, .. } = props;
    let today = use_today();
    let own = use_request::<Letter, NoCopy>();
    {
        let (own, opened, sealer) = (own.clone(), props.opened.clone(), props.sealer.clone());
        use_effect_with((*doc, view.kind), move |(doc, kind)| {
            if asks_for_an_end(*doc, *kind) {
                own.run(async move { own::fetch(&opened, &sealer).await });
            }
        });
    }
    let told = own.state().done().map(|letter| of_letter(*doc, letter)).unwrap_or_default();
    let windows = if view.kind == CaseKind::TipOff { Vec::new() } else { of_windows(*doc, view.kind, today) };
    let dates: Vec<Dated> =
        props.by.iter().cloned().chain(progress::dated(*doc, view)).chain(windows).chain(told).collect();
    let ahead: Vec<Dated> = dates.into_iter().filter(|dated| dated.on >= today).collect();
    if ahead.is_empty() {
        return Html::default();
    }
    let count = format!("{} 个", ahead.len());
    fold("days", "日期，加到日历", count, html! { <Dates case={view.lookup.clone()} dates={ahead} /> })
}
