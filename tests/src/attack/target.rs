//! What is attacked: a server on this machine, with what its pages are told, and what somebody inside would have.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, ensure};
use protocol::CaseKind;
use protocol::addressee::Mail;
use protocol::card::Card;
use protocol::case::Submission;
use protocol::challenge::{Challenge, Sort};
use protocol::config::{FILE, PortalConfig};
use protocol::desk::{Inbox, Role};
use protocol::error::ErrorCode;
use protocol::keyfile::KeyFile;
use protocol::query::{InboxQuery, Standing};
use protocol::routes::{Route, with_query};
use reqwest::Client;
use xtask::attack::Loopback;

use crate::api::{self, Api, ok, receipt};
use crate::applicant::{Applicant, Server, junk, proved_at};
use crate::clock::now;
use crate::disk;
use crate::portal::Portal;

/// A server on this machine.
#[derive(Clone, Debug)]
pub struct Target {
    origin: String,
    office: String,
    recipient: String,
    keys: Vec<KeyFile>,
    store: Option<PathBuf>,
}

impl Target {
    /// A server of one's own, of which everything is known.
    ///
    /// # Errors
    /// When there is no such office.
    pub fn of(portal: &Portal, office: &str) -> Result<Self> {
        Ok(Self {
            origin: portal.url(""),
            office: office.to_owned(),
            recipient: portal.key(office)?.recipient.clone(),
            keys: portal.keys().iter().map(|office| office.key.clone()).collect(),
            store: Some(portal.store()),
        })
    }

    /// A server that somebody started, its first office, and the keys that one has.
    ///
    /// # Errors
    /// When it does not say to whom mail is sealed there.
    pub async fn at(server: Loopback, keys: Vec<KeyFile>) -> Result<Self> {
        let origin = server.origin();
        let answer = Client::new().get(format!("{origin}/{FILE}")).send().await?.error_for_status()?;
        let told: PortalConfig = answer.json().await.context("what is served there is no portal")?;
        let offices = told.offices.into_iter();
        let (office, config) = offices
            .max_by_key(|(office, _)| keys.iter().any(|key| key.office == *office))
            .context("it serves no office")?;
        let card: Card = serde_json::from_str(&config.card.context("the office has no card")?.payload)?;
        let mail = Mail::for_office(CaseKind::TipOff);
        let recipient = (*card.recipients_for(mail).first().context("a card without a key")?).to_owned();
        Ok(Self { origin, office, recipient, keys, store: None })
    }

    /// Its origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The office that is attacked.
    pub fn office(&self) -> &str {
        &self.office
    }

    /// Its API.
    pub fn api(&self) -> Api<'_> {
        Api::at(&self.origin)
    }

    /// An officer's key, where one is known.
    pub fn key(&self) -> Option<&KeyFile> {
        self.keys.iter().find(|key| key.office == self.office && key.role == Role::Office)
    }

    /// A key of another office, where one is known.
    pub fn key_elsewhere(&self) -> Option<&KeyFile> {
        self.keys.iter().find(|key| key.office != self.office)
    }

    /// The bits of work that it asks for just now.
    ///
    /// # Errors
    /// When it does not say.
    pub async fn bits(&self, sort: Sort) -> Result<u32> {
        let path = Route::Challenge { office: &self.office }.to_path();
        Ok(ok::<Challenge>(self.api().get(&path)).await?.bits(sort))
    }

    /// Where somebody honest submits a tip-off just now.
    ///
    /// # Errors
    /// When the server does not say how much work it wants.
    pub async fn server(&self) -> Result<Server> {
        let proof_bits = self.bits(Sort::of(CaseKind::TipOff)).await?;
        Ok(Server { origin: self.origin.clone(), recipient: self.recipient.clone(), proof_bits })
    }

    /// Somebody honest, with a letter ready to be sent.
    ///
    /// # Errors
    /// When the server does not say how much work it wants.
    pub async fn sender(&self) -> Result<Applicant> {
        Applicant::of(&self.server().await?, &self.office, "测试小区", "测试内容")
    }

    /// Somebody honest, whose letter is there.
    ///
    /// # Errors
    /// When it is not taken.
    pub async fn case(&self) -> Result<Applicant> {
        let sender = self.sender().await?;
        sender.submit().await.context("an honest letter is not taken")?;
        Ok(sender)
    }

    /// A letter from nobody, with the work that is asked for.
    ///
    /// # Errors
    /// When the machine has no random numbers.
    pub fn junk(&self, first: &Applicant, bits: u32) -> Result<Submission> {
        Ok(proved_at(now(), bits, junk(&first.submission, CaseKind::TipOff)?))
    }

    /// A message sealed to the office and to its sender.
    ///
    /// # Errors
    /// When the office's key is none.
    pub fn sealed(&self, sender: &Applicant, text: &str) -> Result<String> {
        api::sealed_to(&self.recipient, sender, text)
    }

    /// The recipient of the office's mail.
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// Holds the server to have kept nothing of a sender's letter: not on request, and where one may look, not on the desk
    /// and not on the disk.
    ///
    /// # Errors
    /// With where it is.
    pub async fn kept_nothing(&self, sender: &Applicant) -> Result<()> {
        let (api, lookup) = (self.api(), sender.keys.lookup.as_str());
        let view = api.get(&Route::View { lookup }.to_path()).header("authorization", receipt(sender));
        api::refused(view, ErrorCode::UnknownCase).await.context("the case can be looked up")?;
        if let Some(store) = &self.store {
            let stored = disk::files_with(store, lookup)?;
            ensure!(stored.is_empty(), "something of it is in {stored:?}");
        }
        let Some(key) = self.key() else { return Ok(()) };
        let mut asked = InboxQuery { standing: Standing::All, ..InboxQuery::default() };
        loop {
            let path = with_query(&Route::Inbox { office: &self.office }.to_path(), &asked.to_text());
            let part: Inbox = ok(api.signed_get(key, &path)).await?;
            ensure!(part.cases.iter().all(|row| row.lookup != lookup), "it is in the inbox");
            match part.next {
                None => return Ok(()),
                after => asked.after = after,
            }
        }
    }

    /// How many files of cases there are, where one may look.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn case_files(&self) -> Result<Option<usize>> {
        let Some(store) = &self.store else { return Ok(None) };
        let cases = store.join("anju-case");
        Ok(Some(if cases.exists() { disk::files(&cases)?.len() } else { 0 }))
    }

    /// Bytes of all cases, where one may look.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn kept_bytes(&self) -> Result<Option<u64>> {
        let Some(store) = &self.store else { return Ok(None) };
        let files = disk::files(&store.join("anju-case"))?;
        Ok(Some(files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|found| found.len()).sum()))
    }

    /// Where it answers.
    ///
    /// # Errors
    /// When the origin is none.
    pub fn address(&self) -> Result<std::net::SocketAddr> {
        let address = self.origin.strip_prefix("http://").context("an origin")?;
        address.parse().map_err(|_| anyhow!("{address} is no address"))
    }
}
