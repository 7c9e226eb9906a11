//! `cargo xtask`: the one way to build, run and test Anju. The README and the continuous checks call only this.

use std::process::ExitCode;

use clap::Parser;
use xtask::command::Cli;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
