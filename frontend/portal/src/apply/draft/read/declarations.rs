//! What the applicant declared, with the sentences as shown.

use chrono::NaiveDate;
use policies::model::Declares;
use protocol::letter::Declarations;
use ui::{components::FieldFault, place::Doc, typed::date, words::date_words};

use crate::{
    apply::draft::{
        Draft,
        declared::{MEMBERS_AGREE, asked, concerns_members, is_ticked, sentence, tick_id},
    },
    typed::Faults,
};

/// The declarations of a draft.
///
/// # Errors
/// The faults of the page, in its order.
pub(super) fn declarations(draft: &Draft, doc: Doc, on: NaiveDate) -> Result<Declarations, Vec<FieldFault>> {
    let mut faults = Faults::default();
    for (declares, paper) in asked(doc).filter(|(declares, _)| !is_ticked(draft, *declares)) {
        faults.add(tick_id(declares), format!("请看清楚“{}”再勾选，否则不能提交。", paper.label));
    }
    let authorised = faults.part(authorised(draft, doc, on));
    if concerns_members(draft, doc) && !draft.members_agree {
        faults.add("agree-members", "请先征得一起申请的成年家人同意，再勾选。");
    }
    faults.unless(authorised.map(|authorised| Declarations {
        truth: draft.truth,
        consent: draft.consent,
        members_agree: draft.members_agree,
        authorised,
        on,
        wording: wording(draft, doc, authorised),
    }))
}

/// First and last day of the authorisation, where the document wants one.
fn authorised(
    draft: &Draft,
    doc: Doc,
    on: NaiveDate,
) -> Result<Option<(NaiveDate, NaiveDate)>, Vec<FieldFault>> {
    if !asked(doc).any(|(declares, _)| declares == Declares::Authorisation) {
        return Ok(None);
    }
    let mut faults = Faults::default();
    let from = faults.field("authorised-from", date("授权从哪一天开始", true, &draft.authorised_from, on));
    let until = date("授权到哪一天为止", true, &draft.authorised_until, on).and_then(|until| {
        if from.is_some_and(|from| until < from) {
            Err("最后一天早于第一天，请核对。".to_owned())
        } else if from.is_some() && until < on {
            Err("最后一天已经过了，没法核查，请核对。".to_owned())
        } else {
            Ok(until)
        }
    });
    let until = faults.field("authorised-until", until);
    faults.unless(from.zip(until)).map(Some)
}

/// Every sentence that was ticked, as shown, with the days.
fn wording(draft: &Draft, doc: Doc, authorised: Option<(NaiveDate, NaiveDate)>) -> Vec<String> {
    let mut wording: Vec<String> = asked(doc).map(|(declares, _)| sentence(declares).to_owned()).collect();
    if let Some((from, until)) = authorised {
        wording.push(format!("授权的期限：{}到{}，头尾两天都算。", date_words(from), date_words(until)));
    }
    if concerns_members(draft, doc) {
        wording.push(MEMBERS_AGREE.to_owned());
    }
    wording
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::apply::draft::PersonDraft;

    fn on() -> NaiveDate {
        "2026-03-01".parse().unwrap()
    }

    fn ids(draft: &Draft, document: &str) -> Vec<String> {
        let faults = declarations(draft, Doc::by_id(document).unwrap(), on()).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.id.to_string()).collect()
    }

    #[test]
    fn every_place_asks_for_what_its_document_says_and_nothing_else() {
        let member = PersonDraft { key: 1, ..PersonDraft::default() };
        let draft = Draft { members: vec![member], ..Draft::default() };
        assert_eq!(ids(&draft, "yongshun-2023"), ["agree-truth", "agree-consent", "agree-members"]);
        assert_eq!(ids(&draft, "qujing-2018"), ["agree-truth"]);
        let dates = ["agree-consent", "authorised-from", "authorised-until", "agree-members"];
        assert_eq!(ids(&draft, "tiedong-2024"), dates);
        assert!(ids(&draft, "shishi-2021").is_empty());
    }

    #[test]
    fn an_authorisation_ends_after_it_begins_and_not_in_the_past() {
        let draft = |from: &str, until: &str| Draft {
            truth: true,
            consent: true,
            authorised_from: from.to_owned(),
            authorised_until: until.to_owned(),
            ..Draft::default()
        };
        let wrong = ["authorised-until"];
        assert_eq!(ids(&draft("2026-03-01", "2026-02-28"), "tiedong-2024"), wrong);
        assert_eq!(ids(&draft("2025-01-01", "2026-02-28"), "tiedong-2024"), wrong);
        assert!(ids(&draft("2025-01-01", "2026-03-01"), "tiedong-2024").is_empty());
        let good = draft("2026-03-01", "2027-02-28");
        let told = declarations(&good, Doc::by_id("tiedong-2024").unwrap(), on()).unwrap();
        assert!(told.authorised.is_some());
        let said = told.wording.join("");
        assert!(said.contains("2026年3月1日到2027年2月28日"), "{said}");
    }
}
