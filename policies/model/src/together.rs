//! Who applies together (共同申请的家庭成员), by the document's own rule: what self-check and form begin with.

use serde::{Deserialize, Serialize};

use super::Cite;

/// The document's rule on who applies together with the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The question: `谁和您一起申请？`.
    pub label: String,
    /// Plain words: who is counted and who is not.
    pub says: String,
    /// Kinds of relatives, in the order to ask.
    pub relations: Vec<Relation>,
    /// Source.
    pub cite: Cite,
}

/// One kind of relative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Stable id: `spouse`.
    pub id: String,
    /// What a resident reads: `配偶`.
    pub label: String,
    /// One line of help, or empty.
    #[serde(default)]
    pub help: String,
    /// How many there can be: 1 is a tick, more a count.
    #[serde(default = "one")]
    pub most: u32,
    /// Whether they apply together. Who does not is still asked for where that brings a doubt or is often got wrong.
    #[serde(default = "yes")]
    pub counts: bool,
    /// What to know where there is one: why not counted, what stays open.
    #[serde(default)]
    pub remark: String,
    /// Yes/no facts of the dictionary that are true where there is one, and false where none of those that name them is
    /// there.
    #[serde(default)]
    pub facts: Vec<String>,
    /// Such facts that stay open where there is one and nobody makes them true: a parent may be married or not.
    #[serde(default)]
    pub perhaps: Vec<String>,
    /// Such facts that are true where there is one and that nothing is told of where there is none: whoever is new in the
    /// household makes it a changed one, and without anyone new other things may have changed.
    #[serde(default)]
    pub shows: Vec<String>,
}

const fn one() -> u32 {
    1
}

const fn yes() -> bool {
    true
}

impl Together {
    /// How many apply, the applicant among them, from how many of each relation there are.
    pub fn people(&self, count: impl Fn(&str) -> u32) -> u32 {
        let counted = self.relations.iter().filter(|relation| relation.counts);
        counted.fold(1, |sum, relation| sum.saturating_add(count(&relation.id)))
    }

    /// The facts that follow, each once, in the order named; what stays open is left out.
    pub fn facts(&self, count: impl Fn(&str) -> u32) -> Vec<(&str, bool)> {
        let mut facts: Vec<(&str, Option<bool>)> = Vec::new();
        for relation in &self.relations {
            let there = count(&relation.id) > 0;
            let named = [
                (&relation.facts, Some(true), Some(false)),
                (&relation.perhaps, None, Some(false)),
                (&relation.shows, Some(true), None),
            ];
            for (names, present, absent) in named {
                let told = if there { present } else { absent };
                for fact in names {
                    match facts.iter_mut().find(|(known, _)| known == fact) {
                        // True beats open, and open beats false.
                        Some((_, known)) if told == Some(true) || *known == Some(false) => *known = told,
                        Some(_) => {}
                        None => facts.push((fact, told)),
                    }
                }
            }
        }
        facts.into_iter().filter_map(|(fact, told)| Some((fact, told?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(id: &str, counts: bool, facts: &[&str]) -> Relation {
        let facts = facts.iter().map(|&fact| fact.to_owned()).collect();
        let text = String::new;
        let (perhaps, shows) = (Vec::new(), Vec::new());
        Relation {
            id: id.to_owned(),
            label: text(),
            help: text(),
            most: 9,
            counts,
            remark: text(),
            facts,
            perhaps,
            shows,
        }
    }

    #[test]
    fn who_counts_is_counted_and_what_follows_is_told() {
        let relations = vec![
            relation("spouse", true, &[]),
            relation("child", true, &["minor"]),
            relation("child_elsewhere", false, &["minor", "custody_open"]),
        ];
        let together =
            Together { label: String::new(), says: String::new(), relations, cite: Cite::default() };
        let there = |id: &str| match id {
            "spouse" => 1,
            "child_elsewhere" => 2,
            _ => 0,
        };
        assert_eq!(together.people(there), 2);
        assert_eq!(together.facts(there), [("minor", true), ("custody_open", true)]);
        assert_eq!(together.facts(|_| 0), [("minor", false), ("custody_open", false)]);
        assert_eq!(together.people(|_| 0), 1);
    }

    #[test]
    fn what_one_relation_leaves_open_another_makes_true() {
        let mut parent = relation("parent", true, &[]);
        parent.perhaps = vec!["married".to_owned()];
        let relations = vec![relation("spouse", true, &["married"]), parent];
        let together =
            Together { label: String::new(), says: String::new(), relations, cite: Cite::default() };
        let told = |there: &'static [&str]| together.facts(move |id| u32::from(there.contains(&id)));
        assert_eq!(told(&[]), [("married", false)]);
        assert_eq!(told(&["spouse", "parent"]), [("married", true)]);
        assert_eq!(told(&["parent"]), []);
        let mut turned = together.relations.clone();
        turned.reverse();
        let turned = Together { relations: turned, ..together.clone() };
        assert_eq!(turned.facts(|_| 1), [("married", true)]);
    }

    #[test]
    fn who_is_new_shows_a_change_and_nobody_new_shows_nothing() {
        let mut new = relation("new", false, &[]);
        new.shows = vec!["changed".to_owned()];
        let relations = vec![relation("spouse", true, &[]), new];
        let together =
            Together { label: String::new(), says: String::new(), relations, cite: Cite::default() };
        assert_eq!(together.facts(|_| 1), [("changed", true)]);
        assert_eq!(together.facts(|_| 0), []);
    }
}
