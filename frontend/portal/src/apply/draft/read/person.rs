//! One person: a name, and an identity number or a day of birth.

use chrono::NaiveDate;
use policies::{identity, seen::visible};
use protocol::{kin::sex_word, letter::Person};
use ui::components::FieldFault;

use super::faults::Faults;
use crate::apply::draft::{Draft, PersonDraft, field::person_field};

/// Longest name, in characters. The longest personal names in use are well below.
const NAME_CHARS: usize = 50;

/// What applicant and members have in common; the rest is empty.
///
/// # Errors
/// The faults of the person's fields, in the order of the page.
pub(super) fn person(draft: &Draft, typed: &PersonDraft, on: NaiveDate) -> Result<Person, Vec<FieldFault>> {
    let field = |name: &str| person_field(draft, typed.key, name);
    let mut faults = Faults::default();
    let name = faults.field(field("name"), name(&typed.name));
    let known = if typed.no_number {
        let birth = faults.field(field("birth"), birth(&typed.birth, on));
        birth.map(|birth| Person { birth: Some(birth), ..Person::default() })
    } else {
        faults.field(field("id-number"), citizen(&typed.id_number, on)).map(holder)
    };
    faults.unless(name.zip(known).map(|(name, known)| Person { name, ..known }))
}

/// What can be read of a person's number or day of birth, whatever else is wrong or missing.
pub(super) fn known(typed: &PersonDraft, on: NaiveDate) -> Person {
    if typed.no_number {
        Person { birth: birth(&typed.birth, on).ok(), ..Person::default() }
    } else {
        citizen(&typed.id_number, on).map(holder).unwrap_or_default()
    }
}

/// What an identity number says of its holder.
fn holder(id: identity::ResidentId) -> Person {
    let sex = sex_word(id.sex).to_owned();
    Person { id_number: id.number, birth: Some(id.birth), sex, ..Person::default() }
}

/// A name as it can be read: any script, rare characters and the middle dot included.
fn name(typed: &str) -> Result<String, String> {
    let typed = visible(typed);
    if typed.is_empty() {
        Err("请填写姓名，和身份证上的一致。".to_owned())
    } else if typed.chars().count() > NAME_CHARS {
        Err(format!("姓名最多 {NAME_CHARS} 个字，请核对。"))
    } else if typed.chars().any(|c| c.is_numeric() && c != '〇') {
        // 〇 is a character of names; Unicode counts it among the numbers.
        Err("姓名里不能有数字，请核对是否填错了格子。".to_owned())
    } else if typed.contains(['<', '>', '{', '}', '"']) {
        Err("姓名里有认不出的符号，请删掉再填。".to_owned())
    } else {
        Ok(typed)
    }
}

/// The number with what it says, or what is wrong with it.
fn citizen(typed: &str, on: NaiveDate) -> Result<identity::ResidentId, String> {
    if visible(typed).is_empty() {
        return Err("请填写身份证号（18 位）。".to_owned());
    }
    identity::resident_id(typed, on).map_err(|error| error.message)
}

/// A date of birth typed where there is no number.
fn birth(typed: &str, on: NaiveDate) -> Result<NaiveDate, String> {
    if visible(typed).is_empty() {
        return Err("请填写出生日期，例如 20240301。".to_owned());
    }
    ui::typed::date("出生日期", false, typed, on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_script_pass_and_numbers_do_not() {
        for good in ["测试甲", "阿依古丽·买买提测试", "𠮷野测试", "㛃", "A. Test"] {
            assert_eq!(name(&format!(" {good} ")), Ok(good.to_owned()));
        }
        for bad in ["", "  ", "\u{200b}", "\u{3164}\u{202e}", "测试1", "测\"试", &"长".repeat(51)] {
            assert!(name(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_name_is_taken_without_what_nobody_sees_in_it() {
        assert_eq!(name("\u{202a}测试\u{200b}甲\u{202c}"), Ok("测试甲".to_owned()));
        assert_eq!(name("葛\u{e0100}测试"), Ok("葛\u{e0100}测试".to_owned()));
    }
}
