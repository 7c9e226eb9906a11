//! What the applicant has to declare: what the document's papers to be signed say, and nothing else.

use chrono::NaiveDate;
use policies::{
    Value,
    model::{CaseKind, Declares, FactKind, Paper},
    parse_value,
};

use super::{Draft, check::date_fact};
use ui::{components::FieldFault, place::Doc, words::date_words};

/// The sentence on the adult members, as shown and as sent.
pub(crate) const MEMBERS_AGREE: &str = "一起申请的成年家人都知道这份申请，也都同意上面说的核查。";

/// The sentence of a declaration, as shown and as sent.
pub(crate) const fn sentence(declares: Declares) -> &'static str {
    match declares {
        Declares::Truth => "我承诺：以上内容和将要提交的材料都是真实的。如有隐瞒或者造假，愿意承担相应责任。",
        Declares::Consent => "我书面同意审核机关调查核实这份申请里申报的信息。",
        Declares::Authorisation => "我授权受理和审核的单位，在下面写的期限里核对家庭经济状况。",
    }
}

/// The papers of a first application that declare something.
pub(crate) fn asked(doc: Doc) -> impl Iterator<Item = (Declares, &'static Paper)> {
    let papers = doc.document().papers.iter();
    papers
        .filter(|paper| paper.is_for(CaseKind::Application))
        .filter_map(|paper| Some((paper.declares?, paper)))
}

fn asks(doc: Doc, declares: impl Fn(Declares) -> bool) -> bool {
    asked(doc).any(|(asked, _)| declares(asked))
}

/// Whether the others in the household must agree: somebody will look into what is theirs.
pub(crate) fn concerns_members(draft: &Draft, doc: Doc) -> bool {
    !draft.members.is_empty() && asks(doc, |declares| declares != Declares::Truth)
}

/// Whether a declaration is ticked. One tick serves consent and authorisation: no document asks for both.
pub(crate) const fn is_ticked(draft: &Draft, declares: Declares) -> bool {
    match declares {
        Declares::Truth => draft.truth,
        Declares::Consent | Declares::Authorisation => draft.consent,
    }
}

/// First and last day of the authorisation, where the document wants one.
///
/// # Errors
/// The faults of the two fields.
pub(crate) fn authorised(
    draft: &Draft,
    doc: Doc,
    on: NaiveDate,
) -> Result<Option<(NaiveDate, NaiveDate)>, Vec<FieldFault>> {
    if !asks(doc, |declares| declares == Declares::Authorisation) {
        return Ok(None);
    }
    let read = |id: &'static str, label: &str, typed: &str| match parse_value(
        &date_fact(label, FactKind::Date { future: true }),
        typed,
        on,
    ) {
        Ok(Value::Date(date)) => Ok(date),
        Ok(_) => Err(FieldFault::new(id, "请填写日期，例如 2024-03-01。")),
        Err(error) => Err(FieldFault::new(id, error.message)),
    };
    let until_fault = |message: &'static str| Err(vec![FieldFault::new("authorised-until", message)]);
    match (
        read("authorised-from", "授权从哪一天开始", &draft.authorised_from),
        read("authorised-until", "授权到哪一天为止", &draft.authorised_until),
    ) {
        (Ok(from), Ok(until)) if until < from => until_fault("最后一天早于第一天，请核对。"),
        (Ok(_), Ok(until)) if until < on => until_fault("最后一天已经过了，没法核查，请核对。"),
        (Ok(from), Ok(until)) => Ok(Some((from, until))),
        (from, until) => Err(from.err().into_iter().chain(until.err()).collect()),
    }
}

/// What is wrong with the declarations, in the order of the page.
pub(crate) fn faults(draft: &Draft, doc: Doc, on: NaiveDate) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (declares, paper) in asked(doc).filter(|(declares, _)| !is_ticked(draft, *declares)) {
        let message = format!("请看清楚“{}”再勾选，否则不能提交。", paper.label);
        faults.push(FieldFault::new(tick_id(declares), message));
    }
    faults.extend(authorised(draft, doc, on).err().unwrap_or_default());
    if concerns_members(draft, doc) && !draft.members_agree {
        faults.push(FieldFault::new("agree-members", "请先征得一起申请的成年家人同意，再勾选。"));
    }
    faults
}

/// DOM id of a declaration's tick.
pub(crate) const fn tick_id(declares: Declares) -> &'static str {
    match declares {
        Declares::Truth => "agree-truth",
        Declares::Consent | Declares::Authorisation => "agree-consent",
    }
}

/// Every sentence that was ticked, as shown, with the days.
pub(crate) fn wording(draft: &Draft, doc: Doc, on: NaiveDate) -> Vec<String> {
    let mut wording: Vec<String> = asked(doc).map(|(declares, _)| sentence(declares).to_owned()).collect();
    if let Ok(Some((from, until))) = authorised(draft, doc, on) {
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

    fn with_member() -> Draft {
        Draft { members: vec![PersonDraft { key: 1, ..PersonDraft::default() }], ..Draft::default() }
    }

    fn ids(draft: &Draft, place: &str) -> Vec<String> {
        let faults = faults(draft, Doc::of_place(place).unwrap(), on());
        faults.into_iter().map(|fault| fault.id.to_string()).collect()
    }

    #[test]
    fn every_place_asks_for_what_its_document_says_and_nothing_else() {
        let draft = with_member();
        assert_eq!(ids(&draft, "yongshun"), ["agree-truth", "agree-consent", "agree-members"]);
        assert_eq!(ids(&draft, "qujing"), ["agree-truth"]);
        let dates = ["agree-consent", "authorised-from", "authorised-until", "agree-members"];
        assert_eq!(ids(&draft, "tiedong"), dates);
        assert!(ids(&draft, "shishi").is_empty());
    }

    #[test]
    fn an_authorisation_ends_after_it_begins_and_not_in_the_past() {
        let doc = Doc::of_place("tiedong").unwrap();
        let draft = |from: &str, until: &str| Draft {
            authorised_from: from.to_owned(),
            authorised_until: until.to_owned(),
            ..Draft::default()
        };
        assert!(authorised(&draft("2026-03-01", "2026-02-28"), doc, on()).is_err());
        assert!(authorised(&draft("2025-01-01", "2026-02-28"), doc, on()).is_err());
        let good = draft("2026-03-01", "2027-02-28");
        assert!(authorised(&good, doc, on()).unwrap().is_some());
        let said = wording(&good, doc, on()).join("");
        assert!(said.contains("2026年3月1日到2027年2月28日"), "{said}");
    }
}
