//! What the applicant has to declare: what the document's papers to be signed say, and nothing else.

use policies::model::{CaseKind, Declares, Paper};

use super::Draft;
use ui::place::Doc;

/// The sentence on the adult members, as shown and as sent.
pub(crate) const MEMBERS_AGREE: &str = "一起申请的成年家人都知道这份申请，也都同意上面说的核查。";

/// The sentence of a declaration, as shown and as sent.
pub(crate) const fn sentence(declares: Declares) -> &'static str {
    match declares {
        Declares::Truth => "我承诺：以上内容和将要提交的材料都是真实的。如有隐瞒或者造假，愿意承担相应责任。",
        Declares::Consent => "我书面同意审核机关调查核实这份申请里申报的信息。",
        Declares::Authorisation => "我授权受理和审核的单位，在下面写的期限里核对家庭经济状况。",
    }
}

/// The papers of a first application that declare something.
pub(crate) fn asked(doc: Doc) -> impl Iterator<Item = (Declares, &'static Paper)> {
    let papers = doc.document().papers.iter();
    papers
        .filter(|paper| paper.is_for(CaseKind::Application))
        .filter_map(|paper| Some((paper.declares?, paper)))
}

/// Whether the others in the household must agree: somebody will look into what is theirs.
pub(crate) fn concerns_members(draft: &Draft, doc: Doc) -> bool {
    !draft.members.is_empty() && asked(doc).any(|(declares, _)| declares != Declares::Truth)
}

/// Whether a declaration is ticked. One tick serves consent and authorisation: no document asks for both.
pub(crate) const fn is_ticked(draft: &Draft, declares: Declares) -> bool {
    match declares {
        Declares::Truth => draft.truth,
        Declares::Consent | Declares::Authorisation => draft.consent,
    }
}

/// DOM id of a declaration's tick.
pub(crate) const fn tick_id(declares: Declares) -> &'static str {
    match declares {
        Declares::Truth => "agree-truth",
        Declares::Consent | Declares::Authorisation => "agree-consent",
    }
}
