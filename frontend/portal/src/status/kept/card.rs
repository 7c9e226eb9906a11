//! Keeping the receipt of an open case on this device.

use policies::model::CaseKind;
use yew::prelude::*;

use super::{MOST, Seen, forget, keep, name_of, saw};
use crate::status::{last_seen, open::Opened};
use ui::{
    browser::stored,
    components::{Button, Field, Look, Notice, Tone, fold},
};

/// Props of [`Keep`].
#[derive(Clone, PartialEq, Properties)]
pub(in crate::status) struct KeepProps {
    /// The case, as it is seen now, with its keys.
    pub(in crate::status) opened: Opened,
    /// Its stage's own word.
    pub(in crate::status) stage: String,
}

impl KeepProps {
    /// For effects and handlers.
    fn seen(&self) -> Seen {
        Seen::now(&self.opened.receipt, &self.opened.view, &self.stage)
    }

    fn code(&self) -> &str {
        &self.opened.receipt.code
    }
}

/// Asks whether to keep it, and under which name.
#[component]
pub(in crate::status) fn Keep(props: &KeepProps) -> Html {
    let kept = use_state(|| None::<String>);
    let typed = use_state(String::new);
    let shared = use_state(|| true);
    let full = use_state(|| false);
    {
        let (kept, shared) = (kept.setter(), shared.setter());
        use_effect_with(props.clone(), move |props| {
            shared.set(stored::is_shared());
            saw(props.code(), &props.seen());
            last_seen::note(props.opened.clone());
            kept.set(name_of(props.code()));
        });
    }
    if *shared {
        return Html::default();
    }
    let submit = {
        let (kept, typed, full, props) = (kept.setter(), typed.clone(), full.setter(), props.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            full.set(!keep(props.code(), typed.trim(), Some(props.seen())));
            last_seen::note(props.opened.clone());
            kept.set(name_of(props.code()));
        })
    };
    let drop = {
        let (kept, code) = (kept.setter(), props.code().to_owned());
        Callback::from(move |_: MouseEvent| {
            forget(&code);
            kept.set(None);
        })
    };
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |text| typed.set(text))
    };
    let body = match &*kept {
        Some(name) => html! {
            <>
                <p role="status" data-test="kept-as">{ format!("这台设备上记着，叫“{name}”。以后打开“查询进度”，点名字就能看，有了新变化会标出来；没有网络的时候，能看您交的内容和最后一次看到的进度。") }</p>
                <Button look={Look::Secondary} onclick={drop} test="keep-forget">{ "不再记着" }</Button>
            </>
        },
        None => html! {
            <form novalidate=true onsubmit={submit}>
                if props.opened.view.kind == CaseKind::TipOff {
                    <p data-test="keep-tip-off">{ "这是举报。记在这台设备上，用这台设备的人就看得出有人举报过；一个人用的手机才记。" }</p>
                } else {
                    <p>{ "自己的手机才记：记着以后，用这台设备的人都能打开这一件。" }</p>
                }
                <Field id="keep-name" label="叫什么？" hint="比如“妈妈的申请”，自己认得就行。" value={(*typed).clone()} {oninput} optional=true />
                <Button submit=true look={Look::Secondary} test="keep-here">{ "记在这台设备上" }</Button>
                if *full {
                    <Notice tone={Tone::Warning} live=true test="keep-full">
                        <p>{ format!("没有记下：这台设备已经记了 {MOST} 个，或者浏览器不让存。请先在“查询进度”里去掉不用的。") }</p>
                    </Notice>
                }
            </form>
        },
    };
    fold("keep", "记在这台设备上", String::new(), body)
}
