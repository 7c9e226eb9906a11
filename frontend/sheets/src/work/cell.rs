//! A cell as the text that was meant.

use calamine::{Data, ExcelDateTime, ExcelDateTimeType};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, written `2024-03-01`.
    Day(String),
}

/// Days that a bare number is taken for in a column of dates: 1954-10-03 to 2119-01-10.
const DAYS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

/// From here on a spreadsheet keeps fifteen digits of a number and makes the others zeros.
const EXACT: f64 = 1e15;

impl Cell {
    /// What a workbook holds; none: nothing.
    pub(super) fn of(data: Data) -> Option<Self> {
        Some(match data {
            Data::Int(number) => Self::Text(number.to_string()),
            Data::Float(number) => Self::Number(number),
            Data::String(text) => Self::Text(text),
            Data::Bool(yes) => Self::Text(if yes { "是" } else { "否" }.to_owned()),
            Data::DateTime(when) => Self::Day(day(&when)),
            Data::DateTimeIso(text) => Self::Day(text.split('T').next().unwrap_or_default().to_owned()),
            Data::DurationIso(text) => Self::Text(text),
            Data::Error(error) => Self::Text(error.to_string()),
            Data::Empty => return None,
        })
    }

    /// Whether nothing can be seen in it.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if plain(text).is_empty())
    }

    /// Its text; `date`: it stands in a column of dates.
    pub(super) fn text(&self, date: bool) -> String {
        match self {
            Self::Day(day) => day.clone(),
            Self::Text(text) => {
                let text = plain(text);
                let number = text.parse().ok().filter(|_| date && text.len() == 5);
                number.and_then(serial).unwrap_or(text)
            }
            Self::Number(number) => {
                let text = digits(*number);
                let number = text.parse().ok().filter(|_| date);
                number.and_then(serial).unwrap_or(text)
            }
        }
    }
}

/// The day that a spreadsheet counts so.
fn serial(number: i64) -> Option<String> {
    let number = i32::try_from(number).ok().filter(|_| DAYS.contains(&number))?;
    Some(day(&ExcelDateTime::new(f64::from(number), ExcelDateTimeType::DateTime, false)))
}

fn day(when: &ExcelDateTime) -> String {
    let (year, month, day, ..) = when.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// A number as a table program shows it: fifteen digits, and those that it has lost not made up.
fn digits(number: f64) -> String {
    let whole = format!("{:.0}", number.abs().trunc());
    if !number.is_finite() {
        return "#NUM!".to_owned();
    }
    if number.abs() >= EXACT {
        let text = format!("{number:.14E}");
        let (mantissa, exponent) = text.split_once('E').unwrap_or((&text, "0"));
        return format!("{}E+{exponent}", mantissa.trim_end_matches('0').trim_end_matches('.'));
    }
    let text = format!("{number:.*}", 15_usize.saturating_sub(whole.len()));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A text without what only makes a program take it for one: `'1101…`, `="1101…"`, tabs around it.
fn plain(text: &str) -> String {
    let text =
        text.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}' || sign == '\u{200b}');
    let quoted = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    quoted.unwrap_or_else(|| text.strip_prefix(['\'', '’']).unwrap_or(text)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_was_typed_or_shows_that_it_is_not() {
        for (number, text) in [
            (3.0, "3"),
            (45.5, "45.5"),
            (0.1 + 0.2, "0.3"),
            (13_900_000_017.0, "13900000017"),
            (199_001_010_016_999.0, "199001010016999"),
            (999_999_199_001_010_016.0, "9.9999919900101E+17"),
            (1e15, "1E+15"),
            (-2.0, "-2"),
            (f64::NAN, "#NUM!"),
        ] {
            assert_eq!(Cell::Number(number).text(false), text);
        }
    }

    #[test]
    fn the_number_of_a_day_is_a_day_where_days_are_asked_for() {
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(Cell::Number(45_352.0).text(true), "2024-03-01");
        assert_eq!(Cell::Number(45_352.0).text(false), "45352");
        assert_eq!(text("45352").text(true), "2024-03-01");
        assert_eq!(Cell::Number(20_240_301.0).text(true), "20240301");
        assert_eq!(text("2024年3月1日").text(true), "2024年3月1日");
    }

    #[test]
    fn what_makes_a_text_a_text_is_no_part_of_it() {
        for text in
            ["'999999199001010016", "=\"999999199001010016\"", "\t999999199001010016 ", "’999999199001010016"]
        {
            assert_eq!(Cell::Text(text.to_owned()).text(false), "999999199001010016");
        }
        assert!(Cell::Text("\u{3000} \t".to_owned()).is_blank());
    }
}
