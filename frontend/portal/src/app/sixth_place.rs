//! The pages of a place that exists in tests alone: whoever adds a place by data changes no page.
#![allow(clippy::unwrap_used)]

use policies::model::{CaseKind, Document};
use ui::place::Doc;
use worked::SIXTH;

use super::{AppProps, FollowApp, FormsApp, GroupApp, GuideApp, ResidentApp, TipApp};
use crate::{
    on_trial::{rendered, sixth},
    route::{Bundle, Route},
    router::Location,
};

fn page(route: &Route) -> String {
    let start = Location { path: route.to_path(), query: String::new() };
    let props = AppProps { today: "2026-03-02".parse().unwrap(), start };
    match route.bundle() {
        Bundle::Resident => rendered::<ResidentApp>(props),
        Bundle::Guide => rendered::<GuideApp>(props),
        Bundle::Forms => rendered::<FormsApp>(props),
        Bundle::Tip => rendered::<TipApp>(props),
        Bundle::Group => rendered::<GroupApp>(props),
        Bundle::Follow => rendered::<FollowApp>(props),
    }
}

/// Fails where a page leaves out any of some texts.
fn says(route: &Route, texts: impl IntoIterator<Item = impl AsRef<str>>) {
    let page = page(route);
    for text in texts {
        assert!(
            page.contains(text.as_ref()),
            "{} does not say “{}”:\n{page}",
            route.to_path(),
            text.as_ref()
        );
    }
}

fn of_place(route: impl Fn(String) -> Route) -> (Route, &'static Document) {
    (route(SIXTH.to_owned()), sixth().document())
}

#[test]
fn the_first_page_offers_every_place() {
    sixth();
    says(&Route::Home, Doc::all().map(|doc| doc.document().place.name.clone()));
    says(&Route::Home, Doc::all().map(|doc| format!("place-{}", doc.place.id)));
}

#[test]
fn its_own_page_offers_all_that_its_document_knows() {
    let (route, document) = of_place(|place| Route::Place { place });
    let at = |page: &str| format!("/{SIXTH}{page}");
    let services = ["/check", "/guide", "/calculate", "/apply", "/contact", "/acts"]
        .map(|page| format!("href=\"{}\"", at(page)));
    says(&route, services);
    says(&route, [&document.title, &document.summary, &document.contacts[0].name]);
}

#[test]
fn its_guide_tells_every_part_of_the_document() {
    let (route, document) = of_place(|place| Route::Guide { place });
    says(&route, document.categories.iter().map(|item| &item.label));
    says(&route, document.requirements.iter().map(|item| &item.says));
    says(&route, document.papers.iter().map(|item| &item.label));
    says(&route, document.priorities.iter().map(|item| &item.label));
    says(&route, document.windows.iter().map(|item| &item.label));
    says(&route, document.bars.iter().map(|item| &item.label));
    says(&route, document.exits.iter().map(|item| &item.label));
    says(&route, document.not_held.iter().map(|item| &item.subject));
    let application = document.procedure(CaseKind::Application).unwrap();
    says(&route, application.stages.iter().map(|stage| &stage.label));
}

#[test]
fn its_forms_are_offered_and_ask_what_they_say() {
    let (acts, document) = of_place(|place| Route::Acts { place });
    for form in &document.forms {
        let case = form.case.id();
        says(&acts, [format!("href=\"/{SIXTH}/acts/{case}\"")]);
        let (route, _) = of_place(|place| Route::Act { place, case: case.to_owned() });
        says(&route, [&document.procedure(form.case).unwrap().label, &form.whom]);
        says(&route, form.parts.iter().flat_map(|part| [&part.title, &part.says]));
    }
    assert!(!document.forms.is_empty());
}

#[test]
fn its_calculators_are_offered_with_their_questions() {
    let (route, document) = of_place(|place| Route::Calculate { place });
    says(&route, document.calculators.iter().map(|calculator| &calculator.label));
    says(&route, document.calculators.iter().flat_map(|c| &c.inputs).map(|input| &input.question));
}

#[test]
fn its_forms_open() {
    for route in [|place| Route::Apply { place }, |place| Route::Tip { place }] {
        let (route, document) = of_place(route);
        says(&route, [&document.place.name]);
    }
    let (tip, document) = of_place(|place| Route::Tip { place });
    says(&tip, document.breaches.iter().flat_map(|breach| [&breach.label, &breach.says]));
}

#[test]
fn a_place_that_nobody_added_is_told_so() {
    says(&Route::Place { place: "nowhere".to_owned() }, ["还没有收录这个地方"]);
}
