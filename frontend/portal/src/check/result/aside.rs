//! Around the verdict: what is missing, what to do next, papers, the replies themselves.

use policies::{
    assessment::{Assessment, Outcome},
    model::CaseKind,
};
use yew::prelude::*;

use crate::{
    check::{reply_words, self_check::SelfCheck, telling::papers_of, together::told_words},
    frame::ButtonLink,
    route::Route,
};
use ui::{
    components::{Button, Card, Cited, DataList, DataRow, Look, fold},
    place::Doc,
};

/// What was answered 不知道 and could still change something.
pub(super) fn missing(check: &SelfCheck, assessment: &Assessment, on_change: &Callback<String>) -> Html {
    let open: Vec<_> = assessment
        .questions
        .iter()
        .filter(|fact| check.trail().iter().any(|asked| *asked == **fact))
        .filter_map(|fact| policies::rulebook().fact(fact))
        .collect();
    if open.is_empty() {
        return Html::default();
    }
    html! {
        <Card title="还缺的信息" test="missing">
            <p>{ "您答了“不知道”的，弄清楚以后点“补上”，就能得到更准的结果。" }</p>
            <DataList rows={open.into_iter().map(|fact| {
                let on_change = on_change.clone();
                let id = fact.id.clone();
                let onclick = Callback::from(move |_: MouseEvent| on_change.emit(id.clone()));
                DataRow::new(fact.label.clone(), html! { &fact.question }).with_action(html! {
                    <Button look={Look::Primary} {onclick} test={format!("fill-{}", fact.id)} label={format!("补上{}", fact.label)}>{ "补上" }</Button>
                })
            }).collect::<Vec<_>>()} />
        </Card>
    }
}

/// What to do now: the one thing that gets on, loudest, and the rest beside it.
pub(super) fn next_steps(doc: Doc, outcome: Outcome) -> Html {
    let place = || doc.document().place.id.clone();
    let can_apply = doc.procedure(CaseKind::Application).is_some();
    let ready = matches!(outcome, Outcome::Eligible | Outcome::Ask);
    let guide = if can_apply { Look::Secondary } else { Look::Primary };
    html! {
        <div class="row no-print">
            if can_apply {
                <ButtonLink
                    to={Route::Apply { place: place() }}
                    look={if ready { Look::Primary } else { Look::Secondary }}
                    test="start-apply"
                >
                    { if outcome == Outcome::NotEligible { "仍要申请" } else { "开始申请" } }
                </ButtonLink>
            }
            <ButtonLink to={Route::Guide { place: place() }} look={guide} test="guide">{ "看怎样办" }</ButtonLink>
        </div>
    }
}

/// The papers this household needs for what the document decides: an application or a renewal.
pub(super) fn papers(doc: Doc, check: &SelfCheck, assessment: &Assessment) -> Html {
    let needed = papers_of(doc, &check.household(), Some(assessment), doc.decided_case(), assessment.on);
    let note = if needed.is_empty() { String::new() } else { format!("{} 样", needed.len()) };
    let body = html! {
        <>
            if assessment.outcome == Some(Outcome::NotEligible) && !needed.is_empty() {
                <p>{ "现在不符合，不用急着准备。情况变了或者仍要申请时，一般要这些：" }</p>
            }
            if needed.is_empty() {
                <p>{ "这份文件没有列出要交的材料，请问窗口要带什么。" }</p>
            } else {
                <ul class="entries">
                    for (paper, certain) in needed {
                        <li class="entry" key={paper.id.clone()}>
                            <p class="entry__title">
                                { &paper.label }
                                if !certain {
                                    <span class="badge badge--unknown">{ "可能要" }</span>
                                }
                            </p>
                            if !paper.issued_by.is_empty() {
                                <p>{ "由" }{ &paper.issued_by }{ "出具" }</p>
                            }
                            if !paper.says.is_empty() {
                                <p>{ &paper.says }</p>
                            }
                            <Cited {doc} cite={paper.cite.clone()} />
                        </li>
                    }
                </ul>
            }
        </>
    };
    fold("papers", "要准备的材料", note, body)
}

/// That some come first, where the document says so, and whether the answers tell it of this household: the guide says
/// who else, the form asks.
pub(super) fn priorities(doc: Doc, check: &SelfCheck, assessment: &Assessment) -> Html {
    if doc.priorities.is_empty() || assessment.outcome == Some(Outcome::NotEligible) {
        return Html::default();
    }
    let groups = policies::priorities(doc.compiled(), &check.household(), assessment.on).unwrap_or_default();
    let told = groups.into_iter().filter(|group| group.certain).map(|group| group.priority);
    let told: Vec<String> =
        told.map(|priority| [&priority.label, "（", &priority.cite.article, "）"].concat()).collect();
    let who = ["/", &doc.place.id, "/guide#priority"].concat();
    html! {
        <p data-test="priority">
            if told.is_empty() {
                { "有的人家可以优先：" }
            } else {
                { "您家可能优先：" }{ told.join("；") }{ "。自测没有问到的：" }
            }
            <a href={who}>{ "看看有没有您家" }</a>{ "，填申请时打勾。" }
        </p>
    }
}

/// The replies, each of which can be changed.
pub(super) fn answers(check: &SelfCheck, on_change: &Callback<String>) -> Html {
    let rows: Vec<DataRow> = check
        .trail()
        .iter()
        .filter_map(|id| {
            let fact = policies::rulebook().fact(id)?;
            let reply = check.reply(id)?;
            let on_change = on_change.clone();
            let id = id.clone();
            let onclick = Callback::from(move |_: MouseEvent| on_change.emit(id.clone()));
            let action = html! {
                <Button look={Look::Quiet} {onclick} test={format!("change-{}", fact.id)} label={format!("修改{}", fact.label)}>
                    { "修改" }
                </Button>
            };
            let told = check.rule().zip(check.together()).filter(|_| check.begins_with(&fact.id));
            let words = told.map_or_else(|| reply_words(fact, reply), |(rule, told)| told_words(rule, told, false));
            Some(DataRow::new(fact.label.clone(), html! { words }).with_action(action))
        })
        .collect();
    let note = format!("{} 题", rows.len());
    let body = html! {
        <>
            <DataList {rows} />
            <p class="no-print muted">{ "用的是公共设备？到“关于本站与隐私”里可以一键清除。" }</p>
        </>
    };
    fold("answers", "您的回答", note, body)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::household::Value;

    use super::*;
    use crate::{
        check::{
            result::{Shown, ShownProps},
            self_check::CheckAction,
        },
        on_trial::rendered,
    };

    #[test]
    fn who_comes_first_is_said_as_far_as_the_answers_tell_it() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let shown = |income: &str| {
            let reply = Some(Value::Choice(income.to_owned()));
            let check = SelfCheck::new(doc, "2026-03-01".parse().unwrap())
                .after(CheckAction::Restore(None))
                .after(CheckAction::Reply("income_category".to_owned(), reply));
            rendered::<Shown>(ShownProps { doc, check })
        };
        let first = "您家可能优先：低保、低收入、中等偏下收入家庭，在新职工、务工的人前面（第二十一条）。";
        assert!(shown("dibao").contains(first));
        let other = shown("none");
        assert!(other.contains("有的人家可以优先：") && !other.contains("您家可能优先"));
    }
}
