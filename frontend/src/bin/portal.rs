//! The residents' portal in the browser.

fn main() {
    let today = frontend::hooks::today_in_beijing();
    yew::Renderer::<frontend::app::App>::with_props(frontend::app::AppProps { today }).render();
}
