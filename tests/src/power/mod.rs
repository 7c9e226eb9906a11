//! The power goes: what a server had flushed is there afterwards, and of the rest whatever the disk had come to. A server is
//! watched under load (strace); its disk is made again as it was at some moment, and a server started on that.

mod platter;
mod trace;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use reqwest::Client;
use tokio::task::JoinSet;

use crate::applicant::Applicant;
use crate::crash::listed;
use crate::officer::Officer;
use crate::portal::Portal;
use crate::script::{STEPS, Script, Stage};

pub use platter::Left;
use platter::{Chance, Platter};
use trace::Did;

const OFFICE: &str = "yongshun-2023";
/// Senders at once.
const AT_ONCE: usize = 4;
/// How long the office's list may take to catch up.
const CATCHING_UP: Duration = Duration::from_secs(60);

/// What a disk does when it is told to keep something for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// It keeps it.
    Honest,
    /// It says so.
    Lying,
}

/// Everything that a server did under load, and what it was asked.
#[derive(Debug)]
pub struct Recording {
    portal: Portal,
    before: Platter,
    did: Vec<Did>,
    scripts: Vec<Script>,
}

/// What came of cutting the power.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often the power went.
    pub cuts: usize,
    /// Steps that had been acknowledged by then, of all cuts together.
    pub acknowledged: usize,
    /// Cases that were between two acknowledgements, of all cuts together.
    pub between: usize,
    /// What the server did, in calls that change the disk or answer somebody.
    pub calls: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cuts, acknowledged, between, calls } = self;
        write!(
            f,
            "{cuts} power cuts within {calls} calls, {acknowledged} acknowledged steps looked for, {between} cases cut between two"
        )
    }
}

impl Recording {
    /// Watches a server while so many cases go through it.
    ///
    /// # Errors
    /// When nothing has been built, strace may not watch here, or the server refuses what it must take.
    pub async fn of(cases: usize) -> Result<Self> {
        let mut portal = Portal::start_with(&[], |home| home.with_daily_cap(u32::MAX))?;
        let sender = Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试内容")?;
        // One case before anything is watched: the folders are there.
        sender.submit().await?;
        Officer::of(&portal, OFFICE)?.inbox_of(1).await?;
        portal.crash();
        let before = Platter::of(&portal.store())?;
        let file = portal.data().join("trace");
        let to_file = format!("--output={}", file.display());
        portal.start_under(["strace"].into_iter().chain(trace::STRACE).chain([to_file.as_str()]))?;
        let stage = stage(&portal)?;
        let mut senders = JoinSet::new();
        for number in 0..AT_ONCE {
            let (stage, sender) = (stage.clone(), sender.clone());
            let share = cases / AT_ONCE + usize::from(number < cases % AT_ONCE);
            senders.spawn(async move {
                let mut sent = Vec::new();
                for _ in 0..share {
                    let mut script = Script::like(&sender)?;
                    ensure!(script.play(&stage).await?, "the server went away by itself");
                    sent.push(script);
                }
                Ok(sent)
            });
        }
        let mut scripts = Vec::new();
        while let Some(sent) = senders.join_next().await {
            scripts.extend(sent??);
        }
        portal.stop()?;
        let text = fs::read_to_string(&file).context("strace wrote nothing")?;
        let whole = text.rsplit_once('\n').context("strace wrote nothing")?.0;
        let did = trace::read(whole, &portal.store())?;
        let made = Self { portal, before, did, scripts };
        let (told, seen) = (made.scripts.len() * STEPS, made.acknowledged(made.did.len()).len());
        ensure!(told == seen, "{told} acknowledgements came, {seen} of them are in the trace");
        Ok(made)
    }

    /// Cuts the power so many times: every other time right after something was acknowledged, and by turns with nothing, all and
    /// some of what was not flushed on the disk. Chance comes from a number, so that a run can be had again.
    ///
    /// # Errors
    /// When something acknowledged is lost, doubled or altered, or the server does not start.
    pub async fn cut(&mut self, disk: Disk, times: usize, number: u64) -> Result<Tally> {
        let mut chance = Chance(number);
        let answers: Vec<usize> = self
            .did
            .iter()
            .enumerate()
            .filter(|(_, did)| acknowledged_in(did).is_some())
            .map(|(at, _)| at + 1)
            .collect();
        let mut moments: Vec<usize> = (0..times)
            .map(|cut| match cut % 2 {
                0 => answers.get(chance.below(answers.len())).copied().unwrap_or_default(),
                _ => chance.below(self.did.len()),
            })
            .collect();
        moments.sort_unstable();
        let mut tally = Tally { calls: self.did.len(), ..Tally::default() };
        let (mut platter, mut done) = (self.before.clone(), 0);
        for (cut, moment) in moments.into_iter().enumerate() {
            let since = self.did.get(done..moment).unwrap_or_default();
            for did in since.iter().filter(|did| disk == Disk::Honest || !matches!(did, Did::Flushed(_))) {
                platter.go_on(did)?;
            }
            done = moment;
            let left =
                [Left::Nothing, Left::Some(number ^ u64::try_from(moment)?), Left::Everything][cut % 3];
            platter.lay_down(&self.portal.store(), left)?;
            let (acknowledged, between) = self
                .is_all_there(moment)
                .await
                .with_context(|| format!("power cut {cut} of {number}, after {moment} calls, {left:?}"))?;
            tally.cuts += 1;
            tally.acknowledged += acknowledged;
            tally.between += between;
        }
        Ok(tally)
    }

    /// Starts a server on what is left, and looks for everything that had been acknowledged.
    async fn is_all_there(&mut self, moment: usize) -> Result<(usize, usize)> {
        let known = self.acknowledged(moment);
        let scripts: Vec<Script> = self.scripts.iter().map(|script| script.as_of(&known)).collect();
        self.portal.start_again()?;
        let stage = stage(&self.portal)?;
        for script in &scripts {
            script.check(&stage).await?;
        }
        self.the_office_has(&scripts).await?;
        self.portal.crash();
        let acknowledged = scripts.iter().map(Script::acknowledged).sum();
        let between = scripts.iter().filter(|script| (1..STEPS).contains(&script.acknowledged())).count();
        Ok((acknowledged, between))
    }

    /// Every case that was acknowledged comes into the office's list, once.
    async fn the_office_has(&self, scripts: &[Script]) -> Result<()> {
        let officer = Officer::of(&self.portal, OFFICE)?;
        let begun = Instant::now();
        loop {
            let rows = listed(&officer).await?;
            let Some(late) = scripts
                .iter()
                .find(|script| script.acknowledged() > 0 && !rows.contains_key(script.lookup()))
            else {
                return Ok(());
            };
            if begun.elapsed() > CATCHING_UP {
                bail!("the list never came to {}", late.lookup());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The steps that were acknowledged up to a moment.
    fn acknowledged(&self, moment: usize) -> BTreeSet<String> {
        self.did.iter().take(moment).filter_map(acknowledged_in).collect()
    }
}

fn stage(portal: &Portal) -> Result<Stage> {
    let client = Client::builder().pool_max_idle_per_host(0).build()?;
    Ok(Stage { key: portal.key(OFFICE)?.clone(), origin: portal.url(""), client })
}

/// What an answer acknowledges: the head of an event, or a paper.
fn acknowledged_in(did: &Did) -> Option<String> {
    const BEFORE: [&str; 2] = ["\"head\":\"", "\"paper\":\""];
    let Did::Answered(bytes) = did else { return None };
    let text = String::from_utf8_lossy(bytes);
    let (_, rest) = BEFORE.iter().find_map(|before| text.split_once(before))?;
    rest.split('"').next().map(str::to_owned)
}
