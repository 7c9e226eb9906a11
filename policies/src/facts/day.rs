//! A date as people write it.

use chrono::NaiveDate;

use crate::units::{decimal::ascii_sign, seen::shows_nothing};

/// Why a text is no date, to be said after its label: what is missing, and how to write it with nothing but digits,
/// because a phone shows a keypad that may have nothing else.
pub(super) type NoDate = &'static str;

/// Reads a day with its year, month and day in this order: `1955-3-5`, `1955 3 5`, `1955、3、5`, `1955年3月5日`, `19550305`,
/// `1955 0305`, in full width too. A year of two digits, a month without a day, or digits that could be cut in more than
/// one way are not guessed at.
///
/// # Errors
/// See [`NoDate`].
pub(super) fn day(typed: &str) -> Result<NaiveDate, NoDate> {
    // The numbers, how many digits each has (422 for 1955-03-05), and the words between them.
    let (mut numbers, mut digits, mut words, mut in_number) = ([0_u32; 3], 0_u32, String::new(), false);
    let mut at = 0_usize;
    for sign in typed.chars().map(ascii_sign) {
        if let Some(digit) = sign.to_digit(10) {
            at = at.saturating_add(usize::from(!in_number && digits > 0));
            digits = beside(digits, if in_number { 1 } else { 10 }, 1);
            in_number = true;
            match numbers.get_mut(at) {
                Some(number) if digits % 10 != 9 => *number = beside(*number, 10, digit),
                _ => return Err(NOT_A_DATE),
            }
        } else if sign.is_whitespace() || matches!(sign, '-' | '/' | '.' | ',' | '、' | '·') {
            in_number = false;
        } else if matches!(sign, '年' | '月' | '日' | '号') {
            words.push(sign);
            in_number = false;
        } else if !shows_nothing(sign) {
            return Err(NOT_A_DATE);
        }
    }
    if !matches!(&*words, "" | "年" | "年月" | "年月日" | "年月号" | "月" | "月日" | "月号") {
        return Err(NOT_A_DATE);
    }
    let [first, second, third] = numbers;
    let all = match digits {
        8 => first,
        44 => beside(first, 10_000, second),
        62 => beside(first, 100, second),
        411 | 412 | 421 | 422 => beside(beside(first, 100, second), 100, third),
        4 | 41 | 42 => return Err("没有写全：年、月、日都要，写成 8 位数字，例如 20240301。"),
        11 | 12 | 21 | 22 if words.starts_with('月') => {
            return Err("没有写是哪一年，请写成 8 位数字，例如 20240301。");
        }
        111 | 112 | 114 | 121 | 122 | 124 | 211 | 212 | 214 | 221 | 222 | 224 => {
            return Err("请按年、月、日的顺序写，年份写满 4 位，例如 20240301。");
        }
        5..=7 => return Err("要写满 8 位数字：年 4 位，月和日各 2 位，不够的前面补 0，例如 20240301。"),
        _ => return Err(NOT_A_DATE),
    };
    let year = i32::try_from(all / 10_000).map_err(|_| NOT_A_DATE)?;
    NaiveDate::from_ymd_opt(year, all / 100 % 100, all % 100).ok_or(NOT_A_DATE)
}

/// A number moved to the left, and another in the room that this makes.
const fn beside(number: u32, room: u32, other: u32) -> u32 {
    number.saturating_mul(room).saturating_add(other)
}

const NOT_A_DATE: NoDate = "不是一个真实的日期，请按公历写成 8 位数字，例如 20240301 就是 2024年3月1日。";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_people_write_a_date_is_read() {
        let expected = NaiveDate::from_ymd_opt(1955, 3, 5);
        for typed in [
            "1955-03-05",
            "1955-3-5",
            "1955/3/5",
            "1955.3.5",
            "1955。3。5",
            "1955 3 5",
            "1955、3、5",
            "1955，3，5",
            "1955·3·5",
            "1955年3月5日",
            "1955 年 3 月 5 号",
            "1955年3月5",
            "1955年03月05日",
            "19550305",
            "1955 0305",
            "195503 05",
            "１９５５年３月５日",
            "１９５５．３．５",
            "1955—3—5",
            "1955\u{2011}03\u{2011}05",
            "\u{202d}1955\u{a0}3\u{3000}5\u{202c}",
            "\u{feff}19550305",
            " 1955.3.5. ",
        ] {
            assert_eq!(day(typed).ok(), expected, "{typed}");
        }
    }

    #[test]
    fn what_could_be_another_day_is_not_guessed_at() {
        for (typed, words) in [
            ("1955", "没有写全"),
            ("1955年", "没有写全"),
            ("1955-03", "没有写全"),
            ("1955年3月", "没有写全"),
            ("3月5日", "哪一年"),
            ("3月5号", "哪一年"),
            ("55-3-5", "年份写满 4 位"),
            ("5/3/1955", "按年、月、日的顺序"),
            ("195503", "写满 8 位"),
            ("195535", "写满 8 位"),
            ("1955305", "写满 8 位"),
            ("550305", "写满 8 位"),
            ("1955-02-30", "不是一个真实的日期"),
            ("1955年13月5日", "不是一个真实的日期"),
            ("195503051", "不是一个真实的日期"),
            ("1955-3-5-1", "不是一个真实的日期"),
            ("一九五五年三月五日", "公历"),
            ("1955年正月初五", "公历"),
            ("3月5日1955年", "不是一个真实的日期"),
            ("去年", "不是一个真实的日期"),
            ("", "不是一个真实的日期"),
        ] {
            assert!(day(typed).is_err_and(|told| told.contains(words)), "{typed}: {:?}", day(typed));
        }
    }
}
