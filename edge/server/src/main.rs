//! `anju-server`: what it can do is said by `anju-server --help`, how it is set up by DEPLOYMENT.md.

use std::process::ExitCode;

use anju_server::command::Cli;
use clap::Parser;
use rustix::fs::Mode;

fn main() -> ExitCode {
    // Whatever is written from here on, by this program or by workerd, is for its owner alone.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("anju-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}
