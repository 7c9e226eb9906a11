//! Whether anything happened with the kept receipts since they were seen: asked when the page is opened, seldom enough that
//! nobody's budget of readings is used up by it.

use protocol::{case::CaseView, routes::Route};

use super::{Kept, all, save};
use ui::{
    api::{Api, fetch_config},
    browser::now_secs,
};

/// A receipt that was looked up so lately, in seconds, is not looked up again.
const OFTEN: u64 = 120;

/// Looks up every receipt that is due, one after the other, and gives them all as they stand now. What cannot be looked up
/// stays as it was seen.
pub(super) async fn look() -> Vec<Kept> {
    let now = now_secs();
    let is_due = |kept: &Kept| {
        kept.seen.as_ref().is_some_and(|seen| !seen.changed && now.saturating_sub(seen.asked_at) >= OFTEN)
    };
    let due: Vec<Kept> = all().into_iter().filter(is_due).collect();
    if due.is_empty() {
        return all();
    }
    let Ok(config) = fetch_config().await else { return all() };
    for one in due {
        let Some(seen) = &one.seen else { continue };
        let (lookup, held) = (seen.lookup.as_str(), seen.authorization());
        let view: Result<CaseView, _> = Api::of(&config).ask(Route::View { lookup }, Some(&held)).await;
        // What another page has changed meanwhile stays.
        let mut kept = all();
        let there = kept.iter_mut().find(|kept| kept.code == one.code).and_then(|kept| kept.seen.as_mut());
        if let (Ok(view), Some(seen)) = (view, there) {
            seen.changed = view.total > seen.total;
            seen.asked_at = now;
            save(&kept);
        }
    }
    all()
}

/// How many have something new.
pub(super) fn count(kept: &[Kept]) -> u32 {
    let changed = kept.iter().filter(|kept| kept.seen.as_ref().is_some_and(|seen| seen.changed));
    u32::try_from(changed.count()).unwrap_or(u32::MAX)
}
