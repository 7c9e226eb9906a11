//! Words shared by pages (zh-CN), for reading. Words of one page live in that page.

mod case;
mod fact;
#[cfg(feature = "whole")]
mod letter;
mod moment;
#[cfg(feature = "whole")]
mod procedure;
mod verdict;
mod withdrawal;

pub use case::{case_number, case_word};
pub use fact::unit_word;
#[cfg(feature = "whole")]
pub use letter::{
    LetterPart, LetterRow, application_parts, correctable, form_parts, roster_parts, wanted_words,
};
pub use moment::{clock, day, moment, owners_moment};
pub use policies::chinese_date as date_words;
#[cfg(feature = "whole")]
pub use procedure::{clock_words, next_words, waits_words, window_words};
pub use verdict::{answer_word, outcome_code, outcome_word, yuan};
pub use withdrawal::{withdrawable, withdrawal_over};

/// The site's name.
pub const SITE: &str = "安居";
/// What the site is, in one line.
pub const TAGLINE: &str = "公共租赁住房自助服务";
/// Shown wherever a verdict is.
pub const NOT_A_DECISION: &str = "自助测算，不是审批结果，以窗口审核为准。";
