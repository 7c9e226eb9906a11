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

/// The forms of a place to be printed and filled in by hand; none where its document has none.
pub async fn forms(place: &str, today: NaiveDate) -> Option<String> {
    let doc = Doc::of_place(place, today)?;
    if doc.document().forms.is_empty() {
        return None;
    }
    let props = FormsProps { place: place.to_owned(), today };
    Some(LocalServerRenderer::<Forms>::with_props(props).hydratable(false).render().await)
}

#[derive(Clone, PartialEq, Properties)]
struct FormsProps {
    place: String,
    today: NaiveDate,
}

/// Each form on a sheet of its own; above them, on the screen alone, what they are.
#[component]
fn Forms(props: &FormsProps) -> Html {
    let Some(doc) = Doc::of_place(&props.place, props.today) else { return Html::default() };
    html! {
        <>
            <main class="site-main">
                <h1>{ format!("{}：可以打印的空白表", doc.document().place.name) }</h1>
                <p>{ "打印出来用手填写，签名后带着材料交到窗口。窗口有自己的表的，用窗口的表。申请表请到窗口领取。" }</p>
                <p><a href={["/", &props.place, "/text"].concat()}>{ "看纯文字的办事指南：要带什么，交到哪里" }</a></p>
            </main>
            <div class="papers papers--here" lang="zh-CN">
                for form in &doc.document().forms { { ui::paper::empty(doc, form, props.today) } }
            </div>
        </>
    }
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
    fn every_form_can_be_printed_with_every_field_of_it() {
        let today = "2026-03-02".parse().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for place in places(today) {
            let html = tokio::task::LocalSet::new().block_on(&runtime, forms(&place.id, today));
            let document = Doc::of_place(&place.id, today).unwrap().document();
            assert_eq!(html.is_some(), !document.forms.is_empty(), "{}", place.id);
            let html = html.unwrap_or_default();
            let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            for form in &document.forms {
                if !form.sheet.is_empty() {
                    assert!(html.contains(&escaped(&form.sheet_title)), "{}", place.id);
                    continue;
                }
                for field in form.parts.iter().flat_map(|part| &part.fields) {
                    let asked = field.kind != policies::model::FieldKind::Agree;
                    assert!(!asked || html.contains(&escaped(&field.label)), "{}: {}", place.id, field.label);
                }
            }
            assert!(!html.contains("草稿") && !html.contains("<script"), "{}", place.id);
        }
    }

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
