//! A server that is killed at random moments under load: what it acknowledged is there afterwards, once, and what it did
//! not can be sent again.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use protocol::desk::{AuditAction, AuditTrail, IndexRow};
use protocol::identity;
use protocol::query::{InboxQuery, Standing, TrailQuery};
use protocol::routes::{Route, with_query};
use reqwest::Client;
use tokio::task::JoinSet;

use crate::api::{Api, ok};
use crate::applicant::Applicant;
use crate::officer::Officer;
use crate::portal::Portal;
use crate::script::{STEPS, Script, Stage};

const OFFICE: &str = "yongshun-2023";
/// Senders at once.
const AT_ONCE: usize = 8;
/// A kill comes within so many milliseconds of a start.
const LONGEST_LIFE_MILLIS: u64 = 400;
/// How long the office's list may take to catch up after the last kill.
const CATCHING_UP: Duration = Duration::from_secs(90);

/// A portal, everything that was ever sent to it, and what was acknowledged.
#[derive(Debug)]
pub struct Campaign {
    portal: Portal,
    sender: Applicant,
    through: Vec<Script>,
    open: Vec<Script>,
    tally: Tally,
}

/// What came of a campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often the server was killed.
    pub kills: usize,
    /// Cases begun.
    pub cases: usize,
    /// Steps acknowledged.
    pub acknowledged: usize,
    /// Cases that a kill interrupted between two acknowledgements.
    pub interrupted: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kills, cases, acknowledged, interrupted } = self;
        write!(
            f,
            "{kills} kills, {cases} cases, {acknowledged} steps acknowledged, {interrupted} cases interrupted"
        )
    }
}

impl Campaign {
    /// A portal that was never killed.
    ///
    /// # Errors
    /// When nothing has been built, or the server does not come up.
    pub fn begin() -> Result<Self> {
        let mut portal = Portal::start_with(&[], |home| home.with_daily_cap(u32::MAX))?;
        let sender = Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试内容")?;
        portal.crash();
        Ok(Self { portal, sender, through: Vec::new(), open: Vec::new(), tally: Tally::default() })
    }

    /// Starts the server, plays what is open and more against it, and kills it at some moment.
    ///
    /// # Errors
    /// When something acknowledged is not there, or the server refuses what it must take.
    pub async fn round(&mut self) -> Result<()> {
        self.portal.start_again()?;
        let stage = self.stage()?;
        for script in &self.open {
            script.check(&stage).await.with_context(|| format!("after kill {}", self.tally.kills))?;
        }
        let mut senders = JoinSet::new();
        let mut shares = vec![Vec::new(); AT_ONCE];
        for (place, script) in std::mem::take(&mut self.open).into_iter().enumerate() {
            shares[place % AT_ONCE].push(script);
        }
        for share in shares {
            senders.spawn(send(stage.clone(), self.sender.clone(), share));
        }
        let moment = u64::from_le_bytes(identity::random::<8>()?) % LONGEST_LIFE_MILLIS;
        tokio::time::sleep(Duration::from_millis(moment)).await;
        self.portal.crash();
        self.tally.kills += 1;
        while let Some(sent) = senders.join_next().await {
            let (through, open): (Vec<_>, Vec<_>) = sent??.into_iter().partition(Script::is_through);
            self.through.extend(through);
            self.open.extend(open);
        }
        self.tally.interrupted += self.open.len();
        Ok(())
    }

    /// Lets the server live, plays everything to its end, and holds every case, the office's list and its trail to what
    /// was acknowledged.
    ///
    /// # Errors
    /// When anything is lost, doubled or altered.
    pub async fn conclude(mut self) -> Result<Tally> {
        self.portal.start_again()?;
        let stage = self.stage()?;
        for mut script in std::mem::take(&mut self.open) {
            script.check(&stage).await?;
            ensure!(script.play(&stage).await?, "the server went away by itself");
            self.through.push(script);
        }
        for script in &self.through {
            script.check(&stage).await?;
        }
        self.the_list_has_each_once().await?;
        self.the_trail_has_each_reply_once().await?;
        let (cases, acknowledged) = (self.through.len(), self.through.len() * STEPS);
        Ok(Tally { cases, acknowledged, ..self.tally })
    }

    fn stage(&self) -> Result<Stage> {
        // A connection kept open would not outlive the server.
        let client = Client::builder().pool_max_idle_per_host(0).build()?;
        Ok(Stage { key: self.portal.key(OFFICE)?.clone(), origin: self.portal.url(""), client })
    }

    async fn the_list_has_each_once(&self) -> Result<()> {
        let officer = Officer::of(&self.portal, OFFICE)?;
        let begun = Instant::now();
        loop {
            let rows = listed(&officer).await?;
            let late = self.through.iter().find(|script| !is_settled(&rows, script));
            let Some(late) = late else {
                ensure!(rows.len() == self.through.len(), "{} listed of {}", rows.len(), self.through.len());
                return Ok(());
            };
            if begun.elapsed() > CATCHING_UP {
                bail!("the list never came to {}: {:?}", late.lookup(), rows.get(late.lookup()));
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    async fn the_trail_has_each_reply_once(&self) -> Result<()> {
        let (api, key) = (Api::of(&self.portal), self.portal.key(OFFICE)?);
        let mut replies: BTreeMap<String, usize> = BTreeMap::new();
        let mut before = None;
        loop {
            let path =
                with_query(&Route::Audit { office: OFFICE }.to_path(), &TrailQuery { before }.to_text());
            let part: AuditTrail = ok(api.signed_get(key, &path)).await?;
            for row in part.rows.iter().filter(|row| row.action == AuditAction::Replied) {
                *replies.entry(row.lookup.clone().unwrap_or_default()).or_default() += 1;
            }
            before = part.rows.first().map(|row| row.seq).filter(|first| *first > 0);
            if before.is_none() {
                break;
            }
        }
        for script in &self.through {
            let count = replies.get(script.lookup()).copied().unwrap_or_default();
            ensure!(count == 1, "the trail has {count} replies to {}", script.lookup());
        }
        Ok(())
    }
}

/// Whether the list has a case as it ended: the office had the last word.
fn is_settled(rows: &BTreeMap<String, IndexRow>, script: &Script) -> bool {
    rows.get(script.lookup()).is_some_and(|row| !row.waiting_for_office)
}

/// Every line of an office's list, by look-up id.
///
/// # Errors
/// When a case is listed twice.
pub(crate) async fn listed(officer: &Officer) -> Result<BTreeMap<String, IndexRow>> {
    let mut rows = BTreeMap::new();
    let mut asked = InboxQuery { standing: Standing::All, ..InboxQuery::default() };
    loop {
        let part = officer.part_of_inbox(&asked).await?;
        for row in part.cases {
            ensure!(rows.insert(row.lookup.clone(), row).is_none(), "a case is listed twice");
        }
        match part.next {
            None => return Ok(rows),
            after => asked.after = after,
        }
    }
}

/// Plays scripts, then ever new ones, until the server is gone.
async fn send(stage: Stage, sender: Applicant, share: Vec<Script>) -> Result<Vec<Script>> {
    let mut sent = Vec::new();
    let mut waiting = share.into_iter();
    loop {
        let mut script = match waiting.next() {
            Some(script) => script,
            None => Script::like(&sender)?,
        };
        let goes_on = script.play(&stage).await?;
        sent.push(script);
        if !goes_on {
            sent.extend(waiting);
            return Ok(sent);
        }
    }
}
