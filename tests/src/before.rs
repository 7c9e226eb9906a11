//! What an earlier build said, was sent and stored, kept in `tests/before`, so that the builds after it can be held to it:
//! whoever has an old page open meets a new server, a new page meets an old one, and every office brings its old files.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use protocol::CaseKind;
use protocol::case::{NewMessage, Submission, Withdrawal};
use protocol::challenge::Challenge;
use protocol::config::{FILE, PortalConfig};
use protocol::desk::NewEvent;
use protocol::keyfile::KeyFile;
use protocol::proof::{self, Subject};
use protocol::receipt::{self, ReceiptCode, ReceiptKeys};
use protocol::routes::Route;
use reqwest::Client;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use xtask::project::Project;

use crate::api::{message, sealed, token};
use crate::applicant::Applicant;
use crate::clock::{now, today};
use crate::described::Description;
use crate::officer::Officer;
use crate::portal::{PROOF_BITS, Portal};

/// Whose cases are kept.
pub const OFFICE: &str = "yongshun-2023";
/// What was written in them.
pub const WRITTEN: [&str; 2] = ["请补充楼栋号", "九栋"];

/// One request and its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Exchange {
    /// The route's name.
    pub route: String,
    /// Which of the two cases it concerns.
    pub case: usize,
    /// What was sent; nothing where it was asked.
    pub sent: Option<Value>,
    /// What came.
    pub came: Value,
}

/// Everything that is kept of a build.
#[derive(Debug)]
pub struct Before {
    folder: PathBuf,
    /// The office's key.
    pub key: KeyFile,
    /// The receipts of the case that goes on, and of the one that was taken back.
    pub receipts: [ReceiptKeys; 2],
    /// What the pages were told.
    pub config: PortalConfig,
    /// What travelled, in its order.
    pub exchanges: Vec<Exchange>,
    /// The description of its API.
    pub description: Description,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    receipts: [String; 2],
    config: PortalConfig,
    exchanges: Vec<Exchange>,
}

impl Before {
    /// Every build that is kept, by its name.
    ///
    /// # Errors
    /// When something of it cannot be read.
    pub fn all() -> Result<BTreeMap<String, Self>> {
        let folder = Project::find()?.path("tests/before");
        let mut all = BTreeMap::new();
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let (name, folder) = {
                let entry = entry?;
                (entry.file_name(), entry.path())
            };
            all.insert(name.to_string_lossy().into_owned(), Self::read(folder)?);
        }
        ensure!(!all.is_empty(), "no build is kept");
        Ok(all)
    }

    fn read(folder: PathBuf) -> Result<Self> {
        let text = |name: &str| {
            fs::read_to_string(folder.join(name)).with_context(|| format!("{name} in {}", folder.display()))
        };
        let kept: Kept = serde_json::from_str(&text("wire.json")?)?;
        let receipt = |code: &String| anyhow::Ok(receipt::derive(&ReceiptCode::parse(code)?)?);
        Ok(Self {
            key: KeyFile::parse(&text("office.key")?)?,
            receipts: [receipt(&kept.receipts[0])?, receipt(&kept.receipts[1])?],
            config: kept.config,
            exchanges: kept.exchanges,
            description: Description::read(&text("openapi.json")?)?,
            folder,
        })
    }

    /// A server of today on what that build had stored, whose office has the same key.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn server(&self) -> Result<Portal> {
        let mut portal = Portal::with_key(&self.key)?;
        let kept = self.folder.join("store");
        for file in local::files(&kept)? {
            let to = portal.store().join(file.strip_prefix(&kept)?).with_extension("sqlite");
            fs::create_dir_all(to.parent().context("a folder")?)?;
            let read = fs::File::open(&file)?;
            let done =
                Command::new("sqlite3").arg("-bail").arg(&to).stdin(read).status().context("sqlite3")?;
            ensure!(done.success(), "{} is no dump", file.display());
        }
        portal.start_again()?;
        Ok(portal)
    }

    /// What that build's pages had sent, as they would send it now: proofs and officers' signatures are of some minutes only.
    ///
    /// # Errors
    /// When an officer's act is of another shape.
    pub fn sent_now(&self, exchange: &Exchange, expected_head: &str) -> Result<Option<Value>> {
        let Some(mut sent) = exchange.sent.clone() else { return Ok(None) };
        let lookup = &self.receipts[exchange.case].lookup;
        let anew =
            |subject: &Subject| anyhow::Ok(serde_json::to_value(proof::search(subject, now(), PROOF_BITS))?);
        match exchange.route.as_str() {
            "Submit" => {
                sent["proof"] =
                    anew(&Subject::submission(&serde_json::from_value::<Submission>(sent.clone())?))?
            }
            "Message" => {
                let message: NewMessage = serde_json::from_value(sent.clone())?;
                sent["proof"] = anew(&Subject::message(OFFICE, lookup, &message.id, &message.envelope))?;
            }
            "Act" => {
                sent["expected_head"] = expected_head.into();
                if !sent["on"].is_null() {
                    sent["on"] = json!(today()?);
                }
                let act: NewEvent = serde_json::from_value(sent.clone())?;
                let signed = act.signed_by(&self.key, lookup, now());
                (sent["signed_at"], sent["signature"]) = (signed.signed_at.into(), signed.signature.into());
            }
            _ => {}
        }
        Ok(Some(sent))
    }
}

/// Asks a server on behalf of whoever may: the holders of two receipts, and an officer.
#[derive(Debug)]
pub struct Asker<'a> {
    client: Client,
    portal: &'a Portal,
    key: KeyFile,
    receipts: [&'a ReceiptKeys; 2],
}

impl<'a> Asker<'a> {
    /// Of a portal, with two receipts.
    ///
    /// # Errors
    /// When there is no such office.
    pub fn of(portal: &'a Portal, receipts: [&'a ReceiptKeys; 2]) -> Result<Self> {
        Ok(Self { client: Client::new(), portal, key: portal.key(OFFICE)?.clone(), receipts })
    }

    /// Asks, and holds the answer to be granted.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn ask(&self, name: &str, case: usize, sent: Option<Value>) -> Result<Exchange> {
        let receipt = self.receipts[case];
        let route = route(name, &receipt.lookup)?;
        let (method, path) = (route.method().name(), route.to_path());
        let body = sent.as_ref().map(serde_json::to_vec).transpose()?;
        let authorization =
            if path.starts_with(&Route::Inbox { office: OFFICE }.to_path().replace("/cases", "")) {
                token(&self.key, method, &path, body.as_deref().unwrap_or_default())
            } else {
                protocol::authorization::Authorization::Receipt(receipt.token.clone()).header()
            };
        let request = self
            .client
            .request(method.parse()?, self.portal.url(&path))
            .header("authorization", authorization);
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body),
            None => request,
        };
        let answer = request.send().await?;
        let (status, came) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{name}: {status} {came}");
        Ok(Exchange { route: name.to_owned(), case, sent, came: serde_json::from_str(&came)? })
    }
}

/// The route of a name, about a case.
///
/// # Errors
/// When there is none.
pub fn route<'a>(name: &str, lookup: &'a str) -> Result<Route<'a>> {
    let all = [
        Route::Health {},
        Route::Assess {},
        Route::Challenge { office: OFFICE },
        Route::Submit { office: OFFICE },
        Route::View { lookup },
        Route::Thread { lookup },
        Route::Message { lookup },
        Route::Withdraw { lookup },
        Route::Deliver { lookup },
        Route::Inbox { office: OFFICE },
        Route::Open { office: OFFICE, lookup },
        Route::OpenThread { office: OFFICE, lookup },
        Route::Act { office: OFFICE, lookup },
        Route::Audit { office: OFFICE },
    ];
    all.into_iter().find(|route| route.name() == name).with_context(|| format!("no route {name}"))
}

/// The life of two cases, request by request: one goes to and fro, one is taken back.
///
/// # Errors
/// When something is refused.
pub async fn life(portal: &Portal, senders: [&Applicant; 2]) -> Result<Vec<Exchange>> {
    let asker = Asker::of(portal, senders.map(|sender| &sender.keys))?;
    let key = portal.key(OFFICE)?;
    let mut all = Vec::new();
    let household = json!({"document": OFFICE, "on": "2026-11-20", "household": {"facts": {"people": 3}, "people": [{}]}});
    all.push(asker.ask("Health", 0, None).await?);
    all.push(asker.ask("Assess", 0, Some(household)).await?);
    let challenge = asker.ask("Challenge", 0, None).await?;
    let told: Challenge = serde_json::from_value(challenge.came.clone())?;
    ensure!(told.bits(protocol::challenge::Sort::of(CaseKind::TipOff)) <= PROOF_BITS, "dearer than expected");
    all.push(challenge);
    for (case, sender) in senders.into_iter().enumerate() {
        all.push(asker.ask("Submit", case, Some(serde_json::to_value(&sender.submission)?)).await?);
    }
    Officer::of(portal, OFFICE)?.inbox_of(2).await?;
    let [sender, other] = senders;
    let act = |number: &str, head: String| NewEvent {
        id: format!("0123456789abcdef-{number}"),
        expected_head: head,
        ..NewEvent::default()
    };
    let signed = |act: NewEvent| -> Result<Option<Value>> {
        Ok(Some(serde_json::to_value(act.signed_by(key, &sender.keys.lookup, now()))?))
    };
    let head = sender.view().await?.head;
    let moved = NewEvent { stage: Some("verifying".into()), on: Some(today()?), ..act("1", head) };
    all.push(asker.ask("Act", 0, signed(moved)?).await?);
    let head = sender.view().await?.head;
    let replied = NewEvent { envelope: Some(sealed(portal, OFFICE, sender, WRITTEN[0])?), ..act("2", head) };
    all.push(asker.ask("Act", 0, signed(replied)?).await?);
    let answer = message(OFFICE, sender, "fedcba9876543210", sealed(portal, OFFICE, sender, WRITTEN[1])?);
    all.push(asker.ask("Message", 0, Some(serde_json::to_value(answer)?)).await?);
    let withdrawal: Withdrawal = other.withdrawal("fedcba9876543211");
    all.push(asker.ask("Withdraw", 1, Some(serde_json::to_value(withdrawal)?)).await?);
    for asked in ["View", "Thread", "Inbox", "Open", "OpenThread", "Audit"] {
        all.push(asker.ask(asked, 0, None).await?);
    }
    all.push(asker.ask("View", 1, None).await?);
    all.push(asker.ask("Deliver", 0, None).await?);
    Ok(all)
}

/// Keeps what the build at hand says and stores, under a name.
///
/// # Errors
/// When it is there already, or something is refused.
pub async fn keep(name: &str) -> Result<PathBuf> {
    let mut portal = Portal::start()?;
    let folder = portal.project().path("tests/before").join(name);
    ensure!(!folder.exists(), "{name} is kept already");
    let senders = [
        Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试内容")?,
        Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试内容")?,
    ];
    let exchanges = life(&portal, [&senders[0], &senders[1]]).await?;
    let config = Client::new().get(portal.url(&format!("/{FILE}"))).send().await?.json().await?;
    let receipts = senders.map(|sender| sender.code.plain());
    portal.stop()?;
    for file in local::files(&portal.store())?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "sqlite"))
    {
        let to = folder.join("store").join(file.strip_prefix(portal.store())?).with_extension("sql");
        fs::create_dir_all(to.parent().context("a folder")?)?;
        let done = Command::new("sqlite3")
            .arg(&file)
            .arg(".dump")
            .stdout(Stdio::from(fs::File::create(&to)?))
            .status()?;
        ensure!(done.success(), "{} cannot be written out", file.display());
    }
    fs::write(folder.join("office.key"), portal.key(OFFICE)?.to_text())?;
    fs::write(
        folder.join("wire.json"),
        serde_json::to_string_pretty(&Kept { receipts, config, exchanges })? + "\n",
    )?;
    let description: Value =
        serde_json::from_str(&fs::read_to_string(portal.project().path("edge/openapi.json"))?)?;
    fs::write(folder.join("openapi.json"), description.to_string() + "\n")?;
    Ok(folder)
}

/// Whether all that stood in one value stands in another, in the same form: fields may have come, none may have gone.
pub fn has_all_of(now: &Value, before: &Value) -> Result<(), String> {
    compare(now, before, "")
}

fn compare(now: &Value, before: &Value, place: &str) -> Result<(), String> {
    match (now, before) {
        (Value::Object(now), Value::Object(before)) => before.iter().try_for_each(|(name, value)| {
            let place = format!("{place}/{name}");
            compare(now.get(name).ok_or_else(|| format!("{place} is gone"))?, value, &place)
        }),
        // Lines of a trail may come in another order: each has one of its form.
        (Value::Array(now), Value::Array(before)) => {
            before.iter().enumerate().try_for_each(|(number, before)| {
                let found = now.iter().any(|now| compare(now, before, "").is_ok());
                if found { Ok(()) } else { Err(format!("{place}/{number} has none of its form: {before}")) }
            })
        }
        (_, Value::Null) => Ok(()),
        (now, before) if std::mem::discriminant(now) == std::mem::discriminant(before) => Ok(()),
        (now, before) => Err(format!("{place} was {before} and is {now}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_or_of_another_form_is_seen() {
        let before = json!({"a": 1, "rows": [{"b": "x"}, {"c": {"d": true}}], "none": null});
        let more = json!({"a": 2, "e": 3, "rows": [{"c": {"d": false, "f": 1}}, {"b": "y"}], "none": 4});
        assert_eq!(has_all_of(&more, &before), Ok(()));
        for less in [
            json!({"rows": [{"b": "x"}, {"c": {"d": true}}], "none": null}),
            json!({"a": "1", "rows": [{"b": "x"}, {"c": {"d": true}}], "none": null}),
            json!({"a": 1, "rows": [{"b": "x"}, {"c": {}}], "none": null}),
            json!({"a": 1, "rows": [], "none": null}),
        ] {
            assert!(has_all_of(&less, &before).is_err(), "{less}");
        }
    }
}
