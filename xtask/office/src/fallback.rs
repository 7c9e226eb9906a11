//! What a page says where WASM cannot run: where to go and whom to call.

use policies::model::Document;

/// Every served place with its document and contacts, as HTML for the templates' `{{fallback}}`.
pub fn html() -> String {
    let places: String =
        policies::rulebook().documents().iter().map(|compiled| place(compiled.document())).collect();
    format!("<ul>{places}</ul>")
}

fn place(document: &Document) -> String {
    let contacts: String = document
        .contacts
        .iter()
        .map(|contact| {
            let phone =
                contact.phone.as_deref().map(|phone| format!("：{}", escape(phone))).unwrap_or_default();
            format!("<li>{}{phone}（{}）</li>", escape(&contact.name), escape(&contact.purpose))
        })
        .collect();
    format!(
        "<li><strong>{}</strong>：《{}》<ul>{contacts}</ul></li>",
        escape(&document.place.full_name),
        escape(document.title.trim_matches(['《', '》'])),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{escape, html};

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escape("a<b & \"c\""), "a&lt;b &amp; &quot;c&quot;");
    }

    #[test]
    fn every_place_is_named() {
        let html = html();
        for compiled in policies::rulebook().documents() {
            assert!(html.contains(&compiled.document().place.full_name));
        }
    }
}
