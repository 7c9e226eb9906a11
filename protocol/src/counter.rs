//! Counters: where an office is reached, as it says so itself on its signed card. Documents print few phones and no hours;
//! whoever serves the pages cannot put another number in their place.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Most counters of one office.
pub const MOST: usize = 12;

/// Longest of each line, in characters.
pub const LINE: usize = 80;

/// A counter, a desk or a phone of an office. A line that is empty is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// What it is called, e.g. `县住房保障服务中心一楼 3 号窗口`.
    pub name: String,
    /// What for, e.g. `申请、咨询`.
    pub purpose: String,
    /// As it is printed and dialled, e.g. `0743-5220000`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// When it is open, e.g. `工作日 8:30—12:00、14:30—17:30`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hours: String,
}

/// Why a counter is not taken onto a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CounterError {
    /// Without a name or a purpose nobody knows what it is.
    #[error("a counter needs a name and says what it is for")]
    Nameless,
    /// Neither phone nor address.
    #[error("a counter needs a phone or an address")]
    Nowhere,
    /// Signs that no phone has, or too few digits.
    #[error("a phone is 5 to 20 digits, with spaces, hyphens, brackets or a leading + where wanted")]
    Phone,
    /// Longer than [`LINE`], or in several lines.
    #[error("a line of a counter has at most 80 characters")]
    Line,
}

impl Counter {
    /// Holds it against what pages can show.
    ///
    /// # Errors
    /// [`CounterError`].
    pub fn check(&self) -> Result<(), CounterError> {
        let lines = [&self.name, &self.purpose, &self.phone, &self.address, &self.hours];
        if lines.iter().any(|line| line.chars().count() > LINE || line.chars().any(char::is_control)) {
            return Err(CounterError::Line);
        }
        if self.name.trim().is_empty() || self.purpose.trim().is_empty() {
            return Err(CounterError::Nameless);
        }
        if self.phone.is_empty() && self.address.trim().is_empty() {
            return Err(CounterError::Nowhere);
        }
        let digits = self.phone.chars().filter(char::is_ascii_digit).count();
        let known = |sign: char| sign.is_ascii_digit() || " -+()".contains(sign);
        if self.phone.is_empty() || (self.phone.chars().all(known) && (5..=20).contains(&digits)) {
            Ok(())
        } else {
            Err(CounterError::Phone)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter(phone: &str, address: &str) -> Counter {
        let (name, purpose) = ("一楼 3 号窗口".to_owned(), "申请、咨询".to_owned());
        Counter { name, purpose, phone: phone.to_owned(), address: address.to_owned(), hours: String::new() }
    }

    #[test]
    fn a_counter_can_be_reached() {
        for phone in ["12345", "0743-522 0000", "+86 (743) 5220000", "12345678901234567890"] {
            assert_eq!(counter(phone, "").check(), Ok(()), "{phone}");
        }
        for phone in ["1234", "123456789012345678901", "电话 12345", "12345#1", " "] {
            assert_eq!(counter(phone, "").check(), Err(CounterError::Phone), "{phone}");
        }
        assert_eq!(counter("", "测试路 1 号").check(), Ok(()));
        assert_eq!(counter("", " ").check(), Err(CounterError::Nowhere));
        let nameless = Counter { name: " ".to_owned(), ..counter("12345", "") };
        assert_eq!(nameless.check(), Err(CounterError::Nameless));
    }

    #[test]
    fn a_line_is_one_line_and_not_longer() {
        assert_eq!(counter("12345", &"路".repeat(LINE)).check(), Ok(()));
        assert_eq!(counter("12345", &"路".repeat(LINE + 1)).check(), Err(CounterError::Line));
        assert_eq!(counter("12345", "一\n二").check(), Err(CounterError::Line));
    }
}
