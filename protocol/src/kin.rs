//! Who people are to the applicant, and where two things that an application says of them cannot both be. The form keeps
//! such an application from being sent, the desk tells of it in a letter that another program wrote.

use chrono::{Months, NaiveDate};
use policies::{
    Household, Value,
    identity::{ResidentId, Sex, resident_id},
    model::{Fact, FromPeople},
    rulebook,
};

use crate::letter::Person;

/// Relation of a spouse.
pub const SPOUSE: &str = "配偶";
/// Relation of a child.
pub const CHILD: &str = "子女";
/// Relation of a parent.
pub const PARENT: &str = "父母";
/// Every relation that can be chosen. The last is for all that the others do not fit, stepchildren among them.
pub const RELATIONS: [&str; 5] = [SPOUSE, CHILD, PARENT, "兄弟姐妹", "其他"];

/// The sex that a number tells, as a letter writes it.
pub const fn sex_word(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "男",
        Sex::Female => "女",
    }
}

/// Two things that cannot both be. People are counted from the applicant, who is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// The date of birth beside an identity number is not the one in it.
    Birth(usize),
    /// The sex beside an identity number is not the one in it.
    Sex(usize),
    /// The household's answers tell another date of birth of the applicant than the identity number.
    ApplicantsBirth,
    /// The applicant is younger than who may apply alone.
    Minor {
        /// Years from which one may.
        of_age: u32,
    },
    /// The number of somebody before.
    SameNumber {
        /// Who holds it, too.
        person: usize,
        /// Who had it before.
        other: usize,
    },
    /// A spouse beside another.
    SecondSpouse {
        /// The second.
        person: usize,
        /// The first.
        other: usize,
    },
    /// A child who is not younger than the applicant.
    ChildNotYounger(usize),
    /// A parent who is not older than the applicant.
    ParentNotOlder(usize),
}

impl Contradiction {
    /// Whom it is told of.
    pub const fn person(self) -> usize {
        match self {
            Self::ApplicantsBirth | Self::Minor { .. } => 0,
            Self::Birth(person)
            | Self::Sex(person)
            | Self::SameNumber { person, .. }
            | Self::SecondSpouse { person, .. }
            | Self::ChildNotYounger(person)
            | Self::ParentNotOlder(person) => person,
        }
    }
}

/// The fact that is the applicant's date of birth, with the years from which one applies alone, if the dictionary has it.
pub fn applicant_birth() -> Option<(&'static Fact, u32)> {
    rulebook().facts().iter().find_map(|fact| match fact.from_people {
        Some(FromPeople::ApplicantBirth { of_age }) => Some((fact, of_age)),
        _ => None,
    })
}

/// What a person is known by: what a well-formed number tells, else what is written.
struct Known<'a> {
    person: &'a Person,
    id: Option<ResidentId>,
}

impl Known<'_> {
    fn birth(&self) -> Option<NaiveDate> {
        self.id.as_ref().map(|id| id.birth).or(self.person.birth)
    }
}

/// Every contradiction, person by person. What is missing or cannot be read contradicts nothing.
pub fn contradictions<'a>(
    applicant: &'a Person,
    members: &'a [Person],
    household: &Household,
    on: NaiveDate,
) -> Vec<Contradiction> {
    let everyone = std::iter::once(applicant).chain(members);
    let known = |person: &'a Person| Known { person, id: resident_id(&person.id_number, on).ok() };
    let people: Vec<Known<'_>> = everyone.map(known).collect();
    let mut found = Vec::new();
    for (place, one) in people.iter().enumerate() {
        let before = || people.iter().take(place).enumerate();
        if let Some(id) = &one.id {
            if one.person.birth.is_some_and(|birth| birth != id.birth) {
                found.push(Contradiction::Birth(place));
            }
            if !one.person.sex.is_empty() && one.person.sex != sex_word(id.sex) {
                found.push(Contradiction::Sex(place));
            }
            if let Some((other, _)) = before().find(|(_, other)| other.id.as_ref() == Some(id)) {
                found.push(Contradiction::SameNumber { person: place, other });
            }
        }
        if place == 0 {
            found.extend(of_the_applicant(one, household, on));
            continue;
        }
        let spouse = |person: &Person| person.relation == SPOUSE;
        let first = before().skip(1).find(|(_, other)| spouse(other.person));
        if let (true, Some((other, _))) = (spouse(one.person), first) {
            found.push(Contradiction::SecondSpouse { person: place, other });
        }
        let applicant = people.first().and_then(Known::birth);
        if let (Some(own), Some(applicants)) = (one.birth(), applicant) {
            match one.person.relation.as_str() {
                CHILD if own <= applicants => found.push(Contradiction::ChildNotYounger(place)),
                PARENT if own >= applicants => found.push(Contradiction::ParentNotOlder(place)),
                _ => {}
            }
        }
    }
    found
}

fn of_the_applicant(
    applicant: &Known<'_>,
    household: &Household,
    on: NaiveDate,
) -> impl Iterator<Item = Contradiction> + use<> {
    let (birth, asked) = (applicant.birth(), applicant_birth());
    let told = asked.and_then(|(fact, _)| household.facts.get(&fact.id));
    let differs = match (told, birth) {
        (Some(Value::Date(told)), Some(birth)) => *told != birth,
        _ => false,
    };
    let minor = asked.zip(birth).and_then(|((_, of_age), birth)| {
        let grown = birth.checked_add_months(Months::new(of_age.saturating_mul(12)));
        grown.is_some_and(|grown| grown > on).then_some(Contradiction::Minor { of_age })
    });
    differs.then_some(Contradiction::ApplicantsBirth).into_iter().chain(minor)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Division 999999 does not exist, so nobody holds these numbers.
    const BORN_1990: &str = "999999199001010016";
    const BORN_2000: &str = "999999200002290027";

    fn on() -> NaiveDate {
        "2026-03-01".parse().unwrap()
    }

    fn holder(id_number: &str, relation: &str) -> Person {
        Person { id_number: id_number.to_owned(), relation: relation.to_owned(), ..Person::default() }
    }

    fn born(birth: &str, relation: &str) -> Person {
        Person { birth: birth.parse().ok(), relation: relation.to_owned(), ..Person::default() }
    }

    fn found(applicant: &Person, members: &[Person]) -> Vec<Contradiction> {
        contradictions(applicant, members, &Household::default(), on())
    }

    #[test]
    fn a_family_that_can_be_contradicts_nothing() {
        let members = [
            holder(BORN_2000, SPOUSE),
            born("2020-05-01", CHILD),
            born("1960-05-01", PARENT),
            born("1961-05-01", PARENT),
            born("1989-12-31", "兄弟姐妹"),
            born("1950-01-01", "其他"),
        ];
        let applicant =
            Person { birth: "1990-01-01".parse().ok(), sex: "男".into(), ..holder(BORN_1990, "本人") };
        assert_eq!(found(&applicant, &members), []);
        assert_eq!(found(&Person::default(), &[Person::default(), Person::default()]), []);
    }

    #[test]
    fn a_number_speaks_against_what_stands_beside_it() {
        let applicant =
            Person { birth: "1991-01-01".parse().ok(), sex: "女".into(), ..holder(BORN_1990, "本人") };
        assert_eq!(found(&applicant, &[]), [Contradiction::Birth(0), Contradiction::Sex(0)]);
        let (fact, _) = applicant_birth().unwrap();
        let told = |birth: &str| Household {
            facts: [(fact.id.clone(), Value::Date(birth.parse().unwrap()))].into(),
            ..Household::default()
        };
        let of = |household| contradictions(&holder(BORN_1990, "本人"), &[], &household, on());
        assert_eq!(of(told("1990-01-01")), []);
        assert_eq!(of(told("1960-01-01")), [Contradiction::ApplicantsBirth]);
    }

    #[test]
    fn who_may_not_apply_alone_is_told_to_the_day() {
        let of_age = applicant_birth().unwrap().1;
        assert_eq!(found(&born("2008-03-01", "本人"), &[]), []);
        assert_eq!(found(&born("2008-03-02", "本人"), &[]), [Contradiction::Minor { of_age }]);
    }

    #[test]
    fn the_same_number_and_a_second_spouse_are_told_at_the_later_one() {
        let twice = [holder(BORN_2000, SPOUSE), holder("９９９９９９ 200002290027", "其他")];
        assert_eq!(
            found(&holder(BORN_1990, "本人"), &twice),
            [Contradiction::SameNumber { person: 2, other: 1 }]
        );
        let two = [born("1991-01-01", SPOUSE), born("1992-01-01", CHILD), born("1993-01-01", SPOUSE)];
        assert_eq!(
            found(&holder(BORN_1990, "本人"), &two),
            [Contradiction::SecondSpouse { person: 3, other: 1 }]
        );
    }

    #[test]
    fn a_relation_is_held_against_the_ages() {
        let members = [
            born("1990-01-01", CHILD),
            born("1990-01-02", CHILD),
            born("1990-01-01", PARENT),
            born("1989-12-31", PARENT),
        ];
        let expected = [Contradiction::ChildNotYounger(1), Contradiction::ParentNotOlder(3)];
        assert_eq!(found(&holder(BORN_1990, "本人"), &members), expected);
        assert_eq!(expected.map(Contradiction::person), [1, 3]);
    }
}
