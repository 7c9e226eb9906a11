//! What happened to a draft that its writer did not do on this page, in words.

use yew::prelude::*;

use crate::apply::draft::saved;
use ui::{
    browser::{Saved, save_file},
    components::{Button, InWechat, Look, Notice, Tone},
    place::Doc,
};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Another page changed it; this page shows the newer.
    Joined,
    /// Another page cleared it, sent it, or took it onto a shared computer.
    Gone,
    /// It was written under an earlier document of the place: what fits came along.
    Carried,
    /// It was kept in a form that cannot be read.
    Unread,
}

/// Props of [`ToldNotice`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ToldNoticeProps {
    /// The document.
    pub(super) doc: Doc,
    /// What happened.
    pub(super) told: Told,
}

/// Says it, and offers what was set aside.
#[component]
pub(super) fn ToldNotice(props: &ToldNoticeProps) -> Html {
    let (title, test, says) = match props.told {
        Told::Joined => (
            "这份草稿在另一个页面改过",
            "draft-joined",
            "这里已经换成最新的内容，请看一遍再接着填。一份申请只开一个页面填，就不会乱。",
        ),
        Told::Gone => {
            ("这份草稿在另一个页面清除或者提交了", "draft-gone", "这里也一起清掉了。要重新申请，请从头填。")
        }
        Told::Carried => (
            "这里的文件换了新的一版",
            "draft-carried",
            "以前填的，能用的都带过来了。承诺和授权要重新看、重新勾，请从头核对一遍。",
        ),
        Told::Unread => (
            "以前存的草稿读不出来",
            "draft-unread",
            "原来的内容没有丢，还在这台设备上，可以存成文件；申请请重新填。",
        ),
    };
    let aside = matches!(props.told, Told::Carried | Told::Unread);
    let doc = props.doc;
    let before = move || saved::set_aside(&doc.document().place.id);
    let here = use_state(|| false);
    let save = {
        let here = here.setter();
        Callback::from(move |_: MouseEvent| {
            if let Some(text) = before() {
                here.set(save_file("安居以前的草稿.json", &text) == Saved::InWechat);
            }
        })
    };
    html! {
        <Notice tone={Tone::Warning} {title} live=true {test}>
            <p>{ says }</p>
            if aside {
                <Button look={Look::Secondary} onclick={save} test="draft-aside-save">{ "把以前的存成文件" }</Button>
            }
            if *here {
                <InWechat
                    says="可以复制文字，粘贴到只有自己看得到的地方。"
                    text={Callback::from(move |()| before().unwrap_or_default())}
                    test="draft-aside"
                />
            }
        </Notice>
    }
}
