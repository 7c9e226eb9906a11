//! Header, switches, footer: what surrounds every page.

use yew::prelude::*;

use crate::{
    frame::{Go, WaitingNote},
    route::Route,
};
use ui::{
    components::DisplaySwitches,
    words::{SITE, TAGLINE},
};

/// Props of [`Shell`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ShellProps {
    /// The page.
    pub(crate) children: Html,
}

/// The portal's frame.
#[component]
pub(crate) fn Shell(props: &ShellProps) -> Html {
    html! {
        <>
            <SkipLink />
            <header class="site-head">
                <div class="site-head__inner">
                    <Go to={Route::Home} class="brand" test="home">
                        <span class="brand__name">{ SITE }</span>
                        <span class="brand__line">{ TAGLINE }</span>
                    </Go>
                    <DisplaySwitches />
                </div>
            </header>
            <WaitingNote />
            <main id="main" class="site-main" tabindex="-1">{ props.children.clone() }</main>
            <footer class="site-foot">
                <div class="site-foot__inner">
                    <nav aria-label="页脚">
                        <ul class="site-foot__links">
                            <li><Go to={Route::Home}>{ "选择地方" }</Go></li>
                            <li><Go to={Route::Status} test="foot-status">{ "查询进度" }</Go></li>
                            <li><Go to={Route::About} test="about">{ "关于本站与隐私" }</Go></li>
                        </ul>
                    </nav>
                    <p>{ "政策内容来自各地公开文件，逐条注明出处；自测结果只作参考，不是审批决定。" }</p>
                </div>
            </footer>
        </>
    }
}

/// Jumps over the header; visible on focus. The target is `#main`.
#[component]
fn SkipLink() -> Html {
    let onclick = Callback::from(|event: MouseEvent| {
        event.prevent_default();
        ui::browser::focus_by_id("main");
    });
    html! { <a class="skip-link" href="#main" {onclick}>{ "跳到正文" }</a> }
}
