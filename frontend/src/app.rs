//! The portal: router, shell and pages, as three apps in three WebAssembly modules.

use chrono::NaiveDate;
use yew::prelude::*;

use crate::{
    components::Shell,
    hooks::Today,
    pages,
    route::{Bundle, Route},
    router::{Location, Router, use_location},
};

/// What an app must be told from outside.
#[derive(Clone, Debug, PartialEq, Eq, Properties)]
pub struct AppProps {
    /// Today in Beijing.
    pub today: NaiveDate,
    /// Where the browser is.
    pub start: Location,
}

impl AppProps {
    /// As the browser says. Browser only.
    pub fn from_browser() -> Self {
        Self { today: crate::hooks::today_in_beijing(), start: Location::now() }
    }
}

/// Choosing a place and checking: the first thing everyone downloads.
#[component]
pub fn ResidentApp(props: &AppProps) -> Html {
    frame(props, Bundle::Resident, html! { <ResidentPages /> })
}

/// The guide of a place and its calculators.
#[component]
pub fn GuideApp(props: &AppProps) -> Html {
    frame(props, Bundle::Guide, html! { <GuidePages /> })
}

/// Applying, reporting and following.
#[component]
pub fn FormsApp(props: &AppProps) -> Html {
    frame(props, Bundle::Forms, html! { <FormsPages /> })
}

fn frame(props: &AppProps, bundle: Bundle, page: Html) -> Html {
    html! {
        <Router start={props.start.clone()} {bundle}>
            <ContextProvider<Today> context={Today(props.today)}>
                <Shell>{ page }</Shell>
            </ContextProvider<Today>>
        </Router>
    }
}

#[component]
fn ResidentPages() -> Html {
    match Route::recognize(&use_location().path) {
        Route::Home => html! { <pages::Home /> },
        Route::About => html! { <pages::About /> },
        Route::Place { place } => html! { <pages::Place {place} /> },
        Route::Check { place } => html! { <pages::Check {place} /> },
        Route::Result { place } => html! { <pages::CheckResult {place} /> },
        Route::NotFound
        | Route::Guide { .. }
        | Route::Calculate { .. }
        | Route::Status
        | Route::Sent
        | Route::Apply { .. }
        | Route::Tip { .. } => html! { <pages::NotFound /> },
    }
}

#[component]
fn GuidePages() -> Html {
    match Route::recognize(&use_location().path) {
        Route::Guide { place } => html! { <pages::Guide {place} /> },
        Route::Calculate { place } => html! { <pages::Calculate {place} /> },
        _ => html! { <pages::NotFound /> },
    }
}

#[component]
fn FormsPages() -> Html {
    match Route::recognize(&use_location().path) {
        Route::Status => html! { <pages::Status /> },
        Route::Sent => html! { <pages::Sent /> },
        Route::Apply { place } => html! { <pages::Apply {place} /> },
        Route::Tip { place } => html! { <pages::Tip {place} /> },
        Route::NotFound
        | Route::Home
        | Route::About
        | Route::Place { .. }
        | Route::Guide { .. }
        | Route::Calculate { .. }
        | Route::Check { .. }
        | Route::Result { .. } => html! { <pages::NotFound /> },
    }
}
