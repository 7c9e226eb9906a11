//! Sending the papers of what has arrived, part by part behind the pages: what the server has is not sent again, and what
//! breaks off is gone on with wherever this browser next opens a page that sends.

use std::cell::Cell;

use gloo_timers::callback::Timeout;
use protocol::{
    authorization::Authorization,
    limits::PART_BYTES,
    paper::{Announced, CasePapers, PartKept},
    routes::Route,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::{
    progress::{self, Progress, Stopped},
    sealed,
};
use crate::pending::{UPLOADS, say_changed};
use ui::{
    api::{Api, ApiError, fetch_config},
    browser::{
        now_secs, random,
        shelf::{self, Shelved},
        stored,
    },
};

/// The page that is sending, and until when it says so.
const LEASE: &str = "uploading";
/// For how long, in seconds: longer than a part takes on a thin line.
const LEASE_SECS: u64 = 40;
/// How long it waits after a failure, in milliseconds.
const AGAIN_MS: u32 = 8_000;

/// What is still to be sent of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Upload {
    /// Look-up id of the case.
    pub(crate) lookup: String,
    /// The receipt's token, which lets its owner send; it opens nothing.
    pub(crate) token: String,
    /// All that was announced and may not be there yet.
    pub(crate) papers: Vec<Announced>,
}

thread_local! {
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// Something came while it ran, or a timer is set.
    static ONCE_MORE: Cell<bool> = const { Cell::new(false) };
}

/// Everything that is still to be sent. For effects and handlers.
pub(super) fn load() -> Vec<Upload> {
    stored::load(UPLOADS).unwrap_or_default()
}

/// Whether something of a case is still to be sent from what this browser keeps. For effects and handlers.
pub(crate) fn is_on_its_way(lookup: &str) -> bool {
    load().iter().any(|upload| upload.lookup == lookup)
}

fn change(change: impl FnOnce(&mut Vec<Upload>)) {
    let mut all = load();
    change(&mut all);
    if all.is_empty() {
        stored::forget(UPLOADS);
    } else {
        stored::save(UPLOADS, &all);
    }
    say_changed();
}

/// Takes over the papers of a letter that has arrived. For effects and handlers.
pub(crate) fn hand_over(upload: Upload) {
    if upload.papers.is_empty() {
        return;
    }
    change(|all| match all.iter_mut().find(|other| other.lookup == upload.lookup) {
        Some(other) => {
            let more = upload.papers.into_iter().filter(|paper| !other.papers.contains(paper));
            let more: Vec<Announced> = more.collect();
            other.papers.extend(more);
        }
        None => all.push(upload),
    });
    go_on();
}

/// Gives up what is still to be sent of a case. For effects and handlers.
pub(crate) fn cancel(lookup: &str) {
    change(|all| all.retain(|upload| upload.lookup != lookup));
    sealed::drop_sealed(lookup);
    progress::say(lookup, None);
}

/// Goes on sending, each case once, and again after a while where only the line was in the way. For effects and handlers.
pub(super) fn go_on() {
    if RUNNING.replace(true) {
        ONCE_MORE.set(true);
        return;
    }
    spawn_local(async {
        let (me, mut tried, mut later) = (this_tab(), Vec::new(), false);
        while let Some(upload) = load().into_iter().find(|upload| !tried.contains(&upload.lookup)) {
            match send(&upload, &me).await {
                Ok(()) => finish(&upload),
                Err(stopped) => {
                    later |= matches!(stopped, Stopped::Line(_) | Stopped::Elsewhere);
                    let before = progress::of(&upload.lookup).unwrap_or_default();
                    progress::say(&upload.lookup, Some(Progress { stopped: Some(stopped), ..before }));
                }
            }
            tried.push(upload.lookup);
        }
        release(&me);
        RUNNING.set(false);
        if ONCE_MORE.replace(false) {
            go_on();
        } else if later {
            Timeout::new(AGAIN_MS, go_on).forget();
        }
    });
}

/// Sends what the server does not have.
async fn send(upload: &Upload, me: &str) -> Result<(), Stopped> {
    let Upload { lookup, token, papers } = upload;
    let held = Authorization::Receipt(token.clone());
    let api = Api::of(&fetch_config().await.map_err(stopped)?);
    let there: CasePapers = api.ask(Route::Papers { lookup }, Some(&held)).await.map_err(stopped)?;
    let missing = |paper: &Announced| -> Vec<u32> {
        let known = there.papers.iter().find(|standing| standing.id == paper.id);
        let has = |part: &u32| known.is_some_and(|known| known.whole || known.parts.contains(part));
        (0..paper.parts()).filter(|part| !has(part)).collect()
    };
    let of: u32 = papers.iter().map(Announced::parts).fold(0, u32::saturating_add);
    let lacking = papers.iter().map(|paper| u32::try_from(missing(paper).len()).unwrap_or(of));
    let lacking = lacking.fold(0, u32::saturating_add);
    let mut progress = Progress { done: of.saturating_sub(lacking), of, whole: 0, stopped: None };
    progress.whole = papers.iter().filter(|paper| missing(paper).is_empty()).count();
    progress::say(lookup, Some(progress.clone()));
    for paper in papers {
        let place = [&sealed::place(lookup), &*paper.id].concat();
        let parts = missing(paper);
        if !parts.is_empty() {
            let sealed = shelf::under(&place).await.into_iter().next();
            let Shelved { bytes, .. } = sealed.ok_or(Stopped::Gone)?;
            for part in parts {
                lease(me)?;
                let from = part.saturating_mul(PART);
                let content = bytes.subarray(from, from.saturating_add(PART)).to_vec();
                let route = Route::SendPart { lookup, paper: &paper.id, part: &part.to_string() };
                let kept: PartKept = api.send_bytes(route, &content, Some(&held)).await.map_err(stopped)?;
                progress.done = progress.done.saturating_add(1);
                progress.whole = progress.whole.saturating_add(usize::from(kept.whole));
                progress::say(lookup, Some(progress.clone()));
            }
        }
        shelf::remove_under(&place).await;
    }
    Ok(())
}

/// Every part but the last has so many bytes.
const PART: u32 = PART_BYTES as u32;

fn stopped(error: ApiError) -> Stopped {
    match error {
        ApiError::Refused(problem) if problem.status < 500 => Stopped::Refused(ApiError::Refused(problem)),
        other => Stopped::Line(other),
    }
}

/// All of it is there.
fn finish(upload: &Upload) {
    change(|all| {
        for other in all.iter_mut().filter(|other| other.lookup == upload.lookup) {
            other.papers.retain(|paper| !upload.papers.contains(paper));
        }
        all.retain(|other| !other.papers.is_empty());
    });
    progress::say(&upload.lookup, None);
}

/// Says that this page is sending, unless another one is: two would only send the same twice.
fn lease(me: &str) -> Result<(), Stopped> {
    let known = stored::load_text(LEASE).unwrap_or_default();
    let (who, until) = known.split_once(' ').unwrap_or_default();
    let now = now_secs();
    if who != me && until.parse().is_ok_and(|until: u64| now < until) {
        return Err(Stopped::Elsewhere);
    }
    stored::save_text(LEASE, format!("{me} {}", now.saturating_add(LEASE_SECS)));
    Ok(())
}

/// What this tab is called, the same after a reload.
fn this_tab() -> String {
    const TAB: &str = "tab";
    stored::load_for_tab(TAB).unwrap_or_else(|| {
        let name = random::request_id();
        stored::save_for_tab(TAB, &name);
        name
    })
}

fn release(me: &str) {
    if stored::load_text(LEASE).is_some_and(|known| known.starts_with(me)) {
        stored::forget(LEASE);
    }
}
