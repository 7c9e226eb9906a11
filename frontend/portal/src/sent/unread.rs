//! What another version of these pages kept and this one cannot read.

use yew::prelude::*;

use crate::{frame::ButtonLink, mail::outbox, route::Route};
use ui::{
    browser::{Saved, save_file},
    components::{Button, InWechat, Look, Notice, Tone},
};

/// Props of [`Unread`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct UnreadProps {
    /// The text as it was kept.
    pub(super) text: AttrValue,
    /// It was forgotten.
    pub(super) on_change: Callback<()>,
}

/// Says so, shows the receipt codes in it, and lets it be saved. It stays until the person says that it may go.
#[component]
pub(super) fn Unread(props: &UnreadProps) -> Html {
    let kept = use_state(|| None::<Saved>);
    let codes = outbox::codes_in(&props.text);
    let save = {
        let (text, kept) = (props.text.clone(), kept.setter());
        Callback::from(move |_: MouseEvent| kept.set(Some(save_file("安居没读出的内容.txt", &text))))
    };
    let said = match *kept {
        Some(Saved::Offered) => "已交给浏览器保存，请到“下载”里确认。",
        Some(Saved::Refused) => "这个浏览器不让保存文件，请把查询码抄下来。",
        Some(Saved::InWechat) | None => "",
    };
    let forget = props.on_change.reform(|_: MouseEvent| outbox::forget_unread());
    html! {
        <Notice tone={Tone::Warning} title="以前存在这里的一份内容读不出来" test="unread">
            <p>{ "可能是本站更新前存下的。原样留着，没有丢，也不会自动发出去。" }</p>
            if codes.is_empty() {
                <p>{ "里面没有找到查询码，多半还没有提交成功，请重新填写提交。" }</p>
            } else {
                <p>{ "里面的查询码如下，请先抄下来，再去查查有没有提交成功；查不到的，请重新提交。" }</p>
                for code in codes {
                    <p class="number" data-test="unread-code">{ code.grouped() }</p>
                }
                <p><ButtonLink to={Route::Status} look={Look::Secondary}>{ "用查询码看进度" }</ButtonLink></p>
            }
            <div class="row">
                <Button look={Look::Secondary} onclick={save} test="unread-save">{ "存成文件" }</Button>
                <Button look={Look::Danger} onclick={forget} test="unread-forget">{ "都存好了，清除这一份" }</Button>
            </div>
            <p role="status">{ said }</p>
            if *kept == Some(Saved::InWechat) {
                <InWechat
                    says="可以复制文字，粘贴到只有自己看得到的地方；查询码请另外抄下来。"
                    text={let text = props.text.clone(); Callback::from(move |()| text.to_string())}
                    test="unread"
                />
            }
        </Notice>
    }
}
