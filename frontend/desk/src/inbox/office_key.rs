//! The office's own key by its fingerprint, for officers who keep the counter's notice true.

use policies::model::CaseKind;
use protocol::addressee::Mail;
use yew::prelude::*;

use crate::calls::Desk;
use sealer::ops::CheckedCard;
use ui::components::{Notice, Tone};
use ui::hooks::{Request, use_request};
use ui::sealing::SealerError;

/// Props of [`OfficeKeyLine`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OfficeKeyLineProps {
    /// Whose office.
    pub(crate) desk: Desk,
}

/// What residents see of the office's key, or that nothing can be sealed to it.
#[component]
pub(crate) fn OfficeKeyLine(props: &OfficeKeyLineProps) -> Html {
    let request = use_request::<CheckedCard, SealerError>();
    {
        let (request, desk) = (request.clone(), props.desk.clone());
        use_effect_with((), move |()| {
            request.run(async move { desk.checked_card(Mail::for_office(CaseKind::Application)).await });
        });
    }
    match request.state() {
        Request::Idle | Request::Busy => Html::default(),
        Request::Failed(error) => html! {
            <Notice tone={Tone::Failure} title="本单位的公钥名片没有通过核对" test="desk-card-refused">
                <p>{ error.to_string() }</p>
                <p>{ "现在群众不能在线提交，本单位也不能答复。请报告单位管理员。" }</p>
            </Notice>
        },
        Request::Done(card) => html! {
            <>
                if card.demonstration {
                    <Notice tone={Tone::Warning} title="这是演示" test="desk-demonstration">
                        <p>{ "这里用的是人人都有的演示钥匙，不能收真实的件。" }</p>
                    </Notice>
                }
                <p class="muted desk-noprint">
                    { "收件钥匙指纹 " }<code data-test="desk-office-key">{ &card.fingerprint }</code>
                    { format!("，名片第 {} 版，用到 {}。窗口公布的指纹要和这里一致。", card.version, card.not_after) }
                </p>
            </>
        },
    }
}
