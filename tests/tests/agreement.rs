//! Browser, edge and native give the same assessment, byte for byte, for every worked example.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use policies::assess;
use protocol::assess::AssessRequest;
use protocol::routes::Route;
use reqwest::Client;
use system_tests::engine;
use system_tests::example;
use system_tests::portal::Portal;

#[tokio::test]
async fn three_homes_of_one_engine_agree() -> Result<()> {
    let portal = Portal::start()?;
    let examples = example::all(portal.project())?;
    ensure!(examples.len() >= 50, "only {} examples were found", examples.len());

    let mut native = Vec::new();
    for (name, request) in &examples {
        let document = policies::rulebook().document(&request.document).context("unknown document")?;
        let assessment = assess(document, &request.household, request.on)
            .map_err(|errors| anyhow::anyhow!("{name}: {errors:?}"))?;
        native.push(serde_json::to_string(&assessment)?);
    }

    let client = Client::new();
    for ((name, request), native) in examples.iter().zip(&native) {
        let answer = client.post(portal.url(&Route::Assess {}.to_path())).json(request).send().await?;
        ensure!(answer.status().is_success(), "{name}: {}", answer.text().await?);
        let edge = answer.text().await?;
        ensure!(edge == *native, "{name}: the edge differs:\n{edge}\n{native}");
    }

    for ((name, _), (browser, native)) in
        examples.iter().zip(in_browser(&portal, &examples).await?.iter().zip(&native))
    {
        ensure!(browser == native, "{name}: the browser differs:\n{browser}\n{native}");
    }
    println!("{} examples agree in browser, edge and native", examples.len());
    Ok(())
}

async fn in_browser(portal: &Portal, examples: &[(String, AssessRequest)]) -> Result<Vec<String>> {
    let browser = engine::open(portal).await?;
    let requests: Vec<String> =
        examples.iter().map(|(_, request)| serde_json::to_string(request)).collect::<Result<_, _>>()?;
    let answers = browser
        .driver
        .execute("return arguments[0].map(request => engine.assess(request));", vec![requests.into()])
        .await?
        .convert()?;
    browser.conclude(&portal.url("")).await?;
    Ok(answers)
}
