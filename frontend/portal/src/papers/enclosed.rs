//! The papers of a letter, for whoever opened it: fetched part by part, opened in the sealer, shown on request.

use std::rc::Rc;

use js_sys::Uint8Array;
use policies::model::Document;
use protocol::{
    authorization::Authorization,
    config::PortalConfig,
    paper::{Announced, CasePapers, Enclosures, Media, Paper},
    routes::Route,
};
use thiserror::Error;
use yew::prelude::*;

use sealer::ops::Receipt;
use ui::{
    api::{Api, ApiError},
    browser::{ObjectUrl, Saved, save_bytes},
    components::{Button, InWechat, Look, Notice, Tone},
    hooks::{Request, use_request},
    sealing::{Sealer, SealerError},
};

/// Why a paper is not shown. `Display` is a sentence for the person.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
enum NotShown {
    /// The server or the way to it.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The sealer.
    #[error(transparent)]
    Sealer(#[from] SealerError),
    /// It was announced, and has not come in full.
    #[error("这一份还没有传完。请在提交时用的那台设备上打开本站，会接着传。")]
    OnItsWay,
    /// The browser shows nothing.
    #[error("这个浏览器打不开这一份，请换一个浏览器再试。")]
    NoAddress,
}

/// Props of [`Enclosed`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct EnclosedProps {
    /// What the letter says.
    pub(crate) enclosures: Enclosures,
    /// The document with the names of its papers, where it is there.
    #[prop_or_default]
    pub(crate) document: Option<&'static Document>,
    /// Whose case.
    pub(crate) receipt: Receipt,
    /// Where the server is.
    pub(crate) config: PortalConfig,
    /// Opens them.
    pub(crate) sealer: Sealer,
}

/// The list of them.
#[component]
pub(crate) fn Enclosed(props: &EnclosedProps) -> Html {
    html! {
        <ol class="attach__added" data-test="enclosed">
            for (n, paper) in (1..).zip(&props.enclosures.papers) {
                <OnePaper key={paper.id.clone()} {n} paper={paper.clone()} of={props.clone()} />
            }
        </ol>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct OnePaperProps {
    n: usize,
    paper: Paper,
    of: EnclosedProps,
}

/// A paper as it was opened.
#[derive(Clone)]
struct Open {
    content: Uint8Array,
    address: Rc<ObjectUrl>,
}

#[component]
fn OnePaper(props: &OnePaperProps) -> Html {
    let OnePaperProps { n, paper, of } = props;
    let open = use_request::<Open, NotShown>();
    let here = use_state(|| false);
    let wanted = paper.wanted.as_ref().zip(of.document).and_then(|(id, document)| document.paper(id));
    let name = match wanted {
        Some(wanted) => format!("{}：{}", wanted.label, paper.name),
        None => paper.name.clone(),
    };
    let ask = {
        let (open, of, paper) = (open.clone(), of.clone(), paper.clone());
        Callback::from(move |_: MouseEvent| {
            let (of, paper) = (of.clone(), paper.clone());
            open.run(async move { fetch(&of, &paper).await });
        })
    };
    let save = |content: &Uint8Array| {
        let (content, media, here) = (content.clone(), paper.media, here.setter());
        let file = format!("材料{n}.{}", media.extension());
        Callback::from(move |_: MouseEvent| {
            here.set(save_bytes(&file, content.clone(), media.mime()) == Saved::InWechat);
        })
    };
    html! {
        <li class="attached" data-test={format!("enclosed-{n}")}>
            <div class="attached__about">
                <p><bdi>{ name.clone() }</bdi></p>
                { match open.state() {
                    Request::Done(Open { content, address }) => html! {
                        <>
                            if paper.media == Media::Pdf {
                                <p><a href={address.address().to_owned()} target="_blank" rel="noopener">{ "打开 PDF" }</a></p>
                            } else {
                                <img class="attached__whole" src={address.address().to_owned()} alt={name} data-test={format!("enclosed-{n}-picture")} />
                            }
                            <Button look={Look::Secondary} onclick={save(content)} test={format!("enclosed-{n}-save")}>{ "存到这台设备" }</Button>
                            if *here {
                                <InWechat
                                    says="照片可以长按上面的图，选“保存图片”，不行就截屏；PDF 请点右上角的“…”，选“在浏览器打开”，在那边用查询码打开这一件，再存。"
                                    test={format!("enclosed-{n}")}
                                />
                            }
                        </>
                    },
                    state => html! {
                        <>
                            <Button look={Look::Secondary} onclick={ask} busy={state.is_busy()} label={format!("打开看：{name}")} test={format!("enclosed-{n}-open")}>{ "打开看" }</Button>
                            if let Some(error) = state.failed() {
                                <Notice tone={Tone::Failure} live=true test={format!("enclosed-{n}-failed")}><p>{ error.to_string() }</p></Notice>
                            }
                        </>
                    },
                } }
            </div>
        </li>
    }
}

async fn fetch(of: &EnclosedProps, paper: &Paper) -> Result<Open, NotShown> {
    let api = Api::of(&of.config);
    let lookup = of.receipt.lookup.as_str();
    let held = Authorization::Receipt(of.receipt.token.clone());
    let CasePapers { papers } = api.ask(Route::Papers { lookup }, Some(&held)).await?;
    let standing = papers.into_iter().find(|standing| standing.id == paper.id && standing.whole);
    let standing = standing.ok_or(NotShown::OnItsWay)?;
    let mut sealed = Vec::new();
    for part in 0..(Announced { id: standing.id, bytes: standing.bytes }).parts() {
        let route = Route::OwnPart { lookup, paper: &paper.id, part: &part.to_string() };
        sealed.extend(api.ask_bytes(route, Some(&held)).await?);
    }
    let content = of.sealer.open_paper(of.enclosures.key.clone(), &sealed, paper.bytes).await?;
    let content = Uint8Array::from(content.as_slice());
    let address =
        ObjectUrl::of_array(&content, paper.media.mime()).map(Rc::new).ok_or(NotShown::NoAddress)?;
    Ok(Open { content, address })
}
