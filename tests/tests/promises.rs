//! What the pages promise in this portal's name: every such sentence is held by a test, and here is said by which.

#![allow(missing_docs)]

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use xtask::project::Project;

/// What makes a sentence sound like a promise of this portal.
const PROMISING: [&str; 24] = [
    "清掉写的",
    "什么都不留",
    "不留在这台设备上",
    "不会",
    "没有丢",
    "都还在",
    "加密",
    "只存在",
    "只在",
    "自动",
    "不留姓名",
    "不记录",
    "不用注册",
    "看不到",
    "只有受理单位",
    "不上传",
    "已从服务器",
    "清除",
    "接着提交",
    "以前可以撤回",
    "分钟内可以撤回",
    "不发给",
    "不用 Cookie",
    "直接打开这一件",
];

/// A promise, the file of the test that holds it, and the test.
const HELD: [(&str, &str, &str); 60] = [
    (
        "没有网络的时候，能看您交的内容和最后一次看到的进度",
        "tests/tests/offline.rs",
        "a_kept_receipt_shows_its_copy_and_where_it_stood_without_a_network",
    ),
    (
        "对方只看到勾上的这几处，服务器看不到",
        "tests/tests/corrections.rs",
        "an_application_is_mended_in_place",
    ),
    ("服务器上存的一直是密文", "tests/tests/office_journey.rs", "an_application_goes_there_and_back"),
    (
        "按信件里的公钥加密",
        "frontend/desk/src/case/opened.rs",
        "columns_that_differ_from_the_letter_are_told",
    ),
    ("不留姓名", "tests/tests/nothing_leaves.rs", "a_self_check_sends_nothing_and_can_be_cleared"),
    ("填的内容不会发出去", "tests/tests/nothing_leaves.rs", "a_self_check_sends_nothing_and_can_be_cleared"),
    ("不发给任何人", "tests/tests/nothing_leaves.rs", "a_self_check_sends_nothing_and_can_be_cleared"),
    (
        "答案只存在这台设备上",
        "tests/tests/nothing_leaves.rs",
        "a_self_check_sends_nothing_and_can_be_cleared",
    ),
    ("一键清除", "tests/tests/nothing_leaves.rs", "a_self_check_sends_nothing_and_can_be_cleared"),
    ("不用注册", "tests/tests/smoke.rs", "the_pages_allow_nothing_inline_and_nobody_else"),
    ("只存在这台设备上", "tests/tests/office_journey.rs", "an_application_goes_there_and_back"),
    ("只在这台设备上", "tests/tests/office_journey.rs", "an_application_goes_there_and_back"),
    (
        "只有受理单位",
        "tests/tests/mailbox.rs",
        "the_stock_age_command_opens_what_is_stored_and_nothing_else_does",
    ),
    (
        "只有当地住房保障部门",
        "tests/tests/mailbox.rs",
        "the_stock_age_command_opens_what_is_stored_and_nothing_else_does",
    ),
    (
        "内容会加密给",
        "tests/tests/office_card.rs",
        "nothing_is_sealed_to_a_card_that_is_not_the_offices_of_today",
    ),
    ("只有受理单位和您的查询码能打开", "tests/tests/acts.rs", "yongshun_takes_every_kind_of_case"),
    (
        "只由受理单位指定的监督人员打开和办理",
        "tests/tests/supervision.rs",
        "what_is_about_the_office_is_seen_opened_and_moved_by_its_supervisor_alone",
    ),
    ("重新加密", "tests/tests/handover.rs", "who_came_later_opens_what_was_handed_on_and_the_history_stays"),
    ("看不到内容", "tests/tests/office_journey.rs", "a_tip_off_goes_there_and_back_without_a_name"),
    (
        "其他钥匙看不到这些件",
        "tests/tests/supervision.rs",
        "what_is_about_the_office_is_seen_opened_and_moved_by_its_supervisor_alone",
    ),
    ("这把钥匙看不到其他的件", "edge/tests/supervision.rs", "it_stands_in_a_list_and_a_trail_of_its_own"),
    (
        "已从服务器销毁",
        "tests/tests/retention.rs",
        "what_is_kept_no_longer_is_gone_from_the_disk_and_both_pages_say_so",
    ),
    (
        "下次自动核对",
        "tests/tests/audit_trail.rs",
        "a_trail_that_was_lost_or_rolled_back_shows_to_whoever_kept_its_latest_line",
    ),
    ("服务器看不到", "tests/tests/office_journey.rs", "an_application_goes_there_and_back"),
    ("网站和服务器都看不到", "tests/tests/office_journey.rs", "an_application_goes_there_and_back"),
    (
        "程序不记录网络地址",
        "tests/tests/quiet_log.rs",
        "a_tunnel_leads_nowhere_and_broken_requests_are_no_news",
    ),
    (
        "不记录您的网络地址",
        "tests/tests/quiet_log.rs",
        "a_tunnel_leads_nowhere_and_broken_requests_are_no_news",
    ),
    ("接着提交", "tests/tests/failed_requests.rs", "a_tip_off_waits_for_the_server_through_a_reload"),
    ("自动再提交", "tests/tests/failed_requests.rs", "an_application_outlives_a_server_that_is_down"),
    ("不会变成两", "tests/tests/failed_requests.rs", "a_lost_answer_makes_no_second_case"),
    ("不会产生两份", "tests/tests/failed_requests.rs", "a_lost_answer_makes_no_second_case"),
    ("不会重复", "tests/tests/edge_api.rs", "a_case_goes_to_and_fro_and_leaves_a_trail"),
    ("没有丢", "tests/tests/failed_requests.rs", "an_application_outlives_a_server_that_is_down"),
    ("都还在", "tests/tests/pages.rs", "a_document_that_does_not_come_is_said_so_and_asked_for_again"),
    ("以前可以撤回", "tests/tests/edge_api.rs", "withdrawing_erases_the_letter_and_closes_the_case"),
    ("分钟内可以撤回", "tests/tests/edge_api.rs", "withdrawing_erases_the_letter_and_closes_the_case"),
    ("已从服务器删除", "tests/tests/edge_api.rs", "withdrawing_erases_the_letter_and_closes_the_case"),
    ("边填边自动保存", "tests/tests/kept.rs", "nothing_typed_is_lost_by_one_press"),
    ("加密后发出", "tests/tests/office_journey.rs", "an_application_goes_there_and_back"),
    ("先加密再发送", "tests/tests/office_journey.rs", "an_application_goes_there_and_back"),
    ("在您的设备里加密", "tests/tests/office_journey.rs", "an_application_goes_there_and_back"),
    ("在您的设备上加密", "tests/tests/office_journey.rs", "an_application_goes_there_and_back"),
    ("直接打开这一件", "tests/tests/receipt.rs", "the_receipt_can_be_scanned_saved_printed_and_kept"),
    ("清掉写的", "tests/tests/nothing_leaves.rs", "a_tip_off_can_be_left_at_once"),
    ("连按两次 Esc", "tests/tests/nothing_leaves.rs", "a_tip_off_is_left_by_a_key_and_emptied_is_gone"),
    (
        "什么都不留在",
        "tests/tests/no_trace.rs",
        "after_a_report_no_file_of_the_browser_holds_its_text_or_its_code",
    ),
    (
        "举报的留言和照片不留在这台设备上",
        "tests/tests/tip_photos.rs",
        "a_question_is_answered_with_a_photo_and_nothing_of_it_stays",
    ),
    (
        "盖住的地方只剩黑色",
        "tests/tests/tip_photos.rs",
        "what_is_blacked_out_with_a_mouse_is_in_no_picture_that_leaves",
    ),
    (
        "拍摄地点、时间、设备都去掉",
        "tests/tests/tip_photos.rs",
        "what_is_blacked_out_with_a_mouse_is_in_no_picture_that_leaves",
    ),
    (
        "受理单位每动一步都要签名",
        "tests/tests/signatures.rs",
        "a_move_and_a_message_that_the_host_makes_up_are_shown_as_forged_on_both_pages",
    ),
    ("不上传", "tests/tests/nothing_leaves.rs", "an_officers_key_stays_in_the_desk_and_goes_with_it"),
    ("清除", "tests/tests/nothing_leaves.rs", "an_officers_key_stays_in_the_desk_and_goes_with_it"),
    (
        "再加密发送",
        "tests/tests/papers_pages.rs",
        "a_photo_is_cleaned_turned_kept_sent_through_a_broken_line_and_opened",
    ),
    (
        "按原样加密发送",
        "tests/tests/papers_pages.rs",
        "a_photo_is_cleaned_turned_kept_sent_through_a_broken_line_and_opened",
    ),
    (
        "网络恢复会自动接着传",
        "tests/tests/papers_pages.rs",
        "a_photo_is_cleaned_turned_kept_sent_through_a_broken_line_and_opened",
    ),
    (
        "会自动接着传，传过的不会再传",
        "tests/tests/papers_pages.rs",
        "a_photo_is_cleaned_turned_kept_sent_through_a_broken_line_and_opened",
    ),
    (
        "材料只在这一页里",
        "tests/tests/papers_pages.rs",
        "papers_follow_their_draft_on_every_page_and_go_with_it",
    ),
    ("自动缩小", "frontend/ui/src/intake/redraw.rs", "a_picture_is_made_smaller_and_never_larger"),
    (
        "锁定以后，比过的不再留着",
        "tests/tests/tip_desk.rs",
        "tip_offs_about_one_flat_are_found_beside_what_its_tenant_sent_and_each_stays",
    ),
    ("自动锁定", "frontend/desk/src/idle.rs", "it_warns_for_a_minute_and_then_locks"),
];

/// Sentences that promise nothing of this portal, though they sound so.
const NO_PROMISE: [&str; 6] =
    ["加密用的是人人都有", "正在加密", "加密程序没有", "加密目录", "自动比对", "只开一个页面填"];

/// The sentences that pages can say: what stands between quotes in the code, cut at full stops.
fn sentences(folder: &Path, into: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            sentences(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            let product = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = product.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = lines.collect::<Vec<_>>().join("\n");
            let quoted = code.split('"').skip(1).step_by(2);
            into.extend(quoted.flat_map(|text| text.split(['。', '；'])).map(str::to_owned));
        }
    }
    Ok(())
}

#[test]
fn every_promise_on_the_pages_is_held_by_a_test() -> Result<()> {
    let project = Project::find()?;
    let mut all = Vec::new();
    for part in ["portal", "ui", "desk"] {
        sentences(&project.path("frontend").join(part).join("src"), &mut all)?;
    }
    let promising = |text: &&String| {
        PROMISING.iter().any(|word| text.contains(word)) && !NO_PROMISE.iter().any(|word| text.contains(word))
    };
    let loose: Vec<_> = all
        .iter()
        .filter(promising)
        .filter(|text| !HELD.iter().any(|(promise, ..)| text.contains(promise)))
        .collect();
    ensure!(loose.is_empty(), "promised, but held by no test that `HELD` names: {loose:#?}");
    for (promise, file, test) in HELD {
        ensure!(all.iter().any(|text| text.contains(promise)), "nobody promises “{promise}” any more");
        let text = fs::read_to_string(project.path(file))?;
        ensure!(text.contains(&format!("fn {test}(")), "{file} has no test {test}, which holds “{promise}”");
    }
    Ok(())
}
