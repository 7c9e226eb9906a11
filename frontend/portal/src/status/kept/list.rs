//! The kept receipts on the page where a code is asked for.

use yew::prelude::*;

use super::{Kept, all, forget, forget_all, keep, news};
use crate::status::open::Typed;
use ui::{
    browser::show_news,
    components::{AskFirst, Button, Card, Field, Look},
    hooks::use_request,
    place::Doc,
    words::{case_word, moment},
};

/// Props of [`KeptList`].
#[derive(Clone, PartialEq, Properties)]
pub(in crate::status) struct KeptListProps {
    /// A case is being opened.
    pub(in crate::status) busy: bool,
    /// A receipt to open.
    pub(in crate::status) on_code: Callback<Typed>,
    /// How many have something new.
    pub(in crate::status) on_news: Callback<u32>,
}

/// Each with its name, where it stood, and whether something happened since.
#[component]
pub(in crate::status) fn KeptList(props: &KeptListProps) -> Html {
    let kept = use_state(Vec::<Kept>::new);
    let renaming = use_state(|| None::<String>);
    let looked = use_request::<Vec<Kept>, ()>();
    let show = {
        let (kept, on_news) = (kept.setter(), props.on_news.clone());
        Callback::from(move |latest: Vec<Kept>| {
            let count = news::count(&latest);
            show_news(count);
            on_news.emit(count);
            kept.set(latest);
        })
    };
    {
        let (show, looked) = (show.clone(), looked.clone());
        use_effect_with((), move |()| {
            let latest = all();
            if !latest.is_empty() {
                show.emit(latest);
                looked.run(async { Ok(news::look().await) });
            }
        });
    }
    {
        let show = show.clone();
        use_effect_with(looked.state().done().cloned(), move |done| {
            if let Some(latest) = done {
                show.emit(latest.clone());
            }
        });
    }
    if kept.is_empty() {
        return Html::default();
    }
    let forget_every = {
        let show = show.clone();
        Callback::from(move |()| {
            forget_all();
            show.emit(Vec::new());
        })
    };
    let one = |(n, one): (usize, &Kept)| {
        let is_renamed = renaming.as_ref() == Some(&one.code);
        let open = {
            let (code, on_code, busy) = (one.code.clone(), props.on_code.clone(), props.busy);
            Callback::from(move |_: MouseEvent| {
                if let (Ok(typed), false) = (Typed::read(&code), busy) {
                    on_code.emit(typed);
                }
            })
        };
        let rename = {
            let (renaming, code) = (renaming.setter(), one.code.clone());
            Callback::from(move |_: MouseEvent| renaming.set((!is_renamed).then(|| code.clone())))
        };
        let renamed = {
            let (show, code) = (show.clone(), one.code.clone());
            Callback::from(move |name: String| {
                keep(&code, name.trim(), None);
                show.emit(all());
            })
        };
        let forgotten = {
            let (show, code) = (show.clone(), one.code.clone());
            Callback::from(move |()| {
                forget(&code);
                show.emit(all());
            })
        };
        html! {
            <li key={one.code.clone()} class="kept__one" data-test={format!("kept-{n}")}>
                <Button look={Look::Primary} onclick={open} label={format!("打开“{}”", one.name)} test={format!("kept-open-{n}")}>
                    <bdi>{ &one.name }</bdi>
                </Button>
                { standing(n, one) }
                <div class="row">
                    <Button look={Look::Quiet} onclick={rename} label={format!("给“{}”改名", one.name)} test={format!("kept-rename-{n}")}>
                        { if is_renamed { "改好了" } else { "改名" } }
                    </Button>
                    <AskFirst
                        says="不再记着"
                        label={format!("不再记着“{}”", one.name)}
                        loses="这台设备上会忘掉这个查询码；您自己另外没有保存的，以后就查不了了。"
                        onclick={forgotten}
                        test={format!("kept-forget-{n}")}
                    />
                </div>
                if is_renamed {
                    <Field id={format!("kept-name-{n}")} label="叫什么？" hint="比如“妈妈的申请”。" value={one.name.clone()} oninput={renamed} />
                }
            </li>
        }
    };
    html! {
        <Card title="这台设备上记着的" test="kept">
            <ul class="kept">{ for (1..).zip(kept.iter()).map(one) }</ul>
            <p class="muted" role="status">
                if looked.state().is_busy() { { "正在看有没有新变化……" } }
            </p>
            if kept.len() > 1 {
                <AskFirst
                    says="全部不再记着"
                    loses="这台设备上会忘掉上面所有的查询码；您自己另外没有保存的，以后就查不了了。"
                    onclick={forget_every}
                    test="kept-forget-all"
                />
            }
        </Card>
    }
}

fn standing(n: usize, kept: &Kept) -> Html {
    let Some(seen) = &kept.seen else {
        return html! { <p class="muted">{ "还没有在这里打开过。" }</p> };
    };
    let place = Doc::by_id(&seen.office).map_or_else(String::new, |doc| doc.document().place.name.clone());
    html! {
        <>
            if seen.changed {
                <p class="kept__new" data-test={format!("kept-new-{n}")}><strong>{ "● 有新变化，点开看看" }</strong></p>
            }
            <p class="muted" data-test={format!("kept-seen-{n}")}>
                { format!("{place}{}：{} 看的时候是“{}”。", case_word(seen.kind), moment(seen.at), seen.stage) }
            </p>
        </>
    }
}
