//! What is wrong on a page of the application, in words that help, field by field.

use chrono::NaiveDate;
use policies::{
    Value, identity,
    model::{Fact, FactKind, FromPeople},
    parse_value,
};

use super::{Draft, PersonDraft, declared};
use ui::{components::FieldFault, place::Doc};

/// A page of the application, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ApplyPage {
    /// Who applies.
    #[default]
    Applicant,
    /// Who else.
    Members,
    /// Home and income.
    Household,
    /// Where they live, what they ask for.
    Wanted,
    /// Truth and consent.
    Declare,
    /// Everything once more, then send.
    Review,
}

impl ApplyPage {
    /// All pages, in order.
    pub(crate) const ALL: [Self; 6] =
        [Self::Applicant, Self::Members, Self::Household, Self::Wanted, Self::Declare, Self::Review];

    /// Its word in the address.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::Members => "members",
            Self::Household => "household",
            Self::Wanted => "wanted",
            Self::Declare => "declare",
            Self::Review => "review",
        }
    }

    /// Reads [`Self::id`]; the first page for anything else.
    pub(crate) fn from_id(id: &str) -> Self {
        Self::ALL.into_iter().find(|page| page.id() == id).unwrap_or_default()
    }

    /// Its heading.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Applicant => "申请人",
            Self::Members => "一起申请的家人",
            Self::Household => "住房和收入",
            Self::Wanted => "住址和意愿",
            Self::Declare => "承诺和授权",
            Self::Review => "核对后提交",
        }
    }

    /// Its place in the order, from 0.
    pub(crate) fn index(self) -> usize {
        Self::ALL.into_iter().position(|page| page == self).unwrap_or_default()
    }

    /// The page after it.
    pub(crate) fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The page before it.
    pub(crate) fn before(self) -> Option<Self> {
        self.index().checked_sub(1).and_then(|index| Self::ALL.get(index)).copied()
    }
}

/// Longest name, in characters. The longest personal names in use are well below.
const NAME_CHARS: usize = 50;
/// Longest short text (address, employer), in characters.
const LINE_CHARS: usize = 200;
/// Longest remarks, in characters.
pub(crate) const REMARK_CHARS: usize = 2_000;
/// Most people in one application.
pub(crate) const MOST_PEOPLE: usize = 30;

/// Faults of one page, in the order of its fields; of every page for the last one.
pub(crate) fn faults(draft: &Draft, page: ApplyPage, on: NaiveDate) -> Vec<FieldFault> {
    match page {
        ApplyPage::Applicant => applicant(draft, on),
        ApplyPage::Members => members(draft, on),
        ApplyPage::Household => household(draft, on),
        ApplyPage::Wanted => wanted(draft),
        ApplyPage::Declare => {
            Doc::by_id(&draft.document).map_or_else(Vec::new, |doc| declared::faults(draft, doc, on))
        }
        ApplyPage::Review => ApplyPage::ALL
            .into_iter()
            .filter(|page| *page != ApplyPage::Review)
            .flat_map(|page| faults(draft, page, on))
            .collect(),
    }
}

/// The first page with a fault, so that the last page can lead there.
pub(crate) fn first_faulty(draft: &Draft, on: NaiveDate) -> Option<ApplyPage> {
    ApplyPage::ALL
        .into_iter()
        .filter(|page| *page != ApplyPage::Review)
        .find(|page| !faults(draft, *page, on).is_empty())
}

/// DOM id of a field of a person: the applicant's bare, a member's with its place in the list from 1.
pub(crate) fn person_field(draft: &Draft, key: u32, field: &str) -> String {
    match draft.members.iter().position(|member| member.key == key) {
        Some(index) => format!("member-{}-{field}", index + 1),
        None => field.to_owned(),
    }
}

/// DOM id of a household fact's control.
pub(crate) fn fact_field(fact: &str) -> String {
    format!("fact-{fact}")
}

fn applicant(draft: &Draft, on: NaiveDate) -> Vec<FieldFault> {
    let mut faults = person(draft, &draft.applicant, on);
    let phone = draft.applicant.phone.trim();
    if !phone.is_empty()
        && let Err(message) = phone_number(phone)
    {
        faults.push(FieldFault::new("phone", message));
    }
    if draft.applicant.registration.trim().is_empty()
        && Doc::by_id(&draft.document).is_some_and(Doc::records_registration)
    {
        faults.push(FieldFault::new("registration", "请填写户口所在地，这里的社区要按它查有没有重复。"));
    }
    for (id, text) in [("registration", &draft.applicant.registration), ("work", &draft.applicant.work)] {
        too_long(&mut faults, id, text, LINE_CHARS);
    }
    faults
}

fn members(draft: &Draft, on: NaiveDate) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for member in &draft.members {
        faults.extend(person(draft, member, on));
        if member.relation.trim().is_empty() {
            let id = person_field(draft, member.key, "relation");
            faults.push(FieldFault::new(id, "请选择这位家人和申请人的关系。"));
        }
    }
    if draft.members.len() >= MOST_PEOPLE {
        let message = format!("一份申请最多写 {MOST_PEOPLE} 个人，请到窗口办理。");
        faults.push(FieldFault::new("member-add", message));
    }
    faults
}

fn person(draft: &Draft, person: &PersonDraft, on: NaiveDate) -> Vec<FieldFault> {
    let field = |name: &str| person_field(draft, person.key, name);
    let mut faults = Vec::new();
    if let Err(message) = name(&person.name) {
        faults.push(FieldFault::new(field("name"), message));
    }
    if person.no_number {
        if let Err(message) = birth(&person.birth, on) {
            faults.push(FieldFault::new(field("birth"), message));
        }
    } else {
        match citizen(&person.id_number, on) {
            Err(message) => faults.push(FieldFault::new(field("id-number"), message)),
            Ok(number) => {
                let twin = draft
                    .people()
                    .take_while(|other| other.key != person.key)
                    .find(|other| !other.no_number && citizen(&other.id_number, on).as_ref() == Ok(&number));
                if let Some(twin) = twin {
                    let message = format!("这个号码和“{}”的相同，请核对。", twin.name.trim());
                    faults.push(FieldFault::new(field("id-number"), message));
                }
            }
        }
    }
    faults
}

/// A name as typed: any script, rare characters and the middle dot included.
fn name(typed: &str) -> Result<(), String> {
    let typed = typed.trim();
    if typed.is_empty() {
        Err("请填写姓名，和身份证上的一致。".to_owned())
    } else if typed.chars().count() > NAME_CHARS {
        Err(format!("姓名最多 {NAME_CHARS} 个字，请核对。"))
    } else if typed.chars().any(|c| c.is_numeric() && c != '〇') {
        // 〇 is a character of names; Unicode counts it among the numbers.
        Err("姓名里不能有数字，请核对是否填错了格子。".to_owned())
    } else if typed.chars().any(|c| c.is_control() || matches!(c, '<' | '>' | '{' | '}' | '"')) {
        Err("姓名里有认不出的符号，请删掉再填。".to_owned())
    } else {
        Ok(())
    }
}

/// The normalised number, or what is wrong with it.
fn citizen(typed: &str, on: NaiveDate) -> Result<String, String> {
    if typed.trim().is_empty() {
        return Err("请填写身份证号（18 位）。".to_owned());
    }
    identity::resident_id(typed, on).map(|id| id.number).map_err(|error| error.message)
}

/// A date of birth typed where there is no number.
pub(super) fn birth(typed: &str, on: NaiveDate) -> Result<NaiveDate, String> {
    if typed.trim().is_empty() {
        return Err("请填写出生日期，例如 2024-03-01。".to_owned());
    }
    match parse_value(&date_fact("出生日期", FactKind::Date { future: false }), typed, on) {
        Ok(Value::Date(date)) => Ok(date),
        Ok(_) => Err("请按“2024-03-01”填写出生日期。".to_owned()),
        Err(error) => Err(error.message),
    }
}

/// A date that is asked for by the form alone, to be read like the facts of the dictionary.
pub(super) fn date_fact(label: &str, kind: FactKind) -> Fact {
    Fact {
        id: String::new(),
        label: label.to_owned(),
        question: String::new(),
        help: String::new(),
        scope: policies::model::Scope::Person,
        kind,
        asked_if: String::new(),
        from_people: None,
        fixed: false,
    }
}

/// A mobile or landline number, normalised, or what is wrong with it.
pub(super) fn phone_number(typed: &str) -> Result<String, String> {
    identity::phone(typed).map_err(|error| error.message)
}

fn household(draft: &Draft, on: NaiveDate) -> Vec<FieldFault> {
    policies::rulebook()
        .facts()
        .iter()
        .filter(|fact| !is_counted(fact))
        .filter_map(|fact| {
            let typed = draft.facts.get(&fact.id)?;
            let error = parse_value(fact, typed, on).err()?;
            Some(FieldFault::new(fact_field(&fact.id), error.message))
        })
        .collect()
}

/// Whether a fact follows from the people typed in, so that it is never asked here.
pub(crate) fn is_counted(fact: &Fact) -> bool {
    matches!(fact.from_people, Some(FromPeople::Count))
}

fn wanted(draft: &Draft) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if draft.address.trim().is_empty() {
        faults.push(FieldFault::new("address", "请填写现在住的地址，工作人员上门核实时要用。"));
    }
    too_long(&mut faults, "address", &draft.address, LINE_CHARS);
    if draft.wanted.is_empty() {
        faults.push(FieldFault::new("wanted", "请选择想要哪一种保障。"));
    }
    too_long(&mut faults, "remarks", &draft.remarks, REMARK_CHARS);
    faults
}

fn too_long(faults: &mut Vec<FieldFault>, id: &'static str, text: &str, most: usize) {
    let count = text.chars().count();
    if count > most {
        let message = format!("这里最多写 {most} 个字，现在有 {count} 个，请删减。");
        faults.push(FieldFault::new(id, message));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
    }

    /// Division 999999 does not exist, so nobody holds these numbers.
    const FIRST: &str = "999999199001010016";
    const SECOND: &str = "999999200002290027";

    fn clean() -> Draft {
        Draft {
            applicant: PersonDraft {
                name: "阿依古丽·测试𠮷".to_owned(),
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
        faults(draft, page, on()).into_iter().map(|fault| fault.id.to_string()).collect()
    }

    #[test]
    fn an_empty_draft_says_what_it_needs_and_a_clean_one_nothing() {
        assert_eq!(ids(&Draft::default(), ApplyPage::Applicant), ["name", "id-number"]);
        assert_eq!(ids(&Draft::default(), ApplyPage::Wanted), ["address", "wanted"]);
        assert!(ids(&clean(), ApplyPage::Review).is_empty());
        assert_eq!(first_faulty(&clean(), on()), None);
        assert_eq!(first_faulty(&Draft::default(), on()), Some(ApplyPage::Applicant));
    }

    #[test]
    fn where_ledgers_record_the_registration_it_must_be_told() {
        let draft = Draft { document: "tiedong-2024".to_owned(), ..clean() };
        assert_eq!(ids(&draft, ApplyPage::Applicant), ["registration"]);
    }

    #[test]
    fn names_of_every_script_pass_and_numbers_do_not() {
        for good in ["测试甲", "阿依古丽·买买提测试", "𠮷野测试", "㛃", "A. Test"] {
            assert_eq!(name(good), Ok(()));
        }
        for bad in ["", "  ", "测试1", "测\u{0}试", &"长".repeat(51)] {
            assert!(name(bad).is_err());
        }
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
        if let Some(member) = draft.members.first_mut() {
            member.id_number = SECOND.to_owned();
        }
        assert!(ids(&draft, ApplyPage::Members).is_empty());
        assert_eq!(ids(&draft, ApplyPage::Declare), ["agree-members"]);
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
            if let Some(member) = draft.members.first_mut() {
                member.birth = typed.to_owned();
            }
            assert_eq!(ids(&draft, ApplyPage::Members).is_empty(), clean);
        }
    }

    #[test]
    fn impossible_answers_are_named_at_their_field() {
        let mut draft = clean();
        draft.facts.insert("income_12_months".to_owned(), "1e30".to_owned());
        draft.facts.insert("home_area_total".to_owned(), "13.005".to_owned());
        assert_eq!(ids(&draft, ApplyPage::Household), ["fact-income_12_months", "fact-home_area_total"]);
    }

    #[test]
    fn pages_follow_each_other() {
        assert_eq!(ApplyPage::Applicant.before(), None);
        assert_eq!(ApplyPage::Applicant.next(), Some(ApplyPage::Members));
        assert_eq!(ApplyPage::Review.next(), None);
        assert_eq!(ApplyPage::from_id("declare"), ApplyPage::Declare);
        assert_eq!(ApplyPage::from_id("nonsense"), ApplyPage::Applicant);
    }
}
