//! Header, switches, footer: what surrounds every page.

use yew::prelude::*;

use crate::{
    components::Go,
    hooks::{DisplayAction, apply_display, use_display},
    pages::WaitingNote,
    route::Route,
    text::{SITE, TAGLINE},
};

/// Props of [`Shell`].
#[derive(Clone, PartialEq, Properties)]
pub struct ShellProps {
    /// The page.
    pub children: Html,
}

/// The portal's frame.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
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
        crate::hooks::focus_by_id("main");
    });
    html! { <a class="skip-link" href="#main" {onclick}>{ "跳到正文" }</a> }
}

/// Large text and high contrast, as two switches. The desk shows them too.
#[component]
pub fn DisplaySwitches() -> Html {
    let display = use_display();
    let toggle = |action: DisplayAction| {
        let display = display.clone();
        Callback::from(move |_: MouseEvent| {
            apply_display(display.after(action));
            display.dispatch(action);
        })
    };
    html! {
        <div class="switches" role="group" aria-label="显示方式">
            <button
                type="button"
                class="switch"
                aria-pressed={display.large.to_string()}
                data-test="large-text"
                onclick={toggle(DisplayAction::ToggleLarge)}
            >
                { "大字版" }
            </button>
            <button
                type="button"
                class="switch"
                aria-pressed={display.high.to_string()}
                data-test="high-contrast"
                onclick={toggle(DisplayAction::ToggleHigh)}
            >
                { "高对比" }
            </button>
        </div>
    }
}
