//! A walk through every kind of page, as residents and an officer come by them: for whoever wants to look at each.

use anyhow::{Context, Result};
use protocol::receipt::{self, ReceiptCode};
use thirtyfour::prelude::*;

use crate::applicant::Applicant;
use crate::browser::Browser;
use crate::example;
use crate::papers::picture;
use crate::portal::Portal;

/// The office whose pages are walked: the richest document.
const OFFICE: &str = "yongshun-2023";
/// Born on the day that the household of the self-check says.
const ID_NUMBER: &str = "999999198803128070";
const MEMBER_ID: &str = "999999199203078086";
const MESSAGE: &str = "请补交劳动合同复印件壹份，交到社区居委会。\n不清楚的可以在这里留言。";
const SEEN: &str = "看到有人把公租房转租给别人住，门口贴着招租广告。";

/// Pages that need nothing but their address.
const READ: [(&str, &str); 20] = [
    ("home", "/"),
    ("place", "/yongshun"),
    ("place-without-check", "/tiedong"),
    ("place-unknown", "/nowhere"),
    ("guide", "/yongshun/guide"),
    ("guide-without-check", "/shishi/guide"),
    ("calculate", "/yongshun/calculate"),
    ("calculate-nothing", "/shishi/calculate"),
    ("check-refused", "/tiedong/check"),
    ("result-nothing", "/yongshun/result"),
    ("apply-refused", "/shishi/apply"),
    ("apply-unknown", "/nowhere/apply"),
    ("acts", "/yongshun/acts"),
    ("act-renewal", "/yongshun/acts/renewal"),
    ("act-care", "/yongchuan/acts/renewal"),
    ("act-group", "/yongshun/acts/employer_group"),
    ("sent-nothing", "/sent"),
    ("status", "/status"),
    ("about", "/about"),
    ("not-found", "/no/such/page"),
];

/// Households and what they come to.
const RESULTS: [(&str, &str, &str, &str); 4] = [
    ("result-not-eligible", "qujing", "qujing-2018", "income-one-fen-over"),
    ("result-unknown", "yongshun", "yongshun-2023", "unknown-area"),
    ("result-ask", "yongshun", "yongshun-2023", "area-13-00"),
    ("result-eligible", "yongshun", "yongshun-2023", "county-worker-eligible"),
];

/// Walks through all pages in one browser.
///
/// `look` is called with the name of each kind of page once the page is ready.
///
/// # Errors
/// When a page does not come, and those of `look`.
pub async fn everywhere(
    portal: &Portal,
    browser: &Browser,
    look: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    for (name, path) in READ {
        browser.go(&portal.url(path)).await?;
        browser.settled().await?;
        browser
            .driver
            .query(By::Css("h1"))
            .first()
            .await
            .with_context(|| format!("{path} has no heading"))?;
        look(name).await?;
    }
    check(portal, browser, look).await?;
    let application = apply(browser, look).await?;
    let tip_off = tip(portal, browser, look).await?;
    desk(portal, browser, look, &application, &tip_off).await?;
    follow(portal, browser, look, &application).await
}

/// Questions with and without mistakes, then one result of each kind; ends on the eligible one.
async fn check(
    portal: &Portal,
    browser: &Browser,
    look: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    browser.go(&portal.url("/yongshun/check")).await?;
    browser.find("check-next").await?;
    look("check-together").await?;
    browser.press("check-next").await?;
    browser.gone("people").await?;
    look("check").await?;
    browser.press("check-next").await?;
    browser.find("error-summary").await?;
    browser.unfold("details.why").await?;
    look("check-wrong").await?;

    browser.go(&portal.url("/qujing/check")).await?;
    browser
        .until("a question with a number", async || {
            if browser.driver.find(By::Css("form.question input[inputmode=decimal]")).await.is_ok() {
                return Ok(Some(()));
            }
            let said = browser.text_of("progress").await?;
            browser.press("dont-know").await?;
            browser
                .until("the next question", async || {
                    Ok((browser.text_of("progress").await? != said).then_some(()))
                })
                .await?;
            Ok(None)
        })
        .await?;
    let number = browser.driver.find(By::Css("form.question input[inputmode=decimal]")).await?;
    number.send_keys("三千五").await?;
    browser.press("check-next").await?;
    browser.find("error-summary").await?;
    browser.unfold("details.why").await?;
    look("check-number-wrong").await?;

    for (name, place, document, household) in RESULTS {
        browser.forget_everything().await?;
        let household = example::one(portal.project(), document, household)?.household;
        browser.self_check(portal, place, &household).await.context(name)?;
        look(name).await?;
    }
    Ok(())
}

/// Every page of the application, first with its mistakes shown, then filled; returns the receipt.
async fn apply(browser: &Browser, look: &mut impl AsyncFnMut(&str) -> Result<()>) -> Result<ReceiptCode> {
    browser.press("start-apply").await?;
    browser.find("field-name").await?;
    look("apply-1").await?;
    wrong(browser, "apply-next").await?;
    look("apply-1-wrong").await?;
    browser.fill("field-name", "测试甲·阿卜杜𠮷").await?;
    browser.fill("field-id-number", ID_NUMBER).await?;
    browser.fill("field-phone", "13900000017").await?;
    browser.press("apply-next").await?;

    browser.find("member-add").await?;
    look("apply-2").await?;
    browser.press("member-add").await?;
    wrong(browser, "apply-next").await?;
    look("apply-2-wrong").await?;
    browser.fill("field-member-1-name", "测试乙·古丽𡘙").await?;
    browser.fill("field-member-1-id-number", MEMBER_ID).await?;
    browser.press("choice-member-1-relation-配偶").await?;
    browser.press("apply-next").await?;

    browser.find("from-check").await?;
    look("apply-3").await?;
    let typed = browser.driver.find(By::Css("form.apply input.input")).await?;
    let (control, value) = (typed.attr("data-test").await?, typed.prop("value").await?);
    let control = control.context("a field without a name for tests")?;
    browser.fill(&control, "三千五").await?;
    wrong(browser, "apply-next").await?;
    look("apply-3-wrong").await?;
    browser.fill(&control, &value.unwrap_or_default()).await?;
    browser.press("apply-next").await?;

    browser.find("field-address").await?;
    look("apply-4").await?;
    wrong(browser, "apply-next").await?;
    look("apply-4-wrong").await?;
    browser.fill("field-address", "测试路九号二单元七〇三").await?;
    browser.press("choice-wanted-subsidy").await?;
    browser.press("apply-next").await?;

    browser.find("agree-truth").await?;
    look("apply-5").await?;
    wrong(browser, "apply-next").await?;
    look("apply-5-wrong").await?;
    for agreed in ["agree-truth", "agree-consent", "agree-members"] {
        browser.press(agreed).await?;
    }
    browser.press("apply-next").await?;

    browser.find("submit").await?;
    look("review").await?;
    browser.press("submit").await?;
    browser.find("receipt-code").await?;
    browser.driver.query(By::Css(".receipt__qr path")).first().await?;
    look("sent").await?;
    browser.press("withdraw").await?;
    browser.find("withdraw-confirm").await?;
    look("sent-withdrawing").await?;
    browser.press("withdraw-cancel").await?;
    let code = browser.take_the_receipt().await?;
    look("sent-saved").await?;
    Ok(code)
}

async fn tip(
    portal: &Portal,
    browser: &Browser,
    look: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<ReceiptCode> {
    browser.go(&portal.url("/yongshun/tip")).await?;
    browser.find("tip-place").await?;
    look("tip").await?;
    wrong(browser, "tip-submit").await?;
    look("tip-wrong").await?;
    browser.press("choice-tip-what-sublet").await?;
    browser.fill("tip-place", "某某小区十一栋九〇二").await?;
    browser.fill("tip-text", SEEN).await?;
    for part in ["tip-readers", "tip-terms", "tip-stay-unknown"] {
        browser.unfold(&format!("#{part}")).await?;
    }
    look("tip-told").await?;
    let folder = tempfile::tempdir()?;
    let photo = folder.path().join("photo.png");
    std::fs::write(&photo, picture((640, 480))?)?;
    browser.choose_file("choose-other", &photo).await?;
    browser.press("cover-add-other-1").await?;
    browser.press("cover-add-add-other-1").await?;
    look("tip-cover").await?;
    browser.press("cover-done-add-other-1").await?;
    browser.gone("covering-add-other-1").await?;
    browser.press("tip-submit").await?;
    browser.find("write-down").await?;
    look("tip-code").await?;
    browser.sends().await?;
    look("sent-tip").await?;
    browser.take_the_receipt().await
}

/// The desk with a dozen cases: key, inbox, an application before and after a move, a tip-off, the trail,
/// letters looked through for junk, tickets.
async fn desk(
    portal: &Portal,
    browser: &Browser,
    look: &mut impl AsyncFnMut(&str) -> Result<()>,
    application: &ReceiptCode,
    tip_off: &ReceiptCode,
) -> Result<()> {
    for number in 1..=10 {
        let seen = format!("某某小区{number}栋一〇一，很久没有人住。");
        Applicant::with_tip_off(portal, OFFICE, "某某小区", &seen)?.submit().await?;
    }
    browser.go(&portal.url("/desk/")).await?;
    browser.find("key-file").await?;
    look("desk-key").await?;
    browser.choose_file("key-file", &portal.project().path("package.json")).await?;
    browser.find("key-refused").await?;
    look("desk-key-refused").await?;
    browser.choose_file("key-file", &portal.office(OFFICE)?.file).await?;

    let open =
        |code: &ReceiptCode| Ok::<_, anyhow::Error>(format!("case-open-{}", receipt::derive(code)?.lookup));
    browser.find(&open(application)?).await?;
    look("desk-inbox").await?;
    browser.press(&open(application)?).await?;
    browser.find("replay").await?;
    look("desk-case").await?;
    let choice = browser.driver.query(By::Css("[data-test^=move-stage-]")).first().await?;
    let choice = choice.attr("data-test").await?.context("a stage without a name for tests")?;
    browser.press(&choice).await?;
    browser.fill("move-text", MESSAGE).await?;
    browser.press("move-submit").await?;
    browser.says("messages", "劳动合同").await?;
    look("desk-case-moved").await?;
    browser.press("desk-back").await?;
    browser.press(&open(tip_off)?).await?;
    browser.find("tip-text").await?;
    look("desk-tip").await?;
    browser.press("desk-back").await?;
    browser.press("desk-audit").await?;
    browser.find("audit-chain").await?;
    look("desk-audit").await?;
    browser.press("desk-back").await?;
    browser.press("desk-sift").await?;
    browser.press("sift-look").await?;
    browser.find("sift-told").await?;
    look("desk-sift").await?;
    browser.press("desk-back").await?;
    browser.press("desk-tickets").await?;
    browser.press("tickets-make").await?;
    browser.find("tickets-made").await?;
    look("desk-tickets").await
}

async fn follow(
    portal: &Portal,
    browser: &Browser,
    look: &mut impl AsyncFnMut(&str) -> Result<()>,
    code: &ReceiptCode,
) -> Result<()> {
    browser.go(&portal.url("/status")).await?;
    wrong(browser, "status-open").await?;
    look("status-wrong").await?;
    browser.fill("status-code", &ReceiptCode::from_entropy([7; 16]).grouped()).await?;
    browser.press("status-open").await?;
    browser.find("status-unknown").await?;
    look("status-unknown").await?;
    browser.fill("status-code", &code.grouped()).await?;
    browser.press("status-open").await?;
    browser.says("message-1", "劳动合同").await?;
    look("status-case").await
}

/// Goes on with mistakes, until the page says so.
async fn wrong(browser: &Browser, control: &str) -> Result<()> {
    browser.press(control).await?;
    browser.find("error-summary").await.map(drop)
}
