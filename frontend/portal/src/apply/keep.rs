//! Where the draft is: not yet submitted, kept here, saved to a file, forgotten.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::apply::draft::{Draft, DraftAction, saved};
use ui::{
    browser::{chosen_file, random, save_file, stored},
    components::{Button, Look, Notice, Tone},
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
}

/// Says that nothing has been submitted, and where the draft lives.
#[component]
pub(super) fn Keep(props: &KeepProps) -> Html {
    let said = use_state(|| AttrValue::Static(""));
    let shared = use_state(|| false);
    let sure = use_state(|| false);
    {
        let shared = shared.setter();
        use_effect_with((), move |()| shared.set(stored::is_shared()));
    }
    let save = {
        let (draft, said) = (props.draft.clone(), said.setter());
        Callback::from(move |_: MouseEvent| {
            let offered = save_file("安居申请草稿.json", &saved::to_file(&draft));
            said.set(AttrValue::Static(if offered {
                "已交给浏览器保存。文件里有您填的个人信息，请放好。"
            } else {
                "这个浏览器不让保存文件。"
            }));
        })
    };
    let load = {
        let (doc, dispatcher, said) = (props.doc, props.draft.dispatcher(), said.setter());
        Callback::from(move |event: Event| {
            let Some(file) = chosen_file(&event) else { return };
            let (dispatcher, said) = (dispatcher.clone(), said.clone());
            spawn_local(async move {
                let text = file.await.unwrap_or_default();
                said.set(match saved::from_file(&text, &doc.document().id) {
                    Ok(draft) => {
                        // A new life: a draft sent from another device is not the same submission.
                        let draft = Draft { id: random::request_id(), ..draft };
                        dispatcher.dispatch(DraftAction::Restore(Box::new(draft)));
                        AttrValue::Static("已载入草稿。")
                    }
                    Err(wrong) => AttrValue::Static(wrong),
                });
            });
        })
    };
    let clear = {
        let (doc, dispatcher, said, sure) =
            (props.doc, props.draft.dispatcher(), said.setter(), sure.setter());
        Callback::from(move |_: MouseEvent| {
            saved::forget(&doc.document().place.id);
            let empty = Draft::new(random::request_id(), &doc.document().id);
            dispatcher.dispatch(DraftAction::Restore(Box::new(empty)));
            sure.set(false);
            said.set(AttrValue::Static("草稿已清除。"));
        })
    };
    let set_shared = {
        let (doc, draft, shared, said) = (props.doc, props.draft.clone(), shared.clone(), said.setter());
        Callback::from(move |_: MouseEvent| {
            let on = !*shared;
            stored::set_shared(on);
            saved::save(&doc.document().place.id, &draft);
            shared.set(on);
            said.set(AttrValue::Static(if on {
                "已按公用电脑处理：关掉这个页面，填的内容就没有了。"
            } else {
                "已改回平常方式：草稿保存在这台设备上。"
            }));
        })
    };
    let ask = |on: bool| {
        let sure = sure.setter();
        Callback::from(move |_: MouseEvent| sure.set(on))
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
                    if *sure {
                        <Button look={Look::Danger} onclick={clear} test="draft-clear-confirm">{ "确定清除" }</Button>
                        <Button look={Look::Secondary} onclick={ask(false)}>{ "不清除" }</Button>
                    } else {
                        <Button look={Look::Secondary} onclick={ask(true)} test="draft-clear">{ "清除草稿" }</Button>
                    }
                </div>
            </details>
            <p role="status" class="keep__said">{ &*said }</p>
        </div>
    }
}
