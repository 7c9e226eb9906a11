//! What can be done against a decision: the document's own remedy, or that it names none.

use policies::model::{CaseKind, Stage};
use yew::prelude::*;

use crate::{frame::ButtonLink, route::Route};
use ui::{
    components::{Look, Notice, Tone},
    place::Doc,
};

/// Says of a decision against the owner where its reason stands and what can be done, with the form for it where the document
/// names a remedy and has one; nothing of any other stage.
pub(super) fn remedy(doc: Doc, stage: &Stage) -> Html {
    if !stage.adverse {
        return Html::default();
    }
    let words = match &stage.remedy {
        Some(remedy) => format!("{}（{}）", remedy.says, remedy.cite.article),
        None => format!(
            "文件没有写不服这个决定怎么办。您可以请{}说明理由和依据，并问清可以向哪里申请复议或者反映。",
            stage.by
        ),
    };
    let form = stage.remedy.is_some() && doc.has_form(CaseKind::Review);
    html! {
        <Notice tone={Tone::Warning} title="不服这个决定怎么办" test="stage-remedy">
            <p>{ format!("作出决定的理由在留言里，依据是{}。", stage.cite.article) }</p>
            <p>{ words }</p>
            if form {
                <ButtonLink
                    to={Route::of_case(doc.document().place.id.clone(), CaseKind::Review)}
                    look={Look::Secondary}
                    test="to-review"
                >
                    { "写复核申请" }
                </ButtonLink>
            }
        </Notice>
    }
}
