//! The pages that send, in the browser.

use portal::{AppProps, FormsApp};

fn main() {
    yew::Renderer::<FormsApp>::with_props(AppProps::from_browser()).render();
}
