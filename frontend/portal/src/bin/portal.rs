//! The residents' pages in the browser.

use portal::{AppProps, ResidentApp};

fn main() {
    yew::Renderer::<ResidentApp>::with_props(AppProps::from_browser()).render();
}
