//! Outcomes, answers and money, in words.

use policies::{
    assessment::{Answer, Outcome},
    money,
};

/// The verdict's short form, which is the result page's heading.
pub fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Eligible => "符合条件",
        Outcome::NotEligible => "不符合条件",
        Outcome::Unknown => "还缺信息",
        Outcome::Ask => "需要人工认定",
    }
}

/// Its stable code, as on the wire.
pub fn outcome_code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Eligible => "eligible",
        Outcome::NotEligible => "not_eligible",
        Outcome::Unknown => "unknown",
        Outcome::Ask => "ask",
    }
}

/// The answer to one requirement: its stable code and its word.
pub fn answer_word(answer: Answer) -> (&'static str, &'static str) {
    match answer {
        Answer::Met => ("met", "够得上"),
        Answer::NotMet => ("not_met", "够不上"),
        Answer::Unknown => ("unknown", "还不知道"),
        Answer::Ask => ("ask", "请窗口认定"),
    }
}

/// Fen as yuan for reading: `1,234.50`; without decimals where there are none to show.
pub fn yuan(fen: i64) -> String {
    let text = money::format(fen);
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::yuan;

    #[test]
    fn yuan_shows_fen_only_where_there_are_some() {
        assert_eq!(yuan(52_500), "525");
        assert_eq!(yuan(350_001), "3,500.01");
        assert_eq!(yuan(5), "0.05");
        assert_eq!(yuan(-123_456_700), "-1,234,567");
    }
}
