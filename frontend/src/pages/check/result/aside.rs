//! Around the verdict: what is missing, what to do next, papers, the replies themselves.

use chrono::NaiveDate;
use policies::{
    assessment::{Answer, Assessment, Outcome},
    model::CaseKind,
};
use yew::prelude::*;

use crate::{
    components::{Button, ButtonLink, Card, Cited, DataList, DataRow, Look},
    route::Route,
    state::{place::Doc, self_check::SelfCheck},
    text::reply_words,
};

/// Props of [`Missing`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct MissingProps {
    /// The replies.
    pub(super) check: SelfCheck,
    /// What the engine says.
    pub(super) assessment: Assessment,
    /// Answer one fact after all.
    pub(super) on_change: Callback<String>,
}

/// What was answered 不知道 and could still change something.
#[component]
pub(super) fn Missing(props: &MissingProps) -> Html {
    let open: Vec<_> = props
        .assessment
        .questions
        .iter()
        .filter(|fact| props.check.trail().contains(fact))
        .filter_map(|fact| policies::rulebook().fact(fact))
        .collect();
    if open.is_empty() {
        return Html::default();
    }
    html! {
        <Card title="还缺的信息" test="missing">
            <p>{ "这几项您答了“不知道”。弄清楚以后，点“补上”就能得到更准的结果。" }</p>
            <DataList rows={open.into_iter().map(|fact| {
                let on_change = props.on_change.clone();
                let id = fact.id.clone();
                let onclick = Callback::from(move |_: MouseEvent| on_change.emit(id.clone()));
                DataRow::new(fact.label.clone(), html! { &fact.question }).with_action(html! {
                    <Button look={Look::Quiet} {onclick} test={format!("fill-{}", fact.id)} label={format!("补上{}", fact.label)}>{ "补上" }</Button>
                })
            }).collect::<Vec<_>>()} />
        </Card>
    }
}

/// Props of [`NextSteps`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct NextStepsProps {
    /// The document.
    pub(super) doc: Doc,
    /// The verdict.
    pub(super) outcome: Outcome,
}

/// Apply with these answers, read on, or print.
#[component]
pub(super) fn NextSteps(props: &NextStepsProps) -> Html {
    let doc = props.doc;
    let place = || doc.document().place.id.clone();
    let can_apply = doc.procedure(CaseKind::Application).is_some();
    let print = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            // A browser without printing (some web views) does nothing: the page stays readable.
            let _ = window.print();
        }
    });
    html! {
        <Card title="接下来" class="no-print">
            if can_apply && props.outcome == Outcome::NotEligible {
                <p>{ "觉得哪里测得不对，或者情况特殊，仍然可以申请，由窗口审核。" }</p>
            }
            <div class="row">
                if can_apply {
                    <ButtonLink
                        to={Route::Apply { place: place() }}
                        look={if props.outcome == Outcome::NotEligible { Look::Secondary } else { Look::Primary }}
                        test="start-apply"
                    >
                        { "用这些答案开始申请" }
                    </ButtonLink>
                }
                <ButtonLink to={Route::Guide { place: place() }} look={Look::Secondary} test="guide">{ "看办事指南" }</ButtonLink>
                <Button look={Look::Secondary} onclick={print} test="print">{ "打印或存成文件" }</Button>
            </div>
        </Card>
    }
}

/// Props of [`Papers`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PapersProps {
    /// The document.
    pub(super) doc: Doc,
    /// The replies.
    pub(super) check: SelfCheck,
    /// The date.
    pub(super) on: NaiveDate,
}

/// The papers this household needs for what the document decides: an application or a renewal.
#[component]
pub(super) fn Papers(props: &PapersProps) -> Html {
    let doc = props.doc;
    let papers = policies::papers(
        doc.compiled(),
        &props.check.household(),
        props.on,
        doc.decided_case(),
    )
    .unwrap_or_default();
    let needed: Vec<_> = papers.into_iter().filter(|(_, needed)| *needed != Answer::NotMet).collect();
    html! {
        <Card title="要准备的材料" test="papers">
            if needed.is_empty() {
                <p>{ "这份文件没有列出要交的材料，请问窗口要带什么。" }</p>
            } else {
                <ul class="entries">
                    for (paper, answer) in needed {
                        <li class="entry" key={paper.id.clone()}>
                            <p class="entry__title">
                                { &paper.label }
                                if answer == Answer::Unknown {
                                    <span class="badge badge--unknown">{ "可能要" }</span>
                                }
                            </p>
                            if !paper.issued_by.is_empty() {
                                <p>{ "由 " }{ &paper.issued_by }{ " 出具" }</p>
                            }
                            if !paper.says.is_empty() {
                                <p>{ &paper.says }</p>
                            }
                            <Cited {doc} cite={paper.cite.clone()} />
                        </li>
                    }
                </ul>
            }
        </Card>
    }
}

/// Props of [`Answers`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AnswersProps {
    /// The replies.
    pub(super) check: SelfCheck,
    /// Change one.
    pub(super) on_change: Callback<String>,
}

/// The replies, each of which can be changed.
#[component]
pub(super) fn Answers(props: &AnswersProps) -> Html {
    let rows: Vec<DataRow> = props
        .check
        .trail()
        .iter()
        .filter_map(|id| {
            let fact = policies::rulebook().fact(id)?;
            let reply = props.check.reply(id)?;
            let on_change = props.on_change.clone();
            let id = id.clone();
            let onclick = Callback::from(move |_: MouseEvent| on_change.emit(id.clone()));
            let action = html! {
                <Button look={Look::Quiet} {onclick} test={format!("change-{}", fact.id)} label={format!("修改{}", fact.label)}>
                    { "修改" }
                </Button>
            };
            Some(DataRow::new(fact.label.clone(), html! { reply_words(fact, reply) }).with_action(action))
        })
        .collect();
    html! {
        <Card title="您的回答" test="answers">
            <DataList {rows} />
            <p class="no-print muted">{ "用的是公共设备？到“关于本站与隐私”里可以一键清除。" }</p>
        </Card>
    }
}
