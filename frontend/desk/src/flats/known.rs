//! What was opened at this desk, by the flats that it is about: a reducer without a browser.

use std::collections::BTreeMap;
use std::rc::Rc;

use policies::model::CaseKind;
use yew::Reducible;

use super::flat::Flat;

/// A case that was opened, and the flats that its letter names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct About {
    /// Look-up id.
    pub(crate) lookup: String,
    /// Kind.
    pub(crate) kind: CaseKind,
    /// Stage id, as it was then.
    pub(crate) stage: String,
    /// When it was received, Unix seconds.
    pub(crate) received_at: u64,
    /// The flats.
    pub(crate) flats: Vec<Flat>,
}

/// Everything that was opened since the key came, by look-up id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flats(BTreeMap<String, About>);

/// What happens to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FlatsAction {
    /// A case was opened.
    Saw(About),
    /// Nothing stays.
    Clear,
}

impl Reducible for Flats {
    type Action = FlatsAction;

    fn reduce(self: Rc<Self>, action: FlatsAction) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            FlatsAction::Saw(about) => drop(next.0.insert(about.lookup.clone(), about)),
            FlatsAction::Clear => next = Self::default(),
        }
        Rc::new(next)
    }
}

impl Flats {
    /// Whether a case was opened.
    pub(crate) fn knows(&self, lookup: &str) -> bool {
        self.0.contains_key(lookup)
    }

    /// The other cases about a flat that a case is about, the earliest first.
    pub(crate) fn same_as(&self, lookup: &str) -> Vec<&About> {
        let Some(this) = self.0.get(lookup) else { return Vec::new() };
        let shares = |other: &About| this.flats.iter().any(|one| other.flats.iter().any(|two| one.is(two)));
        let mut same: Vec<&About> =
            self.0.values().filter(|other| other.lookup != lookup && shares(other)).collect();
        same.sort_by_key(|about| about.received_at);
        same
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(lookup: &str, kind: CaseKind, received_at: u64, address: &str) -> FlatsAction {
        let flats = Flat::read(address).into_iter().collect();
        let (lookup, stage) = (lookup.to_owned(), "submitted".to_owned());
        FlatsAction::Saw(About { lookup, kind, stage, received_at, flats })
    }

    fn seen() -> Rc<Flats> {
        let actions = vec![
            about("a", CaseKind::TipOff, 3, "测试小区3栋402"),
            about("b", CaseKind::TipOff, 1, "测试小区３幢４０２室"),
            about("c", CaseKind::TipOff, 2, "测试小区4栋402"),
            about("d", CaseKind::Renewal, 2, "测试小区三号楼402号"),
            about("e", CaseKind::TipOff, 2, "门口那家"),
        ];
        actions.into_iter().fold(Rc::new(Flats::default()), Reducible::reduce)
    }

    fn same(flats: &Flats, lookup: &str) -> String {
        flats.same_as(lookup).iter().map(|about| about.lookup.as_str()).collect()
    }

    #[test]
    fn who_is_about_the_same_flat_is_found_and_nobody_is_left_out_or_joined_by_no_address() {
        let flats = seen();
        assert_eq!(same(&flats, "a"), "bd");
        assert_eq!(same(&flats, "d"), "ba");
        assert_eq!((same(&flats, "c").as_str(), same(&flats, "e").as_str()), ("", ""));
        assert!(flats.knows("e") && !flats.knows("f") && same(&flats, "f").is_empty());
    }

    #[test]
    fn nothing_outlives_the_key() {
        assert_eq!(*seen().reduce(FlatsAction::Clear), Flats::default());
    }
}
