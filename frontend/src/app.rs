//! The portal: router, shell and pages.

use chrono::NaiveDate;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::{components::Shell, hooks::Today, pages, route::Route};

/// What the app must be told from outside.
#[derive(Clone, Debug, PartialEq, Eq, Properties)]
pub struct AppProps {
    /// Today in Beijing.
    pub today: NaiveDate,
}

/// The portal in a browser.
#[component]
pub fn App(props: &AppProps) -> Html {
    html! {
        <BrowserRouter>
            <ContextProvider<Today> context={Today(props.today)}>
                <Shell>
                    <Switch<Route> render={show} />
                </Shell>
            </ContextProvider<Today>>
        </BrowserRouter>
    }
}

fn show(route: Route) -> Html {
    match route {
        Route::Home => html! { <pages::Home /> },
        Route::About => html! { <pages::About /> },
        Route::Status => html! { <pages::Status /> },
        Route::Sent => html! { <pages::Sent /> },
        Route::NotFound => html! { <pages::NotFound /> },
        Route::Place { place } => html! { <pages::Place {place} /> },
        Route::Guide { place } => html! { <pages::Guide {place} /> },
        Route::Check { place } => html! { <pages::Check {place} /> },
        Route::Result { place } => html! { <pages::CheckResult {place} /> },
        Route::Apply { place } => html! { <pages::Apply {place} /> },
        Route::Tip { place } => html! { <pages::Tip {place} /> },
    }
}
