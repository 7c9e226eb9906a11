//! The portal: router, shell and pages, as six apps in six WebAssembly modules.

#[cfg(test)]
mod sixth_place;

use chrono::NaiveDate;
use yew::prelude::*;

#[cfg(feature = "whole")]
use crate::{act, apply, calculate, group, guide, sent, status, tip};
use crate::{
    check,
    frame::{self, Opened, Shell},
    home, place,
    route::{Bundle, Route},
    router::{Location, Router, use_location},
};
#[cfg(feature = "whole")]
use ui::hooks::use_day;
use ui::{hooks::Today, place::Doc};

/// What an app must be told from outside.
#[derive(Clone, Debug, PartialEq, Eq, Properties)]
pub struct AppProps {
    /// Today in Beijing.
    pub(crate) today: NaiveDate,
    /// Where the browser is.
    pub(crate) start: Location,
}

impl AppProps {
    /// As the browser says, with the document that was loaded for the page. Browser only.
    pub fn from_browser() -> Self {
        ui::browser::take_volume();
        Self { today: ui::browser::today_in_beijing(), start: Location::now() }
    }
}

/// Choosing a place and checking: the first thing everyone downloads.
#[component]
pub fn ResidentApp(props: &AppProps) -> Html {
    frame(props, Bundle::Resident, html! { <ResidentPages /> })
}

/// The guide of a place and its calculators.
#[cfg(feature = "whole")]
#[component]
pub fn GuideApp(props: &AppProps) -> Html {
    frame(props, Bundle::Guide, html! { <GuidePages /> })
}

/// Following a case.
#[cfg(feature = "whole")]
#[component]
pub fn FollowApp(props: &AppProps) -> Html {
    frame(props, Bundle::Follow, html! { <Day today={props.today}><FollowPages /></Day> })
}

/// Applying, and every other form.
#[cfg(feature = "whole")]
#[component]
pub fn FormsApp(props: &AppProps) -> Html {
    // What is written over midnight is of the new day. Only these pages sign anything, so only they carry the code.
    frame(props, Bundle::Forms, html! { <Day today={props.today}><FormsPages /></Day> })
}

/// A tip-off.
#[cfg(feature = "whole")]
#[component]
pub fn TipApp(props: &AppProps) -> Html {
    frame(props, Bundle::Tip, html! { <Day today={props.today}><TipPages /></Day> })
}

/// An employer's application for its staff.
#[cfg(feature = "whole")]
#[component]
pub fn GroupApp(props: &AppProps) -> Html {
    frame(props, Bundle::Group, html! { <Day today={props.today}><GroupPages /></Day> })
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

#[cfg(feature = "whole")]
#[derive(Clone, PartialEq, Properties)]
struct DayProps {
    /// The day on which the app was started.
    today: NaiveDate,
    children: Html,
}

/// Tells the pages what day it is.
#[cfg(feature = "whole")]
#[component]
fn Day(props: &DayProps) -> Html {
    let today = Today(use_day(props.today));
    html! { <ContextProvider<Today> context={today}>{ props.children.clone() }</ContextProvider<Today>> }
}

#[component]
fn ResidentPages() -> Html {
    match Route::recognize(&use_location().path) {
        Route::Home => html! { <home::Home /> },
        Route::Place { place } => html! { <Opened place={place.clone()}><place::Place {place} /></Opened> },
        Route::Check { place } => html! { <Opened place={place.clone()}><check::Check {place} /></Opened> },
        Route::Result { place } => {
            html! { <Opened place={place.clone()}><check::CheckResult {place} /></Opened> }
        }
        // What no file answers is shown by this program: a place that nobody knows, or no page at all.
        route => match route.place() {
            Some(place) if Doc::of_place(place, NaiveDate::MAX).is_none() => {
                html! { <frame::UnknownPlace /> }
            }
            _ => html! { <frame::NotFound /> },
        },
    }
}

#[cfg(feature = "whole")]
#[component]
fn GuidePages() -> Html {
    match Route::recognize(&use_location().path) {
        Route::About => html! { <home::About /> },
        Route::Guide { place } => html! { <Opened place={place.clone()}><guide::Guide {place} /></Opened> },
        Route::Calculate { place } => {
            html! { <Opened place={place.clone()}><calculate::Calculate {place} /></Opened> }
        }
        _ => html! { <frame::NotFound /> },
    }
}

#[cfg(feature = "whole")]
#[component]
fn FollowPages() -> Html {
    match Route::recognize(&use_location().path) {
        Route::Status => html! { <status::Status /> },
        _ => html! { <frame::NotFound /> },
    }
}

#[cfg(feature = "whole")]
#[component]
fn FormsPages() -> Html {
    match Route::recognize(&use_location().path) {
        Route::Sent => html! { <sent::Sent written={sent::FORMS} /> },
        Route::Apply { place } => html! { <apply::Apply {place} /> },
        Route::Acts { place } => html! { <act::Acts {place} /> },
        Route::Act { place, case } => html! { <act::Act {place} {case} /> },
        _ => html! { <frame::NotFound /> },
    }
}

#[cfg(feature = "whole")]
#[component]
fn TipPages() -> Html {
    match Route::recognize(&use_location().path) {
        Route::Sent => html! { <><tip::Leave /><sent::Sent written={sent::TIP_OFFS} /></> },
        Route::Tip { place } => html! {
            <>
                <tip::Leave place={place.clone()} />
                <Opened place={place.clone()}><tip::Tip {place} /></Opened>
            </>
        },
        _ => html! { <frame::NotFound /> },
    }
}

#[cfg(feature = "whole")]
#[component]
fn GroupPages() -> Html {
    match Route::recognize(&use_location().path) {
        Route::Sent => html! { <sent::Sent written={sent::ACTS} /> },
        Route::Act { place, .. } => html! { <group::GroupAct {place} /> },
        _ => html! { <frame::NotFound /> },
    }
}
