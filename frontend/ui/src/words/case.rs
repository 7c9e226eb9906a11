//! Kinds of case, in words, and the number of a case.

use policies::model::CaseKind;

/// The number by which people and office speak of a case (件号), from its look-up id: `4821-0937`. It opens nothing, and
/// two cases of a large office may share one.
pub fn case_number(lookup: &str) -> String {
    let head: String = lookup.chars().take(12).collect();
    let id = u64::from_str_radix(&head, 16).unwrap_or_default();
    format!("{:04}-{:04}", id / 10_000 % 10_000, id % 10_000)
}

/// What a kind of case is called.
pub fn case_word(case: CaseKind) -> &'static str {
    match case {
        CaseKind::Application => "申请",
        CaseKind::Renewal => "续租、续保",
        CaseKind::ChangeReport => "变动申报",
        CaseKind::ChangeOfApplicant => "变更申请人",
        CaseKind::Swap => "互换",
        CaseKind::Objection => "公示异议",
        CaseKind::Review => "复核",
        CaseKind::EmployerGroup => "单位统一申请",
        CaseKind::TipOff => "举报",
    }
}

#[cfg(test)]
mod tests {
    use super::case_number;

    #[test]
    fn the_number_of_a_case_is_eight_digits() {
        assert_eq!(case_number("000000000007ffffffffffffffffffff"), "0000-0007");
        assert_eq!(case_number("0000075bcd15ffffffffffffffffffff"), "2345-6789");
        assert_eq!(case_number("no id"), "0000-0000");
    }
}
