//! Which page is shown: the browser's history, and moves between pages.
//!
//! The pages are six WebAssembly modules ([`Bundle`]), so that someone who only checks does not download what it takes to
//! read, send or follow. A move within a module changes the page in place; a move to another one loads it.

use chrono::NaiveDate;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use yew::prelude::*;

use crate::route::{Bundle, Route};
use ui::place::Doc;

/// Where the browser is: path and query, never with anything personal in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Location {
    /// Path, beginning with a slash.
    pub(crate) path: String,
    /// Query without the question mark.
    pub(crate) query: String,
}

impl Location {
    /// Where the browser is now. For effects, handlers and `main`.
    pub(crate) fn now() -> Self {
        let location = web_sys::window().map(|window| window.location());
        let part = |read: fn(&web_sys::Location) -> Result<String, JsValue>| {
            location.as_ref().and_then(|location| read(location).ok()).unwrap_or_default()
        };
        Self {
            path: part(web_sys::Location::pathname),
            query: part(web_sys::Location::search).trim_start_matches('?').to_owned(),
        }
    }

    /// The value of a key of the query. Values are plain words and numbers: nothing is decoded.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find_map(|(name, value)| (name == key).then_some(value))
    }
}

/// Moves between pages.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Navigator {
    location: Location,
    bundle: Bundle,
    arrive: Callback<Location>,
}

impl Navigator {
    /// Goes to a page. For handlers and effects.
    pub(crate) fn push(&self, to: &Route) {
        self.push_with_query(to, &[]);
    }

    /// Goes to a page at a query of plain words. For handlers and effects.
    pub(crate) fn push_with_query(&self, to: &Route, query: &[(&str, &str)]) {
        let pairs: Vec<String> = query.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let location = Location { path: to.to_path(), query: pairs.join("&") };
        let address = if location.query.is_empty() {
            location.path.clone()
        } else {
            format!("{}?{}", location.path, location.query)
        };
        let Some(window) = web_sys::window() else { return };
        // Another program, or a document that only the other page's own address brings along: a page of its own.
        let here = self.bundle.holds(to) && !is_missing(to);
        let moved = here
            && window
                .history()
                .is_ok_and(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&address)).is_ok());
        if moved {
            self.arrive.emit(location);
        } else {
            // A refused assignment (the page is being left already) leaves nothing to do.
            let _ = window.location().set_href(&address);
        }
    }
}

/// Whether a page is of a place whose document is not there.
fn is_missing(to: &Route) -> bool {
    let place = to.place().and_then(|place| Doc::of_place(place, NaiveDate::MAX));
    place.is_some_and(Doc::is_missing)
}

/// Props of [`Router`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct RouterProps {
    /// Where the browser is when the app starts.
    pub(crate) start: Location,
    /// The module this app is.
    pub(crate) bundle: Bundle,
    /// What is inside.
    pub(crate) children: Html,
}

/// Follows the browser's history for everything inside it.
#[component]
pub(crate) fn Router(props: &RouterProps) -> Html {
    let location = use_state(|| props.start.clone());
    let arrive = {
        let setter = location.setter();
        Callback::from(move |there| setter.set(there))
    };
    {
        let arrive = arrive.clone();
        use_effect_with((), move |()| {
            let listen = Closure::<dyn Fn()>::new(move || arrive.emit(Location::now()));
            let window = web_sys::window();
            if let Some(window) = &window {
                window.set_onpopstate(Some(listen.as_ref().unchecked_ref()));
            }
            move || {
                if let Some(window) = window {
                    window.set_onpopstate(None);
                }
                drop(listen);
            }
        });
    }
    let navigator = Navigator { location: (*location).clone(), bundle: props.bundle, arrive };
    html! {
        <ContextProvider<Navigator> context={navigator}>{ props.children.clone() }</ContextProvider<Navigator>>
    }
}

/// Moves between pages; `None` outside a [`Router`].
#[hook]
pub(crate) fn use_navigator() -> Option<Navigator> {
    use_context()
}

/// Where the browser is; the empty place outside a [`Router`].
#[hook]
pub(crate) fn use_location() -> Location {
    use_context::<Navigator>().map(|navigator| navigator.location).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Location;

    #[test]
    fn a_query_gives_its_values() {
        let location = Location { path: "/qujing/check".into(), query: "n=3&change=true".into() };
        assert_eq!(location.value("n"), Some("3"));
        assert_eq!(location.value("change"), Some("true"));
        assert_eq!(location.value("page"), None);
    }
}
