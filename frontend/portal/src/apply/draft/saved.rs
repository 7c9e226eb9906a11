//! Where a draft is kept: under one key per place in this browser, or in a file of the person's own. The page at which it
//! was left lies beside it, see [`pending`].

use serde::{Deserialize, Serialize};

use super::Draft;
use crate::pending;
use ui::browser::stored;

fn key(place: &str) -> String {
    format!("draft.{place}")
}

/// The draft of a place, if one is kept.
pub(crate) fn load(place: &str) -> Option<Draft> {
    stored::load(&key(place))
}

/// Keeps it. False: the browser refused, and only this page holds it.
pub(crate) fn save(place: &str, draft: &Draft) -> bool {
    stored::save(&key(place), draft)
}

/// Forgets it.
pub(crate) fn forget(place: &str) {
    stored::forget(&key(place));
    pending::leave_at(place, None);
}

/// Forgets it if it is the one that was sent.
pub(crate) fn forget_sent(place: &str, id: &str) {
    if load(place).is_some_and(|draft| draft.id == id) {
        forget(place);
    }
}

/// What a draft file holds.
#[derive(Serialize, Deserialize)]
struct DraftFile {
    /// Always `anju-draft-1`: tells such a file from any other.
    format: String,
    draft: Draft,
}

const FORMAT: &str = "anju-draft-1";

/// The text of a draft file.
pub(crate) fn to_file(draft: &Draft) -> String {
    let file = DraftFile { format: FORMAT.to_owned(), draft: draft.clone() };
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// Reads a draft file.
///
/// # Errors
/// A sentence on what is wrong with it.
pub(crate) fn from_file(text: &str, document: &str) -> Result<Draft, &'static str> {
    let file: DraftFile = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|_| "这个文件不是安居的申请草稿，请换一个文件。")?;
    if file.format != FORMAT {
        return Err("这份草稿是别的版本存的，打不开。");
    }
    if file.draft.document != document {
        return Err("这份草稿是另一个地方的申请，请到那个地方的申请页面载入。");
    }
    Ok(file.draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_back_the_same_draft_and_only_where_it_belongs() {
        let mut draft = Draft::new("abc".to_owned(), "yongshun-2023");
        draft.applicant.name = "阿依古丽·测试𠮷".to_owned();
        let file = to_file(&draft);
        assert_eq!(from_file(&file, "yongshun-2023"), Ok(draft));
        assert!(from_file(&file, "qujing-2018").is_err());
        assert!(from_file("{}", "yongshun-2023").is_err());
        assert!(from_file("不是文件", "yongshun-2023").is_err());
    }
}
