//! Numbers that people and organisations carry: well formed or not, never whose they are.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    fault::{FactError, FactFault},
    units::decimal::ascii,
};

/// Sex as the 17th digit of a resident id number says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Odd.
    Male,
    /// Even.
    Female,
}

/// A well-formed resident id number (公民身份号码, GB 11643-1999).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResidentId {
    /// Eighteen characters, ASCII, upper-case X.
    pub number: String,
    /// Birth date in it.
    pub birth: NaiveDate,
    /// Sex in it.
    pub sex: Sex,
}

const fn wrong<T>(code: FactFault, message: String) -> Result<T, FactError> {
    Err(FactError { path: String::new(), code, message })
}

/// The first two digits of a division code (GB/T 2260): provinces, regions, municipalities, and the codes on
/// residence permits of Hong Kong, Macao and Taiwan residents (81–83).
const PROVINCES: [u32; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82, 83,
];

/// Checks a resident id number: 18 characters, a province that exists, a real birth date from 1900 on that is
/// not after `on`, and the check digit of GB 11643. Full width, spaces and lower-case x are understood. The rest
/// of the division code is not checked: codes at the time of issue may since have been merged. Numbers that
/// begin with 9 are those of foreigners with permanent residence.
///
/// # Errors
/// One fault with a sentence that helps; its path is empty, the caller knows the field.
///
/// ```
/// let on = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
/// let id = policies::identity::resident_id("９９９９９９２０００ 0229 0027", on).unwrap();
/// assert_eq!(id.birth.to_string(), "2000-02-29");
/// assert!(policies::identity::resident_id("999999200002290028", on).is_err());
/// ```
pub fn resident_id(typed: &str, on: NaiveDate) -> Result<ResidentId, FactError> {
    let number = ascii(typed).to_ascii_uppercase();
    if number.is_empty() {
        return wrong(FactFault::Empty, "请填写身份证号码。".to_owned());
    }
    let length = number.chars().count();
    if length == 15 && number.bytes().all(|b| b.is_ascii_digit()) {
        return wrong(
            FactFault::WrongLength,
            "15 位的旧号码已停用，请填写现在身份证上的 18 位号码。".to_owned(),
        );
    }
    if length != 18 {
        return wrong(
            FactFault::WrongLength,
            format!("身份证号码是 18 位，现在填了 {length} 位，请对照身份证核对。"),
        );
    }
    let digits: Vec<u32> = number.chars().take(17).filter_map(|c| c.to_digit(10)).collect();
    let last = number.chars().last().filter(|c| c.is_ascii_digit() || *c == 'X');
    let (17, Some(last)) = (digits.len(), last) else {
        let message = "身份证号码前 17 位是数字，最后一位是数字或者 X，请核对。";
        return wrong(FactFault::WrongCharacter, message.to_owned());
    };
    let part = |from: usize, count: usize| {
        digits.iter().skip(from).take(count).fold(0_u32, |n, d| n.saturating_mul(10).saturating_add(*d))
    };
    if part(0, 1) != 9 && !PROVINCES.contains(&part(0, 2)) {
        let message = format!("号码开头的“{:02}”不是哪个省的代码，请核对前两位。", part(0, 2));
        return wrong(FactFault::WrongCharacter, message);
    }
    let birth = i32::try_from(part(6, 4))
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, part(10, 2), part(12, 2)));
    let Some(birth) = birth else {
        let message = "第 7 到 14 位是出生年月日，现在不是一个真实的日期，请核对。";
        return wrong(FactFault::NotADate, message.to_owned());
    };
    if part(6, 4) < 1900 {
        let message = "号码里的出生年份早于 1900 年，请核对第 7 到 10 位。";
        return wrong(FactFault::TooSmall, message.to_owned());
    }
    if birth > on {
        return wrong(FactFault::InFuture, "号码里的出生日期还没有到，请核对第 7 到 14 位。".to_owned());
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| d.saturating_mul(w)).sum();
    let expected = usize::try_from(sum % 11).ok().and_then(|r| "10X98765432".chars().nth(r));
    if expected != Some(last) {
        let message = "身份证号码有一位填错了（与最后一位校验码不符），请逐位核对。";
        return wrong(FactFault::WrongCheckDigit, message.to_owned());
    }
    let sex = if part(16, 1).is_multiple_of(2) { Sex::Female } else { Sex::Male };
    Ok(ResidentId { number, birth, sex })
}

/// Checks a unified social credit code (统一社会信用代码, GB 32100-2015) and gives it in ASCII upper case.
///
/// # Errors
/// One fault with a sentence that helps; its path is empty.
pub fn credit_code(typed: &str) -> Result<String, FactError> {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let code = ascii(typed).to_ascii_uppercase();
    if code.is_empty() {
        return wrong(FactFault::Empty, "请填写统一社会信用代码。".to_owned());
    }
    let length = code.chars().count();
    if length != 18 {
        return wrong(
            FactFault::WrongLength,
            format!("统一社会信用代码是 18 位，现在填了 {length} 位，请对照营业执照核对。"),
        );
    }
    let values: Vec<usize> = code.chars().filter_map(|c| ALPHABET.find(c)).collect();
    if values.len() != 18 {
        let message = "统一社会信用代码只有数字和大写字母，没有 I、O、S、V、Z，请核对。";
        return wrong(FactFault::WrongCharacter, message.to_owned());
    }
    let sum: usize = values.iter().zip(WEIGHTS).map(|(v, w)| v.saturating_mul(w)).sum();
    if values.last() != Some(&(31_usize.saturating_sub(sum % 31) % 31)) {
        let message = "统一社会信用代码有一位填错了，请逐位核对。";
        return wrong(FactFault::WrongCheckDigit, message.to_owned());
    }
    Ok(code)
}

/// Checks a phone number, mobile or landline, and gives it in ASCII digits: `13800000000`,
/// `0743-5220000` (area code, then seven or eight digits; also without the area code).
///
/// # Errors
/// One fault with a sentence that helps; its path is empty.
pub fn phone(typed: &str) -> Result<String, FactError> {
    let text = ascii(typed).replace(['(', ')'], "-");
    let text = text.trim_matches('-');
    let text = text.strip_prefix("+86").unwrap_or(text).trim_start_matches('-');
    if text.is_empty() {
        return wrong(FactFault::Empty, "请填写联系电话。".to_owned());
    }
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return wrong(FactFault::WrongCharacter, "电话只填数字，座机可以写成 0743-5220000。".to_owned());
    }
    let mut start = digits.bytes();
    let (first, second) = (start.next(), start.next());
    if first == Some(b'1') && digits.len() == 11 {
        if second >= Some(b'3') {
            return Ok(digits);
        }
    } else if first == Some(b'0') && (10..=12).contains(&digits.len()) {
        let area = if second == Some(b'1') || second == Some(b'2') { 3 } else { 4 };
        let (code, number) = digits.split_at_checked(area).unwrap_or((&digits, ""));
        if (7..=8).contains(&number.len()) {
            return Ok(format!("{code}-{number}"));
        }
    } else if first.is_some_and(|d| d >= b'2') && (7..=8).contains(&digits.len()) {
        return Ok(digits);
    }
    wrong(
        FactFault::WrongLength,
        "电话号码不对：手机号是 1 开头的 11 位；座机是区号加 7 到 8 位。".to_owned(),
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
    }

    fn fault(number: &str) -> FactFault {
        resident_id(number, on()).unwrap_err().code
    }

    #[test]
    fn safe_test_numbers_pass() {
        let id = resident_id("999999199001010016", on()).unwrap();
        assert_eq!((id.sex, id.birth.to_string().as_str()), (Sex::Male, "1990-01-01"));
        assert_eq!(resident_id("999999200002290027", on()).unwrap().sex, Sex::Female);
        assert_eq!(resident_id("99999919491231005x", on()).unwrap().number, "99999919491231005X");
        let pasted = "\u{feff}999999\u{a0}19900101\u{2060}0016\u{202c}";
        assert_eq!(resident_id(pasted, on()).unwrap().number, "999999199001010016");
    }

    #[test]
    fn every_single_wrong_digit_is_caught() {
        let good = "999999199001010016";
        for place in 0..17 {
            for digit in '0'..='9' {
                let bad: String =
                    good.chars().enumerate().map(|(i, c)| if i == place { digit } else { c }).collect();
                assert_eq!(resident_id(&bad, on()).is_ok(), bad == good, "{bad}");
            }
        }
    }

    #[test]
    fn faults_are_told_apart() {
        assert_eq!(fault(""), FactFault::Empty);
        assert_eq!(fault("9999991990010100"), FactFault::WrongLength);
        assert_eq!(fault("999999900101001"), FactFault::WrongLength);
        assert_eq!(fault("99999919900101001A"), FactFault::WrongCharacter);
        assert_eq!(fault("999999199002300016"), FactFault::NotADate);
        assert_eq!(fault("999999202701010016"), FactFault::InFuture);
        assert_eq!(fault("999999199001010017"), FactFault::WrongCheckDigit);
        assert_eq!(fault("000000199001010016"), FactFault::WrongCharacter);
        assert_eq!(fault("161111199001010016"), FactFault::WrongCharacter);
        assert_eq!(fault("999999185001010016"), FactFault::TooSmall);
        assert_eq!(fault("张三李四王五赵六钱七孙八周九吴十"), FactFault::WrongLength);
    }

    #[test]
    fn credit_codes() {
        assert_eq!(credit_code("91110000600037341l"), Ok("91110000600037341L".to_owned()));
        assert!(credit_code("91110000600037341M").is_err());
        assert!(credit_code("9111000060003734IL").is_err());
        assert!(credit_code("").is_err());
    }

    #[test]
    fn phones() {
        assert_eq!(phone("１３８ 0000 0000"), Ok("13800000000".to_owned()));
        assert_eq!(phone("+86 138-0000-0000"), Ok("13800000000".to_owned()));
        assert_eq!(phone("(0743)5220000"), Ok("0743-5220000".to_owned()));
        assert_eq!(phone("010-12345678"), Ok("010-12345678".to_owned()));
        assert_eq!(phone("5220000"), Ok("5220000".to_owned()));
        // As a phone's list of calls gives it when it is copied.
        assert_eq!(phone("\u{202d}138 0013 8000\u{202c}"), Ok("13800138000".to_owned()));
        assert_eq!(phone("138\u{2011}0013\u{2011}8000"), Ok("13800138000".to_owned()));
        assert_eq!(phone("\u{200e}\u{3164}").unwrap_err().code, FactFault::Empty);
        for bad in ["12800000000", "1380000000", "电话", "0743-52200", ""] {
            assert!(phone(bad).is_err(), "{bad}");
        }
    }
}
