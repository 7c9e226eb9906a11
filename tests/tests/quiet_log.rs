//! Odd requests are refused by what they are, and the server's log stays empty: whoever reads it finds what is wrong,
//! and nothing else.

#![allow(missing_docs)]

use std::io::Write;
use std::time::Duration;

use anyhow::{Result, ensure};
use protocol::routes::Route;
use reqwest::Method;
use system_tests::api::Api;
use system_tests::attack::{Attack, Target};
use system_tests::portal::Portal;
use system_tests::raw::connect;

const OFFICE: &str = "yongshun-2023";

#[tokio::test]
async fn every_address_says_which_methods_it_takes() -> Result<()> {
    let portal = Portal::start()?;
    Attack::Words.on(&Target::of(&portal, OFFICE)?).await.holds()?;
    let api = Api::of(&portal);
    let asked = api.client.request(Method::OPTIONS, portal.url(&Route::Health {}.to_path())).send().await?;
    ensure!(asked.headers().get("allow").is_some_and(|allow| allow == "GET, HEAD, OPTIONS"), "{asked:?}");
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
    let target = Target::of(&portal, OFFICE)?;
    Attack::Tunnels.on(&target).await.holds()?;
    // Gone before the answer, and gone in the middle of a body.
    for half in [
        format!("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", Route::Health {}.to_path()),
        format!("POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{{", Route::Assess {}.to_path()),
    ] {
        connect(target.address()?)?.write_all(half.as_bytes())?;
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
