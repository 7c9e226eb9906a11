//! The drawn timeline of a case: stages passed, the present one, what comes next and its time limit.

use chrono::NaiveDate;
use policies::{
    calendar::clock_due,
    model::{Clock, Procedure, Stage},
};
use protocol::case::{Action, CaseView};
use yew::prelude::*;

use ui::{
    components::{Card, Notice, Timeline, TimelineItem, TimelineState, Tone},
    place::Doc,
    words::{date_words, day},
};

/// Props of [`Progress`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ProgressProps {
    /// The case.
    pub(super) view: CaseView,
    /// Its document, if the rulebook still holds it.
    pub(super) doc: Option<Doc>,
    /// What comes between the present stage and the whole course: people look for messages first.
    pub(super) children: Html,
}

/// Where a case stands.
#[component]
pub(super) fn Progress(props: &ProgressProps) -> Html {
    let view = &props.view;
    if view.withdrawn {
        return html! {
            <>
            <Notice tone={Tone::Info} title="已撤回" test="stage">
                <p>{ "这一件已由您撤回，受理单位不再办理。" }</p>
            </Notice>
            { props.children.clone() }
            </>
        };
    }
    let Some((doc, procedure)) = props.doc.and_then(|doc| Some((doc, doc.procedure(view.kind)?))) else {
        return html! {
            <>
            <Card title="现在到哪一步" test="stage">
                <p>{ format!("环节代号：{}。本站的办事流程已更新，具体请问受理单位。", view.stage) }</p>
            </Card>
            { props.children.clone() }
            </>
        };
    };
    let visits = visits(view, procedure);
    let Some((current, since)) = visits.last().copied() else { return Html::default() };
    let items = visits
        .iter()
        .enumerate()
        .map(|(index, (stage, on))| {
            let is_current = index + 1 == visits.len();
            let state = if is_current && !stage.next.is_empty() {
                TimelineState::Current
            } else {
                TimelineState::Done
            };
            let note = if is_current { now_note(doc, procedure, stage, *on) } else { Html::default() };
            item(stage, state, date_words(*on), note)
        })
        .chain(ahead(procedure, current).into_iter().map(|stage| {
            let limit = doc.document().clock_of(stage).map_or_else(String::new, |clock| clock.says.clone());
            item(
                stage,
                TimelineState::Ahead,
                String::new(),
                html! {
                    <>
                        <p>{ &stage.says }</p>
                        if !limit.is_empty() { <p class="muted">{ limit }</p> }
                        if !others(procedure, stage).is_empty() {
                            <p class="muted">{ format!("也可能转到：{}。", others(procedure, stage)) }</p>
                        }
                    </>
                },
            )
        }))
        .collect::<Vec<_>>();
    html! {
        <>
            <div class="stage-now" role="status">
                <p class="stage-now__label">{ "现在" }</p>
                <p class="stage-now__word" data-test="stage" data-stage={current.id.clone()}>{ &current.label }</p>
                <p>{ &current.says }</p>
                <p class="muted">{ format!("从 {} 起", date_words(since)) }</p>
            </div>
            { props.children.clone() }
            <Card title="办理经过和后面的步骤"><Timeline {items} /></Card>
        </>
    }
}

fn item(stage: &Stage, state: TimelineState, date: String, note: Html) -> TimelineItem {
    TimelineItem { label: stage.label.clone().into(), state: Some(state), date: date.into(), note }
}

/// What is said under the present stage: who acts, until when, what can come instead.
fn now_note(doc: Doc, procedure: &'static Procedure, stage: &'static Stage, since: NaiveDate) -> Html {
    let clock = doc.document().clock_of(stage);
    let due = clock.map(|clock| clock_due(clock, since));
    let others = others(procedure, stage);
    // The first stage is that of lying in the mailbox.
    let waits_to_be_opened = procedure.stages.first().is_some_and(|first| first.id == stage.id);
    let opener = stage.next.first().and_then(|id| procedure.stage(id));
    html! {
        <>
            if waits_to_be_opened {
                <p>{ format!("已经送到，正在等工作人员打开。打开以后由{}办理。", opener.map_or("窗口", |next| &next.by)) }</p>
            } else {
                <p>{ format!("由{}办理。", stage.by) }</p>
            }
            if let Some(clock) = clock {
                <p>{ &clock.says }</p>
            }
            if let Some(due) = due {
                <p data-test="stage-due">
                    { format!(
                        "按规定{}到 {}。",
                        limit_word(clock),
                        date_words(due.last_day),
                    ) }
                    if due.provisional { { "那一年的放假安排还没公布，日期是暂算的。" } }
                </p>
            }
            if !others.is_empty() {
                <p class="muted">{ format!("也可能转到：{others}。") }</p>
            }
        </>
    }
}

/// Of which kind a limit is: at least, at the latest, or a rule of thumb.
fn limit_word(clock: Option<&Clock>) -> &'static str {
    match clock {
        Some(clock) if clock.at_least => "至少",
        Some(clock) if clock.as_a_rule => "一般",
        _ => "最晚",
    }
}

/// What can come instead of the usual next stage; an end says so.
fn others(procedure: &'static Procedure, stage: &Stage) -> String {
    let other = |stage: &Stage| {
        [stage.label.as_str(), if stage.next.is_empty() { "（到此结束）" } else { "" }].concat()
    };
    let labels: Vec<String> =
        stage.next.iter().skip(1).filter_map(|id| procedure.stage(id)).map(other).collect();
    labels.join("、")
}

/// The stages the case went through with their days, the present one last. A stage that the procedure
/// no longer knows is left out.
fn visits(view: &CaseView, procedure: &'static Procedure) -> Vec<(&'static Stage, NaiveDate)> {
    let first = procedure.stages.first().map(|stage| (stage, day(view.received_at)));
    let moves = view.events.iter().filter_map(|event| match &event.action {
        Action::Moved { stage, on } => Some((procedure.stage(stage)?, *on)),
        Action::Submitted | Action::Message { .. } | Action::Withdrawn => None,
    });
    first.into_iter().chain(moves).collect()
}

/// The usual way on: always the first possible next stage, up to the end or a stage already listed.
fn ahead(procedure: &'static Procedure, from: &'static Stage) -> Vec<&'static Stage> {
    let mut course: Vec<&'static Stage> = Vec::new();
    let mut stage = from;
    while let Some(next) = stage.next.first().and_then(|id| procedure.stage(id)) {
        if next.id == from.id || course.iter().any(|seen| seen.id == next.id) {
            break;
        }
        course.push(next);
        stage = next;
    }
    course
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::model::CaseKind;
    use protocol::case::{Actor, Event};

    use super::*;

    fn moved(seq: u64, stage: &str) -> Event {
        Event {
            seq,
            at: 1_772_294_700,
            by: Actor::Applicant,
            action: Action::Moved { stage: stage.to_owned(), on: NaiveDate::default() },
            prev: String::new(),
            hash: String::new(),
        }
    }

    #[test]
    fn every_procedure_has_a_way_on_that_ends() {
        for doc in Doc::all() {
            for procedure in &doc.document().procedures {
                let first = procedure.stages.first().unwrap();
                let course = ahead(procedure, first);
                assert!(course.len() < procedure.stages.len());
                assert!(course.iter().all(|stage| stage.id != first.id));
            }
        }
    }

    #[test]
    fn stages_passed_come_in_the_order_they_happened() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let procedure = doc.procedure(CaseKind::Application).unwrap();
        let view = CaseView {
            office: doc.document().id.clone(),
            kind: CaseKind::Application,
            lookup: String::new(),
            stage: "supplement".to_owned(),
            received_at: 1_772_294_700,
            withdraw_until: 0,
            withdrawn: false,
            reply_to: String::new(),
            events: vec![moved(1, "accepted"), moved(2, "no_such_stage"), moved(3, "supplement")],
            head: String::new(),
        };
        let ids: Vec<&str> = visits(&view, procedure).iter().map(|(stage, _)| stage.id.as_str()).collect();
        assert_eq!(ids, ["submitted", "accepted", "supplement"]);
    }
}
