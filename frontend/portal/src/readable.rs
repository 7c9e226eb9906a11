//! The guides as HTML that needs no program: rendered while the site is built, never in a browser.

use chrono::NaiveDate;
use ui::{place::Doc, words::date_words};
use yew::{LocalServerRenderer, prelude::*};

use crate::{
    app::{AppProps, GuideApp},
    route::Route,
    router::Location,
};

/// A place with a guide.
#[derive(Clone, Debug)]
pub struct ReadablePlace {
    /// Its id in addresses.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// What its document is about.
    pub summary: String,
}

/// Every place.
pub fn places(today: NaiveDate) -> impl Iterator<Item = ReadablePlace> {
    Doc::of_each_place(today).map(|doc| ReadablePlace {
        id: doc.place.id.clone(),
        name: doc.place.name.clone(),
        summary: doc.summary.clone(),
    })
}

/// The guide of a place as it reads on a day, frame and all; it says of which day it is.
pub async fn guide(place: &str, today: NaiveDate) -> String {
    let path = Route::Guide { place: place.to_owned() }.to_path();
    let props = AppProps { today, start: Location { path: path.clone(), query: String::new() } };
    let page = LocalServerRenderer::<GuideApp>::with_props(props).hydratable(false).render().await;
    let note =
        LocalServerRenderer::<Note>::with_props(NoteProps { path, today }).hydratable(false).render().await;
    [note, page].concat()
}

#[derive(Clone, PartialEq, Properties)]
struct NoteProps {
    path: String,
    today: NaiveDate,
}

/// What this page is, and where the other one is.
#[component]
fn Note(props: &NoteProps) -> Html {
    html! {
        <p class="text-note">
            { format!("这是 {} 生成的纯文字页，不用 JavaScript 也能看。", date_words(props.today)) }
            <a href={props.path.clone()}>{ "能自测、能算的办事指南在这里" }</a>
        </p>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_guide_reads_whole_without_a_program() {
        let today = "2026-03-02".parse().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for place in places(today) {
            let html = tokio::task::LocalSet::new().block_on(&runtime, guide(&place.id, today));
            let document = Doc::of_place(&place.id, today).unwrap().document();
            let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            for says in
                document.requirements.iter().map(|r| &r.says).chain(document.papers.iter().map(|p| &p.says))
            {
                assert!(html.contains(&escaped(says)), "{} lacks “{says}”", place.id);
            }
            assert!(html.contains("2026年3月2日") && !html.contains("<script"), "{}", place.id);
        }
    }
}
