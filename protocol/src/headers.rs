//! The headers that every page and answer carries, once: the Worker sets them, and for any other static host the build
//! writes them into `_headers` and, as far as a page can say it of itself, into each page.

/// What pages may load and do: their own scripts, styles, pictures and connections, nothing inline, nothing from elsewhere;
/// WASM may be compiled. `api`: the origin of the API where it is not the pages' own.
pub fn content_security_policy(api: &str) -> String {
    [&policy_of_a_page(api), "; frame-ancestors 'none'"].concat()
}

/// The part of it that a page can say of itself (`<meta http-equiv>`): by whom it may be framed, only a header can.
pub fn policy_of_a_page(api: &str) -> String {
    let elsewhere = if api.is_empty() { String::new() } else { format!(" {api}") };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'{elsewhere}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'none'"
    )
}

/// The name of the header that carries [`content_security_policy`].
pub const CONTENT_SECURITY_POLICY: &str = "content-security-policy";

/// The others.
pub const SECURITY_HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000"),
    (
        "permissions-policy",
        "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
];

/// How long names with a hash in them may be kept (`Cache-Control`).
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// How long everything else may be kept: ask again each time.
pub const ASK_AGAIN: &str = "no-cache";

/// `_headers`, as Cloudflare Pages and Netlify read it. `hashed`: the paths that may be kept for ever; each takes a rule, of
/// which a host reads a hundred, so that only programs and styles are among them.
pub fn for_static_hosts(api: &str, hashed: &[&str]) -> String {
    let policy = content_security_policy(api);
    let own = [(CONTENT_SECURITY_POLICY, policy.as_str())];
    let lines: String =
        own.iter().chain(SECURITY_HEADERS).map(|(name, value)| format!("  {name}: {value}\n")).collect();
    let kept: String = hashed.iter().map(|path| format!("{path}\n  cache-control: {FOR_EVER}\n")).collect();
    format!("/*\n{lines}{kept}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_nothing_inline_and_nobody_else() {
        let policy = content_security_policy("");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert!(policy.starts_with("default-src 'none'") && policy.ends_with("; frame-ancestors 'none'"));
        assert!(!policy.contains("http"));
    }

    #[test]
    fn an_api_elsewhere_is_asked_and_nothing_else_is() {
        let policy = policy_of_a_page("https://api.example.org");
        assert_eq!(policy.matches("https://api.example.org").count(), 1);
        assert!(policy.contains("connect-src 'self' https://api.example.org; "));
        assert!(!policy.contains("frame-ancestors"), "a page cannot say that");
    }

    #[test]
    fn a_static_host_is_told_every_header() {
        let told = for_static_hosts("", &["/assets/portal-0123456789ab.js"]);
        assert_eq!(told.lines().count(), SECURITY_HEADERS.len() + 4);
        assert!(told.contains(
            "\n/assets/portal-0123456789ab.js\n  cache-control: public, max-age=31536000, immutable\n"
        ));
        assert!(told.starts_with("/*\n  content-security-policy: default-src 'none'; "));
    }
}
