//! The evidence of a tip-off in one file, for whoever decides on it elsewhere: letter, messages, photos and history, with
//! their hashes. What is saved is sealed no more, so it is asked twice.

mod archive;
mod told;

use policies::model::CaseKind;
use protocol::letter::Letter;
use thiserror::Error;
use yew::prelude::*;

use self::archive::{Entry, pack};
use super::history::StaticDocument;
use super::opened::OpenedCase;
use super::sheet::{Unshown, fetch, parts_of};
use crate::calls::{Desk, DeskError};
use ui::browser::save_bytes;
use ui::components::{AskFirst, Card, Look, Notice, Tone, fold};
use ui::hooks::{Request, use_request};
use ui::words::case_number;

/// Props of [`Evidence`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct EvidenceProps {
    /// The case.
    pub(crate) opened: OpenedCase,
    /// The office's document.
    pub(crate) document: StaticDocument,
    /// Where to ask.
    pub(crate) desk: Desk,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// Why nothing was saved. `Display` is a sentence for the officer.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
enum Unsaved {
    /// The papers were not fetched.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// They do not go into one archive.
    #[error("这些内容打不成一个包，请逐份保存材料。")]
    Unpacked,
    /// The browser refused.
    #[error("这个浏览器不让保存文件，请换一个浏览器。")]
    Refused,
}

/// What was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Exported {
    /// Papers in it.
    papers: usize,
    /// Papers that could not be had.
    missing: usize,
}

/// The button, and what came of it.
#[component]
pub(crate) fn Evidence(props: &EvidenceProps) -> Html {
    let request = use_request::<Exported, Unsaved>();
    if props.opened.case.view.kind != CaseKind::TipOff
        || !matches!(props.opened.letter, Ok(Letter::TipOff(_)))
    {
        return Html::default();
    }
    let export = {
        let (request, props) = (request.clone(), props.clone());
        Callback::from(move |()| {
            let props = props.clone();
            if request.state().is_busy() {
                return;
            }
            request.run(async move {
                let outcome = save(&props).await;
                if matches!(&outcome, Err(Unsaved::Desk(error)) if error.key_is_gone()) {
                    props.on_key_gone.emit(());
                }
                outcome
            });
        })
    };
    let told = match request.state() {
        Request::Idle => Html::default(),
        Request::Busy => html! { <p role="status">{ "正在取材料、打包……" }</p> },
        Request::Done(Exported { papers, missing: 0 }) => html! {
            <Notice tone={Tone::Success} live=true test="evidence-saved">
                <p>{ format!("已交给浏览器保存，里面有 {papers} 份材料。") }</p>
            </Notice>
        },
        Request::Done(Exported { papers, missing }) => html! {
            <Notice tone={Tone::Warning} live=true test="evidence-saved">
                <p>{ format!("已交给浏览器保存，里面有 {papers} 份材料；另有 {missing} 份没有传完或者打不开，写在 photos/missing.txt 里。") }</p>
            </Notice>
        },
        Request::Failed(error) => html! {
            <Notice tone={Tone::Failure} live=true test="evidence-failed"><p>{ error.to_string() }</p></Notice>
        },
    };
    let body = html! {
        <>
            <p>{ "把信、来往消息、材料和办理记录存成一个压缩包，带每个文件的校验值，用 sha256sum -c 能核对。每份材料的打开都记入审计记录。" }</p>
            <AskFirst
                says="导出证据" test="evidence" look={Look::Secondary} onclick={export}
                loses="导出的文件没有封，谁拿到谁能看，也可能让人认出举报人。请只交给依规办理的人，用完销毁。"
            />
            { told }
        </>
    };
    html! { <Card class="desk-noprint">{ fold("evidence-fold", "导出证据", String::new(), body) }</Card> }
}

/// Fetches the papers, packs everything, and offers it to the browser.
async fn save(props: &EvidenceProps) -> Result<Exported, Unsaved> {
    let (opened, desk) = (&props.opened, &props.desk);
    let view = &opened.case.view;
    let mut entries = told::entries(opened, props.document.0, desk);
    let papers = told::papers(opened);
    let standing = if papers.is_empty() { Vec::new() } else { desk.papers(&view.lookup).await?.papers };
    let (mut missing, mut there) = (String::new(), 0);
    for (place, (key, paper)) in (1..).zip(papers) {
        let parts = standing.iter().find(|one| one.id == paper.id && one.whole).map(parts_of);
        let came = match parts {
            Some(parts) => fetch(desk, &view.lookup, &paper, key, parts, |_| ()).await.map_err(Some),
            None => Err(None),
        };
        match came {
            Ok(bytes) => {
                there += 1;
                let path = format!("photos/{place:02}.{}", paper.media.extension());
                entries.push(Entry { path, bytes });
            }
            Err(Some(Unshown::Desk(error))) => return Err(error.into()),
            Err(why) => {
                let why = why.map_or_else(|| "还没有传完".to_owned(), |why| why.to_string());
                missing.push_str(&format!("{place:02} {}：{why}\n", paper.name));
            }
        }
    }
    let lacking = missing.lines().count();
    if lacking > 0 {
        entries.push(Entry::text("photos/missing.txt", missing));
    }
    let packed = pack(&entries).map_err(|_| Unsaved::Unpacked)?;
    let name = format!("tip-off-{}.zip", case_number(&view.lookup));
    let exported = Exported { papers: there, missing: lacking };
    let saved = save_bytes(&name, packed.as_slice(), "application/zip");
    if saved.is_offered() { Ok(exported) } else { Err(Unsaved::Refused) }
}
