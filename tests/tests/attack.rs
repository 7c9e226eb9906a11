//! The attack suite, as `cargo xtask attack` runs it: all of it on one server, one attack after the other; and on a server
//! that lets everything in, where none of it may pass for held.

#![allow(missing_docs)]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use anyhow::{Context, Result, ensure};
use protocol::config::FILE;
use reqwest::Client;
use system_tests::attack::{Attack, Target};
use system_tests::portal::Portal;
use xtask::attack::Loopback;

const OFFICE: &str = "yongshun-2023";
/// What workerd itself notes under load, where a case gets news while its last is being delivered: both are.
const OVERDUE: &str = "SQLite alarm overdue, running despite AlarmManager mismatch";

#[tokio::test(flavor = "multi_thread")]
async fn one_server_holds_against_all_of_it_and_its_log_stays_empty() -> Result<()> {
    let portal = Portal::start()?;
    let target = Target::of(&portal, OFFICE)?;
    for attack in Attack::ALL {
        attack.on(&target).await.holds()?;
    }
    let log = portal.log_text();
    let wrong: Vec<&str> = log.lines().filter(|line| !line.is_empty() && !line.contains(OVERDUE)).collect();
    ensure!(wrong.is_empty(), "the log says: {wrong:?}");
    Ok(())
}

/// As somebody attacks it who knows the address alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_started_server_is_found_by_its_address() -> Result<()> {
    let portal = Portal::start()?;
    let target = Target::at(Loopback::parse(&portal.url(""))?, Vec::new()).await?;
    for attack in [Attack::Letters, Attack::Races, Attack::Strangers] {
        attack.on(&target).await.holds()?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lets_everything_in_passes_nothing() -> Result<()> {
    let portal = Portal::start()?;
    let config = Client::new().get(portal.url(&format!("/{FILE}"))).send().await?.text().await?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    // Ends with the test's process.
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let config = config.clone();
            std::thread::spawn(move || welcome(stream, &config));
        }
    });
    let keys = portal.keys().iter().map(|office| office.key.clone()).collect();
    let target = Target::at(Loopback::parse(&format!("http://{address}"))?, keys).await?;
    for attack in Attack::ALL {
        let report = attack.on(&target).await;
        ensure!(report.holds().is_err(), "it passes for held: {report}");
    }
    Ok(())
}

/// Says yes to whatever comes, except to who asks for the configuration.
fn welcome(mut stream: TcpStream, config: &str) -> Result<()> {
    let mut asked = [0; 4096];
    let length = stream.read(&mut asked)?;
    let asked = String::from_utf8_lossy(asked.get(..length).context("read")?).into_owned();
    let body = if asked.contains(FILE) {
        config
    } else {
        r#"{"now":1,"ok":true,"tip_off":8,"application":8,"message":8}"#
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes())?;
    Ok(())
}
