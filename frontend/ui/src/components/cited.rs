//! Where a statement comes from, and what in it is our own reading.

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

/// “依据：第十条”, and a fold for each reading labelled 本站理解.
#[component]
pub fn Cited(props: &CitedProps) -> Html {
    let document = props.doc.document();
    let readings = props.cite.readings.iter().filter_map(|id| document.reading(id));
    html! {
        <div class="cited">
            <p class="cited__article">{ "依据：" }{ &props.cite.article }</p>
            for reading in readings {
                <details class="reading">
                    <summary>{ "本站理解 " }{ &reading.id }</summary>
                    <p>{ "文件没说清的：" }{ &reading.unclear }</p>
                    <p>{ "本站这样理解：" }{ &reading.reading }</p>
                    <p>{ "这是本站的理解，不是主管部门的解释，以窗口答复为准。" }</p>
                </details>
            }
        </div>
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
