//! Where the draft is: not yet submitted, kept here, saved to a file, forgotten.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    apply::draft::{Draft, DraftAction, saved},
    papers,
};
use ui::{
    browser::{Saved, chosen_file, random, save_file, show_by_id, stored},
    components::{AskFirst, Button, Look, Notice, Tone},
    place::Doc,
};

/// Props of [`Keep`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct KeepProps {
    /// The document.
    pub(super) doc: Doc,
    /// The draft.
    pub(super) draft: UseReducerHandle<Draft>,
    /// Whether the browser keeps it.
    pub(super) kept: bool,
    /// It is to be forgotten.
    pub(super) on_clear: Callback<()>,
}

/// Says that nothing has been submitted, and where the draft lives.
#[component]
pub(super) fn Keep(props: &KeepProps) -> Html {
    let said = use_state(|| AttrValue::Static(""));
    let shared = use_state(|| false);
    // What a file held, while it is not yet sure that it may take the place of what is typed.
    let loaded = use_state(|| None::<(Draft, bool)>);
    {
        let shared = shared.setter();
        use_effect_with((), move |()| shared.set(stored::is_shared()));
    }
    let save = {
        let (doc, draft, said) = (props.doc, props.draft.clone(), said.setter());
        Callback::from(move |_: MouseEvent| {
            let offered = save_file("安居申请草稿.json", &saved::to_file(&draft, doc));
            said.set(AttrValue::Static(match offered {
                Saved::Offered => "已交给浏览器保存。文件里有您填的个人信息，请放好。",
                Saved::Refused => "这个浏览器不让保存文件。",
                Saved::InWechat => {
                    "微信里不能存文件。草稿留在微信里：下次还在微信里打开，就能接着填。要存成文件，请先点右上角“…”，选“在浏览器打开”，在那边填。"
                }
            }));
        })
    };
    let replace = {
        let (dispatcher, said, loaded) = (props.draft.dispatcher(), said.setter(), loaded.setter());
        let before = props.draft.id.clone();
        Callback::from(move |(draft, carried): (Draft, bool)| {
            loaded.set(None);
            papers::carry(&before, &draft.id);
            dispatcher.dispatch(DraftAction::Restore(Box::new(draft)));
            said.set(AttrValue::Static(if carried {
                "已载入草稿。它是按以前的文件填的，能用的都带过来了；承诺和授权要重新勾。"
            } else {
                "已载入草稿。"
            }));
        })
    };
    let load = {
        let (doc, said, loaded) = (props.doc, said.setter(), loaded.setter());
        let (replace, loses) = (replace.clone(), !props.draft.is_blank());
        Callback::from(move |event: Event| {
            let Some(file) = chosen_file(&event) else { return };
            let (said, loaded, replace) = (said.clone(), loaded.clone(), replace.clone());
            spawn_local(async move {
                let text = file.await.unwrap_or_default();
                match saved::from_file(&text, doc, random::request_id()) {
                    Ok(draft) if loses => {
                        loaded.set(Some(draft));
                        // The question exists only after the next render.
                        gloo_timers::callback::Timeout::new(0, || show_by_id("draft-load-ask")).forget();
                    }
                    Ok(draft) => replace.emit(draft),
                    Err(wrong) => said.set(AttrValue::Static(wrong)),
                }
            });
        })
    };
    let clear = {
        let (on_clear, said) = (props.on_clear.clone(), said.setter());
        Callback::from(move |()| {
            on_clear.emit(());
            said.set(AttrValue::Static("草稿已清除。"));
        })
    };
    let set_shared = {
        let (shared, said) = (shared.clone(), said.setter());
        Callback::from(move |_: MouseEvent| {
            let on = !*shared;
            stored::set_shared(on);
            shared.set(on);
            said.set(AttrValue::Static(if on {
                "已按公用电脑处理：关掉这个页面，填的内容就没有了。"
            } else {
                "已改回平常方式：草稿保存在这台设备上。"
            }));
        })
    };
    let keep_typed = {
        let loaded = loaded.setter();
        Callback::from(move |_: MouseEvent| loaded.set(None))
    };
    html! {
        <div class="keep" data-test="draft-state">
            <p class="keep__state">
                <strong class="keep__badge">{ "草稿 · 尚未提交" }</strong>
                if *shared {
                    { "公用电脑方式：关掉页面就清除。" }
                } else if props.kept {
                    { "边填边自动保存，只在这台设备上。" }
                } else {
                    { "没有保存。" }
                }
            </p>
            if !props.kept {
                <Notice tone={Tone::Warning} title="这个浏览器不让保存草稿" test="draft-not-kept">
                    <p>{ "关掉或刷新页面，填的内容会丢。请一次填完，或者存成文件。" }</p>
                </Notice>
            }
            <details class="keep__more">
                <summary>{ "草稿怎样保管" }</summary>
                <div class="row">
                    <Button look={Look::Secondary} onclick={save} test="draft-save">{ "存成文件" }</Button>
                    <label class="button button--secondary keep__file">
                        <input type="file" class="visually-hidden" accept=".json,application/json" onchange={load} data-test="draft-load" />
                        { "载入文件" }
                    </label>
                    <Button look={Look::Secondary} onclick={set_shared} test="shared-computer">
                        { if *shared { "这是我自己的设备" } else { "这是公用电脑" } }
                    </Button>
                    <AskFirst
                        look={Look::Secondary}
                        says="清除草稿"
                        loses={if props.draft.is_blank() { "" } else { "这份申请里填的内容都会清掉，找不回来。" }}
                        onclick={clear}
                        test="draft-clear"
                    />
                </div>
            </details>
            if let Some(draft) = &*loaded {
                <div id="draft-load-ask">
                    <Notice tone={Tone::Warning} title="要换掉现在填的内容吗？" test="draft-load-ask">
                        <p>{ "载入以后，这里现在填的会被文件里的换掉，找不回来。想留着，请先存成文件。" }</p>
                        <div class="row">
                            <Button look={Look::Secondary} onclick={keep_typed} test="draft-load-keep">{ "不，留着现在的" }</Button>
                            <Button
                                look={Look::Danger}
                                onclick={replace.reform({ let draft = draft.clone(); move |_: MouseEvent| draft.clone() })}
                                test="draft-load-confirm"
                            >
                                { "确定换掉" }
                            </Button>
                        </div>
                    </Notice>
                </div>
            }
            <p role="status" class="keep__said">{ &*said }</p>
        </div>
    }
}
