//! One paper: fetched part by part when it is asked for, opened, held against its letter, shown and saved.

use std::rc::Rc;

use policies::seen::visible;
use protocol::hash::sha256_hex;
use protocol::limits::PART_BYTES;
use protocol::paper::{Media, Paper, PaperStanding, Removed};
use thiserror::Error;
use yew::prelude::*;

use crate::calls::{Desk, DeskError};
use sealer::ops::Failure;
use ui::browser::{ObjectUrl, print_alone};
use ui::components::{Button, Look, Notice, Tone};
use ui::hooks::use_request;
use ui::sealing::SealerError;

/// Longest name of a saved file, in characters.
const NAME_CHARS: usize = 60;

/// Why a paper is not shown. `Display` is a sentence for the officer.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(crate) enum Unshown {
    /// It was not fetched or not opened.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// What came is not what the letter names.
    #[error(
        "取来的材料和信里登记的不是同一份：可能在服务器上损坏，或者被换过。请让对方重新传，并报告单位管理员。"
    )]
    Another,
    /// The key in the letter does not open it.
    #[error("这份材料打不开：信里的钥匙和它不配，或者封的时候出了错。请让对方重新传。")]
    Shut,
    /// Its content is not of the sort that the letter says.
    #[error("这份材料的内容不是信里写的格式，没有显示。请让对方用照片或者 PDF 重新传。")]
    OtherMedia,
    /// The browser shows no bytes.
    #[error("这个浏览器显示不了这份材料，请换一个浏览器。")]
    Browser,
}

/// Props of [`Sheet`].
#[derive(Properties, PartialEq)]
pub(crate) struct SheetProps {
    /// What the letter says of it.
    pub(crate) paper: Paper,
    /// The key that the letter carries.
    pub(crate) secret: AttrValue,
    /// What it is for, in the document's words.
    pub(crate) wanted: Option<AttrValue>,
    /// What has come of it: none where the case announced no such paper.
    pub(crate) standing: Option<PaperStanding>,
    /// Look-up id of the case.
    pub(crate) lookup: String,
    /// Where to ask.
    pub(crate) desk: Desk,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// One paper.
#[component]
pub(crate) fn Sheet(props: &SheetProps) -> Html {
    let request = use_request::<Rc<ObjectUrl>, Unshown>();
    let fetched = use_state(|| 0_u32);
    let paper = &props.paper;
    let parts = props.standing.as_ref().filter(|standing| standing.whole).map(parts_of);
    let open = {
        let (desk, lookup, paper) = (props.desk.clone(), props.lookup.clone(), paper.clone());
        let (secret, request, fetched) = (props.secret.to_string(), request.clone(), fetched.setter());
        let on_key_gone = props.on_key_gone.clone();
        Callback::from(move |_: MouseEvent| {
            let (Some(parts), false) = (parts, request.state().is_busy()) else { return };
            let (desk, lookup, paper) = (desk.clone(), lookup.clone(), paper.clone());
            let (secret, fetched, on_key_gone) = (secret.clone(), fetched.clone(), on_key_gone.clone());
            request.run(async move {
                let shown = show(&desk, &lookup, &paper, secret, parts, |part| fetched.set(part)).await;
                if matches!(&shown, Err(Unshown::Desk(error)) if error.key_is_gone()) {
                    on_key_gone.emit(());
                }
                shown
            });
        })
    };
    let close = {
        let request = request.clone();
        Callback::from(move |_: MouseEvent| request.reset())
    };
    let name = file_name(&paper.name, paper.media);
    let shown = request.state().done();
    html! {
        <li class="desk-sheet" data-test={format!("paper-{}", paper.id)}>
            <div class="desk-sheet__head">
                <p class="desk-sheet__name">
                    <strong><bdi>{ &paper.name }</bdi></strong>
                    <span class="muted">{ about(paper) }</span>
                </p>
                if let Some(wanted) = &props.wanted {
                    <p class="muted">{ "对应清单：" }{ wanted }</p>
                }
                if let Some(removed) = removed_words(&paper.removed) {
                    <p class="muted">{ removed }</p>
                }
            </div>
            if parts.is_none() {
                <p class="desk-sheet__missing">{ missing(props.standing.as_ref()) }</p>
            } else if shown.is_none() {
                <p class="desk-noprint">
                    <Button look={Look::Secondary} busy={request.state().is_busy()} onclick={open} test="paper-open">
                        { "打开" }<span class="visually-hidden">{ &paper.name }</span>
                    </Button>
                    <span class="muted" role="status">
                        if request.state().is_busy() {
                            { format!(" 正在取件并解密：第 {} 段，共 {} 段", *fetched + 1, parts.unwrap_or_default()) }
                        }
                    </span>
                </p>
            }
            if let Some(error) = request.state().failed() {
                <Notice tone={Tone::Failure} title="材料没有打开" live=true test="paper-failed">
                    <p>{ error.to_string() }</p>
                </Notice>
            }
            if let Some(shown) = shown {
                <div class="desk-sheet__shown">
                    if paper.media == Media::Pdf {
                        <p role="status">{ "已解密。PDF 请保存后用电脑上的阅读程序打开，看完请删除。" }</p>
                    } else {
                        <img id={element(&paper.id)} src={shown.address().to_owned()} alt={paper.name.clone()} data-test="paper-image" />
                    }
                    <p class="desk-sheet__acts desk-noprint">
                        <a class="button button--secondary" href={shown.address().to_owned()} download={name} data-test="paper-save">
                            { "保存到电脑" }
                        </a>
                        if paper.media != Media::Pdf {
                            <Button look={Look::Secondary} onclick={print(&paper.id)} test="paper-print">
                                { "打印这一份" }
                            </Button>
                        }
                        <Button look={Look::Quiet} onclick={close} test="paper-close">{ "收起" }</Button>
                    </p>
                </div>
            }
        </li>
    }
}

/// Fetches a paper and makes it an address that the page shows.
async fn show(
    desk: &Desk,
    lookup: &str,
    paper: &Paper,
    secret: String,
    parts: u32,
    progress: impl Fn(u32),
) -> Result<Rc<ObjectUrl>, Unshown> {
    let content = fetch(desk, lookup, paper, secret, parts, progress).await?;
    ObjectUrl::of(&content, paper.media.mime()).map(Rc::new).ok_or(Unshown::Browser)
}

/// Fetches, opens and checks a paper; tells after each part how many are there.
///
/// # Errors
/// [`Unshown`].
pub(super) async fn fetch(
    desk: &Desk,
    lookup: &str,
    paper: &Paper,
    secret: String,
    parts: u32,
    progress: impl Fn(u32),
) -> Result<Vec<u8>, Unshown> {
    progress(0);
    let mut sealed = Vec::new();
    for part in 0..parts {
        sealed.extend(desk.part(lookup, &paper.id, part).await?);
        if part + 1 < parts {
            progress(part + 1);
        }
    }
    if sha256_hex(&sealed) != paper.id {
        return Err(Unshown::Another);
    }
    let content = match desk.sealer.open_paper(secret, &sealed, paper.bytes).await {
        Ok(content) => content,
        Err(SealerError::Refused(Failure::CannotOpen)) => return Err(Unshown::Shut),
        Err(why) => return Err(DeskError::from(why).into()),
    };
    if Media::of(&content) == Some(paper.media) { Ok(content) } else { Err(Unshown::OtherMedia) }
}

/// How many parts it has.
pub(super) fn parts_of(standing: &PaperStanding) -> u32 {
    u32::try_from(standing.bytes.div_ceil(PART_BYTES as u64)).unwrap_or_default()
}

fn print(id: &str) -> Callback<MouseEvent> {
    let element = element(id);
    Callback::from(move |_: MouseEvent| print_alone(&element))
}

/// The id of a paper's picture in the page.
fn element(id: &str) -> String {
    format!("paper-{id}")
}

fn about(paper: &Paper) -> String {
    let sort = match paper.media {
        Media::Jpeg => "照片",
        Media::Png => "图片",
        Media::Pdf => "PDF",
    };
    format!(" {sort}，{}", size_words(paper.bytes))
}

fn size_words(bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1024);
    if kilobytes < 1024 { format!("{kilobytes} KB") } else { format!("{} MB", kilobytes.div_ceil(1024)) }
}

/// What of it is not there.
fn missing(standing: Option<&PaperStanding>) -> String {
    match standing {
        None => "信里写了这份材料，服务器上没有登记。请在下面答复对方，让他重新添加。".to_owned(),
        Some(standing) if standing.parts.is_empty() => "还没有传来。".to_owned(),
        Some(standing) => {
            format!("正在传：{} 段到了 {} 段。", parts_of(standing), standing.parts.len())
        }
    }
}

fn removed_words(removed: &[Removed]) -> Option<String> {
    let word = |one: &Removed| match one {
        Removed::Place => "拍摄地点",
        Removed::Time => "拍摄时间",
        Removed::Device => "手机型号",
        Removed::Thumbnail => "缩略图",
        Removed::Other => "其他附带信息",
    };
    let words: Vec<&str> = removed.iter().map(word).collect();
    (!words.is_empty()).then(|| format!("对方的浏览器发出前去掉了：{}", words.join("、")))
}

/// A name under which it can be saved: what the sender called it, without what a disk or a screen would take for
/// something else, and the end that its content has.
fn file_name(name: &str, media: Media) -> String {
    let plain = |sign: char| if sign.is_control() || r#"/\:*?"<>|%"#.contains(sign) { ' ' } else { sign };
    let kept: String = visible(name).chars().map(plain).take(NAME_CHARS).collect();
    let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_matches(['.', ' ']);
    let end = format!(".{}", media.extension());
    let stem = words.strip_suffix(&end).unwrap_or(words);
    format!("{}{end}", if stem.is_empty() { "材料" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_is_called_what_it_is_and_nothing_else() {
        for (name, media, saved) in [
            ("户口簿 第1页", Media::Jpeg, "户口簿 第1页.jpg"),
            ("户口簿.jpg", Media::Jpeg, "户口簿.jpg"),
            ("../../etc/passwd", Media::Pdf, "etc passwd.pdf"),
            ("账单.exe", Media::Pdf, "账单.exe.pdf"),
            ("照片\u{202e}gpj.exe", Media::Png, "照片gpj.exe.png"),
            ("  . ", Media::Png, "材料.png"),
            ("a\u{0}b\nc", Media::Png, "ab c.png"),
        ] {
            assert_eq!(file_name(name, media), saved, "{name}");
        }
        assert!(file_name(&"长".repeat(500), Media::Jpeg).chars().count() <= NAME_CHARS + 4);
    }

    #[test]
    fn what_is_not_there_is_told_as_it_is() {
        let standing =
            |parts: Vec<u32>| PaperStanding { id: String::new(), bytes: 600_000, parts, whole: false };
        assert!(missing(None).contains("没有登记"));
        assert_eq!(missing(Some(&standing(Vec::new()))), "还没有传来。");
        assert_eq!(missing(Some(&standing(vec![0, 2]))), "正在传：3 段到了 2 段。");
    }

    #[test]
    fn sizes_are_told_in_round_numbers() {
        assert_eq!([1, 1024, 1025, 7_340_032].map(size_words), ["1 KB", "1 KB", "2 KB", "7 MB"]);
        assert_eq!(removed_words(&[]), None);
        assert!(
            removed_words(&[Removed::Place, Removed::Device])
                .is_some_and(|told| told.contains("拍摄地点、手机型号"))
        );
    }
}
