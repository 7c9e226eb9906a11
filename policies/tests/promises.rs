//! What the data promise in this portal's name: every such sentence is kept somewhere, and here is said where.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use policies::rulebook;
use serde_json::Value as Json;

/// What makes a sentence sound like a promise of this portal.
const PROMISING: [&str; 7] = ["本站", "提醒", "帮您", "替您", "打印", "先收下", "记下您"];

/// Sentences that only tell whose a step or a reading is, or what this portal does not do.
const NO_PROMISE: [&str; 9] = [
    "这一步是本站",
    "是本站补上的",
    "是本站加的",
    "这是本站的办法",
    "是本站按条文列的",
    "本站没有",
    "本站只说",
    "本站的结论",
    "不替您",
];

/// A promise, the file that keeps it, and the words there that do.
const KEPT: [(&str, &str, &str); 4] = [
    ("在本站不用留姓名", "frontend/portal/src/tip/terms.rs", "姓名和电话留不留由您"),
    ("本站要求写明结果", "protocol/src/error.rs", "举报办结要把结果告诉举报人"),
    ("数满六个月的欠租就提醒", "policies/data/yongshun-2023.toml", "已经满六个月。欠租加起来六个月以上"),
    ("满六个月就提醒", "policies/data/yongshun-2023.toml", "已经满六个月。欠租加起来六个月以上"),
];

fn sentences(node: &Json, key: &str, into: &mut Vec<String>) {
    match node {
        Json::Object(fields) => fields.iter().for_each(|(key, value)| sentences(value, key, into)),
        Json::Array(items) => items.iter().for_each(|item| sentences(item, key, into)),
        Json::String(text) if key != "by" => into.extend(text.split(['。', '；']).map(str::to_owned)),
        _ => {}
    }
}

#[test]
fn every_promise_in_the_data_is_kept_somewhere() {
    let mut all = Vec::new();
    for compiled in rulebook().documents() {
        sentences(&serde_json::to_value(compiled.document()).unwrap(), "", &mut all);
    }
    let promising = |text: &&String| {
        PROMISING.iter().any(|word| text.contains(word)) && !NO_PROMISE.iter().any(|word| text.contains(word))
    };
    let unkept: Vec<_> = all
        .iter()
        .filter(promising)
        .filter(|text| !KEPT.iter().any(|(promise, ..)| text.contains(promise)))
        .collect();
    assert!(unkept.is_empty(), "promised, but kept nowhere that `KEPT` names: {unkept:#?}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for (promise, file, words) in KEPT {
        assert!(all.iter().any(|text| text.contains(promise)), "nobody promises “{promise}” any more");
        let text = fs::read_to_string(root.join(file)).unwrap();
        assert!(text.contains(words), "{file} no longer says “{words}”, which keeps “{promise}”");
    }
}
