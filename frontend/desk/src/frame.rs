//! What surrounds every page of the desk: whose key it is, the lock, the display switches.

use policies::rulebook;
use yew::prelude::*;

use super::session::Officer;
use super::words;
use ui::components::{Button, DisplaySwitches, Look, Notice, Tone};

/// Props of [`Frame`].
#[derive(Properties, PartialEq)]
pub(crate) struct FrameProps {
    /// Whose key is held, if one is.
    #[prop_or_default]
    pub(crate) officer: Option<Officer>,
    /// Locks the desk.
    #[prop_or_default]
    pub(crate) on_lock: Callback<()>,
    /// Seconds until the desk locks itself, when it is time to warn.
    #[prop_or_default]
    pub(crate) left: Option<u32>,
    /// The page.
    pub(crate) children: Html,
}

/// The desk's frame.
#[component]
pub(crate) fn Frame(props: &FrameProps) -> Html {
    html! {
        <>
            <header class="site-head desk-head">
                <div class="site-head__inner">
                    <p class="brand">
                        <span class="brand__name">{ "安居" }</span>
                        <span class="brand__line">{ "办公台" }</span>
                    </p>
                    if let Some(officer) = &props.officer {
                        { badge(officer) }
                    }
                    <div class="desk-head__tools">
                        <DisplaySwitches />
                        if props.officer.is_some() {
                            <button
                                type="button" class="switch desk-lock" data-test="desk-lock"
                                onclick={props.on_lock.reform(|_: MouseEvent| ())}
                            >
                                { "锁定" }
                            </button>
                        }
                    </div>
                </div>
            </header>
            <main id="main" class="desk-main" tabindex="-1">
                if let Some(seconds) = props.left {
                    <Notice tone={Tone::Warning} title="办公台将自动锁定" live=true test="desk-idle">
                        <p>{ format!("很久没有操作，{seconds} 秒后锁定。没有发出的文字会一并清除。") }</p>
                        <Button look={Look::Secondary}>{ "继续办公" }</Button>
                    </Notice>
                }
                { props.children.clone() }
            </main>
        </>
    }
}

fn badge(officer: &Officer) -> Html {
    let document = rulebook().document(&officer.office).map(policies::Compiled::document);
    let place = document.map_or(officer.office.as_str(), |document| &document.place.name);
    html! {
        <p class="desk-badge">
            <span class="desk-badge__office" data-test="desk-office" data-office={officer.office.clone()}>
                { place }
            </span>
            <span>{ words::role(officer.role) }</span>
            <span class="desk-badge__kid">{ "钥匙 " }<code>{ &officer.kid }</code></span>
        </p>
    }
}
