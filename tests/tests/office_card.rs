//! Whoever serves `config.json` adds a key, keeps an old card or serves none: nothing is sealed and nothing leaves, and the
//! page says why. A key that is added behind the card's back shows on the desk.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use office::cards::{self, DEMONSTRATION_SEED};
use protocol::addressee::Addressee;
use protocol::card::{Card, CardRecipient, Holder, SignedCard};
use protocol::case::Submission;
use protocol::counter::Counter;
use protocol::desk::Role;
use protocol::keyfile::KeyFile;
use protocol::letter::{Letter, Misuse, Spot, TipOff};
use protocol::seal;
use system_tests::api::Api;
use system_tests::applicant::{Applicant, proved};
use system_tests::browser::Browser;
use system_tests::officer::Officer;
use system_tests::portal::Portal;

const OFFICE: &str = "yongshun-2023";

/// The office's card as it should be, and what it says.
fn rightful(portal: &Portal) -> Result<(SignedCard, Card)> {
    let card = cards::demonstration_cards(portal.keys()).into_iter().find(|card| card.office == OFFICE);
    let card = card.context("no card")?;
    Ok((card.sign(&DEMONSTRATION_SEED), card))
}

/// Writes a tip-off, as far as it can be sent.
async fn written(browser: &Browser, portal: &Portal) -> Result<()> {
    browser.go(&portal.url("/yongshun/tip")).await?;
    browser.press("choice-tip-what-lent").await?;
    browser.fill("tip-place", "测试小区").await?;
    browser.fill("tip-text", "测试内容").await
}

#[tokio::test]
async fn nothing_is_sealed_to_a_card_that_is_not_the_offices_of_today() -> Result<()> {
    let portal = Portal::start()?;
    let (signed, card) = rightful(&portal)?;
    let host = KeyFile::generate(OFFICE, Role::Office)?;
    let mut more = card.clone();
    let holder = Holder::Officer(host.kid.clone());
    more.recipients.push(CardRecipient { recipient: host.recipient.clone(), holder, kinds: Vec::new() });
    let yesterday = "2026-01-01".parse()?;
    for (served, words) in [
        // The rightful signature on another text, and another signature.
        (
            Some(SignedCard { payload: more.sign(&DEMONSTRATION_SEED).payload, ..signed.clone() }),
            "没有通过签名核对",
        ),
        (Some(more.sign(&[9; 32])), "没有通过签名核对"),
        (Some(Card { not_after: yesterday, ..card.clone() }.sign(&DEMONSTRATION_SEED)), "过了有效期"),
        (None, "还没有这个受理单位的收件公钥"),
    ] {
        portal.serve_cards(served.as_slice())?;
        let browser = Browser::open(360, 740).await?;
        written(&browser, &portal).await?;
        browser.says("office-key-refused", words).await?;
        browser.press("tip-submit").await?;
        browser.says("send-failed", words).await?;
        browser.conclude(&portal.url("")).await?;
    }
    // A card of before, where this browser has seen a later one.
    portal.serve_cards(std::slice::from_ref(&signed))?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/yongshun/tip")).await?;
    browser.keep_text(&format!("anju.card.{OFFICE}"), "2").await?;
    written(&browser, &portal).await?;
    browser.says("office-key-refused", "比您以前用过的还旧").await?;
    let later = Card { version: 2, ..card }.sign(&DEMONSTRATION_SEED);
    portal.serve_cards(&[later])?;
    written(&browser, &portal).await?;
    browser.find("office-key").await?;
    let none = Officer::of(&portal, OFFICE)?.inbox().await?.total;
    ensure!(none == 0, "{none} letters came all the same");
    browser.press("tip-submit").await?;
    browser.sends().await?;
    Officer::of(&portal, OFFICE)?.inbox_of(1).await.map(drop)
}

#[tokio::test]
async fn both_sides_see_the_same_fingerprint_and_that_it_is_a_demonstration() -> Result<()> {
    let portal = Portal::start()?;
    let roots = cards::demonstration_roots();
    let known = roots.of(OFFICE).context("no root")?.fingerprint();
    let browser = Browser::open(360, 740).await?;
    written(&browser, &portal).await?;
    browser.says("office-key", &known).await?;
    browser.says("office-key-demonstration", "请不要填写真实情况").await?;
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.says("desk-office-key", &known).await?;
    desk.says("desk-demonstration", "演示钥匙").await?;
    browser.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn a_key_too_many_on_a_letter_shows_on_the_desk() -> Result<()> {
    let portal = Portal::start()?;
    let (api, sender) = (Api::of(&portal), Applicant::with_tip_off(&portal, OFFICE, "测试小区", "测试内容")?);
    let host = KeyFile::generate(OFFICE, Role::Office)?;
    let letter = Letter::TipOff(TipOff {
        document: OFFICE.to_owned(),
        what: Misuse::Sublet,
        breach: String::new(),
        informant: None,
        no_questions: false,
        place: "测试小区".to_owned(),
        spot: Spot::default(),
        since: String::new(),
        how_known: String::new(),
        text: "测试内容".to_owned(),
        on: system_tests::clock::today()?,
        reply_to: sender.keys.recipient.clone(),
        owner_key: sender.keys.owner_key.clone(),
        addressee: Addressee::Office,
        enclosures: None,
    });
    let to = [portal.key(OFFICE)?.recipient.as_str(), host.recipient.as_str()];
    let envelope = seal::seal_envelope(&to, &letter.to_padded())?;
    let submission = proved(Submission { envelope, ..sender.submission.clone() });
    api.submit(&submission).send().await?.error_for_status()?;
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.press(&format!("case-open-{}", sender.keys.lookup)).await?;
    desk.says("case-finding", "有 2 把钥匙能打开这封信，本单位的名片上只有 1 把").await?;
    desk.conclude(&portal.url("")).await
}

/// A key file that is locked is asked its passphrase, and opens the desk with it.
#[tokio::test]
async fn a_locked_key_file_opens_with_its_passphrase_alone() -> Result<()> {
    const PASSPHRASE: &str = "correct horse battery";
    let portal = Portal::start()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("locked.key");
    std::fs::write(&file, protocol::locked::lock(&portal.key(OFFICE)?.to_text(), PASSPHRASE)?)?;
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &file).await?;
    desk.says("key-refused", "请输入口令").await?;
    desk.fill("key-passphrase", "another one entirely").await?;
    desk.press("key-unlock").await?;
    desk.says("key-refused", "口令不对").await?;
    desk.fill("key-passphrase", PASSPHRASE).await?;
    desk.press("key-unlock").await?;
    desk.find("inbox-empty").await?;
    ensure!(!desk.text().await?.contains(PASSPHRASE), "the passphrase is shown");
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn the_office_says_on_its_card_where_it_is_reached() -> Result<()> {
    let portal = Portal::start()?;
    let (_, card) = rightful(&portal)?;
    let counter = Counter {
        name: "测试大厅 3 号窗口".to_owned(),
        purpose: "受理举报".to_owned(),
        phone: "0000-1234567".to_owned(),
        address: "测试路 1 号".to_owned(),
        hours: "工作日 8:30—12:00".to_owned(),
    };
    let known = Card { counters: vec![counter.clone()], ..card }.sign(&DEMONSTRATION_SEED);
    // Whoever serves another number has no signature for it.
    let payload = known.payload.replace("0000-1234567", "0000-7654321");
    portal.serve_cards(&[SignedCard { payload, ..known.clone() }])?;
    let browser = Browser::open(360, 740).await?;
    written(&browser, &portal).await?;
    browser.says("office-key-refused", "没有通过签名核对").await?;
    ensure!(!browser.text().await?.contains("0000-7654321"), "a phone without a signature is shown");
    portal.serve_cards(&[known])?;
    written(&browser, &portal).await?;
    for words in ["测试大厅 3 号窗口", "受理举报", "0000-1234567", "测试路 1 号", "工作日 8:30—12:00"]
    {
        browser.says("counters", words).await?;
    }
    browser.press("tip-submit").await?;
    browser.sends().await?;
    let line = "测试大厅 3 号窗口：受理举报，电话 0000-1234567，测试路 1 号，工作日 8:30—12:00";
    browser.says("next", line).await?;
    let code = browser.take_the_receipt().await?;
    browser.open_the_status(&portal, &code).await?;
    browser.unfold("#contacts").await?;
    browser.says("counters", "0000-1234567").await?;
    browser.conclude(&portal.url("")).await
}
