//! What a page says where WASM cannot run: where to go first and whom to call. It is in every page, so that it stays short;
//! the guide as plain text, to which every page leads, has the rest.

use policies::model::Document;

/// Every served place with its first contact and all that have a phone, as HTML for the templates' `{{fallback}}`.
pub fn html() -> String {
    let places: String =
        policies::rulebook().documents().iter().map(|compiled| place(compiled.document())).collect();
    format!("<ul>{places}</ul>")
}

fn place(document: &Document) -> String {
    let contacts: String = document
        .contacts
        .iter()
        .enumerate()
        .filter(|(place, contact)| *place == 0 || contact.phone.is_some())
        .map(|(_, contact)| {
            let phone =
                contact.phone.as_deref().map(|phone| format!("：{}", escape(phone))).unwrap_or_default();
            format!("<li>{}{phone}（{}）</li>", escape(&contact.name), escape(&contact.purpose))
        })
        .collect();
    format!("<li><strong>{}</strong><ul>{contacts}</ul></li>", escape(&document.place.full_name))
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
            let document = compiled.document();
            assert!(html.contains(&document.place.full_name));
            assert!(document.contacts.first().is_some_and(|first| html.contains(&escape(&first.name))));
            let mut phones = document.contacts.iter().filter_map(|contact| contact.phone.as_deref());
            assert!(phones.all(|phone| html.contains(phone)), "a phone is missing");
        }
    }
}
