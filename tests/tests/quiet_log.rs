//! Odd requests are refused by what they are, and the server's log stays empty: whoever reads it finds what is wrong,
//! and nothing else.

#![allow(missing_docs)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use protocol::error::ErrorCode;
use protocol::routes::{ROOT, Route};
use reqwest::Method;
use system_tests::api::{Api, refused};
use system_tests::portal::Portal;

/// Words of HTTP that no address takes.
const ODD: [&str; 8] = ["PROPFIND", "QUERY", "PUT", "PATCH", "DELETE", "TRACE", "MKCOL", "REPORT"];

#[tokio::test]
async fn every_address_says_which_methods_it_takes() -> Result<()> {
    let portal = Portal::start()?;
    let api = Api::of(&portal);
    let (read, written) = (Route::Health {}.to_path(), Route::Assess {}.to_path());
    for (path, allow, others) in [
        ("/", "GET, HEAD", &["POST", "OPTIONS"][..]),
        ("/desk/", "GET, HEAD", &["POST", "OPTIONS"]),
        (&read, "GET, HEAD, OPTIONS", &["POST"]),
        (&written, "POST, OPTIONS", &["GET"]),
    ] {
        for word in ODD.iter().chain(others) {
            let request = || Result::<_>::Ok(api.client.request(word.parse::<Method>()?, portal.url(path)));
            refused(request()?, ErrorCode::MethodNotAllowed)
                .await
                .with_context(|| format!("{word} {path}"))?;
            let answer = request()?.send().await?;
            let said = answer.headers().get("allow").and_then(|value| value.to_str().ok());
            ensure!(said == Some(allow), "{word} {path}: {said:?}");
        }
    }
    let asked = api.client.request(Method::OPTIONS, portal.url(&read)).send().await?;
    ensure!(asked.headers().get("allow").is_some_and(|allow| allow == "GET, HEAD, OPTIONS"), "{asked:?}");
    let nothing = api.client.request("PROPFIND".parse()?, portal.url(&format!("{ROOT}/nothing")));
    refused(nothing, ErrorCode::NotFound).await?;
    is_quiet(&portal)
}

#[tokio::test]
async fn head_is_answered_like_get_without_the_body() -> Result<()> {
    let portal = Portal::start()?;
    let api = Api::of(&portal);
    let unknown = Route::View { lookup: &"0".repeat(32) }.to_path();
    for path in ["/", "/desk/", "/config.json", "/assets/none.js", &Route::Health {}.to_path(), &unknown] {
        let ask = |method| {
            let token = protocol::authorization::Authorization::Receipt("0".repeat(64)).header();
            api.client.request(method, portal.url(path)).header("authorization", token).send()
        };
        let (head, get) = (ask(Method::HEAD).await?, ask(Method::GET).await?);
        ensure!(head.status() == get.status(), "{path}: {} and {}", head.status(), get.status());
        ensure!(head.headers().contains_key("content-length"), "{path}: no length");
        for name in ["content-type", "content-length", "cache-control", "content-security-policy"] {
            ensure!(
                head.headers().get(name) == get.headers().get(name),
                "{path}: {name}: {head:?} and {get:?}"
            );
        }
        ensure!(head.bytes().await?.is_empty() && !get.bytes().await?.is_empty(), "{path}: bodies");
    }
    is_quiet(&portal)
}

#[tokio::test]
async fn a_tunnel_leads_nowhere_and_broken_requests_are_no_news() -> Result<()> {
    let portal = Portal::start()?;
    for target in ["example.com:443", &Route::Health {}.to_path()] {
        let answer =
            raw(&portal, &format!("CONNECT {target} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n\r\n"))?;
        ensure!(answer.starts_with("HTTP/1.1 "), "{target}: {answer}");
        ensure!(answer.ends_with("\r\n\r\n"), "something came through the tunnel: {answer}");
    }
    let odd = raw(&portal, "BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")?;
    ensure!(odd.starts_with("HTTP/1.1 501 "), "{odd}");
    let nonsense = raw(&portal, "\u{1}\u{2}\r\n\r\n")?;
    ensure!(nonsense.starts_with("HTTP/1.1 400 "), "{nonsense}");
    // Gone before the answer, and gone in the middle of a body.
    for half in [
        format!("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", Route::Health {}.to_path()),
        format!("POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{{", Route::Assess {}.to_path()),
    ] {
        connect(&portal)?.write_all(half.as_bytes())?;
    }
    // Whoever comes afterwards is answered; by then the server has seen the others go.
    Api::of(&portal).get(&Route::Health {}.to_path()).send().await?.error_for_status()?;
    is_quiet(&portal)
}

fn is_quiet(portal: &Portal) -> Result<()> {
    std::thread::sleep(Duration::from_millis(300));
    ensure!(portal.log_text().is_empty(), "the log says: {}", portal.log_text());
    Ok(())
}

/// What a server answers to these bytes, until it closes.
fn raw(portal: &Portal, request: &str) -> Result<String> {
    let mut stream = connect(portal)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).context("the connection stays open")?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn connect(portal: &Portal) -> Result<TcpStream> {
    let stream = TcpStream::connect(portal.url("").trim_start_matches("http://"))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    Ok(stream)
}
