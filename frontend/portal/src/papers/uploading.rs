//! How far the papers behind a letter are, wherever it matters: on the page of what was sent and on the case's own.

use yew::prelude::*;

use super::{
    progress::{self, Progress, Stopped},
    upload::{self, Upload, go_on},
};
use ui::{
    browser::shelf,
    components::{Button, Look, Notice, Tone},
    hooks::{use_other_pages, use_window_event},
};

/// Props of [`Uploading`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct UploadingProps {
    /// The case; none: all cases.
    #[prop_or_default]
    pub(crate) lookup: Option<AttrValue>,
    /// All of it is there.
    #[prop_or_default]
    pub(crate) on_done: Callback<()>,
}

/// Goes on sending and says how far it is; nothing where nothing is to be sent.
#[component]
pub(crate) fn Uploading(props: &UploadingProps) -> Html {
    let open = use_state(Vec::<(Upload, Progress)>::new);
    let began = use_mut_ref(|| false);
    let look = {
        let (open, only, on_done) = (open.setter(), props.lookup.clone(), props.on_done.clone());
        Callback::from(move |()| {
            let mut all = upload::load();
            all.retain(|upload| only.as_ref().is_none_or(|only| upload.lookup == **only));
            let any = !all.is_empty();
            open.set(
                all.into_iter()
                    .map(|upload| {
                        let far = progress::of(&upload.lookup).unwrap_or_default();
                        (upload, far)
                    })
                    .collect(),
            );
            if began.replace(any) && !any {
                on_done.emit(());
            }
        })
    };
    {
        let look = look.clone();
        use_effect_with(props.lookup.clone(), move |_| {
            let number = progress::listen(look.clone());
            look.emit(());
            go_on();
            move || progress::leave(number)
        });
    }
    use_other_pages(look);
    use_window_event("online", true, Callback::from(|_: Event| go_on()));
    let only_here = !open.is_empty() && !shelf::is_lasting();
    use_window_event("beforeunload", only_here, Callback::from(|event: Event| event.prevent_default()));
    html! {
        for (upload, far) in open.iter() {
            <div key={upload.lookup.clone()}>{ one(upload, far, only_here) }</div>
        }
    }
}

fn one(upload: &Upload, far: &Progress, only_here: bool) -> Html {
    let count = upload.papers.len();
    let percent = far.percent();
    let (tone, title, words) = match &far.stopped {
        None if only_here => (
            Tone::Info,
            "材料还在上传",
            "信已经收到，材料在后面接着传。断了网不要紧，网络恢复会自动接着传。".to_owned(),
        ),
        None => (
            Tone::Info,
            "材料还在上传",
            "信已经收到，材料在后面接着传。断网、关掉页面都不要紧：再打开本站，会从断的地方接着传。"
                .to_owned(),
        ),
        Some(Stopped::Line(error)) => {
            (Tone::Warning, "材料还没有传完", format!("{error} 网络恢复会自动接着传，传过的不会再传。"))
        }
        Some(Stopped::Elsewhere) => {
            (Tone::Info, "材料正在另一个页面上传", "那一个页面关掉以后，这里会接着传。".to_owned())
        }
        Some(Stopped::Refused(error)) => (Tone::Failure, "材料没有收下", error.to_string()),
        Some(Stopped::Gone) => (
            Tone::Failure,
            "有材料传不了",
            "这台设备上已经没有它了（可能清过浏览器的数据）。请凭查询码打开这一件，在留言里重新附上。"
                .to_owned(),
        ),
    };
    let failed = tone == Tone::Failure;
    let give_up = {
        let lookup = upload.lookup.clone();
        Callback::from(move |_: MouseEvent| upload::cancel(&lookup))
    };
    html! {
        <Notice {tone} {title} test="uploading">
            <p data-test="upload-state">{ format!("共 {count} 份，传完 {} 份，{percent}%。", far.whole) }</p>
            <progress class="upload" max="100" value={percent.to_string()} aria-label="材料上传进度">{ format!("{percent}%") }</progress>
            <p role={far.stopped.is_some().then_some("status")}>{ words }</p>
            if only_here && !failed {
                <p>{ "没有传完的材料只在这一页里：传完以前，请不要关闭或者刷新页面。" }</p>
            }
            if far.stopped.is_some() {
                <div class="row">
                    <Button onclick={|_: MouseEvent| go_on()} test="upload-again">{ "接着传" }</Button>
                    if failed {
                        <Button look={Look::Secondary} onclick={give_up} test="upload-give-up">{ "不传了，带到窗口" }</Button>
                    }
                </div>
            }
        </Notice>
    }
}
