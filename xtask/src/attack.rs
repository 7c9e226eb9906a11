//! `cargo xtask attack`: what may be attacked, and the attack on it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::build;
use crate::project::{Project, cargo};
use crate::step::run;

/// Attacks a server that was started on this machine, or one of its own.
///
/// # Errors
/// When the origin is not on this machine, nothing can be built, or something did not hold.
pub fn attack(project: &Project, origin: Option<&str>, keys: Option<PathBuf>) -> Result<()> {
    let mut command = Command::new(cargo());
    command.args(["run", "--quiet", "--package", "system-tests", "--example", "attack", "--"]);
    match origin {
        Some(origin) => {
            command.arg(Loopback::parse(origin)?.origin());
            command.args(keys.map(std::path::absolute).transpose()?);
        }
        None => build::shipped(project, None)?,
    }
    run(command.current_dir(project.root()))
}

/// A server on this machine: nothing else is ever attacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loopback(SocketAddr);

impl Loopback {
    /// Reads an origin, as `http://127.0.0.1:8787`.
    ///
    /// # Errors
    /// With one sentence where it is not on this machine.
    pub fn parse(origin: &str) -> Result<Self> {
        let refusal = || {
            format!("only a server on this machine is attacked, as http://127.0.0.1:8787, and not {origin}")
        };
        let host = origin.trim_end_matches('/').strip_prefix("http://").with_context(refusal)?;
        let host = host
            .strip_prefix("localhost")
            .map_or(host.to_owned(), |port| format!("{}{port}", Ipv4Addr::LOCALHOST));
        let address: SocketAddr = host.parse().ok().with_context(refusal)?;
        ensure!(address.ip().is_loopback(), refusal());
        Ok(Self(address))
    }

    /// Its origin, without a slash at the end.
    pub fn origin(self) -> String {
        format!("http://{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Loopback;

    #[test]
    fn nothing_but_this_machine_is_attacked() {
        for (origin, whole) in [
            ("http://127.0.0.1:8787", "http://127.0.0.1:8787"),
            ("http://localhost:80/", "http://127.0.0.1:80"),
            ("http://[::1]:8787", "http://[::1]:8787"),
        ] {
            assert_eq!(Loopback::parse(origin).map(Loopback::origin).ok().as_deref(), Some(whole));
        }
        for elsewhere in [
            "https://127.0.0.1:8787",
            "http://192.168.1.2:8787",
            "http://0.0.0.0:8787",
            "http://portal.example.org:80",
            "http://127.0.0.1.example.org:80",
            "http://127.0.0.1:8787@example.org:80",
            "http://localhost.example.org:80",
            "http://[::ffff:10.0.0.1]:80",
            "127.0.0.1:8787",
            "",
        ] {
            let refused = Loopback::parse(elsewhere).map(Loopback::origin);
            assert!(refused.is_err_and(|error| error.to_string().contains("on this machine")), "{elsewhere}");
        }
    }
}
