//! Whose key a letter will be sealed to, before it is: the fingerprint that the counter's notice has too.

use policies::model::CaseKind;
use protocol::config::PortalConfig;
use thiserror::Error;
use yew::prelude::*;

use sealer::ops::CheckedCard;
use ui::{
    api::{ApiError, fetch_config},
    components::{Notice, Tone},
    hooks::{Request, use_request},
    office_card::{self, office_card},
    sealing::{Sealer, SealerError, use_sealer},
};

/// Props of [`OfficeKeyNote`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OfficeKeyNoteProps {
    /// Office id.
    pub(crate) office: AttrValue,
    /// What will be sent.
    pub(crate) kind: CaseKind,
    /// Whether it is time: who has not written anything need not load the sealer.
    #[prop_or(true)]
    pub(crate) active: bool,
}

/// Why a key is not shown. `Display` is a sentence for the person.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
enum Unknown {
    /// The way to the site.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The sealer, or what it found.
    #[error(transparent)]
    Sealer(#[from] SealerError),
}

/// The office's key by its fingerprint, or why nothing can be sent to it.
#[component]
pub(crate) fn OfficeKeyNote(props: &OfficeKeyNoteProps) -> Html {
    let sealer = use_sealer();
    let request = use_request::<CheckedCard, Unknown>();
    {
        let request = request.clone();
        use_effect_with((props.active, props.office.clone(), props.kind), move |(active, office, kind)| {
            if *active {
                let (office, kind) = (office.to_string(), *kind);
                request.run(async move { look(&fetch_config().await?, &sealer, &office, kind).await });
            }
        });
    }
    match request.state() {
        Request::Idle => Html::default(),
        Request::Busy => html! { <p class="muted" role="status">{ "正在核对受理单位的收件钥匙……" }</p> },
        Request::Done(card) => shown(card),
        Request::Failed(error @ Unknown::Api(_)) => html! {
            <p class="muted" data-test="office-key-unknown">
                { format!("受理单位的收件钥匙还没有核对：{error} 提交时会再核对。") }
            </p>
        },
        Request::Failed(error @ Unknown::Sealer(_)) => html! {
            <Notice tone={Tone::Failure} title="现在不能提交" live=true test="office-key-refused">
                <p>{ error.to_string() }</p>
            </Notice>
        },
    }
}

async fn look(
    config: &PortalConfig,
    sealer: &Sealer,
    office: &str,
    kind: CaseKind,
) -> Result<CheckedCard, Unknown> {
    Ok(office_card::check(sealer, office_card(config, office), kind).await?)
}

fn shown(card: &CheckedCard) -> Html {
    let fingerprint =
        html! { <strong class="number" data-test="office-key">{ card.fingerprint.clone() }</strong> };
    if card.demonstration {
        return html! {
            <Notice tone={Tone::Warning} title="这是演示，不是真的受理单位" test="office-key-demonstration">
                <p>{ "加密用的是人人都有的演示钥匙，请不要填写真实情况。" }</p>
                <p>{ "演示钥匙的指纹：" }{ fingerprint }</p>
            </Notice>
        };
    }
    html! {
        <p>
            { "内容会加密给受理单位。收件钥匙的指纹是 " }{ fingerprint }
            { "，可以和受理单位窗口公布的指纹对照；不一样的，请不要提交，打电话问受理单位。" }
        </p>
    }
}
