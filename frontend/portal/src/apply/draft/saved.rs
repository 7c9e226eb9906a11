//! Where a draft is kept: under one key per place in this browser, or in a file of the person's own. The page at which it
//! was left lies beside it, see [`pending`].

use serde::{Deserialize, Serialize};

use super::Draft;
use crate::pending;
use ui::{
    browser::{KeptCopy, stored},
    place::Doc,
};

fn key(place: &str) -> String {
    format!("draft.{place}")
}

/// This page's copy of the draft of a place.
pub(crate) fn copy(place: &str) -> KeptCopy {
    KeptCopy::of(key(place))
}

/// A kept draft as it can be gone on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing was kept.
    Nothing,
    /// A draft for the place's document.
    Draft(Box<Draft>),
    /// A draft for an earlier document of the place: what fits of it.
    Carried(Box<Draft>),
    /// A text that is no draft.
    Unread,
}

/// Reads a kept text. A draft made for another document gets the new id.
pub(crate) fn found(text: Option<&str>, document: &str, new_id: String) -> Found {
    let Some(text) = text else { return Found::Nothing };
    match serde_json::from_str::<Draft>(text) {
        Ok(draft) if draft.document == document => Found::Draft(Box::new(draft)),
        Ok(draft) => Found::Carried(Box::new(draft.carried_to(new_id, document))),
        Err(_) => Found::Unread,
    }
}

/// The id that a kept draft had.
pub(crate) fn id_in(text: &str) -> Option<String> {
    serde_json::from_str::<Draft>(text).ok().map(|draft| draft.id)
}

fn aside_key(place: &str) -> String {
    ["aside.", place].concat()
}

/// Sets a kept text aside as it is, before another takes its place.
pub(crate) fn set_aside_as(place: &str, text: String) {
    stored::save_text(&aside_key(place), text);
}

/// What was set aside.
pub(crate) fn set_aside(place: &str) -> Option<String> {
    stored::load_text(&aside_key(place))
}

/// Puts a draft back to be mended, over whatever is kept. False: the browser refused, and only this page holds it.
pub(crate) fn put_back(place: &str, draft: &Draft) -> bool {
    stored::save(&key(place), draft)
}

/// Forgets the draft, what was set aside for it and where it was left.
pub(crate) fn forget(place: &str) {
    stored::forget(&key(place));
    stored::forget(&aside_key(place));
    pending::leave_at(place, None);
}

/// Forgets it if it is the one that was sent.
pub(crate) fn forget_sent(place: &str, id: &str) {
    if stored::load::<Draft>(&key(place)).is_some_and(|draft| draft.id == id) {
        forget(place);
    }
}

/// What a draft file holds.
#[derive(Serialize, Deserialize)]
struct DraftFile {
    /// Always `anju-draft-1`: tells such a file from any other.
    format: String,
    /// The place it is for; in files of before, only the draft's document tells.
    #[serde(default)]
    place: String,
    draft: Draft,
}

const FORMAT: &str = "anju-draft-1";

/// The text of a draft file.
pub(crate) fn to_file(draft: &Draft, doc: Doc) -> String {
    let place = doc.document().place.id.clone();
    let file = DraftFile { format: FORMAT.to_owned(), place, draft: draft.clone() };
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// Reads a draft file, one of an earlier document of the place too; whether it had to be carried over. It gets the new id: a
/// draft sent from another device is not the same submission.
///
/// # Errors
/// A sentence on what is wrong with it.
pub(crate) fn from_file(text: &str, doc: Doc, new_id: String) -> Result<(Draft, bool), &'static str> {
    let file: DraftFile = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|_| "这个文件不是安居的申请草稿，请换一个文件。")?;
    if file.format != FORMAT {
        return Err("这份草稿是别的版本存的，打不开。");
    }
    let document = doc.document();
    if file.draft.document == document.id {
        return Ok((Draft { id: new_id, ..file.draft }, false));
    }
    let place =
        Doc::by_id(&file.draft.document).map_or(file.place, |other| other.document().place.id.clone());
    if place != document.place.id {
        return Err("这份草稿是另一个地方的申请，请到那个地方的申请页面载入。");
    }
    Ok((file.draft.carried_to(new_id, &document.id), true))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn doc() -> Doc {
        Doc::by_id("yongshun-2023").unwrap()
    }

    fn named(document: &str) -> Draft {
        let mut draft = Draft::new("abc".to_owned(), document);
        draft.applicant.name = "阿依古丽·测试𠮷".to_owned();
        draft
    }

    #[test]
    fn a_file_gives_back_the_same_draft_under_a_new_id_and_only_where_it_belongs() {
        let file = to_file(&named("yongshun-2023"), doc());
        let expected = Draft { id: "new".to_owned(), ..named("yongshun-2023") };
        assert_eq!(from_file(&file, doc(), "new".to_owned()), Ok((expected, false)));
        for wrong in [file.as_str(), "{}", "不是文件"] {
            assert!(from_file(wrong, Doc::by_id("qujing-2018").unwrap(), String::new()).is_err());
        }
    }

    #[test]
    fn what_was_written_under_an_earlier_document_of_the_place_is_carried_over() {
        let file = to_file(&named("yongshun-2019"), doc());
        let (carried, changed) = from_file(&file, doc(), "new".to_owned()).unwrap();
        assert!(changed);
        assert_eq!(
            (carried.applicant.name.as_str(), carried.document.as_str()),
            ("阿依古丽·测试𠮷", "yongshun-2023")
        );
        let kept = serde_json::to_string(&named("yongshun-2019")).unwrap();
        let carried = named("yongshun-2019").carried_to("new".to_owned(), "yongshun-2023");
        let found = |text: Option<&str>| found(text, "yongshun-2023", "new".to_owned());
        assert_eq!(found(Some(&kept)), Found::Carried(Box::new(carried)));
        let kept = serde_json::to_string(&named("yongshun-2023")).unwrap();
        assert_eq!(found(Some(&kept)), Found::Draft(Box::new(named("yongshun-2023"))));
        assert_eq!(found(Some("no draft")), Found::Unread);
        assert_eq!(found(None), Found::Nothing);
    }
}
