//! Where the case stands in the document's procedure: who acts, until when, what may follow.

use chrono::NaiveDate;
use policies::calendar::waits_since;
use policies::model::Stage;
use protocol::case::CaseView;
use yew::prelude::*;

use super::correction::AskCorrection;
use super::drafts::Drafts;
use super::due;
use super::history::StaticDocument;
use super::moving::Moving;
use super::sending::Target;

use crate::words;
use ui::components::{Card, DataList, DataRow};
use ui::words::{LetterPart, date_words, day};

/// Props of [`ProcedureView`].
#[derive(Properties, PartialEq)]
pub(crate) struct ProcedureViewProps {
    /// The open columns of the case.
    pub(crate) view: CaseView,
    /// The office's document.
    pub(crate) document: StaticDocument,
    /// Today in China.
    pub(crate) today: NaiveDate,
    /// Where a move goes.
    pub(crate) target: Target,
    /// Unsent forms.
    pub(crate) drafts: Drafts,
    /// What corrections can be asked of; nothing, of what has none.
    pub(crate) askable: Vec<LetterPart>,
    /// Whether this key may write on this case.
    pub(crate) may_write: bool,
}

/// The present stage and the next ones.
#[component]
pub(crate) fn ProcedureView(props: &ProcedureViewProps) -> Html {
    let (view, document) = (&props.view, props.document.0);
    let found =
        document.procedure(view.kind).and_then(|procedure| Some((procedure, procedure.stage(&view.stage)?)));
    let Some((procedure, stage)) = found else {
        return html! {
            <Card title="办理流程" class="desk-noprint" test="procedure">
                <p>{ "本地文件没有为这类件规定流程，请在“来往消息”里答复。" }</p>
            </Card>
        };
    };
    let mut rows = vec![
        DataRow::new("当前环节", html! { <strong>{ &stage.label }</strong> }),
        DataRow::new("要做的事", stage.says.clone()),
    ];
    if !stage.by.is_empty() {
        rows.push(DataRow::new("由谁办", stage.by.clone()));
    }
    let visits = due::visits(procedure, view);
    if let Some((_, since)) = visits.last() {
        rows.push(DataRow::new("进入日期", date_words(*since)));
    }
    if let Some(since) = waits_since(procedure, &visits) {
        let stands = format!("从 {} 起停着，转回去以后接着算", date_words(since));
        rows.push(DataRow::new("时限", html! { <span data-test="clock-stands">{ stands }</span> }));
    }
    if let Some(due) = due::due(document, procedure, &visits, props.today) {
        rows.push(DataRow::new(
            due.label(),
            html! {
                <>
                <span class={classes!(due.late().then_some("desk-differs"))} data-test="stage-due">
                    { due.words() }
                </span>
                <span class="muted desk-basis">{ due.basis() }</span>
                </>
            },
        ));
    }
    rows.push(DataRow::new("依据", stage.cite.article.clone()));
    if let Some(days) = view.kept_days {
        let kept = format!("办结后 {days} 天，到期从服务器销毁信件、消息和材料");
        rows.push(DataRow::new("保存期限", html! { <span data-test="kept-days">{ kept }</span> }));
    }
    let next: Vec<Stage> =
        stage.next.iter().filter_map(|id| words::find_stage(document, view.kind, id).cloned()).collect();
    let role = props.target.desk.officer.role;
    let correction =
        procedure.stages.iter().find(|to| to.is_correction() && to.lets(role) && stage.next.contains(&to.id));
    html! {
        <Card title="办理流程" class="desk-noprint" test="procedure">
            <DataList {rows} />
            if view.withdrawn {
                <p>{ props.target.sender }{ "已撤回，流程到此结束。" }</p>
            } else if next.is_empty() {
                <p>{ "这是最后一个环节，流程已经结束；仍可以答复" }{ props.target.sender }{ "。" }</p>
            } else if props.may_write {
                <Moving
                    {next} received={day(view.received_at)} not_before={view.not_before} today={props.today}
                    target={props.target.clone()} drafts={props.drafts.clone()}
                />
                if !props.askable.is_empty() {
                    <AskCorrection
                        parts={props.askable.clone()} stage={correction.cloned()} received={day(view.received_at)} today={props.today}
                        target={props.target.clone()} drafts={props.drafts.clone()}
                    />
                }
            } else {
                <p class="muted">{ "这把钥匙只能查看，不能变更环节。" }</p>
            }
        </Card>
    }
}
