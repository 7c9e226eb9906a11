//! Where a case stands, in the browser.

use portal::{AppProps, FollowApp};

fn main() {
    yew::Renderer::<FollowApp>::with_props(AppProps::from_browser()).render();
}
