//! A draft as the application that is sent, or all that is wrong with it, field by field, in words that help.
//!
//! Each page is read once, by one function that gives what the page says or its faults: what a page shows as
//! wrong is what keeps it from being sent, and what is sent is what was read.

mod contact;
mod declarations;
mod household;
mod people;
mod person;
mod question;

use chrono::NaiveDate;
use policies::{
    Assessment, Household, assess, format_value,
    model::{CaseKind, Fact},
};
use protocol::letter::Application;
use ui::{components::FieldFault, place::Doc};

use super::{Draft, page::ApplyPage};
use crate::typed::Faults;

pub(crate) use contact::WANTED;
pub(crate) use household::{follows, is_counted, so_far};
pub(crate) use people::MOST_PEOPLE;
pub(crate) use question::answer;

/// The application. Where replies go is filled in when there is a receipt.
///
/// # Errors
/// The faults of every page, in order.
pub(crate) fn read(draft: &Draft, doc: Doc, on: NaiveDate) -> Result<Application, Vec<FieldFault>> {
    let mut faults = Faults::default();
    let applicant = faults.part(people::applicant(draft, doc, on));
    let members = faults.part(people::members(draft, on));
    let household = faults.part(household::household(draft, on));
    let contact = faults.part(contact::contact(draft));
    let declarations = faults.part(declarations::declarations(draft, doc, on));
    let told = applicant.zip(members).zip(household).zip(contact).zip(declarations);
    faults.unless(told.map(|((((applicant, members), household), contact), declarations)| Application {
        kind: CaseKind::Application,
        document: doc.document().id.clone(),
        document_hash: doc.compiled().hash().to_owned(),
        on,
        applicant,
        members,
        address: contact.address,
        wanted: contact.wanted,
        assessment: assessment(doc, &household, on),
        household,
        declarations,
        remarks: contact.remarks,
        reply_to: String::new(),
        owner_key: String::new(),
        own_copy: false,
        enclosures: None,
    }))
}

/// Faults of one page, in the order of its fields; of every page for the last one.
pub(crate) fn faults(draft: &Draft, doc: Doc, page: ApplyPage, on: NaiveDate) -> Vec<FieldFault> {
    match page {
        ApplyPage::Applicant => people::applicant(draft, doc, on).err(),
        ApplyPage::Members => people::members(draft, on).err(),
        ApplyPage::Household => household::household(draft, on).err(),
        ApplyPage::Wanted => contact::contact(draft).err(),
        ApplyPage::Declare => declarations::declarations(draft, doc, on).err(),
        ApplyPage::Review => read(draft, doc, on).err(),
    }
    .unwrap_or_default()
}

/// The first page with a fault, so that the last page can lead there.
pub(crate) fn first_faulty(draft: &Draft, doc: Doc, on: NaiveDate) -> Option<ApplyPage> {
    ApplyPage::ALL
        .into_iter()
        .filter(|page| *page != ApplyPage::Review)
        .find(|page| !faults(draft, doc, *page, on).is_empty())
}

/// The assessment of a household, where the document gives one.
pub(crate) fn assessment(doc: Doc, household: &Household, on: NaiveDate) -> Option<Assessment<'static>> {
    assess(doc.compiled(), household, on).ok()
}

/// What a household's answer to a fact says, for reading; `None` where it is unknown.
pub(crate) fn fact_words(fact: &Fact, household: &Household) -> Option<String> {
    household.facts.get(&fact.id).map(|value| format_value(fact, value))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::Value;
    use protocol::letter::Wanted;

    use super::*;
    use crate::apply::draft::PersonDraft;

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
    }

    fn doc() -> Doc {
        Doc::by_id("yongshun-2023").unwrap()
    }

    /// Division 999999 does not exist, so nobody holds these numbers.
    const FIRST: &str = "999999199001010016";
    const SECOND: &str = "999999200002290027";
    const SIX_YEARS_OLD: &str = "999999202001010010";

    fn clean() -> Draft {
        Draft {
            applicant: PersonDraft {
                name: " 阿依古丽·测试𠮷 ".to_owned(),
                id_number: FIRST.to_owned(),
                ..PersonDraft::default()
            },
            address: "测试路 1 号".to_owned(),
            wanted: "either".to_owned(),
            document: "yongshun-2023".to_owned(),
            truth: true,
            consent: true,
            ..Draft::default()
        }
    }

    fn ids(draft: &Draft, page: ApplyPage) -> Vec<String> {
        faults(draft, doc(), page, on()).into_iter().map(|fault| fault.id.to_string()).collect()
    }

    #[test]
    fn the_application_says_what_was_typed_and_counts_the_people() {
        let mut draft = clean();
        draft.applicant.id_number = "９９９９９９199001010016".to_owned();
        draft.members.push(PersonDraft {
            key: 1,
            name: "测试丙".to_owned(),
            relation: "子女".to_owned(),
            no_number: true,
            birth: "2025年1月2日".to_owned(),
            ..PersonDraft::default()
        });
        draft.facts.insert("people".to_owned(), "9".to_owned());
        draft.wanted = "subsidy".to_owned();
        draft.members_agree = true;
        let sent = read(&draft, doc(), on()).unwrap();
        assert_eq!(sent.applicant.name, "阿依古丽·测试𠮷");
        assert_eq!(sent.applicant.id_number, FIRST);
        assert_eq!(sent.applicant.birth, NaiveDate::from_ymd_opt(1990, 1, 1));
        assert_eq!((sent.applicant.sex.as_str(), sent.applicant.relation.as_str()), ("男", "本人"));
        assert_eq!(sent.members.first().unwrap().birth, NaiveDate::from_ymd_opt(2025, 1, 2));
        assert_eq!(sent.household.facts.get("people"), Some(&Value::Number(2)));
        assert_eq!(sent.household.people.len(), 2);
        assert_eq!(sent.wanted, Wanted::Subsidy);
        assert_eq!(sent.declarations.wording.len(), 3);
    }

    #[test]
    fn a_draft_is_an_application_exactly_where_no_page_is_at_fault() {
        let spoil: [fn(&mut Draft); 8] = [
            |draft| draft.applicant.name.clear(),
            |draft| draft.applicant.phone = "12".to_owned(),
            |draft| draft.applicant.work = "长".repeat(201),
            |draft| draft.members.push(PersonDraft { key: 1, ..PersonDraft::default() }),
            |draft| draft.address = " ".to_owned(),
            |draft| draft.wanted = "both".to_owned(),
            |draft| draft.consent = false,
            |draft| {
                draft.facts.insert("people_over_60".to_owned(), "x".to_owned());
                draft.facts.insert("income_12_months".to_owned(), "x".to_owned());
            },
        ];
        assert!(read(&clean(), doc(), on()).is_ok());
        for spoil in spoil {
            let mut draft = clean();
            spoil(&mut draft);
            let each = ApplyPage::ALL.into_iter().filter(|page| *page != ApplyPage::Review);
            let by_page: Vec<_> = each.flat_map(|page| faults(&draft, doc(), page, on())).collect();
            assert!(!by_page.is_empty());
            assert_eq!(read(&draft, doc(), on()).unwrap_err(), by_page);
        }
    }

    #[test]
    fn an_empty_draft_says_what_it_needs_and_a_clean_one_nothing() {
        assert_eq!(ids(&Draft::default(), ApplyPage::Applicant), ["name", "id-number"]);
        assert_eq!(ids(&Draft::default(), ApplyPage::Wanted), ["address", "wanted"]);
        assert!(ids(&clean(), ApplyPage::Review).is_empty());
        assert_eq!(first_faulty(&clean(), doc(), on()), None);
        assert_eq!(first_faulty(&Draft::default(), doc(), on()), Some(ApplyPage::Applicant));
    }

    #[test]
    fn where_ledgers_record_the_registration_it_must_be_told() {
        let faults = faults(&clean(), Doc::by_id("tiedong-2024").unwrap(), ApplyPage::Applicant, on());
        let ids: Vec<_> = faults.into_iter().map(|fault| fault.id.to_string()).collect();
        assert_eq!(ids, ["registration"]);
    }

    #[test]
    fn identity_numbers_are_checked_and_must_differ() {
        let mut draft = clean();
        draft.applicant.id_number = "999999199001010017".to_owned();
        assert_eq!(ids(&draft, ApplyPage::Applicant), ["id-number"]);
        let mut draft = clean();
        let member = PersonDraft {
            key: 7,
            name: "测试乙".to_owned(),
            relation: "配偶".to_owned(),
            id_number: FIRST.to_owned(),
            ..PersonDraft::default()
        };
        draft.members.push(member);
        assert_eq!(ids(&draft, ApplyPage::Members), ["member-1-id-number"]);
        draft.members.first_mut().unwrap().id_number = SECOND.to_owned();
        assert!(ids(&draft, ApplyPage::Members).is_empty());
        assert_eq!(ids(&draft, ApplyPage::Declare), ["agree-members"]);
    }

    #[test]
    fn the_applicants_birth_is_read_off_the_number_and_held_against_the_answer() {
        let (fact, _) = protocol::kin::applicant_birth().unwrap();
        let mut draft = clean();
        let (known, _) = so_far(&draft, on());
        assert_eq!(known.facts.get(&fact.id), Some(&Value::Date("1990-01-01".parse().unwrap())));
        assert!(follows(fact, &draft, on()));
        draft.facts.insert(fact.id.clone(), "19900101".to_owned());
        assert!(ids(&draft, ApplyPage::Household).is_empty());
        draft.facts.insert(fact.id.clone(), "19600101".to_owned());
        assert_eq!(ids(&draft, ApplyPage::Household), [format!("fact-{}", fact.id)]);
        assert!(!so_far(&draft, on()).0.facts.contains_key(&fact.id));
    }

    #[test]
    fn a_childs_number_is_not_an_applicants() {
        let mut draft = clean();
        draft.applicant.id_number = SIX_YEARS_OLD.to_owned();
        assert_eq!(ids(&draft, ApplyPage::Applicant), ["id-number"]);
    }

    #[test]
    fn people_who_cannot_be_who_they_are_said_to_be_are_told_at_their_field() {
        let mut draft = clean();
        let born = |key, relation: &str, birth: &str| PersonDraft {
            key,
            name: format!("测试{}", ["甲", "乙", "丙"].get(key as usize - 1).unwrap()),
            relation: relation.to_owned(),
            no_number: true,
            birth: birth.to_owned(),
            ..PersonDraft::default()
        };
        draft.members = vec![born(1, "子女", "1989 12 31"), born(2, "父母", "1990年1月1日")];
        assert_eq!(ids(&draft, ApplyPage::Members), ["member-1-relation", "member-2-relation"]);
        draft.members = vec![born(1, "配偶", "19910101"), born(2, "配偶", "19920101")];
        assert_eq!(ids(&draft, ApplyPage::Members), ["member-2-relation"]);
        draft.members = vec![born(1, "子女", "20200101"), born(2, "父母", "19600101")];
        assert!(ids(&draft, ApplyPage::Members).is_empty());
    }

    #[test]
    fn a_child_without_a_number_needs_a_date_of_birth_that_has_been() {
        let mut draft = clean();
        draft.members.push(PersonDraft {
            key: 1,
            name: "测试丙".to_owned(),
            relation: "子女".to_owned(),
            no_number: true,
            ..PersonDraft::default()
        });
        assert_eq!(ids(&draft, ApplyPage::Members), ["member-1-birth"]);
        for (typed, clean) in [("2026-02-01", true), ("2026-03-02", false), ("2025-02-30", false)] {
            draft.members.first_mut().unwrap().birth = typed.to_owned();
            assert_eq!(ids(&draft, ApplyPage::Members).is_empty(), clean);
        }
    }

    #[test]
    fn impossible_answers_are_named_at_their_field() {
        let mut draft = clean();
        draft.facts.insert("income_12_months".to_owned(), "1e30".to_owned());
        draft.facts.insert("home_area_total".to_owned(), "13.005".to_owned());
        assert_eq!(ids(&draft, ApplyPage::Household), ["fact-income_12_months", "fact-home_area_total"]);
        let (known, _) = so_far(&draft, on());
        assert!(!known.facts.contains_key("income_12_months"));
    }
}
