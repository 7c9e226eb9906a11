//! One paper that was added: what it looks like, what went out of it, turning, naming, another in its place, taking it away.

use protocol::paper::{Media, Removed};
use yew::prelude::*;

use super::{kept::HeldPaper, on_page::Papers};
use ui::{
    browser::{chosen_files, focus_by_id},
    components::{AskFirst, Button, Field, Look},
    intake::Turn,
};

/// Props of [`Added`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AddedProps {
    pub(super) papers: Papers,
    pub(super) paper: HeldPaper,
    /// DOM id of the item that it is for.
    pub(super) slot: AttrValue,
    /// Its number in the item, from 1.
    pub(super) n: usize,
}

/// A paper with what can be done to it.
#[component]
pub(super) fn Added(props: &AddedProps) -> Html {
    let AddedProps { papers, paper, slot, n } = props;
    let large = use_state(|| false);
    let id = format!("{slot}-{n}");
    let name =
        if paper.label.media == Media::Pdf { format!("第 {n} 份 PDF") } else { format!("第 {n} 张") };
    let turn = |turn: Turn| {
        let (papers, paper) = (papers.clone(), paper.clone());
        Callback::from(move |_: MouseEvent| papers.turn(&paper, turn))
    };
    let rename = {
        let (papers, paper) = (papers.clone(), paper.clone());
        Callback::from(move |name: String| papers.rename(&paper, name))
    };
    let remove = {
        let (papers, paper, slot) = (papers.clone(), paper.clone(), slot.clone());
        Callback::from(move |()| {
            papers.remove(&paper);
            focus_by_id(&slot);
        })
    };
    let instead = {
        let (papers, paper) = (papers.clone(), paper.clone());
        Callback::from(move |event: Event| {
            papers.add(chosen_files(&event), paper.label.wanted.clone(), Some(paper.key.clone()));
        })
    };
    let enlarge = {
        let (large, now) = (large.setter(), *large);
        Callback::from(move |_: MouseEvent| large.set(!now))
    };
    let src = paper.shown.as_ref().map(|shown| shown.address().to_owned());
    html! {
        <li class="attached" data-test={format!("added-{id}")}>
            if paper.label.media == Media::Pdf {
                <a class="attached__pdf" href={src} target="_blank" rel="noopener">{ "PDF" }<span class="visually-hidden">{ format!("：打开看{name}") }</span></a>
            } else {
                <button type="button" class={classes!("attached__look", large.then_some("attached__look--large"))} onclick={enlarge} aria-expanded={if *large { "true" } else { "false" }}>
                    <img {src} alt={format!("{name}，{}", if *large { "按一下缩小" } else { "按一下放大" })} data-test={format!("picture-{id}")} />
                </button>
            }
            <div class="attached__about">
                <Field
                    id={format!("{id}-name")}
                    label={format!("{name}的名称")}
                    optional=true
                    maxlength={60}
                    value={paper.label.name.clone()}
                    oninput={rename}
                    test={format!("name-{id}")}
                />
                <p class="muted" data-test={format!("cleaned-{id}")}>{ cleaned(paper.label.media, &paper.label.removed) }</p>
                <div class="row">
                    if paper.label.media != Media::Pdf {
                        <Button look={Look::Secondary} onclick={turn(Turn::Left)} label={format!("{name}向左转")} test={format!("left-{id}")}>{ "向左转" }</Button>
                        <Button look={Look::Secondary} onclick={turn(Turn::Right)} label={format!("{name}向右转")} test={format!("right-{id}")}>{ "向右转" }</Button>
                        if let Some(tools) = papers.tools { { (tools.cover)(props) } }
                    }
                    <label class="button button--secondary attached__file">
                        { "换一张" }
                        <input type="file" class="visually-hidden" accept={super::list::accepted(papers)} onchange={instead} aria-label={format!("{name}换成别的")} data-test={format!("instead-{id}")} />
                    </label>
                    <AskFirst look={Look::Danger} says="删去" label={format!("删去{name}")} loses={format!("{name}会从这台设备上删掉。")} onclick={remove} test={format!("remove-{id}")} />
                </div>
            </div>
        </li>
    }
}

/// What became of what stood beside the picture.
fn cleaned(media: Media, removed: &[Removed]) -> String {
    if media == Media::Pdf {
        return "PDF 按原样加密发送；里面记着的作者、制作时间、软件没有去掉，介意的请换成照片。".to_owned();
    }
    let words: Vec<&str> = removed.iter().copied().map(removed_word).collect();
    if words.is_empty() {
        "文件里除了画面，没有发现拍摄地点、时间这些信息。".to_owned()
    } else {
        format!("已经从文件里去掉：{}。只留下画面。", words.join("、"))
    }
}

/// What was taken out, in a word.
fn removed_word(removed: Removed) -> &'static str {
    match removed {
        Removed::Place => "拍摄地点",
        Removed::Time => "拍摄时间",
        Removed::Device => "手机或相机的型号、序列号、软件",
        Removed::Thumbnail => "藏在里面的小图",
        Removed::Other => "其他附带信息",
    }
}
