//! Printing what is made for paper, and where nothing can be printed. For effects and handlers.

use web_sys::Element;
use yew::NodeRef;

use super::print_page;

/// What everything on the page stands in.
pub fn body() -> Option<Element> {
    web_sys::window()?.document()?.body().map(Into::into)
}

/// Opens the print dialogue for a paper alone: of several on a page the last is printed (`sending/paper.css`).
pub fn print_paper(paper: &NodeRef) {
    if let (Some(body), Some(paper)) = (body(), paper.get()) {
        // Moving a part of a page to the end of the page cannot fail.
        let _ = body.append_child(&paper);
        print_page();
    }
}

/// What can be read in a part of the page.
pub fn text_of(part: &NodeRef) -> String {
    part.get().and_then(|node| node.text_content()).unwrap_or_default()
}

/// Whether this is WeChat's own browser, which neither prints nor saves files.
pub fn in_wechat() -> bool {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    agent.is_some_and(|agent| agent.contains("MicroMessenger"))
}
