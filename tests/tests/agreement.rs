//! Browser, edge, library and command line give the same assessment, byte for byte, for every worked example.

#![allow(missing_docs)]

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use policies::{Assessment, assess};
use protocol::assess::AssessRequest;
use protocol::routes::Route;
use reqwest::Client;
use system_tests::engine;
use system_tests::example;
use system_tests::portal::Portal;
use xtask::project::{Project, cargo};

#[tokio::test]
async fn four_homes_of_one_engine_agree() -> Result<()> {
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

    for ((name, _), (typed, native)) in
        examples.iter().zip(on_the_command_line(portal.project(), &examples)?.iter().zip(&native))
    {
        ensure!(typed == native, "{name}: the command line differs:\n{typed}\n{native}");
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
    println!("{} examples agree in browser, edge, library and command line", examples.len());
    Ok(())
}

/// What `anju assess` prints, read and written again: it breaks lines for people.
fn on_the_command_line(project: &Project, examples: &[(String, AssessRequest)]) -> Result<Vec<String>> {
    let built = Command::new(cargo())
        .args(["build", "--quiet", "--package", "anju"])
        .current_dir(project.root())
        .status()?;
    ensure!(built.success(), "anju could not be built");
    let anju = project.target().join("debug").join(format!("anju{}", std::env::consts::EXE_SUFFIX));
    let assess = |request: &AssessRequest| -> Result<String> {
        let mut child = Command::new(&anju)
            .args(["assess", &request.document, "-", "--on", &request.on.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take().context("no standard input")?;
        input.write_all(&serde_json::to_vec(&request.household)?)?;
        drop(input);
        let printed = child.wait_with_output()?.stdout;
        Ok(serde_json::to_string(&serde_json::from_slice::<Assessment<'_>>(&printed)?)?)
    };
    examples.iter().map(|(name, request)| assess(request).with_context(|| name.clone())).collect()
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
