//! A decision against whoever sent the case: its reason, its article, the remedy, and a second look.

use policies::model::Stage;
use yew::prelude::*;

use super::outgoing::{Outgoing, OutgoingAction};
use ui::components::{Button, Field, FieldKind, Look, Notice, Tone};

/// What is sent with the decision.
pub(crate) fn letter(stage: &Stage, reason: &str, article: &str) -> String {
    let remedy = match &stage.remedy {
        Some(remedy) => format!("不服怎么办：{}（{}）", remedy.says, remedy.cite.article),
        None => "不服怎么办：文件没有写，请打电话问本单位。".to_owned(),
    };
    format!("决定：{}\n理由：{reason}\n依据：{article}\n{remedy}", stage.label)
}

/// The article the decision rests on, the remedy that is told, and the question whether it is really meant.
pub(crate) fn view(stage: &Stage, form: &UseReducerHandle<Outgoing>, error: Option<AttrValue>) -> Html {
    let oninput = {
        let form = form.dispatcher();
        Callback::from(move |text| form.dispatch(OutgoingAction::Article(text)))
    };
    let told = match &stage.remedy {
        Some(remedy) => format!("会同时告诉对方：{}（{}）", remedy.says, remedy.cite.article),
        None => "文件没有写不服怎么办，会请对方打电话问本单位。".to_owned(),
    };
    html! {
        <>
            <Field
                id="move-article" label="依据哪一条" kind={FieldKind::Text} test="move-article"
                value={article(stage, form)} {error} {oninput}
            />
            <p class="muted" data-test="move-remedy">{ told }</p>
            if form.asked {
                <Notice tone={Tone::Warning} title={format!("确定要转到“{}”吗？", stage.label)} live=true test="move-sure">
                    <p>{ "这个决定对对方不利。理由、依据和不服的办法会一起发给对方，发出后不能收回。" }</p>
                    <Button look={Look::Secondary} onclick={back(form)} test="move-back">{ "再改改" }</Button>
                </Notice>
            }
        </>
    }
}

/// The article as typed, or that of the stage.
pub(crate) fn article(stage: &Stage, form: &Outgoing) -> String {
    form.article.clone().unwrap_or_else(|| stage.cite.article.clone())
}

fn back(form: &UseReducerHandle<Outgoing>) -> Callback<MouseEvent> {
    let form = form.dispatcher();
    Callback::from(move |_: MouseEvent| form.dispatch(OutgoingAction::Asked(false)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::model::CaseKind;

    use super::*;
    use crate::words::find_stage;

    #[test]
    fn a_decision_tells_its_reason_its_article_and_what_can_be_done() {
        for (stage, remedy) in [("refused", "申请复核"), ("not_accepted", "文件没有写")] {
            let document = policies::rulebook().document("yongshun-2023").unwrap().document();
            let stage = find_stage(document, CaseKind::Application, stage).unwrap();
            let told = letter(stage, "收入超过标准", &article(stage, &Outgoing::default()));
            for part in [&stage.label, "收入超过标准", &stage.cite.article, remedy] {
                assert!(told.contains(part), "{part}: {told}");
            }
        }
    }
}
