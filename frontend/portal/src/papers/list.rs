//! The papers that a document wants of this household, each with what was added for it, and others beside them.

use policies::model::Paper;
use yew::prelude::*;

use super::{added::Added, on_page::Papers};
use ui::{
    browser::chosen_files,
    components::{Notice, Tone, fold},
};

/// What may be chosen.
const ACCEPT: &str = "image/*,application/pdf,.pdf,.heic,.heif";
/// What may be chosen where nothing but pictures is taken.
const PICTURES: &str = "image/*,.heic,.heif";

/// What may be chosen for a letter's papers.
pub(super) fn accepted(papers: &Papers) -> &'static str {
    if papers.tools.is_some() { PICTURES } else { ACCEPT }
}

/// An item of the list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    /// The document's paper.
    pub(crate) paper: &'static Paper,
    /// It is needed; otherwise it may be.
    pub(crate) certain: bool,
}

/// Props of [`PaperList`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PaperListProps {
    /// The papers of the draft.
    pub(crate) papers: Papers,
    /// The list.
    #[prop_or_default]
    pub(crate) wanted: Vec<Wanted>,
}

/// The list. Nothing on it keeps anybody from sending: what is not there is brought along.
#[component]
pub(crate) fn PaperList(props: &PaperListProps) -> Html {
    let on_page = props.papers.on_page();
    let known = |id: &str| props.wanted.iter().any(|item| item.paper.id == id);
    // For items that are not wanted any more, after an answer was changed: shown with the others, so that nothing is sent unseen.
    let loose: Vec<Option<String>> = {
        let of = on_page.list.iter().filter_map(|paper| paper.label.wanted.clone()).filter(|id| !known(id));
        let mut ids: Vec<String> = of.collect();
        ids.sort();
        ids.dedup();
        std::iter::once(None).chain(ids.into_iter().map(Some)).collect()
    };
    let others = html! {
        <>
            for wanted in &loose {
                { slot(&props.papers, wanted.clone(), "其他材料") }
            }
        </>
    };
    let other = loose.iter().any(|wanted| props.papers.count(wanted.as_deref()) > 0)
        || on_page.wrong.iter().any(|wrong| wrong.wanted.is_none());
    html! {
        <div class="attach" data-test="papers">
            if on_page.refused {
                <Notice tone={Tone::Warning} title="这台设备存不下这些材料" live=true test="papers-not-kept">
                    <p>{ "材料只在这一页里，照样可以提交。提交、传完以前，请不要关闭或者刷新页面；写好的文字不受影响。" }</p>
                </Notice>
            }
            if !props.wanted.is_empty() {
                <ul class="attach__list">
                    for item in &props.wanted { { one(&props.papers, item) } }
                </ul>
            }
            if props.wanted.is_empty() || other {
                <h3>{ "其他材料" }</h3>
                { others }
            } else {
                { fold("papers-other", "加别的材料", String::new(), others) }
            }
        </div>
    }
}

fn one(papers: &Papers, item: &Wanted) -> Html {
    let Wanted { paper, certain } = item;
    html! {
        <li key={&*paper.id} class="attach__item" data-test={format!("paper-{}", paper.id)}>
            <h3 class="attach__name">
                { &paper.label }
                if !certain { { " " }<span class="badge badge--unknown">{ "可能要" }</span> }
            </h3>
            if !paper.issued_by.is_empty() {
                <p>{ format!("由{}开具。", paper.issued_by) }</p>
            }
            if !paper.says.is_empty() {
                <p class="muted">{ &paper.says }</p>
            }
            if paper.declares.is_some() {
                <p data-test={format!("state-{}", paper.id)}>{ "在线申请里已经问了，不用拍。窗口要您签字的，到时候再签。" }</p>
            } else {
                { slot(papers, Some(paper.id.clone()), &paper.label) }
            }
        </li>
    }
}

/// What was added for an item, and how to add more.
pub(super) fn slot(papers: &Papers, wanted: Option<String>, label: &str) -> Html {
    let on_page = papers.on_page();
    let word = wanted.clone().unwrap_or_else(|| "other".to_owned());
    let id = AttrValue::from(["add-", &word].concat());
    let of = on_page.list.iter().filter(|paper| paper.label.wanted == wanted);
    let busy = on_page.busy.as_ref() == Some(&wanted);
    let state = match papers.count(wanted.as_deref()) {
        _ if busy => "正在处理照片……".to_owned(),
        0 if wanted.is_none() => "还没有。".to_owned(),
        0 => "还没有。没有也可以提交，到窗口再交。".to_owned(),
        count if papers.tools.is_some() => format!("已经加了 {count} 张。"),
        count => format!("已经加了 {count} 份。窗口要看原件的，到时候带上原件。"),
    };
    let choose = {
        let (papers, wanted) = (papers.clone(), wanted.clone());
        Callback::from(move |event: Event| papers.add(chosen_files(&event), wanted.clone(), None))
    };
    let input = |id: Option<AttrValue>, word: &str, photo: bool| {
        html! {
            <input
                type="file"
                class="visually-hidden"
                {id}
                multiple={!photo}
                accept={if photo { "image/*" } else { accepted(papers) }}
                capture={photo.then_some("environment")}
                onchange={choose.clone()}
                aria-label={format!("{label}：{word}")}
                disabled={papers.is_busy()}
                data-test={format!("{}-{}", if photo { "photo" } else { "choose" }, wanted.as_deref().unwrap_or("other"))}
            />
        }
    };
    let choose_says = if papers.tools.is_some() { "选照片" } else { "选照片或 PDF" };
    html! {
        <div class="attach__slot">
            <p role="status" data-test={format!("state-{word}")}>{ state }</p>
            for wrong in on_page.wrong.iter().filter(|wrong| wrong.wanted == wanted) {
                <Notice tone={Tone::Failure} title={format!("没有加上：{}", wrong.file)} live=true test={format!("refused-{word}")}>
                    <p>{ &wrong.words }</p>
                </Notice>
            }
            <ol class="attach__added">
                for (n, paper) in (1..).zip(of) {
                    <Added key={paper.key.clone()} papers={papers.clone()} paper={paper.clone()} slot={id.clone()} {n} />
                }
            </ol>
            <div class="row">
                <label class="button button--secondary attached__file attached__camera">{ "拍照" }{ input(None, "拍照", true) }</label>
                <label class="button button--secondary attached__file">{ choose_says }{ input(Some(id.clone()), choose_says, false) }</label>
            </div>
        </div>
    }
}

/// How the list stands, in a sentence; nothing where it is empty and nothing was added.
pub(crate) fn told(papers: &Papers, wanted: &[Wanted]) -> Option<String> {
    let asked = || wanted.iter().filter(|item| item.paper.declares.is_none());
    let missing = asked().filter(|item| item.certain && papers.count(Some(&item.paper.id)) == 0);
    let missing: Vec<&str> = missing.map(|item| item.paper.label.as_str()).collect();
    let added = papers.on_page().list.len();
    if missing.is_empty() {
        return (added > 0).then(|| format!("附上 {added} 份材料。"));
    }
    let rest = format!("还没有的，不耽误提交，等窗口通知了再带上：{}。", missing.join("；"));
    Some(if added > 0 { format!("附上 {added} 份材料。{rest}") } else { rest })
}
