//! What HTTP itself lets somebody send.

use anyhow::Result;
use protocol::error::ErrorCode;
use protocol::routes::{ROOT, Route};
use reqwest::Method;

use super::{Report, Target};
use crate::raw;

/// Words of HTTP that no address takes.
const ODD: [&str; 8] = ["PROPFIND", "QUERY", "PUT", "PATCH", "DELETE", "TRACE", "MKCOL", "REPORT"];

/// Ways out of the folder of the pages, and to what lies beside it.
const CLIMBING: [&str; 20] = [
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2f..%2fetc%2fpasswd",
    "/..%5c..%5cetc%5cpasswd",
    "/assets/../../server/offices.json",
    "/assets/%2e%2e/%2e%2e/server/offices.json",
    "/%2e%2e/server/workerd.capnp",
    "/..;/server/workerd.capnp",
    "/store/anju-office",
    "/../store/anju-case",
    "/anju-case/metadata.sqlite",
    "/.git/config",
    "/.env",
    "/.well-known/../.git/config",
    "/.well-known/%2e%2e/%2e%2e/server/offices.json",
    "//etc/passwd",
    "/config.json%00.html",
    "/config.json/..%00/",
    "/assets",
    "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
];

/// Every address says which methods it takes, and takes no other.
pub(super) async fn words(target: &Target, report: &mut Report) -> Result<()> {
    let api = target.api();
    let (read, written) = (Route::Health {}.to_path(), Route::Assess {}.to_path());
    for (path, allow, others) in [
        ("/", "GET, HEAD", &["POST", "OPTIONS"][..]),
        ("/desk/", "GET, HEAD", &["POST", "OPTIONS"]),
        (&read, "GET, HEAD, OPTIONS", &["POST"]),
        (&written, "POST, OPTIONS", &["GET"]),
    ] {
        for word in ODD.iter().chain(others) {
            let request = || {
                Result::<_>::Ok(
                    api.client.request(word.parse::<Method>()?, format!("{}{path}", target.origin())),
                )
            };
            report.refused(&format!("{word} {path}"), request()?, ErrorCode::MethodNotAllowed).await;
            let answer = request()?.send().await?;
            let said = answer.headers().get("allow").and_then(|value| value.to_str().ok());
            if said != Some(allow) {
                report.note(format!("{word} {path}, what it allows"), format!("{said:?}"), false);
            }
        }
    }
    let nothing = api.client.request("PROPFIND".parse()?, format!("{}{ROOT}/nothing", target.origin()));
    report.refused("PROPFIND of nothing", nothing, ErrorCode::NotFound).await;
    Ok(())
}

/// A tunnel leads nowhere, and what is no request is told so.
pub(super) async fn tunnels(target: &Target, report: &mut Report) -> Result<()> {
    let address = target.address()?;
    for to in ["example.com:443", "127.0.0.1:22", &Route::Health {}.to_path()] {
        let answer = raw::exchange(
            address,
            format!("CONNECT {to} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n\r\n").as_bytes(),
        )?;
        let shut = answer.starts_with("HTTP/1.1 ") && answer.ends_with("\r\n\r\n");
        report.note(format!("a tunnel to {to}"), answer, shut);
    }
    for (tried, request, status) in [
        ("a word that is none", "BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "501"),
        ("what is no request", "\u{1}\u{2}\r\n\r\n", "400"),
        ("another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "400"),
    ] {
        let answer = raw::exchange(address, request.as_bytes())?;
        let refused = answer.starts_with(&format!("HTTP/1.1 {status} "));
        report.note(tried, answer, refused);
    }
    Ok(())
}

/// No address leads to a file that is not a page.
pub(super) async fn climbing(target: &Target, report: &mut Report) -> Result<()> {
    for path in CLIMBING {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        let answer = raw::exchange(target.address()?, request.as_bytes())?;
        let refused = answer.starts_with("HTTP/1.1 4");
        report.note(format!("GET {path}"), first_line(&answer), refused);
    }
    Ok(())
}

/// Headers that a server and what stands before it may read differently, or that ask to be believed.
pub(super) async fn headers(target: &Target, report: &mut Report) -> Result<()> {
    let address = target.address()?;
    let (health, assess) = (Route::Health {}.to_path(), Route::Assess {}.to_path());
    let hidden = format!("GET {health} HTTP/1.1\r\nHost: x\r\n\r\n");
    let post = |headers: &str, body: &str| {
        format!(
            "POST {assess} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{headers}\r\n\r\n{body}"
        )
    };
    for (tried, request) in [
        (
            "two lengths",
            post(
                &format!("Content-Length: 2\r\nContent-Length: {}", hidden.len() + 2),
                &format!("{{}}{hidden}"),
            ),
        ),
        (
            "a length and pieces",
            post("Content-Length: 2\r\nTransfer-Encoding: chunked", &format!("0\r\n\r\n{hidden}")),
        ),
        ("pieces by another name", post("Transfer-Encoding: xchunked", &hidden)),
        ("a length that is no number", post("Content-Length: +2", &format!("{{}}{hidden}"))),
        ("a length below nothing", post("Content-Length: -1", &hidden)),
        ("a length beyond all numbers", post("Content-Length: 99999999999999999999999", &hidden)),
        (
            "a header on two lines",
            format!(
                "GET {health} HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n Content-Length: 9\r\nConnection: close\r\n\r\n"
            ),
        ),
        (
            "a header without a name",
            format!("GET {health} HTTP/1.1\r\nHost: x\r\n: 1\r\nConnection: close\r\n\r\n"),
        ),
    ] {
        let answer = raw::exchange(address, request.as_bytes()).unwrap_or_else(|error| format!("{error:#}"));
        // One request, one answer: what stands in its body is never taken for a second.
        let answers = answer.matches("HTTP/1.1 ").count();
        let asked_twice = answer.contains("\"ok\":true") && request.starts_with("POST");
        report.note(
            tried,
            format!("{answers} answers, {}", first_line(&answer)),
            answers <= 1 && !asked_twice,
        );
    }
    let long = "a".repeat(512 * 1024);
    let answer = raw::exchange(
        address,
        format!("GET {health} HTTP/1.1\r\nHost: x\r\nX-A: {long}\r\nConnection: close\r\n\r\n").as_bytes(),
    )?;
    report.note("half a megabyte of header", first_line(&answer), !answer.starts_with("HTTP/1.1 2"));

    let injected = b"GET /x%0d%0aSet-Cookie:%20a=1%0d%0a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = raw::exchange(address, injected)?.to_lowercase();
    report.note("a header within an address", first_line(&answer), !answer.contains("\r\nset-cookie"));
    believed(target, report).await
}

/// Headers that a proxy may set and a stranger too: nothing follows from them.
async fn believed(target: &Target, report: &mut Report) -> Result<()> {
    let (api, inbox) = (target.api(), Route::Inbox { office: target.office() }.to_path());
    for (name, value) in [
        ("x-http-method-override", "DELETE"),
        ("x-original-url", inbox.as_str()),
        ("x-rewrite-url", inbox.as_str()),
        ("x-forwarded-for", "127.0.0.1"),
        ("forwarded", "for=127.0.0.1;host=elsewhere.example"),
        ("x-forwarded-host", "elsewhere.example"),
        ("host", "elsewhere.example"),
        ("origin", "https://elsewhere.example"),
        ("origin", "null"),
        ("cookie", "staff=1"),
        ("range", "bytes=0-99999999999"),
    ] {
        let health = api.get(&Route::Health {}.to_path()).header(name, value).send().await?;
        let (status, headers) = (health.status(), health.headers().clone());
        let text = health.text().await?;
        let as_ever = status.is_success() && text.contains("\"ok\":true") && !text.contains("elsewhere");
        let repeated = headers.iter().any(|(name, value)| {
            name == "access-control-allow-origin"
                || name == "set-cookie"
                || value.to_str().is_ok_and(|value| value.contains("elsewhere"))
        });
        report.note(format!("{name}: {value}"), status.to_string(), as_ever && !repeated);
        let desk = api.get(&inbox).header(name, value);
        report.refused(&format!("the desk with {name}: {value}"), desk, ErrorCode::SignatureMissing).await;
    }
    for (tried, value) in [
        ("a scheme of another world", "Basic YTph".to_owned()),
        ("an endless token", format!("Staff {}", "a.".repeat(4000))),
    ] {
        let code = if value.starts_with("Staff") {
            ErrorCode::SignatureInvalid
        } else {
            ErrorCode::SignatureMissing
        };
        report.refused(tried, api.get(&inbox).header("authorization", value), code).await;
    }
    Ok(())
}

fn first_line(answer: &str) -> String {
    match answer.lines().next() {
        Some(line) => line.to_owned(),
        None => "closed without an answer".to_owned(),
    }
}
