//! The drawn timeline of a case: stages passed, the present one, what comes next and its time limit.

use chrono::NaiveDate;
use policies::{
    calendar::clock_due,
    model::{Clock, Procedure, Stage},
};
use protocol::case::{Action, CaseView};
use yew::prelude::*;

use super::{THREAD, aside, remedy::remedy};
use ui::{
    browser::show_by_id,
    components::{Button, Card, Notice, Timeline, TimelineItem, TimelineState, Tone, fold},
    place::Doc,
    words::{date_words, day, waits_words},
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
    let passed = visits.iter().enumerate().map(|(index, (stage, on))| {
        let is_last = index + 1 == visits.len();
        let state = if is_last && !stage.next.is_empty() && view.aside().is_none() {
            TimelineState::Current
        } else {
            TimelineState::Done
        };
        item(stage, state, date_words(*on), Html::default())
    });
    let course = ahead(procedure, current).into_iter().map(|stage| {
        let limit = doc.document().clock_of(stage).map_or_else(String::new, |clock| clock.says.clone());
        let others = others(procedure, stage);
        let note = html! {
            <>
                <p>{ &stage.says }</p>
                if !limit.is_empty() { <p class="muted">{ limit }</p> }
                if !others.is_empty() { <p class="muted">{ format!("也可能转到：{others}。") }</p> }
            </>
        };
        item(stage, TimelineState::Ahead, String::new(), note)
    });
    let course: Vec<TimelineItem> = course.collect();
    html! {
        <>
            { view.aside().map_or_else(|| now(doc, procedure, current, since), aside::told) }
            { remedy(doc, current) }
            { props.children.clone() }
            <Card title="办理经过"><Timeline items={passed.collect::<Vec<_>>()} /></Card>
            if !course.is_empty() {
                { fold("course", "后面还有哪几步", format!("{} 步", course.len()), html! { <Timeline items={course} /> }) }
            }
        </>
    }
}

/// What a person looks for first: where it stands, whose turn it is, what to do, until when.
fn now(doc: Doc, procedure: &'static Procedure, stage: &'static Stage, since: NaiveDate) -> Html {
    let clock = doc.document().clock_of(stage);
    let others = others(procedure, stage);
    html! {
        <div class={if stage.yours { "stage-now stage-now--yours" } else { "stage-now" }} role="status">
            <p class="stage-now__label">{ if stage.yours { "现在轮到您了" } else { "现在" } }</p>
            <p class="stage-now__word" data-test="stage" data-stage={stage.id.clone()}>{ &stage.label }</p>
            <p>{ &stage.says }</p>
            <p data-test="whose-turn">{ whose_turn(procedure, stage) }</p>
            if let Some(clock) = clock {
                <p data-test="stage-due">{ &clock.says }{ due(clock, since) }</p>
            }
            if stage.yours {
                <p>
                    <Button onclick={|_: MouseEvent| show_by_id(THREAD)} test="to-thread">{ "看留言，写回复" }</Button>
                </p>
            }
            <p class="muted">
                { format!("从 {} 起。", date_words(since)) }
                if !others.is_empty() { { format!("也可能转到：{others}。") } }
            </p>
        </div>
    }
}

/// Whose turn it is, and whether there is anything to do.
fn whose_turn(procedure: &Procedure, stage: &Stage) -> String {
    // The first stage is that of lying in the mailbox.
    if procedure.stages.first().is_some_and(|first| first.id == stage.id) {
        return [&waits_words(procedure), "现在不用您做什么，隔几天来看一次。"].concat();
    }
    match (stage.yours, stage.next.is_empty()) {
        (true, _) => format!("要{}自己来办，不办就停在这一步。", stage.by),
        (false, true) => format!("已经办完，最后由{}办理。", stage.by),
        (false, false) => format!("由{}办理，现在不用您做什么。", stage.by),
    }
}

/// On which day a limit is reached.
fn due(clock: &Clock, since: NaiveDate) -> String {
    let due = clock_due(clock, since);
    let provisional =
        if due.provisional { "那一年的放假安排还没公布，日期是暂算的。" } else { "" };
    format!("按规定{}到 {}。{provisional}", limit_word(clock), date_words(due.last_day))
}

fn item(stage: &Stage, state: TimelineState, date: String, note: Html) -> TimelineItem {
    TimelineItem { label: stage.label.clone().into(), state: Some(state), date: date.into(), note }
}

/// Of which kind a limit is: at least, at the latest, or a rule of thumb.
fn limit_word(clock: &Clock) -> &'static str {
    match (clock.at_least, clock.as_a_rule) {
        (true, _) => "至少",
        (false, true) => "一般",
        (false, false) => "最晚",
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
        _ => None,
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
            signed: None,
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
            document_hash: String::new(),
            stage: "supplement".to_owned(),
            received_at: 1_772_294_700,
            withdraw_until: 0,
            withdrawn: false,
            destroyed_at: None,
            not_before: None,
            reply_to: String::new(),
            total: 3,
            events: vec![moved(1, "accepted"), moved(2, "no_such_stage"), moved(3, "supplement")],
            head: String::new(),
        };
        let ids: Vec<&str> = visits(&view, procedure).iter().map(|(stage, _)| stage.id.as_str()).collect();
        assert_eq!(ids, ["submitted", "accepted", "supplement"]);
    }
}
