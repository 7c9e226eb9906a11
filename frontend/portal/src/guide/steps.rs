//! Procedures with their stages, and the times that bind them.

use policies::model::{Procedure, Stage};
use yew::prelude::*;

use super::{Jump, entries, entry, who};
use crate::{frame::ButtonLink, route::Route};
use ui::{
    components::{Cited, Look, Timeline, TimelineItem},
    place::Doc,
    words::{clock_words, next_words, window_words},
};

pub(super) fn procedures(doc: Doc) -> Option<Html> {
    let procedures = &doc.document().procedures;
    (!procedures.is_empty()).then(|| {
        html! {
            for (index, procedure) in procedures.iter().enumerate() {
                { one(doc, procedure, index == 0) }
            }
        }
    })
}

fn one(doc: Doc, procedure: &'static Procedure, open: bool) -> Html {
    let online = doc.has_form(procedure.case);
    // Where nothing can be sent, the steps that this site adds are not there.
    let stages = procedure.stages.iter().filter(|stage| online || !stage.ours);
    let items: Vec<TimelineItem> = stages.map(|stage| stage_item(doc, procedure, stage, online)).collect();
    html! {
        <details class="category" {open}>
            <summary><span class="category__name">{ &procedure.label }</span></summary>
            <p>{ &procedure.says }</p>
            if online {
                <p>
                    <ButtonLink to={Route::of_case(doc.document().place.id.clone(), procedure.case)} look={Look::Secondary}>
                        { "在线写" }
                    </ButtonLink>
                </p>
            } else {
                <p>
                    { "这件事本站还不能在线提交，请直接到窗口办：" }
                    <Jump to="contacts" name="看电话和地点" />
                </p>
            }
            if !procedure.no_papers.is_empty() {
                <p>{ &procedure.no_papers }</p>
            }
            <Cited {doc} cite={procedure.cite.clone()} />
            <Timeline {items} />
        </details>
    }
}

fn stage_item(doc: Doc, procedure: &Procedure, stage: &'static Stage, online: bool) -> TimelineItem {
    let clock = doc.document().clock_of(stage);
    TimelineItem {
        label: stage.label.clone().into(),
        state: None,
        date: clock.map_or_else(AttrValue::default, |clock| format!("时限：{}", clock_words(clock)).into()),
        note: html! {
            <>
                <p>{ &stage.says }</p>
                { who("谁办", &stage.by) }
                { who("接下来", &next_words(procedure, stage, online)) }
                <Cited {doc} cite={stage.cite.clone()} />
            </>
        },
    }
}

pub(super) fn times(doc: Doc) -> Option<Html> {
    let document = doc.document();
    let windows = document.windows.iter().map(|window| {
        let more = html! {
            <><p class="number">{ window_words(window) }</p>{ who("谁要做", &window.by) }</>
        };
        entry(doc, &window.label, &window.says, &window.cite, more)
    });
    let clocks = document.clocks.iter().map(|clock| {
        let from = if clock.backwards { "从哪天往前算" } else { "从什么时候算" };
        let more = html! {
            <>
                <p class="number">{ clock_words(clock) }</p>
                { who(from, &clock.starts) }
                { who("谁要做到", &clock.by) }
            </>
        };
        entry(doc, &clock.label, &clock.says, &clock.cite, more)
    });
    let bars = document.bars.iter().map(|bar| {
        let more = html! {
            <p class="number">{ format!("从{}起 {} 年内", bar.starts, bar.years) }</p>
        };
        entry(doc, &bar.label, &bar.says, &bar.cite, more)
    });
    entries(windows.chain(clocks).chain(bars).collect())
}
