//! What can be done against a decision: the document's own remedy, or that it names none.

use policies::model::Stage;
use yew::prelude::*;

use ui::components::{Notice, Tone};

/// Says of a decision against the owner where its reason stands and what can be done; nothing of any other stage.
pub(super) fn remedy(stage: &Stage) -> Html {
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
    html! {
        <Notice tone={Tone::Warning} title="不服这个决定怎么办" test="stage-remedy">
            <p>{ format!("作出决定的理由在留言里，依据是{}。", stage.cite.article) }</p>
            <p>{ words }</p>
        </Notice>
    }
}
