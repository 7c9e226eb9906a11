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
    let signs = typed.chars().filter(|c| c.is_whitespace() || !shows_nothing(*c)).map(ascii_sign);
    let text: String = signs.collect();
    let words: String = text
        .chars()
        .filter(|c| {
            !c.is_ascii_digit() && !c.is_whitespace() && !matches!(c, '-' | '/' | '.' | ',' | '、' | '·')
        })
        .collect();
    if !matches!(&*words, "" | "年" | "年月" | "年月日" | "年月号" | "月" | "月日" | "月号") {
        return Err(NOT_A_DATE);
    }
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = match (lengths.as_slice(), parts.as_slice()) {
        ([8] | [4, 4] | [6, 2], _) => parts.concat(),
        ([4, 1 | 2, 1 | 2], [year, month, day]) => format!("{year}{month:0>2}{day:0>2}"),
        ([4] | [4, 1 | 2], _) => return Err("没有写全：年、月、日都要，写成 8 位数字，例如 20240301。"),
        ([1 | 2, 1 | 2], _) if words.starts_with('月') => {
            return Err("没有写是哪一年，请写成 8 位数字，例如 20240301。");
        }
        ([1 | 2, 1 | 2, 1 | 2 | 4], _) => {
            return Err("请按年、月、日的顺序写，年份写满 4 位，例如 20240301。");
        }
        ([5..=7], _) => {
            return Err("要写满 8 位数字：年 4 位，月和日各 2 位，不够的前面补 0，例如 20240301。");
        }
        _ => return Err(NOT_A_DATE),
    };
    let number: u32 = digits.parse().map_err(|_| NOT_A_DATE)?;
    let year = i32::try_from(number / 10_000).map_err(|_| NOT_A_DATE)?;
    NaiveDate::from_ymd_opt(year, number / 100 % 100, number % 100).ok_or(NOT_A_DATE)
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
