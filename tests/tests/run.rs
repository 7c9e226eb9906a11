//! `cargo xtask run` as a person starts it: what it says, what it keeps, and that nothing outlives it, whether it is
//! interrupted, asked to end, or killed.

#![allow(missing_docs)]

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use office::settings::PROOF_BITS;
use protocol::keyfile::KeyFile;
use system_tests::applicant::{Applicant, Server};
use system_tests::browser::Browser;
use system_tests::officer::Officer;
use system_tests::portal::Portal;
use system_tests::process;
use xtask::project::{Project, cargo};
use xtask::serve::free_port;

const OFFICE: &str = "yongshun-2023";
/// The last line of the greeting.
const GREETED: &str = "Ctrl-C stops the server";
/// `cargo xtask test` has built the light pages by then; seeing so takes seconds on a busy machine.
const START: Duration = Duration::from_secs(240);
/// How long a letter may take in a module that is not optimised: key derivation, proof of work, sealing, posting.
const SENT: Duration = Duration::from_secs(10);
/// How long it may take to end once it is told to.
const END: Duration = Duration::from_secs(15);

/// The command under way. Cargo hands its own process over to the tool, so one number is both.
struct Run {
    child: Child,
    port: u16,
    data: PathBuf,
    greeting: Vec<String>,
}

impl Run {
    fn start(data: &Path, port: u16) -> Result<Self> {
        let mut child = Command::new(cargo())
            .args(["xtask", "run", "--port", &port.to_string(), "--data"])
            .arg(data)
            .current_dir(Project::find()?.root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let output = child.stdout.take().context("no output")?;
        let (say, said) = mpsc::channel();
        // To the end, so that what it says while it stops has somewhere to go.
        std::thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).for_each(|line| drop(say.send(line)));
        });
        let mut run = Self { child, port, data: data.to_owned(), greeting: Vec::new() };
        while !run.greeting.last().is_some_and(|line| line.contains(GREETED)) {
            match said.recv_timeout(START) {
                Ok(line) => run.greeting.push(line),
                Err(_) => bail!("it never came up: {:?}", run.greeting),
            }
        }
        Ok(run)
    }

    fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The key file that the greeting names for an office.
    fn key(&self, office: &str) -> Result<KeyFile> {
        let line = self.greeting.iter().find(|line| line.trim_start().starts_with(office));
        let file = line
            .and_then(|line| line.split_whitespace().nth(1))
            .with_context(|| format!("no key for {office}"))?;
        ensure!(!Path::new(file).starts_with(&self.data), "{file} lies with what it opens");
        ensure!(file.contains("-demonstration-keys/"), "{file} could pass for a real key");
        KeyFile::parse(&std::fs::read_to_string(file)?).map_err(|error| anyhow::anyhow!("{file}: {error}"))
    }

    /// Waits for the end, and for everything that it started.
    fn end(mut self) -> Result<Option<i32>> {
        let begun = std::time::Instant::now();
        let status = loop {
            match self.child.try_wait()? {
                Some(status) => break status,
                None => ensure!(begun.elapsed() < END, "it does not end"),
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        let data = self.data.to_string_lossy().into_owned();
        process::gone(|_, command| command.contains(&data)).context("something is left behind")?;
        TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).context("the port is still in use")?;
        Ok(status.code())
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The light build shows what the shipped build shows, and seals and sends in a time that nobody minds.
async fn shows_the_same_and_sends(run: &Run) -> Result<()> {
    let shipped = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    for path in
        ["/", "/about", "/yongshun", "/yongshun/check", "/yongshun/guide", "/yongshun/apply", "/desk/"]
    {
        let mut shown = Vec::new();
        for origin in [shipped.url(""), run.origin()] {
            browser.go(&format!("{origin}{path}")).await?;
            browser.settled().await?;
            shown.push((browser.driver.title().await?, browser.text().await?));
        }
        ensure!(shown.iter().all(|page| *page == shown[0]), "{path} is not the same: {shown:#?}");
    }
    browser.go(&format!("{}/tiedong/tip", run.origin())).await?;
    browser.press("choice-tip-what-flat").await?;
    browser.fill("tip-place", "测试小区").await?;
    browser.fill("tip-text", "测试内容").await?;
    let begun = Instant::now();
    browser.press("tip-submit").await?;
    browser.sends().await?;
    let took = begun.elapsed();
    println!("The light build sealed and sent in {took:.1?}.");
    ensure!(took < SENT, "sealing and sending took {took:?}");
    Ok(())
}

#[tokio::test]
async fn it_greets_keeps_what_came_and_leaves_nothing_running() -> Result<()> {
    let folder = tempfile::Builder::new().prefix("anju-run-").tempdir()?;
    let data = folder.path().canonicalize()?.join("data");
    let port = free_port()?;

    let run = Run::start(&data, port)?;
    ensure!(
        run.greeting.iter().any(|line| line.contains(&format!("{}/desk/", run.origin()))),
        "{:?}",
        run.greeting
    );
    for compiled in policies::rulebook().documents() {
        let office = &compiled.document().id;
        ensure!(run.key(office)?.office == *office, "the key named for {office} is another's");
    }
    shows_the_same_and_sends(&run).await?;
    let key = run.key(OFFICE)?;
    let server = Server { origin: run.origin(), recipient: key.recipient.clone(), proof_bits: PROOF_BITS };
    let sender = Applicant::of(&server, OFFICE, "测试小区", "测试内容")?;
    sender.submit().await?;
    let told = sender.view().await?;
    let running = process::running()?;
    let path = data.to_string_lossy().into_owned();
    ensure!(
        running.iter().any(|(_, line)| line.contains("workerd") && line.contains(&path)),
        "no workerd is seen"
    );
    process::signal("INT", run.child.id())?;
    ensure!(run.end()? == Some(0), "Ctrl-C is not a clean end");

    let run = Run::start(&data, port)?;
    ensure!(run.key(OFFICE)? == key, "the second start made other keys");
    ensure!(sender.view().await? == told, "the case is not what it was");
    let inbox = Officer::with_key(&key, run.origin()).inbox_of(1).await?;
    ensure!(inbox.cases.len() == 1, "the office has {} cases", inbox.cases.len());
    process::signal("TERM", run.child.id())?;
    ensure!(run.end()? == Some(0), "a service manager's request is not a clean end");

    let run = Run::start(&data, port)?;
    process::signal("KILL", run.child.id())?;
    ensure!(run.end()?.is_none(), "it outlived being killed");
    Ok(())
}
