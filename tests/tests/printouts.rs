//! What is printed, as the printer gets it: the yearly form of a place row by row as its document has it, an application with
//! what is to be signed, an authorisation with its days; A4, black on white in every display mode, nothing of the screen.

#![allow(missing_docs)]

use anyhow::{Context, Result, ensure};
use policies::model::CaseKind;
use system_tests::browser::Browser;
use system_tests::example;
use system_tests::paper::{Printed, scanned};
use system_tests::portal::Portal;
use system_tests::view::{MODES, PHONE};

/// Controls of the yearly form with what is typed; of a choice, the answer that is pressed. Division 999999 does not exist.
const TOLD: [(&str, &str); 53] = [
    ("place-town", "测试镇"),
    ("place-committee", "测试社区"),
    ("choice-place-by-agent", ""),
    ("place-agent", "代笔人"),
    ("family-name", "测试甲"),
    ("family-phone", "13900000017"),
    ("choice-family-protection-subsidy", ""),
    ("family-people", "3"),
    ("family-protected", "2"),
    ("family-address", "测试路九号"),
    ("choice-family-nature-low_income", ""),
    ("family-urban_since", "1998"),
    ("choice-family-urban_how-other", ""),
    ("family-urban_other", "随军落户"),
    ("choice-causes-1-cause-no_work", ""),
    ("members-1-name", "测试甲"),
    ("members-1-id_number", "999999198803128070"),
    ("choice-members-1-together-yes", ""),
    ("members-1-relation", "本人"),
    ("choice-members-1-sex-m", ""),
    ("members-1-state", "重病、残疾二级、退役军人"),
    ("members-1-work", "测试厂"),
    ("members-1-income", "7654.5"),
    ("income-total", "24690"),
    ("choice-assets-business-yes", ""),
    ("assets-legal_person", "法人丁"),
    ("assets-registration", "N88001"),
    ("assets-capital", "6.5万"),
    ("choice-assets-vehicle-yes", ""),
    ("assets-vehicles", "4"),
    ("assets-holder", "持证人戊"),
    ("assets-plate", "渝测001"),
    ("assets-savings", "4321"),
    ("assets-other", "农机一台"),
    ("spending-utilities", "111"),
    ("spending-phone", "122"),
    ("spending-transport", "133"),
    ("spending-rent", "144"),
    ("spending-other", "155"),
    ("choice-home-owns-yes", ""),
    ("home-owner", "产权人己"),
    ("home-place", "老街三号"),
    ("choice-home-use-dwelling", ""),
    ("home-area", "45.5"),
    ("choice-rented-rents-yes", ""),
    ("rented-owner", "房主庚"),
    ("rented-place", "新街五号"),
    ("choice-rented-complete-no", ""),
    ("rented-area", "30"),
    ("rented-rent", "260"),
    ("promise-truth", ""),
    ("promise-authorised", ""),
    ("more-remarks", "另外说明一句"),
];

/// Every line of the inventory on the annex and what of it stands on paper, in the order of the paper; `＿` is left blank.
const FIELDS: [(&str, &[&str]); 25] = [
    ("YC-F01", &["所属地区：永川区测试镇（镇、街道）测试社区（居民委员会）"]),
    ("YC-F02", &["保障类型：租赁补贴☑实物配租□"]),
    ("YC-F03", &["申请人（户主）测试甲"]),
    ("YC-F04", &["家庭人口3人", "保障人口2人", "联系电话13900000017"]),
    ("YC-F05", &["现居住地址测试路九号"]),
    ("YC-F06", &["家庭性质□低保家庭☑低收入家庭"]),
    (
        "YC-F07",
        &[
            "取得城镇地区居民户籍的时间和原因：1998年□城镇地区老居民□农转城□征地农转非□入学参军转非☑其他（注明）：随军落户",
        ],
    ),
    (
        "YC-F08",
        &["申请家庭主要致贫原因：□1.家庭经济困难", "☑2.无工作", "□3.无劳动能力", "□4.其他（请注明）："],
    ),
    ("YC-F09", &["家庭成员基本信息姓名身份证号码是否为共同申请人与申请人关系性别"]),
    ("YC-F10", &["低保对象优抚对象重病失独人员特困供养人员残疾及等级其他"]),
    (
        "YC-F11",
        &[
            "从业单位/就读学校/居住地收入（含各类救助金）",
            "测试甲999999198803128070是本人男√残疾二级退役军人测试厂7654.50",
        ],
    ),
    (
        "YC-F12",
        &[
            "家庭收入家庭财产家庭消费支出",
            "家庭年总收入：24690元。其中：测试甲7654.50元。折算家庭人均月收入：元/月。",
        ],
    ),
    ("YC-F13", &["工商登记（无□/有☑）：法人：法人丁，注册号：N88001，注册资金6.5万元。"]),
    ("YC-F14", &["机动车（无□/有☑）：4辆，行驶证持有人：持证人戊，车牌号：渝测001。"]),
    ("YC-F15", &["有价货币证券总值：4321元。其他：农机一台"]),
    ("YC-F16", &["水电燃料费：111元/月通讯费：122元/月交通费：133元/月房租：144元/月其他：155元/月"]),
    (
        "YC-F17",
        &[
            "居住情况自有住房情况产权人姓名：产权人己房屋性质：☑住宅□非住宅总面积：45.50m²坐落：老街三号人均住房面积：m²",
        ],
    ),
    (
        "YC-F18",
        &[
            "租住房屋情况产权人姓名：房主庚房屋性质：□成套住宅☑非成套住宅房屋面积：30m²坐落：新街五号月租金：260元/月",
        ],
    ),
    ("YC-F19", &["承诺：1、本人所申报的家庭基本情况", "主动退回发放的补贴金", "按市场租金补缴租金"]),
    ("YC-F20", &["2、本人及共同生活家庭成员已签署《重庆市社会救助家庭经济状况信息核查认定授权书》"]),
    ("YC-F21", &["承诺人（签字盖指模）：年月日"]),
    (
        "YC-F22",
        &[
            "审核意见镇（街道）初审意见经调查核实",
            "共名家庭成员，其中低保对象名/低收入对象名，家庭人均月收入元；为无房户/有房户，人均住房面积平方米（房屋坐落：产权人：面积），租住廉租住房/他人房屋（产权人房屋坐落：面积，月租金元）。",
        ],
    ),
    (
        "YC-F23",
        &[
            "□该家庭情况暂无变化",
            "□该家庭因人口/收入/房产的减少/增加",
            "□该家庭已不符合保障条件（原因：），按程序办理廉租住房停保手续。（盖章）经办人：负责人：年月日",
        ],
    ),
    (
        "YC-F24",
        &[
            "区民政局收入审核意见经审核，提出如下意见：□该家庭为低保家庭，低保对象人。□该家庭为低收入家庭，人均月收入元，低收入对象人。□该家庭人均月收入超过840元。（盖章）经办人：负责人：年月日",
        ],
    ),
    (
        "YC-F25",
        &[
            "区住房和城乡建委复核意见经复核，提出如下意见：□该家庭情况暂无变化",
            "□该家庭因人口/收入/房产的减少/增加",
            "□该家庭已不符合保障条件（原因：）",
            "（盖章）经办人：负责人：年月日",
        ],
    ),
];

/// What only a screen has.
const OF_THE_SCREEN: [&str; 8] =
    ["大字版", "高对比", "关于本站与隐私", "跳到正文", "清掉重写", "打印草稿", "上一步", "选择地方"];

#[tokio::test]
async fn the_yearly_form_is_printed_as_its_document_has_it() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.screen(PHONE).await?;
    browser.go(&portal.url("/yongchuan/acts/renewal")).await?;
    browser.find("act-submit").await?;
    // Before anything is written: the form to be filled in by hand.
    let empty = browser.prints("act-print").await?;
    ensure!(empty.text()?.contains("家庭人口人保障人口人"), "{}", empty.text()?);
    empty.keep(&portal.project().path("target/printed"), "yongchuan-empty")?;
    tell(&browser, &TOLD).await?;
    let draft = browser.prints("act-print").await?;
    draft.keep(&portal.project().path("target/printed"), "yongchuan-draft")?;
    says_every_field(&draft)?;
    ensure!(draft.text()?.contains("草稿，未提交"), "the draft passes for more");
    clean(&draft, 2)?;
    browser.press("act-submit").await?;
    browser.find("receipt-code").await?;
    // To sign and hand in: nobody at the counter sees the code.
    let number = browser.text_of("case-number").await?;
    let handed_in = browser.prints("sent-print").await?;
    says_every_field(&handed_in)?;
    ensure!(
        handed_in.text()?.contains(&number) && !handed_in.text()?.contains("草稿"),
        "{}",
        handed_in.text()?
    );
    ensure!(scanned(handed_in.picture()?).is_err(), "the code is on what is handed in");
    let code = browser.take_the_receipt().await?;

    browser.open_the_status(&portal, &code).await?;
    browser.unfold("[data-test=own]").await?;
    browser.press("own-open").await?;
    browser.find("own-print").await?;
    for mode in MODES {
        browser.mode(mode).await?;
        let own = browser.prints("own-print").await.context(mode.name)?;
        says_every_field(&own).context(mode.name)?;
        clean(&own, 2).context(mode.name)?;
        let text = own.text()?;
        for words in [number.as_str(), "自己留存", "代笔人", "另外说明一句"] {
            ensure!(text.contains(words), "“{words}” is not on the own copy: {text}");
        }
        let leads = portal.url(&format!("/status#{}", code.plain()));
        let scanned = scanned(own.picture()?)?;
        ensure!(scanned.starts_with(&leads), "the code on the own copy leads to {scanned}");
        own.keep(&portal.project().path("target/printed"), &format!("yongchuan-own-{}", mode.name))?;
    }
    browser.conclude(&portal.url("")).await
}

/// What a row of the data serves is what is looked for on paper, all of it.
#[test]
fn every_line_of_the_annex_has_a_row() -> Result<()> {
    let document = policies::rulebook().document("yongchuan-2019").context("no such document")?.document();
    let form = document.form(CaseKind::Renewal).context("no such form")?;
    let rows: Vec<&str> = form.sheet.iter().flat_map(|row| &row.cite.inventory).map(String::as_str).collect();
    for (line, _) in FIELDS {
        ensure!(rows.contains(&line), "{line} has no row on paper");
    }
    Ok(())
}

#[tokio::test]
async fn an_application_is_printed_with_what_is_to_be_signed() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    let household = example::one(portal.project(), "yongshun-2023", "county-worker-eligible")?.household;
    browser.self_check(&portal, "yongshun", &household).await?;
    browser.press("start-apply").await?;
    fill_in(&browser, &[("name", "测试甲"), ("id-number", "999999198803128070"), ("phone", "13900000017")])
        .await?;
    browser.press("member-add").await?;
    browser.press("choice-member-1-relation-配偶").await?;
    fill_in(&browser, &[("member-1-name", "测试乙"), ("member-1-id-number", "999999199203078086")]).await?;
    browser.find("from-check").await?;
    browser.press("apply-next").await?;
    browser.find("field-address").await?;
    browser.press("choice-wanted-subsidy").await?;
    fill_in(&browser, &[("address", "测试路九号二单元")]).await?;
    for agreed in ["agree-truth", "agree-consent", "agree-members"] {
        browser.press(agreed).await?;
    }
    browser.press("apply-next").await?;
    let printed = browser.prints("review-print").await?;
    printed.keep(&portal.project().path("target/printed"), "yongshun-draft")?;
    let text = printed.text()?;
    for words in [
        "草稿，未提交",
        "测试甲",
        "999999198803128070",
        "测试路九号二单元",
        "租赁补贴",
        "材料真实承诺书",
        "同意核查的书面意见",
        "签名：",
        "配偶：测试乙",
    ] {
        ensure!(text.contains(words), "“{words}” is not printed: {text}");
    }
    // The promise is the applicant's own, and what is looked into both of them sign.
    ensure!(text.matches("签名：").count() == 3, "{text}");
    clean(&printed, 3)?;
    browser.conclude(&portal.url("")).await
}

#[tokio::test]
async fn an_authorisation_is_printed_with_its_first_and_last_day() -> Result<()> {
    let portal = Portal::start()?;
    let browser = Browser::open(360, 740).await?;
    browser.go(&portal.url("/tiedong/apply")).await?;
    browser.fill("field-registration", "测试户籍地址").await?;
    fill_in(&browser, &[("name", "测试甲"), ("id-number", "999999198803128070"), ("phone", "13900000017")])
        .await?;
    browser.find("member-add").await?;
    browser.press("apply-next").await?;
    browser.gone("member-add").await?;
    while !browser.has("field-address").await? {
        browser.press("apply-next").await?;
        browser
            .until("the next page or its faults", async || {
                let there = browser.has("field-address").await? || browser.has("error-summary").await?;
                Ok(there.then_some(()))
            })
            .await?;
        ensure!(!browser.has("error-summary").await?, "{}", browser.text().await?);
    }
    browser.press("choice-wanted-either").await?;
    fill_in(&browser, &[("address", "测试路九号")]).await?;
    browser.press("agree-consent").await?;
    fill_in(&browser, &[("authorised-from", "2027-01-01"), ("authorised-until", "2027年6月30日")]).await?;
    let printed = browser.prints("review-print").await?;
    printed.keep(&portal.project().path("target/printed"), "tiedong-draft")?;
    let text = printed.text()?;
    for words in [
        "查家庭经济状况的授权委托书",
        "授权期限：从2027年1月1日到2027年6月30日，头尾两天都算在内。",
        "签名：",
    ] {
        ensure!(text.contains(words), "“{words}” is not printed: {text}");
    }
    clean(&printed, 2)?;
    browser.conclude(&portal.url("")).await
}

/// Types or presses each control, in the order of the page.
async fn tell(browser: &Browser, told: &[(&str, &str)]) -> Result<()> {
    for (control, typed) in told {
        let asked = async {
            if typed.is_empty() {
                browser.press(control).await
            } else {
                browser.fill(&format!("field-{control}"), typed).await
            }
        };
        asked.await.with_context(|| (*control).to_owned())?;
    }
    Ok(())
}

/// Fills a page of the application in and goes on.
async fn fill_in(browser: &Browser, told: &[(&str, &str)]) -> Result<()> {
    tell(browser, told).await?;
    browser.press("apply-next").await
}

/// Each field of the annex stands on paper, in the order of the annex.
fn says_every_field(printed: &Printed) -> Result<()> {
    let text = printed.text()?;
    let mut rest = text.as_str();
    for (line, words) in FIELDS {
        for words in words {
            let place = rest.find(words).with_context(|| format!("{line}: “{words}” is not in: {rest}"))?;
            rest = rest.get(place + words.len()..).unwrap_or_default();
        }
    }
    Ok(())
}

/// A4, so many sheets, each with its number, white, and without a word of the screen.
fn clean(printed: &Printed, sheets: usize) -> Result<()> {
    let (text, count) = (printed.text()?, printed.sheets()?);
    ensure!(count == sheets, "it prints on {count} sheets");
    for page in 1..=count {
        let numbered = format!("第{page}页，共{count}页");
        ensure!(text.contains(&numbered), "“{numbered}” is not printed: {text}");
    }
    for words in OF_THE_SCREEN {
        ensure!(!text.contains(words), "“{words}” is printed: {text}");
    }
    let (width, height, grey) = printed.picture()?;
    let dark = grey.iter().filter(|dot| **dot < 128).count();
    ensure!(dark * 5 < width * height, "{dark} of {} dots are dark", width * height);
    let edge = grey.iter().take(width).all(|dot| *dot == 255);
    ensure!(edge, "the paper is not white");
    Ok(())
}
