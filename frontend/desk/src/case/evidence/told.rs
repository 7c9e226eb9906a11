//! What the files of the archive say: the letter and the messages in words, as they came, as they were sealed; the history.

use data_encoding::BASE64;
use policies::model::Document;
use protocol::case::{Action, Actor, Event};
use protocol::config::{OfficeConfig, PortalConfig};
use protocol::letter::{Letter, TipOff};
use protocol::paper::{Enclosures, Paper};

use super::archive::Entry;
use crate::calls::Desk;
use crate::case::opened::OpenedCase;
use crate::words;
use ui::words::{case_number, date_words, moment, owners_moment};

/// For whoever opens the archive.
const README: &str = "\
这是一件举报的证据，由办公台导出，没有封，谁拿到谁能看。请按保密规定保管，用完销毁。

SHA256SUMS        每个文件的校验值。核对：sha256sum -c SHA256SUMS
letter.txt        举报内容；letter.json 是原文，letter.age 是收到时封好的信
messages/         来往消息：.txt 是内容，.age 是封好的原件
photos/           举报人附的材料，和信里登记的逐份核对过
history.txt       办理记录；case.json、config.json 是带签名的原始记录
                  核对：node verify.mjs case.json config.json <本单位的根公钥>
";

/// Everything but the papers.
pub(super) fn entries(opened: &OpenedCase, document: &Document, desk: &Desk) -> Vec<Entry> {
    let view = &opened.case.view;
    let mut entries = vec![Entry::text("README.txt", README)];
    if let Ok(letter) = &opened.letter {
        if let Letter::TipOff(tip_off) = letter {
            entries.push(Entry::text("letter.txt", in_words(tip_off, opened, document)));
        }
        entries.push(Entry::text("letter.json", json(letter)));
    }
    entries.extend(sealed("letter.age", &opened.case.envelope));
    for event in &view.events {
        let Action::Message { envelope: Some(envelope), .. } = &event.action else { continue };
        let path = format!("messages/{:03}", event.seq);
        if let Some(Ok(message)) = opened.messages.get(&event.seq) {
            let (who, when) = by_whom(event, opened);
            entries.push(Entry::text(&format!("{path}.txt"), format!("{who}，{when}\n\n{}\n", message.text)));
        }
        entries.extend(sealed(&format!("{path}.age"), envelope));
    }
    entries.push(Entry::text("history.txt", history(opened, document)));
    let bare = protocol::case::CaseView {
        events: view.events.iter().map(Event::without_envelope).collect(),
        ..view.clone()
    };
    entries.push(Entry::text("case.json", json(&bare)));
    let office = OfficeConfig { card: desk.card.clone(), recipients: Vec::new() };
    let offices = [(view.office.clone(), office)].into();
    entries.push(Entry::text("config.json", json(&PortalConfig { offices, ..PortalConfig::default() })));
    entries
}

/// The papers that the letter and the messages name, each with the key that opens it.
pub(super) fn papers(opened: &OpenedCase) -> Vec<(String, Paper)> {
    let letter = opened.letter.as_ref().ok().and_then(Letter::enclosures);
    let messages = opened.messages.values().filter_map(|said| said.as_ref().ok()?.enclosures.as_ref());
    let of = |one: &Enclosures| one.papers.iter().map(|paper| (one.key.clone(), paper.clone())).collect();
    letter.into_iter().chain(messages).flat_map::<Vec<_>, _>(of).collect()
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn sealed(path: &str, envelope: &str) -> Option<Entry> {
    let bytes = BASE64.decode(envelope.as_bytes()).ok()?;
    Some(Entry { path: path.to_owned(), bytes })
}

fn by_whom(event: &Event, opened: &OpenedCase) -> (String, String) {
    let kind = opened.case.view.kind;
    match &event.by {
        Actor::Applicant => (words::sender(kind).to_owned(), owners_moment(kind, event.at)),
        Actor::Office { kid, role } => (format!("{}，钥匙 {kid}", words::role(*role)), moment(event.at)),
    }
}

fn in_words(tip_off: &TipOff, opened: &OpenedCase, document: &Document) -> String {
    let view = &opened.case.view;
    let breach = document.breach(&tip_off.breach);
    let named =
        tip_off.informant.as_ref().map_or("匿名".to_owned(), |one| format!("{} {}", one.name, one.phone));
    let lines = [
        ("件号", case_number(&view.lookup)),
        ("收到", owners_moment(view.kind, view.received_at)),
        ("举报人", named),
        (
            "反映的问题",
            breach.map_or_else(String::new, |one| format!("{}（{}）", one.label, one.cite.article)),
        ),
        ("位置", tip_off.place.clone()),
        ("从什么时候开始", tip_off.since.clone()),
        ("怎样知道的", tip_off.how_known.clone()),
        ("填写日期", date_words(tip_off.on)),
        ("具体情况", tip_off.text.clone()),
    ];
    lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}：{value}\n"))
        .collect()
}

fn history(opened: &OpenedCase, document: &Document) -> String {
    let view = &opened.case.view;
    let line = |event: &Event| {
        let what = words::event(document, view.kind, &event.action);
        let (who, when) = by_whom(event, opened);
        format!("{} {when} {who} {what} {}\n", event.seq, event.hash)
    };
    view.events.iter().map(line).collect()
}
