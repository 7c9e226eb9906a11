//! HTTP by hand, for what no client would send.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection on which an answer may take so long and no longer.
///
/// # Errors
/// When nobody listens.
pub fn connect(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// What a server answers to these bytes, until it closes.
///
/// # Errors
/// When it neither answers nor closes.
pub fn exchange(address: SocketAddr, request: &[u8]) -> Result<String> {
    let mut stream = connect(address)?;
    let sent = stream.write_all(request);
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        // It closed before everything was sent.
        Err(_) if sent.is_err() => {}
        read => drop(read.context("the connection stays open")?),
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
