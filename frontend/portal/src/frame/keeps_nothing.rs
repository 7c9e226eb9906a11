//! Said before sending where the browser keeps nothing.

use yew::prelude::*;

use ui::components::{Notice, Tone};

/// What it means for whoever is about to send.
#[component]
pub(crate) fn KeepsNothing() -> Html {
    html! {
        <Notice tone={Tone::Warning} title="这个浏览器什么都存不下" test="keeps-nothing">
            <p>{ "请先准备好纸和笔。按了提交，会先给您一个 20 位查询码：抄下来，再按一次才真正提交。" }</p>
            <p>{ "中途关掉或者刷新页面，填的内容就没有了，要重新填。" }</p>
        </Notice>
    }
}
