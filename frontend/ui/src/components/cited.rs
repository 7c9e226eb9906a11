//! Where a statement comes from, and what in it is our own reading: a line, the readings folded away behind it.

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

/// “依据：第十条”, with a fold for the readings it leans on, labelled 本站理解.
#[component]
pub fn Cited(props: &CitedProps) -> Html {
    let document = props.doc.document();
    let article = || html! { <span class="cited__article">{ "依据：" }{ &props.cite.article }</span> };
    let readings: Vec<_> = props.cite.readings.iter().filter_map(|id| document.reading(id)).collect();
    if readings.is_empty() {
        return html! { <p class="cited">{ article() }</p> };
    }
    let ids: Vec<&str> = readings.iter().map(|reading| reading.id.as_str()).collect();
    html! {
        <details class="cited">
            <summary>{ article() }<span class="cited__ours">{ "本站理解 " }{ ids.join("、") }</span></summary>
            for reading in readings {
                <p>{ "文件没说清的：" }{ &reading.unclear }<br />{ "本站这样理解：" }{ &reading.reading }</p>
            }
            <p>{ "这是本站的理解，不是主管部门的解释，以窗口答复为准。" }</p>
        </details>
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
