//! Tries on a server what an attacker would, and says what holds: `cargo xtask attack`. With an origin on this machine it is
//! that server that is attacked, with the key files of a second argument also from within; without, one of its own.

#![allow(clippy::print_stdout)]

use std::path::Path;

use anyhow::{Result, ensure};
use office::keys;
use system_tests::attack::{Attack, Target};
use system_tests::portal::Portal;
use xtask::attack::Loopback;

const OFFICE: &str = "yongshun-2023";

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let own;
    let target = match words.next() {
        Some(origin) => {
            let keys = words.next().map(|folder| keys::read_all(Path::new(&folder))).transpose()?;
            let keys = keys.unwrap_or_default().into_iter().map(|office| office.key).collect();
            Target::at(Loopback::parse(&origin)?, keys).await?
        }
        None => {
            own = Portal::start()?;
            Target::of(&own, OFFICE)?
        }
    };
    println!("{} at {}\n", target.office(), target.origin());
    let (mut tried, mut broken) = (0, 0);
    for attack in Attack::ALL {
        let report = attack.on(&target).await;
        print!("{report}");
        tried += report.lines().len();
        broken += report.broken().count();
    }
    println!("\n{} attacks, {tried} lines, {broken} of them do not hold", Attack::ALL.len());
    ensure!(broken == 0, "not everything holds");
    Ok(())
}
