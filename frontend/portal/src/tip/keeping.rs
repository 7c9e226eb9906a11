//! What stays on the device: nothing, unless that is asked for.

use yew::prelude::*;

use ui::{
    browser::stored,
    components::{AskFirst, CheckBox, Look},
};

/// Props of [`Keeping`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct KeepingProps {
    /// It was asked for.
    pub(super) asked: bool,
    /// Nothing is written.
    pub(super) blank: bool,
    /// Asks for it, or no longer.
    pub(super) on_ask: Callback<bool>,
    /// Empties everything.
    pub(super) on_clear: Callback<()>,
}

/// The switch, what it means, and emptying.
#[component]
pub(super) fn Keeping(props: &KeepingProps) -> Html {
    let shared = use_state(|| false);
    {
        let shared = shared.setter();
        use_effect_with(props.asked, move |_| shared.set(stored::is_shared()));
    }
    let says = match (props.asked, *shared) {
        (false, _) => {
            "现在什么都不留在这台设备上：关掉或者刷新这一页，写的和选的照片就没有了。公用电脑、和家里人合用的手机，请不要打勾。"
        }
        (true, false) => {
            "草稿和照片存在这台设备的浏览器里，谁用这台设备都能看到。收到以后清掉，按“离开”也清掉。"
        }
        (true, true) => "公用电脑方式：关掉这个页面，草稿就没有了。",
    };
    html! {
        <div class="keep" data-test="tip-keeping">
            <CheckBox
                id="tip-keep"
                label="在这台设备上保留草稿，下次接着写"
                checked={props.asked}
                onchange={props.on_ask.clone()}
                test="tip-keep"
            />
            <p role="status" data-test="tip-kept">{ says }</p>
            if !props.blank {
                <AskFirst
                    look={Look::Secondary}
                    says="全部清空"
                    loses="写的和选的照片都会清掉，找不回来。"
                    onclick={props.on_clear.clone()}
                    test="tip-clear"
                />
            }
        </div>
    }
}
