//! The stock `age` command and this crate open each other's envelopes. Skipped, loudly, where `age`
//! is not installed.
#![cfg(feature = "seal")]
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use protocol::{desk::Role, keyfile::KeyFile, letter::Letter, seal};

fn age(args: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let spawned = Command::new("age").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = spawned else {
        eprintln!("SKIPPED: the `age` command is not installed");
        return None;
    };
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(output.stdout)
}

fn key_on_disk(name: &str) -> (KeyFile, PathBuf) {
    let file = KeyFile::generate("yongshun-2023", Role::Office).unwrap();
    let path = std::env::temp_dir().join(format!("anju-{}-{name}.key", std::process::id()));
    fs::write(&path, file.to_text()).unwrap();
    (file, path)
}

#[test]
fn age_opens_what_is_sealed_here_with_the_key_file_itself() {
    let (file, path) = key_on_disk("out");
    let other = KeyFile::generate("yongshun-2023", Role::Office).unwrap();
    let letter = Letter::message("补一份住房情况证明。𠮷·㛃").to_padded();
    let sealed = seal::seal(&[&other.recipient, &file.recipient], &letter).unwrap();
    if let Some(opened) = age(&["-d", "-i", path.to_str().unwrap()], &sealed) {
        assert_eq!(opened, letter);
    }
    fs::remove_file(path).unwrap();
}

#[test]
fn what_age_seals_opens_here() {
    let (file, path) = key_on_disk("in");
    let letter = Letter::message("收到，明天送来。").to_padded();
    if let Some(sealed) = age(&["-r", &file.recipient], &letter) {
        assert_eq!(seal::open(&file.identity, &sealed).unwrap(), letter);
        let envelope = data_encoding::BASE64.encode(&sealed);
        assert!(protocol::envelope::check(&envelope).is_ok());
    }
    fs::remove_file(path).unwrap();
}
