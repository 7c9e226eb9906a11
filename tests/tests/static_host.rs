//! Pages on any static host: what the Worker says in headers stands in a file for the host, and in each page as far as a
//! page can say it of itself.

#![allow(missing_docs)]

use std::fs;

use anyhow::{Context, Result, ensure};
use protocol::headers;
use system_tests::portal::Portal;
use xtask::grade::Grade;
use xtask::site;

const API: &str = "https://api.example.org";
const CONFIG: &str = r#"{"proof_bits": 18, "offices": {}}"#;

#[tokio::test]
async fn a_static_host_is_told_what_the_worker_says() -> Result<()> {
    let portal = Portal::start()?;
    let folder = tempfile::tempdir()?;
    let pages = folder.path().join("pages");
    local::copy_folder(&Grade::Shipped.pages(portal.project()), &pages)?;
    site::tell(portal.project(), &pages, CONFIG, "")?;
    let told = fs::read_to_string(pages.join("_headers"))?;
    let (mut path, mut compared, mut kept) = ("", 0, 0);
    for line in told.lines() {
        let Some((name, value)) = line.trim_start().split_once(": ") else {
            path = line;
            continue;
        };
        let asked = if path == "/*" { "/" } else { path };
        let answer = reqwest::get(portal.url(asked)).await?.error_for_status().context(path.to_owned())?;
        let said = answer.headers().get(name).and_then(|said| said.to_str().ok());
        ensure!(said == Some(value), "{path}: {name} is {said:?} and not {value}");
        compared += 1;
        kept += usize::from(name == "cache-control");
    }
    ensure!(compared > headers::SECURITY_HEADERS.len() && kept >= 8, "{told}");
    ensure!(told.lines().filter(|line| line.starts_with('/')).count() < 100, "a host reads a hundred rules");
    Ok(())
}

#[test]
fn pages_ask_an_api_elsewhere_and_nobody_else() -> Result<()> {
    let project = xtask::project::Project::find()?;
    let folder = tempfile::tempdir()?;
    let pages = folder.path().join("pages");
    local::copy_folder(&Grade::Shipped.pages(&project), &pages)?;
    let (own, elsewhere) = (headers::policy_of_a_page(""), headers::policy_of_a_page(API));
    let all = || -> Result<Vec<String>> {
        let files = local::files(&pages)?;
        let pages = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "html"));
        pages.map(|page| Ok(fs::read_to_string(page)?)).collect()
    };
    let say = |policy: &str| -> Result<usize> {
        let tag = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        Ok(all()?.iter().filter(|page| page.matches(&tag).count() == 1).count())
    };
    let count = all()?.len();
    ensure!(count > 30 && say(&own)? == count, "{} of {count} pages say what they may load", say(&own)?);
    site::tell(&project, &pages, CONFIG, API)?;
    ensure!(
        say(&elsewhere)? == count && say(&own)? == 0,
        "{} of {count} pages ask the API",
        say(&elsewhere)?
    );
    let told = fs::read_to_string(pages.join("_headers"))?;
    ensure!(told.contains(&format!("connect-src 'self' {API};")) && told.contains("frame-ancestors 'none'"));
    ensure!(fs::read_to_string(pages.join("config.json"))? == CONFIG);
    Ok(())
}
