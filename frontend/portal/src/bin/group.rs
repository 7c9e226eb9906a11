//! An employer's application for its staff, in the browser.

use portal::{AppProps, GroupApp};

fn main() {
    yew::Renderer::<GroupApp>::with_props(AppProps::from_browser()).render();
}
