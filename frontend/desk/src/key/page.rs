//! Choosing the key file.

use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, File, HtmlInputElement};
use yew::prelude::*;

use super::passphrase::Passphrase;
use crate::idle::LOCKS_AFTER_MINUTES;
use crate::session::{Locked, Refused};
use ui::components::{Notice, Tone};
use ui::hooks::{use_focus_heading, use_title};

/// Props of [`KeyPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct KeyPageProps {
    /// A file is being read.
    pub(crate) reading: bool,
    /// Why the desk is locked.
    pub(crate) locked: Locked,
    /// Why the last file was refused.
    pub(crate) refused: Option<Refused>,
    /// A file was chosen, with the passphrase that it may be locked with.
    pub(crate) on_file: Callback<(File, String)>,
}

/// The page before the desk: one file to choose.
#[component]
pub(crate) fn KeyPage(props: &KeyPageProps) -> Html {
    use_title("打开办公台");
    let heading = use_focus_heading("key");
    let over = use_state(|| false);
    // Chosen once: a locked file need not be chosen again for its passphrase.
    let chosen = use_state(|| None::<File>);
    let choose = {
        let (chosen, on_file) = (chosen.setter(), props.on_file.clone());
        Callback::from(move |file: File| {
            chosen.set(Some(file.clone()));
            on_file.emit((file, String::new()));
        })
    };

    let onchange = {
        let on_file = choose.clone();
        Callback::from(move |event: Event| {
            let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            let Some(input) = input else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                on_file.emit(file);
            }
            // So that choosing the same file once more is a change again.
            input.set_value("");
        })
    };
    let ondragover = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        })
    };
    let ondragleave = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    let ondrop = {
        let (over, on_file) = (over.clone(), choose);
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            let files = event.data_transfer().and_then(|data| data.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                on_file.emit(file);
            }
        })
    };
    let notice = match props.locked {
        Locked::Fresh => None,
        Locked::ByHand => Some("办公台已锁定，密钥和打开过的内容已从这个页面清除。".to_owned()),
        Locked::Idle => {
            Some(format!("{LOCKS_AFTER_MINUTES} 分钟没有操作，办公台已自动锁定。请重新选择密钥文件。"))
        }
        Locked::KeyGone => Some("加密程序已关闭，密钥随之清除。请重新选择密钥文件。".to_owned()),
    };

    html! {
        <div class="desk-key">
            <h1 ref={heading} tabindex="-1">{ "打开办公台" }</h1>
            <p class="desk-key__lead">
                { "选择单位发给您的密钥文件。信件只在这台电脑上打开，服务器上存的一直是密文。" }
            </p>
            if let Some(notice) = notice {
                <Notice live=true test="desk-locked"><p>{ notice }</p></Notice>
            }
            if let Some(refused) = &props.refused {
                <Notice tone={Tone::Failure} title="没有打开" live=true test="key-refused">
                    <p>{ refused.words().to_owned() }</p>
                </Notice>
            }
            { passphrase(props, &chosen) }
            <div
                class={classes!("desk-drop", over.then_some("desk-drop--over"))}
                {ondragover} {ondragleave} {ondrop}
            >
                <input
                    id="desk-key-file" class="visually-hidden" type="file" data-test="key-file"
                    aria-describedby="desk-key-help" disabled={props.reading} {onchange}
                />
                <label class="button button--primary" for="desk-key-file">{ "选择密钥文件" }</label>
                <p id="desk-key-help" class="muted">
                    { "也可以把文件拖到这里。文件以“# anju office key v1”开头，通常放在单位的 U 盘或加密目录里。" }
                </p>
                <p role="status">
                    if props.reading { { "正在读取密钥……" } }
                </p>
            </div>
            <ul class="desk-promises">
                <li>{ "密钥只交给本页的加密程序，不上传，也不保存在浏览器里；关闭或刷新页面就会清除。" }</li>
                <li>{ format!("离开座位请点“锁定”；{LOCKS_AFTER_MINUTES} 分钟没有操作会自动锁定。") }</li>
                <li>{ "每次查看件、变更环节和答复都会用您的钥匙签名，并记入审计记录。" }</li>
            </ul>
        </div>
    }
}

/// The box for the passphrase, where the chosen file asks for one.
fn passphrase(props: &KeyPageProps, chosen: &UseStateHandle<Option<File>>) -> Html {
    match (&**chosen, &props.refused) {
        (Some(file), Some(Refused::Locked(_))) => {
            let name = file.name();
            let file = file.clone();
            let on_passphrase = props.on_file.reform(move |typed: String| (file.clone(), typed));
            html! { <Passphrase file={name} {on_passphrase} /> }
        }
        _ => Html::default(),
    }
}
