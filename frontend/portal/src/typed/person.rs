//! What people write of themselves: a name, an identity number, a phone.

use chrono::NaiveDate;
use policies::{identity, seen::visible};

/// Longest name, in characters. The longest personal names in use are well below.
const NAME_CHARS: usize = 50;

/// A name as it can be read: any script, rare characters and the middle dot included.
pub(crate) fn name(typed: &str) -> Result<String, String> {
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
pub(crate) fn citizen(typed: &str, on: NaiveDate) -> Result<identity::ResidentId, String> {
    if visible(typed).is_empty() {
        return Err("请填写身份证号（18 位）。".to_owned());
    }
    identity::resident_id(typed, on).map_err(|error| error.message)
}

/// A mobile or landline number, normalised; nobody must have one.
pub(crate) fn phone(typed: &str) -> Result<String, String> {
    match visible(typed).as_str() {
        "" => Ok(String::new()),
        typed => identity::phone(typed).map_err(|error| error.message),
    }
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
