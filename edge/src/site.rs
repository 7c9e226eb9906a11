//! Which static file answers an address, and with which headers.

use protocol::headers::{ASK_AGAIN, FOR_EVER};

/// Types by extension. A name with any other extension is no file of the site.
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("bin", "application/octet-stream"),
    ("json", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("txt", "text/plain; charset=utf-8"),
    ("pdf", "application/pdf"),
    ("toml", "text/plain; charset=utf-8"),
    ("xml", "application/xml"),
];

/// The one folder with a dot in front that is answered for (RFC 8615): `security.txt` lies there.
const WELL_KNOWN: &str = ".well-known/";

/// The methods that every address of the site takes.
pub const ALLOW: &str = "GET, HEAD";

/// Whether the site answers this word of HTTP.
pub fn takes(method: &str) -> bool {
    ALLOW.split(", ").any(|known| known == method)
}

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path from the root: never a folder, never above it.
    pub path: String,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Cache-Control`.
    pub cache: &'static str,
}

/// A form in which a file may lie beside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// What is appended to the name.
    pub suffix: &'static str,
    /// `Content-Encoding`; empty for the file as it is.
    pub name: &'static str,
}

/// What is shown, with 404, where an address of a page leads nowhere.
pub const LOST: &str = "/404.html";

/// Whether an address (path only) is one of a page: its last part has no dot.
pub fn is_page(path: &str) -> bool {
    !path.rsplit('/').next().unwrap_or_default().contains('.')
}

/// The file for an address (path only). Each page of the portal has a file of its own, the desk has one for all. `None`:
/// there can be no such file.
pub fn file(path: &str) -> Option<File> {
    let trimmed = path.trim_matches('/');
    if is_page(path) {
        return match trimmed.split('/').next() {
            Some("desk") => file("/desk/index.html"),
            Some("") | None => file("/index.html"),
            Some(_) => file(&["/", trimmed, "/index.html"].concat()),
        };
    }
    let last = trimmed.rsplit('/').next().unwrap_or_default();
    let (stem, extension) = last.rsplit_once('.')?;
    let (_, content_type) = TYPES.iter().find(|(known, _)| *known == extension)?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let safe = |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain);
    if !trimmed.strip_prefix(WELL_KNOWN).unwrap_or(trimmed).split('/').all(safe) {
        return None;
    }
    let hashed = stem
        .rsplit_once('-')
        .is_some_and(|(_, tail)| tail.len() >= 8 && tail.bytes().all(|b| b.is_ascii_hexdigit()));
    let cache = if hashed && trimmed.starts_with("assets/") { FOR_EVER } else { ASK_AGAIN };
    Some(File { path: format!("/{trimmed}"), content_type, cache })
}

/// The forms to try, best first, for a browser that sent this `Accept-Encoding`.
pub fn encodings(accepted: &str) -> Vec<Encoding> {
    let takes = |name: &str| {
        accepted.split(',').any(|part| {
            let mut part = part.split(';').map(str::trim);
            let offered = part.next().is_some_and(|word| word.eq_ignore_ascii_case(name));
            offered && !part.any(is_refusal)
        })
    };
    let mut forms = Vec::with_capacity(2);
    if takes("br") {
        forms.push(Encoding { suffix: ".br", name: "br" });
    }
    forms.push(Encoding { suffix: "", name: "" });
    forms
}

/// Whether a parameter of an encoding refuses it: a weight of nothing, `q=0` to `q=0.000`.
fn is_refusal(parameter: &str) -> bool {
    let weight = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="));
    weight
        .is_some_and(|weight| weight.starts_with('0') && weight.chars().all(|sign| matches!(sign, '0' | '.')))
}

/// What names one state of a file: what the store of files says, or when it was written and how long it is.
pub fn tag(known: Option<String>, written: Option<&str>, length: Option<&str>) -> Option<String> {
    known.or_else(|| {
        let plain: String = written?.chars().filter(char::is_ascii_alphanumeric).collect();
        Some(format!("\"{plain}-{}\"", length?))
    })
}

/// Whether a browser that has these (`If-None-Match`) has this one. A weak mark counts for nothing here.
pub fn has(known: &str, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.split(',').any(|one| one.trim() == "*" || bare(one) == bare(tag))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_page_has_a_file_and_the_desk_one_for_all() {
        for (path, expected) in [
            ("/", "/index.html"),
            ("", "/index.html"),
            ("/place", "/place/index.html"),
            ("/place/guide", "/place/guide/index.html"),
            ("/place/guide/", "/place/guide/index.html"),
            ("/desks", "/desks/index.html"),
        ] {
            assert_eq!(file(path).unwrap().path, expected, "{path}");
        }
        for path in ["/没有", "/../etc", "/a//b"] {
            assert!(is_page(path) && file(path).is_none(), "{path}");
        }
        for path in ["/desk", "/desk/", "/desk/case/1"] {
            assert_eq!(file(path).unwrap().path, "/desk/index.html", "{path}");
        }
    }

    #[test]
    fn files_have_types_and_hashed_ones_stay() {
        let module = file("/assets/portal-0123456789ab.wasm").unwrap();
        assert_eq!((module.content_type, module.cache), ("application/wasm", FOR_EVER));
        assert_eq!(file("/sw.js").unwrap().cache, ASK_AGAIN);
        assert_eq!(file("/assets/sealer.js").unwrap().cache, ASK_AGAIN, "its name carries no hash");
        assert_eq!(file("/manifest.webmanifest").unwrap().content_type, "application/manifest+json");
        assert_eq!(file("/config.json").unwrap().content_type, "application/json");
        assert_eq!(file("/index.html").unwrap().cache, ASK_AGAIN);
        let contact = file("/.well-known/security.txt").unwrap();
        assert_eq!((contact.path.as_str(), contact.cache), ("/.well-known/security.txt", ASK_AGAIN));
        assert_eq!(file("/sitemap.xml").unwrap().content_type, "application/xml");
    }

    #[test]
    fn pages_are_read_and_nothing_else() {
        assert!(takes("GET") && takes("HEAD"));
        for word in ["POST", "PUT", "OPTIONS", "PROPFIND", "CONNECT", "get", "GET, HEAD", ""] {
            assert!(!takes(word), "{word}");
        }
    }

    #[test]
    fn no_folder_no_climbing_no_stranger() {
        for path in [
            "/../secret.json",
            "/.git/config.txt",
            "/a//b.js",
            "/x.sqlite",
            "/x.",
            "/%2e%2e/a.js",
            "/a/.well-known/b.txt",
            "/.well-known/.x.txt",
            "/.well-known/../a.txt",
            "/.other/a.txt",
        ] {
            assert_eq!(file(path), None, "{path}");
        }
    }

    #[test]
    fn the_smallest_form_the_browser_takes_comes_first() {
        let names = |accepted| -> Vec<&str> { encodings(accepted).iter().map(|e| e.name).collect() };
        assert_eq!(names("gzip, deflate, br, zstd"), ["br", ""]);
        assert_eq!(names("gzip;q=0.5, br;q=0.001"), ["br", ""]);
        for refused in ["br;q=0", "br;q=0.0", "br; q=0.000", "br;Q=0.", "gzip;q=0.5, br;q=0"] {
            assert_eq!(names(refused), [""], "{refused}");
        }
        assert_eq!(names(""), [""]);
    }

    #[test]
    fn a_file_is_sent_once_and_again_when_it_changed() {
        let (day, length) = (Some("Thu, 26 Nov 2026 23:14:00 GMT"), Some("1200"));
        let tag = |written, length| super::tag(None, written, length).unwrap();
        let one = tag(day, length);
        assert!(has(&one, &one) && has(&format!("\"x\", W/{one}"), &one) && has("*", &one));
        assert!(!has("", &one) && !has(&one, &tag(day, Some("1201"))));
        assert!(!has(&one, &tag(Some("Thu, 26 Nov 2026 23:14:01 GMT"), length)));
        assert_eq!(super::tag(Some("\"known\"".to_owned()), day, length).unwrap(), "\"known\"");
        assert_eq!(super::tag(None, None, length), None);
    }
}
