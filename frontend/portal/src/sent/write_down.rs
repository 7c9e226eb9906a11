//! The receipt code before anything is sent, where the browser keeps nothing: once the page is gone, so is the code.

use protocol::receipt::ReceiptCode;
use yew::prelude::*;

use ui::components::{Button, Notice, Tone};

/// Props of [`WriteDown`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct WriteDownProps {
    /// Twenty digits.
    pub(super) code: AttrValue,
    /// It is written down.
    pub(super) on_written: Callback<()>,
}

/// Shows the code, and sends only when the person says that it is written down.
#[component]
pub(super) fn WriteDown(props: &WriteDownProps) -> Html {
    let grouped =
        ReceiptCode::parse(&props.code).map_or_else(|_| props.code.to_string(), |code| code.grouped());
    html! {
        <Notice tone={Tone::Warning} title="还没有提交：请先把查询码抄下来" live=true test="write-down">
            <p>{ format!("{}提交以后万一页面断了，只有抄下来的查询码能查到这一件。", super::nothing_kept()) }</p>
            <p class="receipt__code number" data-test="write-down-code" aria-label={format!("查询码 {grouped}")}>
                for group in grouped.split(' ') {
                    <span class="receipt__group">{ group.to_owned() }</span>{ " " }
                }
            </p>
            <Button onclick={props.on_written.reform(|_: MouseEvent| ())} test="write-down-done">
                { "抄好了，现在提交" }
            </Button>
        </Notice>
    }
}
