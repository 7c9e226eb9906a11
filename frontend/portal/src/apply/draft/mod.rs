//! An application being written: kept as typed, in this browser only, until it is sent.
//!
//! Nothing here is judged while typing; [`read`] makes of it what is sent, or says what is wrong on a page,
//! [`saved`] keeps it.

pub(crate) mod declared;
pub(crate) mod field;
pub(crate) mod page;
pub(crate) mod read;
pub(crate) mod saved;

use std::{collections::BTreeMap, rc::Rc};

use crate::mail::Keepable;
use policies::{
    household::{Household, Value},
    seen::visible,
};
use protocol::correction::PersonSpot;
use serde::{Deserialize, Serialize};
use ui::{place::Doc, typed};
use yew::Reducible;

/// A draft as typed. Every text may still be empty or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    /// Random; it stays for the draft's life, so that sending twice sends the same thing.
    pub(crate) id: String,
    /// Document id.
    pub(crate) document: String,
    /// Who applies. Its key is 0.
    pub(crate) applicant: PersonDraft,
    /// The others, in the order added.
    pub(crate) members: Vec<PersonDraft>,
    /// Highest key given to a member so far; keys are never used again.
    pub(crate) last_key: u32,
    /// Household facts by id, as typed: `yes`/`no`, a choice's id, a number or a date.
    pub(crate) facts: BTreeMap<String, String>,
    /// Facts whose questions were left open on purpose.
    pub(crate) skipped: Vec<String>,
    /// What the self-check knew when it was last taken over, so that only what changed there since
    /// then is taken over again.
    pub(crate) from_check: Household,
    /// Where they live now.
    pub(crate) address: String,
    /// `flat`, `subsidy`, `either` or empty.
    pub(crate) wanted: String,
    /// Free text.
    pub(crate) remarks: String,
    /// "What I wrote is true." The stored names of the ticks change with their sentences: whoever agreed to other words
    /// has not agreed to these.
    #[serde(rename = "declares_truth")]
    pub(crate) truth: bool,
    /// "The departments may check it."
    #[serde(rename = "declares_consent")]
    pub(crate) consent: bool,
    /// "The adult members agree."
    #[serde(rename = "declares_members_agree")]
    pub(crate) members_agree: bool,
    /// First day on which the authorities may check, where the document wants one.
    pub(crate) authorised_from: String,
    /// Last such day.
    pub(crate) authorised_until: String,
}

/// A person as typed. Phone, registration, marital status and work are asked of the applicant alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PersonDraft {
    /// 0 for the applicant; else unique for the draft's life, so that removing one person removes that one.
    pub(crate) key: u32,
    /// Name.
    pub(crate) name: String,
    /// Identity number.
    pub(crate) id_number: String,
    /// No identity number was issued yet; then `birth` counts.
    pub(crate) no_number: bool,
    /// Date of birth, only where there is no number.
    pub(crate) birth: String,
    /// Relation to the applicant; unused for the applicant.
    pub(crate) relation: String,
    /// Phone.
    pub(crate) phone: String,
    /// Where registered.
    pub(crate) registration: String,
    /// Marital status.
    pub(crate) marital: String,
    /// Employer or school.
    pub(crate) work: String,
}

/// A text of the household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DraftField {
    /// A household fact.
    Fact(String),
    /// Address.
    Address,
    /// What is asked for.
    Wanted,
    /// Free text.
    Remarks,
    /// First day of the authorisation.
    AuthorisedFrom,
    /// Last day of the authorisation.
    AuthorisedUntil,
}

/// A tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tick {
    /// True.
    Truth,
    /// May be checked.
    Consent,
    /// Adult members agree.
    MembersAgree,
}

/// What can happen to a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DraftAction {
    /// The stored, loaded or empty draft.
    Restore(Box<Draft>),
    /// What the self-check knows now.
    TakeOver(Household),
    /// A text of the household.
    Write(DraftField, String),
    /// A fact's question is left open, or taken up again.
    Skip(String, bool),
    /// A text of the person with this key.
    WritePerson(u32, PersonSpot, String),
    /// The person with this key has, or has not, an identity number.
    NoNumber(u32, bool),
    /// A tick.
    Tick(Tick, bool),
    /// One more member.
    AddMember,
    /// The member with this key, and no other, goes.
    RemoveMember(u32),
}

impl Keepable for Draft {
    fn id(&self) -> &str {
        &self.id
    }

    fn is_blank(&self) -> bool {
        Draft::is_blank(self)
    }
}

impl Draft {
    /// An empty draft.
    pub(crate) fn new(id: String, document: &str) -> Self {
        Self { id, document: document.to_owned(), ..Self::default() }
    }

    /// What a draft for another document is for this one: people, answers that the dictionary still knows and wishes come
    /// along. Nobody has agreed yet to what this document wants declared.
    pub(crate) fn carried_to(self, id: String, document: &str) -> Self {
        let mut facts = self.facts;
        facts.retain(|fact, _| policies::rulebook().fact(fact).is_some());
        Self {
            id,
            document: document.to_owned(),
            facts,
            truth: false,
            consent: false,
            members_agree: false,
            authorised_from: String::new(),
            authorised_until: String::new(),
            ..self
        }
    }

    /// Whether there is nothing in it, not even from the self-check.
    pub(crate) fn is_blank(&self) -> bool {
        *self == Self::new(self.id.clone(), &self.document)
    }

    /// Applicant and members, in order.
    pub(crate) fn people(&self) -> impl Iterator<Item = &PersonDraft> {
        std::iter::once(&self.applicant).chain(&self.members)
    }

    /// Whether anything was typed by hand that a lost draft would lose.
    pub(crate) fn is_started(&self) -> bool {
        !(self.members.is_empty() && self.applicant.is_blank() && self.address.is_empty())
    }

    fn person_mut(&mut self, key: u32) -> Option<&mut PersonDraft> {
        std::iter::once(&mut self.applicant).chain(&mut self.members).find(|person| person.key == key)
    }

    /// Answers changed in the self-check since last time replace what the draft had; all others stay.
    fn take_over(&mut self, known: Household) {
        let together = Doc::by_id(&self.document).and_then(|doc| doc.document().together.as_ref());
        let relations = || together.iter().flat_map(|together| &together.relations);
        // Who is not there is seen from the people typed in here, who may be others than the self-check was told of.
        let absent = |id: &String, value: &Value| {
            *value == Value::YesNo(false) && relations().any(|relation| relation.facts.contains(id))
        };
        for (id, value) in &known.facts {
            if self.from_check.facts.get(id) != Some(value)
                && !absent(id, value)
                && let Some(fact) = policies::rulebook().fact(id)
            {
                self.facts.insert(id.clone(), typed::text(fact, value));
            }
        }
        self.from_check = known;
    }

    fn apply(&mut self, action: DraftAction) {
        match action {
            DraftAction::Restore(draft) => *self = *draft,
            DraftAction::TakeOver(known) => self.take_over(known),
            DraftAction::Write(field, text) => match field {
                DraftField::Fact(id) => write_fact(&mut self.facts, id, text),
                DraftField::Address => self.address = text,
                DraftField::Wanted => self.wanted = text,
                DraftField::Remarks => self.remarks = text,
                DraftField::AuthorisedFrom => self.authorised_from = text,
                DraftField::AuthorisedUntil => self.authorised_until = text,
            },
            DraftAction::Skip(fact, on) => {
                self.skipped.retain(|known| *known != fact);
                if on {
                    self.skipped.push(fact);
                }
            }
            DraftAction::WritePerson(key, field, text) => {
                if let Some(person) = self.person_mut(key) {
                    person.write(field, text);
                }
            }
            DraftAction::NoNumber(key, none) => {
                if let Some(person) = self.person_mut(key) {
                    person.no_number = none;
                }
            }
            DraftAction::Tick(tick, on) => match tick {
                Tick::Truth => self.truth = on,
                Tick::Consent => self.consent = on,
                Tick::MembersAgree => self.members_agree = on,
            },
            DraftAction::AddMember => {
                self.last_key += 1;
                let key = self.last_key;
                self.members.push(PersonDraft { key, ..PersonDraft::default() });
                // Whoever was added has not agreed yet.
                self.members_agree = false;
            }
            DraftAction::RemoveMember(key) => self.members.retain(|member| member.key != key),
        }
    }
}

impl PersonDraft {
    /// Whether nothing was typed of this person.
    pub(crate) fn is_blank(&self) -> bool {
        *self == Self { key: self.key, ..Self::default() }
    }

    fn write(&mut self, field: PersonSpot, text: String) {
        match field {
            PersonSpot::Name => self.name = text,
            PersonSpot::IdNumber => self.id_number = text,
            PersonSpot::Birth => self.birth = text,
            PersonSpot::Relation => self.relation = text,
            PersonSpot::Phone => self.phone = text,
            PersonSpot::Registration => self.registration = text,
            PersonSpot::Marital => self.marital = text,
            PersonSpot::Work => self.work = text,
        }
    }
}

/// An emptied answer is an unknown again, not an empty one.
fn write_fact(facts: &mut BTreeMap<String, String>, id: String, text: String) {
    if visible(&text).is_empty() {
        facts.remove(&id);
    } else {
        facts.insert(id, text);
    }
}

impl Reducible for Draft {
    type Action = DraftAction;

    fn reduce(self: Rc<Self>, action: DraftAction) -> Rc<Self> {
        let mut next = (*self).clone();
        next.apply(action);
        if next == *self { self } else { Rc::new(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(draft: Draft, actions: impl IntoIterator<Item = DraftAction>) -> Draft {
        let end = actions.into_iter().fold(Rc::new(draft), |draft, action| draft.reduce(action));
        (*end).clone()
    }

    fn named(key: u32, name: &str) -> DraftAction {
        DraftAction::WritePerson(key, PersonSpot::Name, name.to_owned())
    }

    fn three() -> Draft {
        after(
            Draft::default(),
            [
                named(0, "测试甲"),
                DraftAction::AddMember,
                named(1, "测试乙"),
                DraftAction::AddMember,
                named(2, "阿依古丽·测试𠮷"),
                DraftAction::AddMember,
                named(3, "测试丁"),
            ],
        )
    }

    fn names(draft: &Draft) -> Vec<&str> {
        draft.people().map(|person| person.name.as_str()).collect()
    }

    #[test]
    fn the_member_removed_is_the_one_chosen() {
        let draft = after(three(), [DraftAction::RemoveMember(2)]);
        assert_eq!(names(&draft), ["测试甲", "测试乙", "测试丁"]);
        let draft = after(draft, [DraftAction::AddMember, named(4, "测试戊"), DraftAction::RemoveMember(1)]);
        assert_eq!(names(&draft), ["测试甲", "测试丁", "测试戊"]);
    }

    #[test]
    fn the_applicant_cannot_be_removed_and_a_stranger_changes_nothing() {
        let draft = three();
        let same = after(
            draft.clone(),
            [DraftAction::RemoveMember(0), named(99, "谁"), DraftAction::RemoveMember(99)],
        );
        assert_eq!(same, draft);
    }

    #[test]
    fn names_are_kept_exactly_as_typed() {
        let draft = three();
        let kept =
            serde_json::to_string(&draft).ok().and_then(|text| serde_json::from_str::<Draft>(&text).ok());
        assert_eq!(kept, Some(draft));
    }

    #[test]
    fn an_emptied_answer_is_unknown_again() {
        let fact = || DraftField::Fact("people".to_owned());
        let draft = after(Draft::default(), [DraftAction::Write(fact(), "3".to_owned())]);
        assert_eq!(draft.facts.get("people").map(String::as_str), Some("3"));
        let draft = after(draft, [DraftAction::Write(fact(), " ".to_owned())]);
        assert!(draft.facts.is_empty());
    }

    #[test]
    fn a_question_is_left_open_and_taken_up_again() {
        let skip = |on| DraftAction::Skip("assets_total".to_owned(), on);
        let draft = after(Draft::default(), [skip(true), skip(true)]);
        assert_eq!(draft.skipped, ["assets_total"]);
        assert!(after(draft, [skip(false)]).skipped.is_empty());
    }

    #[test]
    fn adding_someone_takes_back_the_members_agreement_only() {
        let agreed = after(
            three(),
            [
                DraftAction::Tick(Tick::MembersAgree, true),
                DraftAction::Tick(Tick::Truth, true),
                DraftAction::AddMember,
            ],
        );
        assert!(agreed.truth && !agreed.members_agree);
    }

    #[test]
    fn only_what_changed_in_the_self_check_is_taken_over() {
        let known = |income: i64| Household {
            facts: [
                ("income_12_months".to_owned(), Value::Number(income)),
                ("owns_home".to_owned(), Value::YesNo(false)),
            ]
            .into(),
            people: Vec::new(),
        };
        let owns = DraftField::Fact("owns_home".to_owned());
        let draft = after(
            Draft::default(),
            [
                DraftAction::TakeOver(known(3_600_050)),
                DraftAction::Write(owns, "yes".to_owned()),
                DraftAction::TakeOver(known(4_000_000)),
            ],
        );
        assert_eq!(draft.facts.get("income_12_months").map(String::as_str), Some("40000"));
        assert_eq!(draft.facts.get("owns_home").map(String::as_str), Some("yes"));
    }

    #[test]
    fn who_is_not_there_is_not_taken_over() {
        let facts = [("minor_children", false), ("member_married", true), ("owns_home", false)];
        let facts = facts.map(|(id, there)| (id.to_owned(), Value::YesNo(there))).into();
        let known = Household { facts, people: Vec::new() };
        let empty = Draft::new("x".to_owned(), "yongshun-2023");
        let draft = after(empty, [DraftAction::TakeOver(known)]);
        assert_eq!(draft.facts.keys().collect::<Vec<_>>(), ["member_married", "owns_home"]);
    }

    #[test]
    fn what_was_agreed_to_under_another_document_is_not_carried_over() {
        let mut old = Draft { document: "yongshun-2019".to_owned(), wanted: "flat".to_owned(), ..three() };
        old.facts =
            [("people", "3"), ("gone", "yes")].map(|(id, text)| (id.to_owned(), text.to_owned())).into();
        (old.truth, old.consent, old.members_agree) = (true, true, true);
        old.authorised_from = "20240301".to_owned();
        let new = old.clone().carried_to("new".to_owned(), "yongshun-2023");
        assert_eq!((new.id.as_str(), new.document.as_str()), ("new", "yongshun-2023"));
        assert_eq!((names(&new), new.wanted.as_str(), new.last_key), (names(&old), "flat", old.last_key));
        assert_eq!(new.facts.keys().collect::<Vec<_>>(), ["people"]);
        assert!(!new.truth && !new.consent && !new.members_agree && new.authorised_from.is_empty());
        assert!(!new.is_blank() && Draft::new("x".to_owned(), "yongshun-2023").is_blank());
    }

    #[test]
    fn a_draft_of_an_older_version_still_loads() {
        let draft: Option<Draft> =
            serde_json::from_str(r#"{"document":"yongshun-2023","applicant":{"name":"测试甲"}}"#).ok();
        assert_eq!(draft.map(|draft| draft.applicant.name), Some("测试甲".to_owned()));
    }
}
