//! A tip-off, in the browser.

use portal::{AppProps, TipApp};

fn main() {
    yew::Renderer::<TipApp>::with_props(AppProps::from_browser()).render();
}
