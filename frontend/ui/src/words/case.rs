//! Kinds of case, in words.

use policies::model::CaseKind;

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
