//! The self-check as a reducer: which question comes next, and what is known.
//!
//! The path is recomputed from the answers, never stored: the engine says which facts can still
//! change something, and the same answers always lead to the same question. So going back is only
//! taking the last answer off the trail; the answer itself is kept and offered again.
//!
//! The household is assessed once for each answer that joins the trail and once where answers leave it; what it
//! came to is kept, so that showing a page assesses nothing.

use std::{collections::BTreeMap, rc::Rc};

use chrono::NaiveDate;
use policies::{
    FactError,
    assessment::{Assessment, Outcome},
    household::{Household, Value},
    model::Together,
};

use super::{after_no::towards_a_change, kept_check::StoredCheck, relatives::Relatives, replies::Replies};
use ui::place::Doc;

mod keeping;

/// What one question got: a value, or `None` for 不知道.
pub(crate) type Reply = Option<Value>;

/// The self-check of one place.
#[derive(Clone, Debug)]
pub(crate) struct SelfCheck {
    doc: Doc,
    on: NaiveDate,
    /// Every reply ever given, also of questions taken back.
    replies: Replies,
    /// Facts whose replies count, in the order asked.
    trail: Vec<String>,
    /// Who applies together, where it was told.
    together: Option<Relatives>,
    /// Whether to go on after a certain “no”, to find what would have to change.
    thorough: bool,
    /// Whether the stored replies have been looked for.
    ready: bool,
    /// What the replies on the trail come to; nothing until it is ready.
    found: Rc<Found>,
}

/// What the engine makes of the replies on the trail.
#[derive(Debug)]
struct Found {
    /// The assessment, or facts that the engine cannot use: none can come from a reply that was parsed.
    assessment: Result<Assessment<'static>, Vec<FactError>>,
    /// Questions still open, best first: those that can change something and had no reply.
    open: Vec<String>,
}

/// What happens to a self-check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CheckAction {
    /// What was stored, or nothing.
    Restore(Option<StoredCheck>),
    /// The question at hand got a reply.
    Reply(String, Reply),
    /// Who applies together was told, at first or anew.
    Together(Relatives),
    /// To the question with this index, back or, where it was replied to before, forward.
    GoTo(usize),
    /// One earlier reply is to be changed; the questions after it that keep their replies are not
    /// asked again.
    Change(String, Reply),
    /// After a certain “no”: ask what is needed to say what would have to change.
    GoOn,
    /// Everything is forgotten.
    Restart,
}

/// What was found follows from the rest.
impl PartialEq for SelfCheck {
    fn eq(&self, other: &Self) -> bool {
        self.doc == other.doc
            && self.on == other.on
            && self.replies == other.replies
            && self.trail == other.trail
            && self.together == other.together
            && self.thorough == other.thorough
            && self.ready == other.ready
    }
}

impl SelfCheck {
    /// Nothing asked yet.
    pub(crate) fn new(doc: Doc, on: NaiveDate) -> Self {
        let found = Rc::new(Found { assessment: Err(Vec::new()), open: Vec::new() });
        Self {
            doc,
            on,
            replies: Replies::default(),
            trail: Vec::new(),
            together: None,
            thorough: false,
            ready: false,
            found,
        }
    }

    /// Whether the stored replies have been looked for.
    pub(crate) fn is_ready(&self) -> bool {
        self.ready
    }

    /// What is known: the replies on the trail that are values, and what follows from who applies together.
    pub(crate) fn household(&self) -> Household {
        let mut facts = BTreeMap::new();
        for fact in &self.trail {
            if let Some(Some(value)) = self.reply(fact) {
                facts.insert(fact.clone(), value.clone());
            }
            if self.begins_with(fact) {
                let follow = self.rule().zip(self.together.as_ref());
                for (fact, there) in
                    follow.into_iter().flat_map(|(rule, told)| rule.facts(|relation| told.count(relation)))
                {
                    facts.insert(fact.to_owned(), Value::YesNo(there));
                }
            }
        }
        Household { facts, people: Vec::new() }
    }

    /// The document's rule on who applies together.
    pub(crate) fn rule(&self) -> Option<&'static Together> {
        self.doc.document().together.as_ref()
    }

    /// Who applies together, as told last.
    pub(crate) fn together(&self) -> Option<&Relatives> {
        self.together.as_ref()
    }

    /// Whether a fact is the one that the first question asks for: how many apply, where the document says who does.
    pub(crate) fn begins_with(&self, fact: &str) -> bool {
        self.rule().is_some() && people().is_some_and(|people| people == fact)
    }

    /// The reply to a fact, also one taken back.
    pub(crate) fn reply(&self, fact: &str) -> Option<&Reply> {
        self.replies.get(fact)
    }

    /// Facts answered (不知道 included), in the order asked.
    pub(crate) fn trail(&self) -> &[String] {
        &self.trail
    }

    /// The assessment of what is known.
    ///
    /// # Errors
    /// Facts that the engine cannot use.
    pub(crate) fn assessment(&self) -> Result<&Assessment<'static>, &[FactError]> {
        self.found.assessment.as_ref().map_err(Vec::as_slice)
    }

    /// Questions still open, best first: those that can change something and had no reply.
    pub(crate) fn open_questions(&self) -> &[String] {
        &self.found.open
    }

    /// Assesses what is on the trail now.
    fn settle(&mut self) {
        #[cfg(test)]
        tests::ASSESSED.with(|count| count.set(count.get() + 1));
        let assessment = policies::assess(self.doc.compiled(), &self.household(), self.on);
        let open = assessment.as_ref().map_or_else(|_| Vec::new(), |found| self.open(found));
        self.found = Rc::new(Found { assessment, open });
    }

    fn open(&self, assessment: &Assessment) -> Vec<String> {
        if self.thorough && assessment.outcome == Some(Outcome::NotEligible) {
            return self.after_a_no(assessment);
        }
        let asked = |fact: &str| self.trail.iter().any(|known| known == fact);
        let first = people().filter(|people| self.begins_with(people) && !asked(people));
        let open = assessment.questions.iter().map(|fact| &**fact);
        let open = open.filter(|fact| !asked(fact) && first != Some(fact));
        first.into_iter().chain(open).map(str::to_owned).collect()
    }

    /// Whether a few more questions could tell which single change would turn a certain “no”.
    pub(crate) fn can_go_on(&self) -> bool {
        self.assessment().is_ok_and(|assessment| {
            assessment.outcome == Some(Outcome::NotEligible) && !self.after_a_no(assessment).is_empty()
        })
    }

    /// What is still to ask after a certain “no”.
    fn after_a_no(&self, assessment: &Assessment) -> Vec<String> {
        towards_a_change(self.doc, &self.household(), &self.trail, assessment)
    }

    /// The question to show, `None` when nothing more can change the answer.
    pub(crate) fn current(&self) -> Option<&str> {
        self.open_questions().first().map(String::as_str)
    }

    /// The self-check after an action.
    #[must_use]
    pub(crate) fn after(&self, action: CheckAction) -> Self {
        let mut next = self.clone();
        match action {
            CheckAction::Restore(stored) => {
                let stored = stored.unwrap_or_default();
                next.replies = stored.replies;
                next.replies.retain(|fact| policies::rulebook().fact(fact).is_some());
                next.trail.clear();
                next.thorough = stored.thorough;
                next.together = stored.together;
                next.ready = true;
                next.settle();
                next.walk(stored.trail.len());
            }
            CheckAction::Reply(fact, reply) => {
                if next.begins_with(&fact) {
                    next.together = None;
                }
                next.replies.set(&fact, reply);
                next.trail.push(fact);
                next.settle();
            }
            CheckAction::Together(told) => {
                let (Some(people), Some(rule)) = (people(), next.rule()) else { return next };
                let count = i64::from(rule.people(|relation| told.count(relation)));
                next.together = Some(told);
                return next.after(CheckAction::Change(people.to_owned(), Some(Value::Number(count))));
            }
            CheckAction::GoTo(index) => {
                if index < next.trail.len() {
                    next.trail.truncate(index);
                    next.settle();
                }
                next.walk(index);
            }
            CheckAction::Change(fact, reply) => {
                if let Some(index) = next.trail.iter().position(|known| *known == fact) {
                    next.trail.truncate(index);
                }
                next.replies.set(&fact, reply);
                next.trail.push(fact);
                next.settle();
                next.walk(usize::MAX);
            }
            CheckAction::GoOn => {
                next.thorough = true;
                next.settle();
            }
            CheckAction::Restart => {
                next.thorough = false;
                next.replies = Replies::default();
                next.trail.clear();
                next.together = None;
                next.settle();
            }
        }
        next
    }

    /// Goes along the path as far as there are replies, to at most `longest` of them. A reply that
    /// the engine refuses (the dictionary changed since) is dropped.
    fn walk(&mut self, longest: usize) {
        while self.trail.len() < longest {
            let Some(fact) = self.current().map(str::to_owned) else { return };
            if self.replies.get(&fact).is_none() {
                return;
            }
            let before = Rc::clone(&self.found);
            self.trail.push(fact.clone());
            self.settle();
            if self.assessment().is_err() {
                self.trail.pop();
                self.replies.remove(&fact);
                self.found = before;
                return;
            }
        }
    }
}

/// The fact that counts those who apply.
fn people() -> Option<&'static str> {
    policies::rulebook().people().map(|fact| fact.id.as_str())
}

#[cfg(test)]
impl SelfCheck {
    /// With a reply to each question that comes, to the end.
    pub(super) fn answered(mut self, reply: impl Fn(&str) -> Reply) -> Self {
        while let Some(fact) = self.current().map(str::to_owned) {
            let reply = reply(&fact);
            self = self.after(CheckAction::Reply(fact, reply));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// How often a household was assessed.
        pub(super) static ASSESSED: Cell<u32> = const { Cell::new(0) };
    }

    fn qujing() -> SelfCheck {
        let on = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        SelfCheck::new(Doc::by_id("qujing-2018").unwrap(), on).after(CheckAction::Restore(None))
    }

    /// A reply for each fact of a poor household without a home.
    fn good(fact: &str) -> Reply {
        Some(match fact {
            "people" => Value::Number(3),
            "income_12_months" => Value::Number(3_600_000),
            "assets_total" => Value::Number(500_000),
            _ => Value::YesNo(false),
        })
    }

    #[test]
    fn answering_everything_ends_in_a_certain_verdict() {
        let check = qujing().answered(good);
        assert_eq!(check.assessment().unwrap().outcome, Some(Outcome::Eligible));
        assert!(check.open_questions().is_empty());
    }

    #[test]
    fn it_stops_as_soon_as_the_replies_decide() {
        let rich = |fact: &str| match fact {
            "assets_total" => Some(Value::Number(20_000_000)),
            _ => good(fact),
        };
        let check = qujing().answered(rich);
        assert_eq!(check.assessment().unwrap().outcome, Some(Outcome::NotEligible));
        // The last doubt about the line that was missed decides; what lies behind it is not asked.
        assert_eq!(check.trail().last().map(String::as_str), Some("unclear_assets"));
        assert!(check.trail().iter().all(|fact| fact != "owns_home"));
    }

    #[test]
    fn going_on_after_a_no_finds_what_would_have_to_change() {
        let rich = |fact: &str| match fact {
            "assets_total" => Some(Value::Number(10_000_000)),
            _ => good(fact),
        };
        let check = qujing().answered(rich);
        assert!(check.assessment().unwrap().changes.is_empty());
        assert!(check.can_go_on());
        let told = check.after(CheckAction::GoOn).answered(rich);
        let assessment = told.assessment().unwrap();
        assert_eq!(assessment.outcome, Some(Outcome::NotEligible));
        assert_eq!(assessment.changes.first().map(|c| &*c.fact), Some("assets_total"));
        assert!(!told.can_go_on());
    }

    #[test]
    fn not_knowing_anything_ends_too_and_stays_unknown() {
        let check = qujing().answered(|_| None);
        assert_eq!(check.assessment().unwrap().outcome, Some(Outcome::Unknown));
        assert!(check.household().facts.is_empty());
    }

    #[test]
    fn going_back_keeps_the_replies_and_asks_the_same_again() {
        let check = qujing().answered(good);
        let back = check.after(CheckAction::GoTo(1));
        assert_eq!(back.trail().len(), 1);
        assert_eq!(back.current(), check.trail().get(1).map(String::as_str));
        let fact = back.current().unwrap().to_owned();
        assert_eq!(back.reply(&fact), Some(&good(&fact)));
        assert_eq!(back.household().facts.len(), 1);
        let forward = back.after(CheckAction::GoTo(3));
        assert_eq!(forward.trail(), check.trail().get(..3).unwrap());
        assert_eq!(forward.after(CheckAction::GoTo(usize::MAX)).trail(), check.trail());
    }

    #[test]
    fn changing_one_reply_walks_on_along_the_others() {
        let check = qujing().answered(good);
        let first = check.trail().first().unwrap().clone();
        let changed = check.after(CheckAction::Change(first.clone(), None));
        assert_eq!(changed.reply(&first), Some(&None));
        assert!(check.trail().iter().all(|fact| changed.trail().contains(fact)));
        // Only what had no reply yet, because it could not matter before, is asked now.
        assert!(changed.current().is_none_or(|fact| check.reply(fact).is_none()));
    }

    #[test]
    fn what_was_stored_comes_back_and_unknown_facts_are_dropped() {
        let check = qujing().answered(good);
        let stored = StoredCheck {
            replies: check.replies.clone(),
            trail: check.trail.clone(),
            ..StoredCheck::default()
        };
        let mut stored = StoredCheck::of_text(&stored.to_text());
        stored.replies.set("no_such_fact", None);
        let restored = qujing().after(CheckAction::Restore(Some(stored)));
        assert_eq!(restored.trail(), check.trail());
        assert_eq!(restored.household(), check.household());
    }

    #[test]
    fn a_stored_reply_that_no_longer_fits_is_asked_again() {
        let check = qujing();
        let fact = check.current().unwrap().to_owned();
        let mut replies = Replies::default();
        replies.set(&fact, Some(Value::Choice("gone".to_owned())));
        let stored = StoredCheck { replies, trail: vec![fact.clone()], ..StoredCheck::default() };
        let restored = check.after(CheckAction::Restore(Some(stored)));
        assert!(restored.trail().is_empty());
        assert_eq!(restored.current(), Some(fact.as_str()));
        assert_eq!(restored.reply(&fact), None);
    }

    /// Whoever is new in the household makes it a changed one, so that nobody is asked whether it changed.
    #[test]
    fn a_tap_in_the_household_answers_a_fact() {
        let on = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
        let check = SelfCheck::new(Doc::by_id("yongchuan-2019").unwrap(), on);
        let told = |new: i64| {
            let mut told = Relatives::default();
            told.set("spouse", 1);
            told.set("minor_child", 1);
            told.set("new_member", new);
            check.after(CheckAction::Restore(None)).after(CheckAction::Together(told))
        };
        let changed = |check: &SelfCheck| check.household().facts.get("changed_since_approval").cloned();
        assert_eq!(changed(&told(1)), Some(Value::YesNo(true)));
        assert_eq!(changed(&told(0)), None);
        let asked =
            |check: &SelfCheck| check.open_questions().iter().any(|fact| fact == "changed_since_approval");
        assert!(!asked(&told(1)) && asked(&told(0)));
        assert_eq!(told(1).household().facts.get("people"), Some(&Value::Number(3)));
    }

    #[test]
    fn starting_again_forgets() {
        let check = qujing().answered(good).after(CheckAction::Restart);
        assert_eq!(check.trail().len(), 0);
        assert!(check.replies.is_empty());
    }

    #[test]
    fn one_action_assesses_once_for_each_answer_it_walks_and_reading_assesses_nothing() {
        let assessed = |work: &dyn Fn() -> SelfCheck| {
            let before = ASSESSED.get();
            let check = work();
            (check, ASSESSED.get() - before)
        };
        let (empty, once) = assessed(&qujing);
        assert_eq!(once, 1);
        let fact = empty.current().unwrap().to_owned();
        let (_, once) = assessed(&|| empty.after(CheckAction::Reply(fact.clone(), good(&fact))));
        assert_eq!(once, 1);
        let whole = qujing().answered(good);
        let (shown, none) = assessed(&|| {
            assert!(whole.current().is_none() && whole.assessment().is_ok() && !whole.can_go_on());
            whole.clone()
        });
        assert_eq!(none, 0);
        let steps = u32::try_from(shown.trail().len()).unwrap();
        let (back, once) = assessed(&|| shown.after(CheckAction::GoTo(1)));
        assert_eq!(once, 1);
        let (_, walked) = assessed(&|| back.after(CheckAction::GoTo(usize::MAX)));
        assert_eq!(walked, steps - 1);
    }
}
