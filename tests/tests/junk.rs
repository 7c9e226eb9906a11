//! A flood of noise at the desk: looked through in a batch, set aside at one press, told to whoever sent it, brought back
//! by their word or by the office; what can be read stays where it is.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use protocol::CaseKind;
use protocol::desk::{Inbox, NewEvent, Role};
use protocol::error::ErrorCode;
use protocol::keyfile::KeyFile;
use protocol::query::{InboxQuery, Standing};
use protocol::routes::Route;
use protocol::{case::Aside, case::Written};
use system_tests::api::{Api, message, ok, refused, sealed};
use system_tests::applicant::{Applicant, junk, proved};
use system_tests::browser::Browser;
use system_tests::clock::now;
use system_tests::officer::Officer;
use system_tests::portal::Portal;
use thirtyfour::By;

const OFFICE: &str = "yongshun-2023";
const NOISE: usize = 6;
const HONEST: &str = "看到有人把公租房转租出去";
const WORD: &str = "我是真来举报的，请再看看。";

/// A letter that nobody at the office can open.
fn noise(portal: &Portal) -> Result<Applicant> {
    let nobody = KeyFile::generate(OFFICE, Role::Office)?;
    Applicant::sealed_to(portal, OFFICE, &nobody.recipient, "测试小区", "测试")
}

async fn standing(portal: &Portal, standing: Standing) -> Result<Inbox> {
    Officer::of(portal, OFFICE)?.part_of_inbox(&InboxQuery { standing, ..InboxQuery::default() }).await
}

async fn open_the_desk(portal: &Portal) -> Result<Browser> {
    let desk = Browser::open(1280, 900).await?;
    desk.go(&portal.url("/desk/")).await?;
    desk.choose_file("key-file", &portal.office(OFFICE)?.file).await?;
    desk.find("inbox-open").await?;
    Ok(desk)
}

async fn found(desk: &Browser, sender: &Applicant) -> Result<String> {
    let row = desk.find(&format!("sift-row-{}", sender.keys.lookup)).await?;
    row.attr("data-found").await?.context("no state")
}

async fn is_ticked(desk: &Browser, sender: &Applicant) -> Result<bool> {
    Ok(desk.find(&format!("sift-tick-{}", sender.keys.lookup)).await?.is_selected().await?)
}

#[tokio::test]
async fn noise_is_set_aside_at_one_press_and_comes_back_by_its_owners_word() -> Result<()> {
    let portal = Portal::start()?;
    let honest = Applicant::with_tip_off(&portal, OFFICE, "测试小区", HONEST)?;
    honest.submit().await?;
    let mut senders = Vec::new();
    for _ in 0..NOISE {
        let sender = noise(&portal)?;
        sender.submit().await?;
        senders.push(sender);
    }
    Officer::of(&portal, OFFICE)?.inbox_of(NOISE + 1).await?;

    let desk = open_the_desk(&portal).await?;
    desk.press("desk-sift").await?;
    desk.press("sift-look").await?;
    desk.says("sift-told", &format!("打不开 {NOISE} 封，打得开 1 封")).await?;
    desk.says(&format!("sift-row-{}", honest.keys.lookup), HONEST).await?;
    ensure!(!is_ticked(&desk, &honest).await? && !desk.has("sift-none-opens").await?);
    for sender in &senders {
        ensure!(found(&desk, sender).await? == "shut" && is_ticked(&desk, sender).await?);
    }
    // Somebody writes while the officer looks: that one is not set aside unread.
    let late = senders.first().context("nobody")?;
    let envelope = sealed(&portal, OFFICE, late, WORD)?;
    let said = message(OFFICE, late, "message-00000000-1", envelope);
    let to = Route::Message { lookup: &late.keys.lookup }.to_path();
    let receipt = system_tests::api::receipt(late);
    ok::<Written>(Api::of(&portal).post(&to, &said).header("authorization", receipt)).await?;
    desk.press("sift-act").await?;
    desk.says("sift-told", &format!("已经处理 {} 封。1 封没有办成", NOISE - 1)).await?;
    desk.says(&format!("sift-fate-{}", late.keys.lookup), "刚刚有了新的变化").await?;
    desk.expect_answers(&[409]).await?;

    let aside = desk_settles(&portal, NOISE - 1).await?;
    ensure!(aside.counts.all == 2 && aside.counts.open == 2, "{:?}", aside.counts);
    ensure!(aside.cases.iter().all(|row| row.aside && row.lookup != honest.keys.lookup), "{aside:?}");
    desk.press("desk-back").await?;
    desk.press("inbox-aside").await?;
    desk.says("inbox-total", &format!("共 {} 件", NOISE - 1)).await?;

    // Its sender is told, without blame, and one word of theirs brings it back.
    let unlucky = senders.last().context("nobody")?;
    let resident = Browser::open(360, 740).await?;
    resident.go(&portal.url("/status")).await?;
    resident.fill("status-code", &unlucky.code.grouped()).await?;
    resident.press("status-open").await?;
    resident.says("aside", "受理单位打不开这封信").await?;
    resident.says("signatures-good", "2 条记录的签名都核对过").await?;
    resident.fill("reply-text", WORD).await?;
    resident.press("reply-send").await?;
    resident.gone("aside").await?;
    desk_settles(&portal, NOISE - 2).await?;
    let waiting = standing(&portal, Standing::Waiting).await?;
    ensure!(waiting.cases.iter().any(|row| row.lookup == unlucky.keys.lookup), "its word is not seen");
    // It does not open now either, and is left to the officer, who has it read.
    desk.press("desk-sift").await?;
    desk.press("sift-again").await?;
    desk.says("sift-told", "共 3 封").await?;
    ensure!(found(&desk, unlucky).await? == "shut" && !is_ticked(&desk, unlucky).await?);
    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}

/// Waits until so many are set aside by the office's list, which follows the cases.
async fn desk_settles(portal: &Portal, wanted: usize) -> Result<Inbox> {
    for _ in 0..200 {
        let inbox = standing(portal, Standing::Aside).await?;
        if usize::try_from(inbox.total)? == wanted {
            return Ok(inbox);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    anyhow::bail!("it never came to {wanted} set aside")
}

#[tokio::test]
async fn who_stops_in_the_middle_goes_on_there_and_is_warned_where_nothing_opens() -> Result<()> {
    const MANY: usize = 60;
    let portal = Portal::start()?;
    let (api, first) = (Api::of(&portal), noise(&portal)?);
    for _ in 0..MANY {
        let letter = proved(junk(&first.submission, CaseKind::TipOff)?);
        api.submit(&letter).send().await?.error_for_status()?;
    }
    Officer::of(&portal, OFFICE)?.inbox_of(MANY).await?;
    let desk = open_the_desk(&portal).await?;
    desk.press("desk-sift").await?;
    desk.press("sift-look").await?;
    desk.press("sift-stop").await?;
    desk.find("sift-on").await?;
    let seen = desk.driver.find_all(By::Css("[data-found=shut]")).await?.len();
    ensure!(seen < MANY, "it did not stop");
    desk.press("sift-on").await?;
    desk.says("sift-told", &format!("打不开 {MANY} 封，打得开 0 封")).await?;
    // Perhaps it is the key: nothing goes at the first press.
    desk.says("sift-none-opens", "新发的钥匙打不开没有交接过的旧信").await?;
    desk.press("sift-act").await?;
    ensure!(standing(&portal, Standing::Aside).await?.total == 0, "it was not asked");
    desk.press("sift-act-confirm").await?;
    desk.press("sift-stop").await?;
    desk.find("sift-told").await?;
    desk.press("sift-act").await?;
    desk.press("sift-act-confirm").await?;
    desk.says("sift-told", &format!("已经处理 {MANY} 封")).await?;
    desk_settles(&portal, MANY).await?;
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn what_was_set_aside_by_mistake_is_found_and_brought_back() -> Result<()> {
    let portal = Portal::start()?;
    let honest = Applicant::with_tip_off(&portal, OFFICE, "测试小区", HONEST)?;
    honest.submit().await?;
    let desk = open_the_desk(&portal).await?;
    let row = format!("case-open-{}", honest.keys.lookup);
    desk.press(&row).await?;
    desk.press("aside-set").await?;
    desk.press("aside-set-confirm").await?;
    desk.says("case-aside", "这一件在“无效来件”里").await?;
    desk.says("history", "移到“无效来件”（没法办理）").await?;
    desk_settles(&portal, 1).await?;
    let resident = Browser::open(360, 740).await?;
    resident.go(&portal.url("/status")).await?;
    resident.fill("status-code", &honest.code.grouped()).await?;
    resident.press("status-open").await?;
    resident.says("aside", "受理单位把这封信放在一边了").await?;

    desk.press("desk-back").await?;
    desk.press("desk-sift").await?;
    desk.press("sift-aside").await?;
    desk.press("sift-look").await?;
    desk.says("sift-told", "打得开 1 封").await?;
    ensure!(is_ticked(&desk, &honest).await?, "what opens is no noise");
    desk.press("sift-act").await?;
    desk.says(&format!("sift-fate-{}", honest.keys.lookup), "放回收件箱").await?;
    desk_settles(&portal, 0).await?;
    let waiting = standing(&portal, Standing::Waiting).await?;
    ensure!(waiting.total == 1, "nobody is reminded of it: {waiting:?}");
    resident.press("status-refresh").await?;
    resident.gone("aside").await?;
    desk.press("desk-back").await?;
    desk.press("desk-audit").await?;
    desk.reads("移到“无效来件”（没法办理）").await?;
    resident.conclude(&portal.url("")).await?;
    desk.conclude(&portal.url("")).await
}

#[tokio::test]
async fn who_may_not_move_a_kind_sets_none_of_it_aside_and_nothing_that_was_taken_up_goes() -> Result<()> {
    let portal = Portal::start_with(&[(OFFICE, Role::Town)], |home| home)?;
    let api = Api::of(&portal);
    let sender = noise(&portal)?;
    let head = sender.submit().await?.1.head;
    let route = Route::Act { office: OFFICE, lookup: &sender.keys.lookup }.to_path();
    let aside = |id: &str, head: &str, key: &KeyFile| {
        let (id, expected_head) = (id.to_owned(), head.to_owned());
        let event = NewEvent { id, expected_head, aside: Some(Aside::Unopened), ..NewEvent::default() };
        api.signed_post(key, &route, &event.signed_by(key, &sender.keys.lookup, now()))
    };
    let (office, town) = (portal.key(OFFICE)?, &portal.staff(OFFICE, Role::Town)?.key);
    refused(aside("0123456789abcde0", &head, town)?, ErrorCode::RoleForbidden).await?;
    refused(aside("0123456789abcde1", &"0".repeat(64), office)?, ErrorCode::HeadMoved).await?;
    let written: Written = ok(aside("0123456789abcde2", &head, office)?).await?;
    let again: Written = ok(aside("0123456789abcde2", &head, office)?).await?;
    ensure!(written == again && written.total == 2, "{written:?} {again:?}");
    let moved = NewEvent {
        id: "0123456789abcde3".into(),
        expected_head: written.head,
        stage: Some("verifying".into()),
        on: Some(system_tests::clock::today()?),
        ..NewEvent::default()
    };
    let moved = moved.signed_by(office, &sender.keys.lookup, now());
    let written: Written = ok(api.signed_post(office, &route, &moved)?).await?;
    refused(aside("0123456789abcde4", &written.head, office)?, ErrorCode::AlreadyTakenUp).await.map(drop)
}
