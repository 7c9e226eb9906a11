//! Whose key a letter will be sealed to, before it is: the fingerprint that the counter's notice has too.

use policies::model::CaseKind;
use protocol::{
    addressee::{Addressee, Mail},
    config::PortalConfig,
};
use thiserror::Error;
use yew::prelude::*;

use sealer::ops::CheckedCard;
use ui::{
    api::{ApiError, fetch_config},
    components::{Counters, Notice, Tone},
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
    /// For whom in the office.
    #[prop_or_default]
    pub(crate) addressee: Addressee,
    /// Told what the office's card says of such mail.
    #[prop_or_default]
    pub(crate) on_known: Callback<CheckedCard>,
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
    let mail = Mail::new(props.kind, props.addressee);
    {
        let (request, on_known) = (request.clone(), props.on_known.clone());
        use_effect_with((props.active, props.office.clone(), mail), move |(active, office, mail)| {
            if *active {
                let (office, mail) = (office.to_string(), *mail);
                request.run(async move {
                    let known = look(&fetch_config().await?, &sealer, &office, mail).await?;
                    on_known.emit(known.clone());
                    Ok(known)
                });
            }
        });
    }
    match request.state() {
        Request::Idle => Html::default(),
        Request::Busy => html! {
            // As high as what comes in its place, so that the button below does not move away from a finger.
            <p class="muted office-key-wait" role="status">{ "正在核对受理单位的收件钥匙……" }</p>
        },
        Request::Done(card) => shown(card, props.addressee),
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
    mail: Mail,
) -> Result<CheckedCard, Unknown> {
    Ok(office_card::check(sealer, office_card(config, office), mail).await?)
}

fn shown(card: &CheckedCard, addressee: Addressee) -> Html {
    if card.recipients == 0 {
        return html! {
            <Notice tone={Tone::Failure} title="这里还没有人接收" live=true test="office-key-nobody">
                <p>{ "这个受理单位没有设监督人员的收件钥匙，这样的举报现在不能在本站提交。" }</p>
            </Notice>
        };
    }
    let whose = match addressee {
        Addressee::Office => "受理单位",
        Addressee::Supervisor => "受理单位的监督人员",
    };
    let fingerprint =
        html! { <strong class="number" data-test="office-key">{ card.fingerprint.clone() }</strong> };
    if card.demonstration {
        return html! {
            <Notice tone={Tone::Warning} title="这是演示，不是真的受理单位" test="office-key-demonstration">
                <p>{ "加密用的是人人都有的演示钥匙，请不要填写真实情况。" }</p>
                <p>{ "演示钥匙的指纹：" }{ fingerprint }</p>
                <Counters counters={card.counters.clone()} />
            </Notice>
        };
    }
    html! {
        <>
            <p>
                { format!("内容会加密给{whose}。核对收件钥匙用的指纹是 ") }{ fingerprint }
                { "，可以和受理单位窗口公布的指纹对照；不一样的，请不要提交，打电话问受理单位。" }
            </p>
            <Counters counters={card.counters.clone()} />
        </>
    }
}
