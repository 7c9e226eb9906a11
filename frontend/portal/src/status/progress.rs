//! The drawn timeline of a case: stages passed, the present one, what comes next and its time limit.

use chrono::NaiveDate;
use policies::{
    calendar::{self, Due, Expected, running, waits_since},
    model::{Clock, Procedure, Stage},
};
use protocol::case::{Action, CaseView};
use yew::prelude::*;

use super::{THREAD, aside};
use crate::dates::{Dated, of_stage};
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
    /// What the office asked to be corrected was answered, and it has not moved the case since.
    #[prop_or_default]
    pub(super) corrected: bool,
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
    let Some((current, _)) = visits.last().copied() else { return Html::default() };
    let passed = visits.iter().enumerate().map(|(index, (stage, on))| {
        let is_last = index + 1 == visits.len();
        let state = if is_last && !stage.next.is_empty() && view.aside().is_none() {
            TimelineState::Current
        } else {
            TimelineState::Done
        };
        item(stage, state, date_words(*on), Html::default())
    });
    let expected = calendar::ahead(doc.document(), procedure, &by_id(&visits));
    let course = ahead(procedure, current).into_iter().map(|stage| {
        let day = expected.iter().find(|one| one.stage == stage.id).filter(|one| one.firm);
        let date = day.map_or_else(String::new, expected_words);
        let limit = doc.document().clock_of(stage).map_or_else(String::new, |clock| clock.says.clone());
        let others = others(procedure, stage);
        let note = html! {
            <>
                <p>{ &stage.says }</p>
                if !limit.is_empty() { <p class="muted">{ limit }</p> }
                if !others.is_empty() { <p class="muted">{ format!("也可能转到：{others}。") }</p> }
            </>
        };
        item(stage, TimelineState::Ahead, date, note)
    });
    let course: Vec<TimelineItem> = course.collect();
    html! {
        <>
            { view.aside().map_or_else(|| now(doc, procedure, &visits, props.corrected), aside::told) }
            { props.children.clone() }
            <Card title="办理经过"><Timeline items={passed.collect::<Vec<_>>()} /></Card>
            if !course.is_empty() {
                { fold("course", "后面还有哪几步", format!("{} 步", course.len()), html! {
                    <>
                        <p class="muted" data-test="course-basis">{ basis(&expected) }</p>
                        <Timeline items={course} />
                    </>
                }) }
            }
        </>
    }
}

/// What a person looks for first: where it stands, whose turn it is, what to do, until when.
fn now(doc: Doc, procedure: &'static Procedure, visits: &[Visit], corrected: bool) -> Html {
    let Some((stage, since)) = visits.last().copied() else { return Html::default() };
    let others = others(procedure, stage);
    let corrects = stage.is_correction();
    let yours = stage.yours && !(corrects && corrected);
    html! {
        <div class={if yours { "stage-now stage-now--yours" } else { "stage-now" }} role="status">
            <p class="stage-now__label">{ if yours { "现在轮到您了" } else { "现在" } }</p>
            <p class="stage-now__word" data-test="stage" data-stage={stage.id.clone()}>{ &stage.label }</p>
            if corrects && corrected {
                <p data-test="corrected">{ "您补正的内容已经发出，等受理单位接着办，现在不用您做什么。" }</p>
            } else {
                <p>{ &stage.says }</p>
                <p data-test="whose-turn">{ whose_turn(procedure, stage) }</p>
            }
            { limit(doc, procedure, visits) }
            if yours {
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

/// Until when the present stage lasts, or that no time runs while its owner has to answer.
fn limit(doc: Doc, procedure: &'static Procedure, visits: &[Visit]) -> Html {
    let by_id = by_id(visits);
    let interrupted = visits.iter().rev().nth(1).and_then(|(stage, _)| doc.document().clock_of(stage));
    if let (Some(since), Some(clock)) = (waits_since(procedure, &by_id), interrupted) {
        return html! {
            <p data-test="clock-stands">
                { format!("“{}”的时限从 {} 起停着，转回去以后接着算。", clock.label, date_words(since)) }
                if let Some(reading) = visits.last().and_then(|(stage, _)| stage.cite.readings.last()) {
                    { " " }<a href={doc.reading_address(reading)}>{ "依据本站的读法 " }{ reading }</a>
                }
            </p>
        };
    }
    let clock = visits.last().and_then(|(stage, _)| doc.document().clock_of(stage));
    match clock.zip(running(doc.document(), procedure, &by_id)) {
        Some((clock, due)) => html! { <p data-test="stage-due">{ &clock.says }{ due_words(clock, due) }</p> },
        None => Html::default(),
    }
}

/// The day on which the present stage began.
pub(super) fn since(view: &CaseView) -> NaiveDate {
    let moved = view.events.iter().rev().find_map(|event| match &event.action {
        Action::Moved { on, .. } => Some(*on),
        _ => None,
    });
    moved.unwrap_or_else(|| day(view.received_at))
}

/// When the present stage is to be over, for a calendar.
pub(super) fn dated(doc: Doc, view: &CaseView) -> Option<Dated> {
    let procedure = doc.procedure(view.kind)?;
    let visits = visits(view, procedure);
    let by_id = by_id(&visits);
    let (stage, _) = *visits.last()?;
    let clock = doc.document().clock_of(stage)?;
    Some(of_stage(stage, clock, running(doc.document(), procedure, &by_id)?))
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
fn due_words(clock: &Clock, due: Due) -> String {
    let provisional =
        if due.provisional { "那一年的放假安排还没公布，日期是暂算的。" } else { "" };
    format!("按规定{}到 {}。{provisional}", limit_word(clock), date_words(due.last_day))
}

fn item(stage: &Stage, state: TimelineState, date: String, note: Html) -> TimelineItem {
    TimelineItem { label: stage.label.clone().into(), state: Some(state), date: date.into(), note }
}

fn by_id(visits: &[Visit]) -> Vec<(&'static str, NaiveDate)> {
    visits.iter().map(|(stage, on)| (stage.id.as_str(), *on)).collect()
}

/// When a stage that is ahead begins, if everything before it takes all the time that it may.
fn expected_words(expected: &Expected) -> String {
    let provisional = if expected.due.is_some_and(|due| due.provisional) {
        "，那一年的放假安排还没公布"
    } else {
        ""
    };
    format!("估计 {} 前后开始{provisional}", date_words(expected.from))
}

/// On what the days of the stages ahead rest, or why there are none.
fn basis(expected: &[Expected]) -> &'static str {
    if expected.first().is_some_and(|one| one.firm) {
        "日期是按每一步都用满规定的时间、按工作日推算的，早晚都可能；文件没有写天数的那一步往后，推不出日期。"
    } else {
        "现在这一步文件没有写天数，后面的日期推不出来。"
    }
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

/// A stage with the day on which it began.
type Visit = (&'static Stage, NaiveDate);

/// The stages the case went through with their days, the present one last. A stage that the procedure
/// no longer knows is left out.
fn visits(view: &CaseView, procedure: &'static Procedure) -> Vec<Visit> {
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
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::model::CaseKind;
    use protocol::case::{Actor, Event};

    use super::*;

    /// A case of 永顺 that went through these stages on these days.
    pub(in crate::status) fn at(kind: CaseKind, stages: &[(&str, &str)]) -> CaseView {
        let events: Vec<Event> = (1..).zip(stages).map(|(seq, (stage, on))| moved(seq, stage, on)).collect();
        CaseView {
            office: "yongshun-2023".to_owned(),
            kind,
            lookup: "00112233445566778899aabbccddeeff".to_owned(),
            document_hash: String::new(),
            stage: stages.last().map_or_else(String::new, |(stage, _)| (*stage).to_owned()),
            received_at: 1_772_294_700,
            withdraw_until: 0,
            withdrawn: false,
            destroyed_at: None,
            kept_days: None,
            not_before: None,
            reply_to: String::new(),
            total: 1 + u64::try_from(events.len()).unwrap(),
            events,
            head: String::new(),
        }
    }

    fn moved(seq: u64, stage: &str, on: &str) -> Event {
        Event {
            seq,
            at: 1_772_294_700,
            by: Actor::Applicant,
            action: Action::Moved { stage: stage.to_owned(), on: on.parse().unwrap() },
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
        let on = "2026-11-02";
        let view = at(CaseKind::Application, &[("accepted", on), ("no_such_stage", on), ("supplement", on)]);
        let ids: Vec<&str> = visits(&view, procedure).iter().map(|(stage, _)| stage.id.as_str()).collect();
        assert_eq!(ids, ["submitted", "accepted", "supplement"]);
    }

    #[test]
    fn what_is_dated_is_the_clock_that_runs_and_nothing_while_it_stands_still() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let on = |stages: &[(&str, &str)]| {
            dated(doc, &at(CaseKind::Application, stages)).map(|dated| dated.on.to_string())
        };
        let review = ("town_review", "2026-11-02");
        assert_eq!(on(&[review]).as_deref(), Some("2026-11-30"));
        assert_eq!(on(&[review, ("supplement", "2026-11-09")]), None);
        let back = [review, ("supplement", "2026-11-09"), ("town_review", "2026-11-16")];
        assert_eq!(on(&back).as_deref(), Some("2026-12-07"));
    }
}
