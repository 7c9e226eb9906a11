//! A hundred tip-offs by four senders who differ in everything that a request shows: nothing that is kept tells the one
//! from the other, nothing of what they wrote is readable, and two readers that are none of ours open what is sealed.

#![allow(missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use data_encoding::BASE64;
use protocol::coarse::COARSE_SECS;
use protocol::envelope::{self, OPENING_PLAIN};
use protocol::letter::Letter;
use protocol::limits::{PROOF_AHEAD_SECS, PROOF_WINDOW_SECS};
use protocol::routes::Route;
use reqwest::Client;
use reqwest::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue, REFERER, USER_AGENT};
use serde_json::Value;
use system_tests::applicant::{Applicant, proved_at};
use system_tests::clock::now;
use system_tests::disk;
use system_tests::officer::Officer;
use system_tests::portal::{PROOF_BITS, Portal};
use system_tests::store::{ALARMS, CASES, OFFICES, sqlite};

const OFFICE: &str = "yongshun-2023";
const EACH: usize = 25;

/// Stands in every header that tells a sender from another.
const PLANTED: &str = "planted-";

/// How every address of this machine begins.
const LOOPBACK: &str = "127.0.0.";

/// What one sender's requests show: an address, a browser, a language, a clock, a way of writing.
struct Sender {
    address: &'static str,
    agent: &'static str,
    language: &'static str,
    came_from: &'static str,
    /// Seconds by which the clock is slow.
    slow: u64,
    words: &'static str,
    /// How often they are written.
    times: usize,
}

const SENDERS: [Sender; 4] = [
    Sender {
        address: "127.0.0.11",
        agent: "planted-agent-WeChat-4711",
        language: "zh-CN-planted-4711",
        came_from: "https://planted-4711.example/",
        slow: 0,
        words: "阿甲看见的",
        times: 1,
    },
    Sender {
        address: "127.0.0.12",
        agent: "planted-agent-UC-4712",
        language: "bo-planted-4712",
        came_from: "https://planted-4712.example/",
        slow: 300,
        words: "阿乙看见的一家人搬走了",
        times: 40,
    },
    Sender {
        address: "127.0.0.13",
        agent: "planted-agent-Chrome-4713",
        language: "ug-planted-4713",
        came_from: "https://planted-4713.example/",
        slow: PROOF_WINDOW_SECS - 120,
        words: "阿丙看见贴了招租的纸",
        times: 200,
    },
    Sender {
        address: "127.0.0.14",
        agent: "planted-agent-Firefox-4714",
        language: "en-planted-4714",
        came_from: "https://planted-4714.example/",
        slow: 60,
        words: "阿丁𠮷 saw",
        times: 700,
    },
];

impl Sender {
    fn client(&self) -> Result<Client> {
        let mut headers = HeaderMap::new();
        for (name, value) in
            [(USER_AGENT, self.agent), (ACCEPT_LANGUAGE, self.language), (REFERER, self.came_from)]
        {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.insert("x-forwarded-for", HeaderValue::from_static(self.address));
        let address: IpAddr = self.address.parse()?;
        Ok(Client::builder().default_headers(headers).local_address(address).build()?)
    }
}

/// Bytes of a page of a database.
const PAGE: u64 = 4096;

/// Sends them in turns, so that who sends next could be told by the order alone.
async fn a_hundred(portal: &Portal) -> Result<Vec<Applicant>> {
    let clients = SENDERS.iter().map(Sender::client).collect::<Result<Vec<_>>>()?;
    let mut sent = Vec::new();
    for turn in 0..EACH {
        for (sender, client) in SENDERS.iter().zip(&clients) {
            let place = format!("{}小区{turn}栋101", sender.words);
            let one = Applicant::with_tip_off(portal, OFFICE, &place, &sender.words.repeat(sender.times))?;
            let at = (now() - sender.slow).min(now() + PROOF_AHEAD_SECS);
            let letter = proved_at(at, PROOF_BITS, one.submission.clone());
            let url = portal.url(&Route::Submit { office: OFFICE }.to_path());
            let answer = client.post(url).json(&letter).send().await?;
            ensure!(answer.status().is_success(), "{}", answer.text().await?);
            sent.push(one);
        }
    }
    Ok(sent)
}

#[tokio::test]
async fn a_hundred_tip_offs_by_four_senders_are_kept_as_if_by_one() -> Result<()> {
    let mut portal = Portal::start()?;
    let sent = a_hundred(&portal).await?;
    Officer::of(&portal, OFFICE)?.inbox_of(sent.len()).await?;
    portal.stop()?;

    // Nothing of what a request shows, and nothing of what was written, is anywhere below the data folder or in the log.
    for planted in SENDERS.iter().map(|sender| sender.words).chain([PLANTED]) {
        let found = disk::files_with(portal.data(), planted)?;
        ensure!(found.is_empty(), "“{planted}” stands in {found:?}");
    }
    let found = disk::files_with(&portal.store(), LOOPBACK)?;
    ensure!(found.is_empty(), "an address stands in {found:?}");
    ensure!(portal.log_text().is_empty(), "the server said: {}", portal.log_text());

    // Apart from what is drawn at random, every case is kept in the same words.
    let files = databases(&portal.store().join(CASES))?;
    ensure!(files.len() == sent.len(), "{} files", files.len());
    let (mut kept, mut sizes, mut lookups) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for file in &files {
        let told = sqlite(
            file,
            "SELECT json FROM head; SELECT json FROM event; SELECT 'request', request, content FROM event;
             SELECT count(*) FROM paper; SELECT count(*) FROM outbox;",
        )?;
        let head: Value = serde_json::from_str(told.lines().next().context("no head")?)?;
        lookups.insert(head["lookup"].as_str().context("no lookup")?.to_owned());
        let lines = told.lines().map(alike).collect::<Result<Vec<_>>>()?;
        kept.insert(lines.join("\n"));
        sizes.insert(fs::metadata(file)?.len());
    }
    ensure!(kept.len() == 1, "cases are kept in {} ways: {kept:#?}", kept.len());
    let (least, most) = (sizes.first().context("no file")?, sizes.last().context("no file")?);
    ensure!(most - least <= 2 * PAGE, "files are of {sizes:?} bytes");
    ensure!(sent.iter().all(|one| lookups.contains(&one.keys.lookup)), "another case is kept");

    // In which order they came stands nowhere: the list is in the order of their random ids.
    let mut listed = Vec::new();
    for file in databases(&portal.store().join(OFFICES))? {
        listed.extend(sqlite(&file, "SELECT lookup FROM entry;")?.lines().map(str::to_owned));
        let times =
            sqlite(&file, &format!("SELECT count(*) FROM entry WHERE received_at % {COARSE_SECS} <> 0;"))?;
        ensure!(times.trim() == "0", "{times} times are finer than an hour");
    }
    ensure!(listed.is_sorted() && listed.len() == sent.len(), "the order is kept: {listed:?}");
    let came: Vec<&String> = sent.iter().map(|one| &one.keys.lookup).collect();
    ensure!(!came.is_sorted(), "chance made the two orders one");
    Ok(())
}

/// The databases of a folder, and not what the runtime keeps of whom to wake.
fn databases(folder: &Path) -> Result<Vec<PathBuf>> {
    let all = disk::files(folder)?.into_iter();
    let is = |file: &PathBuf| {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.ends_with(".sqlite") && name != ALARMS
    };
    Ok(all.filter(is).collect())
}

/// A line of what is kept, without what is random in every case and without the hour, which must be whole.
fn alike(line: &str) -> Result<String> {
    let Ok(mut json) = serde_json::from_str::<Value>(line) else { return Ok(line.to_owned()) };
    blank(&mut json, "")?;
    Ok(json.to_string())
}

fn blank(value: &mut Value, name: &str) -> Result<()> {
    match value {
        Value::Object(fields) => fields.iter_mut().try_for_each(|(name, value)| blank(value, name)),
        Value::Array(all) => all.iter_mut().try_for_each(|value| blank(value, name)),
        Value::Number(at) if matches!(name, "at" | "received_at" | "updated_at") => {
            ensure!(at.as_u64().is_some_and(|at| at % COARSE_SECS == 0), "{name} is {at}");
            *value = Value::Null;
            Ok(())
        }
        // The plaintext fills the same bucket; the header of an age file has a line of random length in it, whoever sends.
        Value::Number(chars) if name == "letter_chars" => {
            let least = BASE64.encode_len(OPENING_PLAIN) as u64;
            let grease = chars.as_u64().and_then(|chars| chars.checked_sub(least));
            ensure!(grease.is_some_and(|more| more < 1024), "{name} is {chars}");
            *value = Value::Null;
            Ok(())
        }
        Value::String(text) => {
            let random =
                ["lookup", "token_hash", "reply_to", "owner_key", "genesis", "first", "head", "prev", "hash"];
            let hour = ["since"];
            if random.contains(&name) {
                *text = format!("{} signs", text.len());
            } else if hour.contains(&name) {
                text.clear();
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

#[tokio::test]
async fn two_readers_that_are_none_of_ours_open_a_letter_and_refuse_it_tampered_cut_or_reordered()
-> Result<()> {
    let portal = Portal::start()?;
    // Long enough for two chunks, which could change places.
    let text = SENDERS[3].words.repeat(6_000);
    let sender = Applicant::with_tip_off(&portal, OFFICE, "测试小区", &text)?;
    sender.submit().await?;
    let stored = Officer::of(&portal, OFFICE)?.case(&sender.keys.lookup).await?.envelope;
    let sealed = BASE64.decode(stored.as_bytes())?;
    let file = portal.data().join("letter.age");
    let with = |bytes: &[u8]| -> Result<[Option<Vec<u8>>; 2]> {
        fs::write(&file, bytes)?;
        let key = &portal.office(OFFICE)?.file;
        let mut age = Command::new("age");
        age.args(["--decrypt", "--identity"]).arg(key).arg(&file);
        let mut script = Command::new("node");
        script.arg(portal.project().path("protocol/open.mjs")).arg(key).arg(&file);
        Ok([opened(&mut age)?, opened(&mut script)?])
    };
    for plain in with(&sealed)? {
        let plain = plain.context("it does not open")?;
        let Letter::TipOff(letter) = Letter::parse(&plain)? else { anyhow::bail!("no tip-off") };
        ensure!(letter.text == text, "another text came out");
    }

    let outside = envelope::check(&stored).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    ensure!(outside.plain_len == 2 * CHUNK, "{} bytes are not two chunks", outside.plain_len);
    let body = sealed.windows(4).position(|end| end == b"\n---").context("no header")?;
    let body = body + 5 + sealed[body + 5..].iter().position(|byte| *byte == b'\n').context("no end")? + 16;
    let (first, second) = (body..body + CHUNK + 16, body + CHUNK + 16..body + 2 * (CHUNK + 16));
    let changed = |at: usize| {
        let mut bytes = sealed.clone();
        bytes[at] ^= 1;
        bytes
    };
    let reordered = [&sealed[..body], &sealed[second], &sealed[first.clone()]].concat();
    for (what, bytes) in [
        ("a byte of the header", changed(30)),
        ("a byte of the first chunk", changed(body + 9)),
        ("its last byte", changed(sealed.len() - 1)),
        ("cut in a chunk", sealed[..sealed.len() - 100].to_vec()),
        ("cut between chunks", sealed[..first.end].to_vec()),
        ("another order", reordered),
        ("more behind it", [sealed.as_slice(), b"more"].concat()),
    ] {
        ensure!(with(&bytes)? == [None, None], "{what}: it was opened");
    }
    let other = &portal.office("qujing-2018")?.file;
    fs::write(&file, &sealed)?;
    let mut script = Command::new("node");
    script.arg(portal.project().path("protocol/open.mjs")).arg(other).arg(&file);
    ensure!(opened(&mut script)?.is_none(), "another office's key opened it");
    Ok(())
}

/// Bytes of a chunk of an age file.
const CHUNK: usize = 64 * 1024;

/// What a reader gives out; none where it refuses. What it gave out before it refused counts for nothing.
fn opened(command: &mut Command) -> Result<Option<Vec<u8>>> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    Ok(output.status.success().then_some(output.stdout))
}
