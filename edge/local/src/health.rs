//! Whether a server answers.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Where the server says whether it answers (`protocol::routes::Route::Health`: a test holds them together, so that
/// the first build of the tools need not wait for the protocol).
pub const HEALTH: &str = "/api/health";
/// How long a connection may take.
const CONNECTING: Duration = Duration::from_millis(500);
/// How long an answer may take.
const ANSWERING: Duration = Duration::from_secs(5);

/// Whether the server at this address says that it is well.
pub fn healthy(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, CONNECTING)?;
        stream.set_read_timeout(Some(ANSWERING))?;
        write!(stream, "GET {HEALTH} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    };
    ask().unwrap_or(false)
}
