//! What Lighthouse says of each kind of page, as on a phone: the middle of several runs. Run by `cargo xtask lighthouse`.
//!
//! Speed is printed beside its bar, because other work on the machine only ever slows it; that a page is usable by
//! everybody, follows good practice and can be found does not depend on the machine, and what lacks fails.

#![allow(clippy::print_stdout, clippy::float_arithmetic)]

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use system_tests::portal::Portal;
use xtask::setup;

/// The kinds of page, of the place with the richest document. What is kept from searchers on purpose (`/sent`) is not among them.
const PAGES: [&str; 13] = [
    "/",
    "/yongshun",
    "/yongshun/check",
    "/yongshun/result",
    "/yongshun/guide",
    "/yongshun/text",
    "/yongshun/calculate",
    "/yongshun/apply",
    "/yongshun/tip",
    "/yongshun/acts",
    "/yongshun/acts/renewal",
    "/status",
    "/about",
];

/// What is judged, with the points that the design wants. The first depends on the machine.
const SORTS: [(&str, f64); 4] =
    [("performance", 95.0), ("accessibility", 100.0), ("best-practices", 100.0), ("seo", 100.0)];

/// Blocked milliseconds that the design allows the guide.
const BLOCKED: f64 = 200.0;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().context("where Lighthouse lies")?;
    let runs: usize = arguments.next().context("how often each page is opened")?.parse()?;
    let portal = Portal::start()?;
    let wanted: Vec<String> = SORTS.iter().map(|(sort, points)| format!("{sort} {points}")).collect();
    println!("Lighthouse on a phone, the middle of {runs} runs (wanted: {}):", wanted.join(", "));
    let mut faults = Vec::new();
    for page in PAGES {
        let reports = (0..runs).map(|_| report(&program, &portal.url(page))).collect::<Result<Vec<_>>>()?;
        let points =
            SORTS.map(|(sort, _)| middle(&reports, |report| report["categories"][sort]["score"].as_f64()));
        let blocked =
            middle(&reports, |report| report["audits"]["total-blocking-time"]["numericValue"].as_f64());
        let shown: Vec<String> = points.iter().map(|points| format!("{:>3.0}", points * 100.0)).collect();
        println!("  {}  blocked {blocked:>4.0} ms (wanted {BLOCKED:.0})  {page}", shown.join(" "));
        for ((sort, wanted), points) in SORTS.iter().zip(points).skip(1) {
            if points * 100.0 < *wanted {
                faults.push(format!("{page}: {sort}: {}", lacking(reports.first(), sort).join("; ")));
            }
        }
    }
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

fn report(program: &str, url: &str) -> Result<Value> {
    let mut command = Command::new("node");
    command.arg(program).arg(url);
    command.args(["--output=json", "--quiet", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]);
    command.args(["--only-categories=performance,accessibility,best-practices,seo"]);
    let output = command.env("CHROME_PATH", setup::browser()?).output()?;
    ensure!(output.status.success(), "{url}: {}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout)?;
    if let Some(folder) = std::env::var_os("ANJU_LIGHTHOUSE") {
        let name = Path::new(url)
            .components()
            .skip(2)
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("-");
        std::fs::write(Path::new(&folder).join(format!("{name}.json")), &output.stdout)?;
    }
    Ok(report)
}

fn middle(reports: &[Value], figure: impl Fn(&Value) -> Option<f64>) -> f64 {
    let mut figures: Vec<f64> = reports.iter().filter_map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// What a sort found wrong.
fn lacking(report: Option<&Value>, sort: &str) -> Vec<String> {
    let Some(report) = report else { return Vec::new() };
    let of_sort = report["categories"][sort]["auditRefs"].as_array().into_iter().flatten();
    let audits = of_sort.filter_map(|audit| {
        let weight = audit["weight"].as_f64().unwrap_or_default();
        let found = &report["audits"][audit["id"].as_str()?];
        (weight > 0.0 && found["score"].as_f64().is_some_and(|score| score < 1.0)).then_some(found)
    });
    audits.map(|found| format!("{} {}", found["id"], found["title"])).collect()
}
