//! Where a statement comes from, and what in it is our own reading: one line.

use policies::model::Cite;
use yew::prelude::*;

use crate::place::Doc;

/// Props of [`Cited`].
#[derive(Clone, PartialEq, Properties)]
pub struct CitedProps {
    /// The document cited.
    pub doc: Doc,
    /// Article and readings.
    pub cite: Cite,
}

/// “依据：第十条”, and the readings that it leans on, labelled 本站理解: a footnote each, which the guide tells in full.
#[component]
pub fn Cited(props: &CitedProps) -> Html {
    let cite = &props.cite;
    html! {
        <p class="cited">
            { "依据：" }{ &cite.article }
            for id in cite.readings.iter() {
                <a href={props.doc.reading_address(id)}>{ "本站理解 " }{ id }</a>
            }
        </p>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let cites = Doc::all().flat_map(|doc| {
        let requirements = doc.document().requirements.iter();
        requirements.map(move |requirement| (doc, requirement.cite.clone()))
    });
    let (unclear, plain): (Vec<_>, Vec<_>) = cites.partition(|(_, cite)| !cite.readings.is_empty());
    [("article", plain), ("reading", unclear)]
        .into_iter()
        .filter_map(|(name, cites)| cites.into_iter().next().map(|cited| (name, cited)))
        .map(|(name, (doc, cite))| State::new(name, html! { <Cited {doc} {cite} /> }))
        .collect()
}
