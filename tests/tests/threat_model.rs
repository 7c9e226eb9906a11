//! THREAT-MODEL.md names a test for each line that holds, and each of them is there; what is shipped beside the server is
//! as it says.

#![allow(missing_docs)]

use std::fs;

use anyhow::{Context, Result, ensure};
use xtask::project::Project;

/// What a line without a test says instead.
const MARKS: [&str; 2] = ["**not yet**", "**cannot**"];

#[test]
fn every_line_names_a_test_that_is_there_or_says_that_there_is_none() -> Result<()> {
    let project = Project::find()?;
    let text = fs::read_to_string(project.path("THREAT-MODEL.md"))?;
    let rows: Vec<&str> =
        text.lines().filter(|line| line.starts_with("| ") && !line.ends_with("| test |")).collect();
    ensure!(rows.len() > 40, "only {} lines", rows.len());
    let mut tested = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [_, holds, tests] = <[&str; 3]>::try_from(cells).map_err(|_| anyhow::anyhow!("{row}"))?;
        ensure!(tests != "–" || MARKS.iter().any(|mark| holds.contains(mark)), "no test and no mark: {row}");
        for named in tests.split('`').skip(1).step_by(2) {
            let (file, test) = named.split_once("::").with_context(|| format!("{named} is no test"))?;
            let code = fs::read_to_string(project.path(file)).with_context(|| named.to_owned())?;
            ensure!(is_test(&code, test), "{named} is not there");
            tested += 1;
        }
    }
    ensure!(tested > 40, "only {tested} tests are named");
    ensure!(
        is_test("#[test]\nfn a_b() {", "a_b") && !is_test("#[test]\nfn a_b() {", "a"),
        "the search is loose"
    );
    ensure!(!is_test("fn a_b() {", "a_b"), "what is no test passes for one");
    Ok(())
}

/// Whether a file has a test of this name.
fn is_test(code: &str, name: &str) -> bool {
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    lines.windows(2).any(|two| match two {
        [mark, line] => {
            let named = line.trim_start_matches("async ").starts_with(&format!("fn {name}("));
            named && (mark.starts_with("#[test]") || mark.starts_with("#[tokio::test"))
        }
        _ => false,
    })
}

#[test]
fn the_shipped_proxies_keep_neither_address_nor_path() -> Result<()> {
    let project = Project::find()?;
    let read = |name: &str| fs::read_to_string(project.path("edge/server/deploy").join(name));
    let directives = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(|line| line.trim_end_matches([';', '{']).trim().to_owned()).collect()
    };
    let nginx = directives(&read("nginx.conf")?);
    let servers = nginx.iter().filter(|line| *line == "server").count();
    let is = |wanted: &str| nginx.iter().filter(|line| *line == wanted).count();
    ensure!(servers == 2 && is("access_log off") == servers, "a server of nginx keeps requests");
    ensure!(nginx.iter().filter(|line| line.starts_with("error_log")).all(|line| line.ends_with(" emerg")));
    ensure!(is("error_log /var/log/nginx/anju.log emerg") == servers, "errors of requests are kept");
    for header in ["X-Forwarded-For", "X-Real-IP", "Forwarded"] {
        ensure!(is(&format!("proxy_set_header {header} \"\"")) == 1, "nginx passes {header} on");
    }
    ensure!(!nginx.iter().any(|line| line.contains("$remote_addr") || line.contains("$binary_remote_addr")));
    let caddy = directives(&read("Caddyfile")?);
    let logs: Vec<&String> = caddy.iter().filter(|line| line.split(' ').next() == Some("log")).collect();
    ensure!(logs == ["log default"], "Caddy keeps requests: {logs:?}");
    ensure!(caddy.iter().any(|line| line == "exclude http"), "Caddy keeps errors of requests");
    for header in ["X-Forwarded-For", "X-Real-IP", "Forwarded"] {
        ensure!(caddy.iter().any(|line| *line == format!("header_up -{header}")), "Caddy passes {header} on");
    }
    // Slow senders and large bodies, with room for the largest letter.
    for (lines, timed, limited) in [
        (&nginx, "client_body_timeout 30s", "client_max_body_size 512k"),
        (&caddy, "read_body 180s", "max_size 512KB"),
    ] {
        ensure!(lines.iter().any(|line| line == timed) && lines.iter().any(|line| line == limited));
    }
    ensure!(protocol::limits::BODY_BYTES < 512_000);
    Ok(())
}

#[test]
fn the_shipped_service_gets_files_enough_and_may_do_nothing_else() -> Result<()> {
    let project = Project::find()?;
    let unit = fs::read_to_string(project.path("edge/server/deploy/anju.service"))?;
    for line in [
        "Type=notify",
        "LimitNOFILE=65536",
        "UMask=0077",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "ReadWritePaths=/var/lib/anju",
        "CapabilityBoundingSet=",
        "IPAddressDeny=any",
        "IPAddressAllow=localhost",
        "RestrictNamespaces=yes",
    ] {
        ensure!(unit.lines().any(|found| found == line), "{line} is not in the unit");
    }
    ensure!(!unit.lines().any(|line| line.starts_with("MemoryDenyWriteExecute")), "workerd could not start");
    Ok(())
}
