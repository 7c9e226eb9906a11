//! Bodies that are nearly right, not JSON at all, deep or huge: each is answered as the description says, and never with a
//! fault of the server's own.

use anyhow::{Context, Result, anyhow, ensure};
use nearly::bytes;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use protocol::authorization::Authorization;
use protocol::error::ErrorCode;
use protocol::limits::BODY_BYTES;
use protocol::routes::Route;
use reqwest::RequestBuilder;
use serde_json::json;

use super::{Report, Target};
use crate::api::token;
use crate::described;

/// Bodies that are nearly right, for each address.
const NEARLY: usize = 60;

pub(super) async fn attack(target: &Target, report: &mut Report) -> Result<()> {
    let (sender, case) = (target.sender().await?, target.case().await?);
    let lookup = case.keys.lookup.as_str();
    let letter = serde_json::to_vec(&sender.submission)?;
    let household = json!({"document": target.office(), "on": "2026-11-20", "household": {"facts": {"people": 3}, "people": [{}]}});
    let withdrawal = serde_json::to_vec(&case.withdrawal("0123456789abcdef"))?;
    let act = br#"{"id":"0123456789abcdef","expected_head":"00","stage":"verifying","on":"2026-11-20","signed_at":1000,"signature":"AA=="}"#;
    let mut runner = TestRunner::deterministic();
    for (route, good) in [
        (Route::Submit { office: target.office() }, letter),
        (Route::Assess {}, serde_json::to_vec(&household)?),
        (Route::Message { lookup }, act.to_vec()),
        (Route::Withdraw { lookup: &"0".repeat(32) }, withdrawal),
        (Route::Act { office: target.office(), lookup }, act.to_vec()),
    ] {
        let near = bytes(vec![good.clone()]);
        let mut amiss = Vec::new();
        for _ in 0..NEARLY {
            let body = near.new_tree(&mut runner).map_err(|reason| anyhow!("{reason}"))?.current();
            amiss.extend(send(target, &route, &case.keys.token, body).await.err());
        }
        let came = amiss
            .first()
            .map_or_else(|| "each answered as described".to_owned(), |fault| format!("{fault:#}"));
        report.note(
            format!("{NEARLY} bodies that are nearly right for {}", route.name()),
            came,
            amiss.is_empty(),
        );
        monstrous(target, &route, &case.keys.token, report).await?;
    }
    let view = case.view().await?;
    report.note("what is left of all that", format!("{} events", view.total), view.total == 1);
    Ok(())
}

/// What is no body of this API by far.
async fn monstrous(target: &Target, route: &Route<'_>, receipt: &str, report: &mut Report) -> Result<()> {
    let deep = |open: &str| format!("{{\"household\":{}", open.repeat(20_000)).into_bytes();
    for (tried, body, code) in [
        ("deep lists", deep("["), ErrorCode::InvalidJson),
        ("deep objects", deep("{\"a\":"), ErrorCode::InvalidJson),
        ("nothing", Vec::new(), ErrorCode::InvalidJson),
        ("noughts", vec![0; 4096], ErrorCode::InvalidJson),
        ("half a sign", b"{\"id\":\"\xf0\x9f".to_vec(), ErrorCode::InvalidJson),
        ("a mark before it", b"\xef\xbb\xbf{}".to_vec(), ErrorCode::InvalidJson),
        ("a byte too many", vec![b' '; BODY_BYTES + 1], ErrorCode::TooLarge),
        ("megabytes", vec![b'['; 8 * 1024 * 1024], ErrorCode::TooLarge),
    ] {
        // The household is small by rule: what is deep there is too large first.
        let code = if matches!(route, Route::Assess {}) && body.len() > protocol::limits::ASSESS_BYTES {
            ErrorCode::TooLarge
        } else {
            code
        };
        report
            .refused(&format!("{tried} for {}", route.name()), request(target, route, receipt, body), code)
            .await;
    }
    let (client, form) = request(target, route, receipt, b"a=1".to_vec()).build_split();
    let mut form = form?;
    form.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse()?);
    let status = client.execute(form).await?.status().as_u16();
    report.note(
        format!("a form for {}", route.name()),
        status.to_string(),
        status == ErrorCode::UnsupportedMediaType.status(),
    );
    Ok(())
}

/// Sends a body, and holds the answer to the description.
async fn send(target: &Target, route: &Route<'_>, receipt: &str, body: Vec<u8>) -> Result<()> {
    let answer = request(target, route, receipt, body.clone()).send().await.context("no answer")?;
    let status = answer.status().as_u16();
    let text = answer.text().await?;
    ensure!(status < 500, "{status} to {}: {text}", String::from_utf8_lossy(&body));
    described::given(route, status, text.as_bytes())
        .with_context(|| String::from_utf8_lossy(&body).into_owned())
}

/// A request that fails at nothing but its body.
fn request(target: &Target, route: &Route<'_>, receipt: &str, body: Vec<u8>) -> RequestBuilder {
    let path = route.to_path();
    let authorization = match (route, target.key()) {
        (Route::Act { .. }, Some(key)) => token(key, "POST", &path, &body),
        _ => Authorization::Receipt(receipt.to_owned()).header(),
    };
    let request = target.api().client.post(format!("{}{path}", target.origin()));
    request.header("authorization", authorization).header("content-type", "application/json").body(body)
}
