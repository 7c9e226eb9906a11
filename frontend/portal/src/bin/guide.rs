//! The guide of a place and its calculators, in the browser.

use portal::{AppProps, GuideApp};

fn main() {
    yew::Renderer::<GuideApp>::with_props(AppProps::from_browser()).render();
}
