//! The residents' pages in the browser.

use frontend::app::{AppProps, ResidentApp};

fn main() {
    yew::Renderer::<ResidentApp>::with_props(AppProps::from_browser()).render();
}
