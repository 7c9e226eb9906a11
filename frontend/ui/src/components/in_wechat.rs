//! What can be done in WeChat's own browser, which neither prints nor saves files.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Button, Look, Notice, Tone};
use crate::browser::copy_text;

/// Props of [`InWechat`].
#[derive(Clone, PartialEq, Properties)]
pub struct InWechatProps {
    /// What is not possible.
    #[prop_or(AttrValue::Static("微信里不能存文件"))]
    pub title: AttrValue,
    /// What can be done instead.
    pub says: AttrValue,
    /// What can be copied instead, if there is anything; asked for when it is.
    #[prop_or_default]
    pub text: Option<Callback<(), String>>,
    /// Hook for browser tests: `…-wechat` the whole, `…-copy` the button.
    pub test: AttrValue,
}

/// Says what cannot be done here and how to come by the same; where that is a text, copies it.
#[component]
pub fn InWechat(props: &InWechatProps) -> Html {
    let said = use_state(|| "");
    let copy = props.text.clone().map(|text| {
        let said = said.setter();
        Callback::from(move |_: MouseEvent| {
            let (text, said) = (text.emit(()), said.clone());
            spawn_local(async move {
                let copied = copy_text(text).await;
                said.set(if copied {
                    "已复制，可以粘贴了。里面有个人信息的，只贴给信得过的人。"
                } else {
                    "微信不让复制，请截屏。"
                });
            });
        })
    });
    html! {
        <Notice tone={Tone::Info} title={props.title.clone()} live=true test={format!("{}-wechat", props.test)}>
            <p>{ &props.says }</p>
            if let Some(onclick) = copy {
                <Button look={Look::Secondary} {onclick} test={format!("{}-copy", props.test)}>{ "复制文字" }</Button>
            }
            <p role="status">{ *said }</p>
        </Notice>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let text = Callback::from(|()| "测试".to_owned());
    vec![
        State::new("text", html! { <InWechat says="可以复制文字，也可以截屏。" {text} test="state-text" /> }),
        State::new("nothing", html! { <InWechat says="请在浏览器打开本站。" test="state-nothing" /> }),
    ]
}
