//! What was kept of the audit trail: by this browser, or in a file that somebody took along. A trail that no longer has
//! that line was cut off, rolled back or written anew.

use protocol::chain::verify_audit;
use protocol::desk::AuditTrail;
use protocol::trail::{Kept, TrailHead};
use thiserror::Error;
use yew::prelude::*;

use crate::calls::{Desk, DeskError};
use ui::browser::{chosen_file, save_file, stored};
use ui::components::{Button, Look, Notice, Tone};
use ui::hooks::{Request, use_request};
use ui::words::moment;

/// Props of [`KeptHead`].
#[derive(Properties, PartialEq)]
pub(super) struct KeptHeadProps {
    /// Whose trail.
    pub(super) desk: Desk,
    /// The trail as far as it was fetched.
    pub(super) trail: AuditTrail,
    /// More of it is on its way.
    pub(super) busy: bool,
    /// Asks for the part before what was fetched.
    pub(super) on_earlier: Callback<()>,
}

/// Why a chosen file is not held against the trail. `Display` is a sentence for the officer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
enum Refused {
    /// The file could not be read.
    #[error("文件没有读出来，请重新选择。")]
    Unread,
    /// It is something else.
    #[error(transparent)]
    NotAHead(#[from] protocol::trail::NotATrailHead),
    /// Nobody on the card signed it, or it is another office's.
    #[error("这个文件的签名对不上，或者不是本单位这份记录的：不能拿它来核对。")]
    Unsigned,
    /// The worker could not check or sign.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

fn key(list: &str) -> String {
    ["trail.", list].concat()
}

/// Holds the trail against what was kept, and keeps its latest line.
#[component]
pub(super) fn KeptHead(props: &KeptHeadProps) -> Html {
    let list = props.desk.list();
    let remembered = use_state(|| None::<TrailHead>);
    let opened = use_request::<TrailHead, Refused>();
    let saved = use_request::<bool, Refused>();
    {
        let remembered = remembered.setter();
        use_effect_with(list.clone(), move |list| remembered.set(stored::load(&key(list))));
    }
    let kept: Vec<TrailHead> = remembered.iter().chain(opened.state().done()).cloned().collect();
    let whole = verify_audit(&list, &props.trail.rows).is_ok();
    let lost = kept.iter().find(|head| head.fits(&props.trail) == Kept::Lost);
    let reached = kept.iter().all(|head| head.fits(&props.trail) != Kept::NotReached);
    {
        let on_earlier = props.on_earlier.clone();
        use_effect_with((reached, props.busy, whole), move |(reached, busy, whole)| {
            if *whole && !reached && !busy {
                on_earlier.emit(());
            }
        });
    }
    {
        // Only what follows from the line that was kept takes its place.
        let good = whole && reached && lost.is_none();
        let now = TrailHead::of(&list, &props.trail, &props.desk.officer.kid, last_at(&props.trail));
        use_effect_with((good, now), move |(good, now)| {
            if let (true, Some(now)) = (*good, now) {
                // Where the browser keeps nothing, the saved file is all that there is.
                let _ = stored::save(&key(&now.list), now);
            }
        });
    }
    let on_save = {
        let (desk, trail, saved) = (props.desk.clone(), props.trail.clone(), saved.clone());
        Callback::from(move |_: MouseEvent| {
            let (desk, trail) = (desk.clone(), trail.clone());
            saved.run(async move {
                let head = desk.sign_trail(&trail).await?.ok_or(Refused::Unread)?;
                Ok(save_file(
                    &format!("审计末行-{}-{}.txt", head.list.replace(':', "-"), head.seq),
                    &head.to_text(),
                )
                .is_offered())
            });
        })
    };
    let on_file = {
        let (desk, opened) = (props.desk.clone(), opened.clone());
        Callback::from(move |event: Event| {
            let Some(text) = chosen_file(&event) else { return };
            let desk = desk.clone();
            opened.run(async move {
                let head = TrailHead::parse(&text.await.ok_or(Refused::Unread)?)?;
                if desk.check_trail(head.clone()).await? { Ok(head) } else { Err(Refused::Unsigned) }
            });
        })
    };
    html! {
        <>
            if let Some(head) = lost {
                <Notice tone={Tone::Failure} title="✗ 记录被截断，或者换回了旧的" live=true test="audit-lost">
                    <p>{ format!("{} 看到过的第 {} 行，现在的记录里没有了。请不要清除这台电脑上的数据，报告监督人员和上级单位。", moment(head.at), head.seq + 1) }</p>
                </Notice>
            }
            { checked_file(opened.state(), &props.trail) }
            <div class="row desk-noprint">
                <Button look={Look::Secondary} onclick={on_save} busy={saved.state().is_busy()} test="audit-save">
                    { "存下记录的末行" }
                </Button>
                <input id="desk-trail-file" class="visually-hidden" type="file" data-test="audit-check" onchange={on_file} />
                <label class="button button--secondary" for="desk-trail-file">{ "核对以前存下的末行" }</label>
            </div>
            <p class="muted" role="status" data-test="audit-saved">
                { match saved.state() {
                    Request::Done(true) => "已交给浏览器保存。请放到这台电脑和服务器以外的地方，以后拿它来核对。".to_owned(),
                    Request::Done(false) => "这个浏览器不让保存文件。".to_owned(),
                    Request::Failed(error) => error.to_string(),
                    Request::Idle | Request::Busy => {
                        "末行带着这把钥匙的签名；以后的记录里没有这一行，就是被截断、换旧或者重写过。这台电脑也会记住看到过的末行，下次自动核对。".to_owned()
                    }
                } }
            </p>
        </>
    }
}

/// What came of a chosen file.
fn checked_file(state: &Request<TrailHead, Refused>, trail: &AuditTrail) -> Html {
    match state {
        Request::Failed(error) => html! {
            <Notice tone={Tone::Failure} title="没有核对" live=true test="audit-unchecked"><p>{ error.to_string() }</p></Notice>
        },
        Request::Done(head) if head.fits(trail) == Kept::Holds => html! {
            <Notice tone={Tone::Success} title="✓ 存下的末行还在" live=true test="audit-kept">
                <p>{ format!("{} 存下的第 {} 行和现在的记录一致，那以前的没有删改。", moment(head.at), head.seq + 1) }</p>
            </Notice>
        },
        _ => Html::default(),
    }
}

/// When the trail's latest line was written, by the server's clock.
fn last_at(trail: &AuditTrail) -> u64 {
    trail.rows.last().map_or(0, |last| last.at)
}
