//! What systemd is told (`Type=notify`, `WatchdogSec`): a datagram to the socket that it names. Nobody listens elsewhere.

use std::env;
use std::ffi::OsString;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};

/// Says that requests are answered now.
pub fn ready() {
    tell("READY=1");
}

/// Says that it still is well: where it does not say so in time, systemd starts it again.
pub fn alive() {
    tell("WATCHDOG=1");
}

/// Says that it is about to end.
pub fn stopping() {
    tell("STOPPING=1");
}

fn tell(word: &str) {
    if let Some(socket) = env::var_os("NOTIFY_SOCKET") {
        // Being heard is no condition of serving.
        let _told = send(&socket, word);
    }
}

fn send(socket: &OsString, word: &str) -> std::io::Result<usize> {
    let address = match socket.as_bytes().strip_prefix(b"@") {
        Some(name) => SocketAddr::from_abstract_name(name)?,
        None => SocketAddr::from_pathname(socket)?,
    };
    UnixDatagram::unbound()?.send_to_addr(word.as_bytes(), &address)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_word_arrives_at_a_path_and_at_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let name = format!("anju-test-{}", std::process::id());
        let by_name = SocketAddr::from_abstract_name(&name).unwrap();
        for (heard, told) in [
            (UnixDatagram::bind(&path).unwrap(), path.into_os_string()),
            (UnixDatagram::bind_addr(&by_name).unwrap(), format!("@{name}").into()),
        ] {
            send(&told, "READY=1").unwrap();
            let mut word = [0; 32];
            let length = heard.recv(&mut word).unwrap();
            assert_eq!(word.get(..length), Some(b"READY=1".as_slice()));
        }
        assert!(send(&"/nowhere/at/all".into(), "READY=1").is_err());
    }
}
