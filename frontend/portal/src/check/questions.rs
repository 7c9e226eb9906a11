//! The self-check page: the question at hand, the way back, and on to the result.

use policies::model::Fact;
use yew::prelude::*;

use super::{
    follow::use_latest,
    position::{Position, go_to_question},
    question::Question,
    together::{WhoTogether, told_words},
    why::reasons,
};
use crate::{
    check::self_check::{CheckAction, Reply, SelfCheck},
    frame::{ButtonLink, PlaceTrail},
    route::Route,
    router::{use_location, use_navigator},
};
use ui::{
    components::{AskFirst, Button, Look, Notice, Page, Tone},
    hooks::use_today,
    place::Doc,
};

/// Props of [`Questions`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct QuestionsProps {
    /// The document.
    pub(super) doc: Doc,
}

/// One question a page.
#[component]
pub(super) fn Questions(props: &QuestionsProps) -> Html {
    let doc = props.doc;
    let today = use_today();
    let navigator = use_navigator();
    let position = Position::of(&use_location());
    let kept = use_state(|| true);
    let check = use_state(|| SelfCheck::new(doc, today));
    // The question that the plain address, without a number, stood for when it was opened.
    let entered = use_mut_ref(|| 0_usize);
    {
        let check = check.clone();
        use_effect_with(position.n, move |n| {
            let first = !check.is_ready();
            let mut ready = if first {
                check.after(CheckAction::Restore(SelfCheck::stored(doc)))
            } else {
                (*check).clone()
            };
            if first && n.is_none() {
                *entered.borrow_mut() = ready.trail().len();
            }
            let n = n.unwrap_or_else(|| *entered.borrow());
            if n != ready.trail().len() {
                ready = ready.after(CheckAction::GoTo(n));
            }
            if ready != *check {
                check.set(ready);
            }
        });
    }

    let act = {
        let (check, kept, navigator) = (check.clone(), kept.clone(), navigator.clone());
        Callback::from(move |action: CheckAction| {
            let answered = matches!(
                action,
                CheckAction::Reply(..) | CheckAction::Change(..) | CheckAction::Together(..)
            );
            let after = check.after(action);
            kept.set(after.save());
            check.set(after.clone());
            if answered && after.current().is_none() {
                if let Some(navigator) = &navigator {
                    navigator.push(&Route::Result { place: doc.place.id.clone() });
                }
            } else {
                let n = Some(after.trail().len());
                go_to_question(navigator.as_ref(), doc, Position { n, change: false });
            }
        })
    };

    use_latest(Some(&*check).filter(|check| check.is_ready()), *kept);
    let above = html! { <PlaceTrail {doc} /> };
    if !check.is_ready() {
        return html! { <Page title="自测资格" {above}>{ "" }</Page> };
    }
    let on_restart = act.reform(|()| CheckAction::Restart);
    let fact = check.current().and_then(|id| policies::rulebook().fact(id));
    let Some(fact) = fact else {
        return html! { <AllAnswered {doc} {above} {on_restart} last={check.trail().len().saturating_sub(1)} /> };
    };

    let asked = check.trail().len();
    let remaining = check.open_questions().len();
    let on_reply = act.reform(move |reply: Reply| {
        if position.change {
            CheckAction::Change(fact.id.clone(), reply)
        } else {
            CheckAction::Reply(fact.id.clone(), reply)
        }
    });
    let on_back = asked.checked_sub(1).map(|index| act.reform(move |()| CheckAction::GoTo(index)));
    let reasons = check.assessment().map(|found| reasons(doc, found, &fact.id)).unwrap_or_default();
    let rule = check.rule().filter(|_| check.begins_with(&fact.id));
    let title = rule.map_or(doc.compiled().question(fact), |rule| &rule.label).clone();
    html! {
        <Page {title} window_title={format!("自测资格 · {}", doc.place.name)} {above}>
            <p class="progress" data-test="progress">
                { progress_words(asked, remaining) }
                <progress value={asked.to_string()} max={(asked + remaining).to_string()} aria-hidden="true" />
            </p>
            if asked == 0 {
                <p class="muted">{ "不用留姓名，答案只存在这台设备上。不知道的可以点“不知道”跳过。" }</p>
            }
            if !*kept {
                <Notice tone={Tone::Warning}>
                    <p>{ "这台设备不让保存答案，关掉页面后要重新答。" }</p>
                </Notice>
            }
            if let Some(words) = whose(&check, fact) {
                <p class="muted" data-test="whose">{ "算的是这几个人：" }{ words }</p>
            }
            if let Some(rule) = rule {
                <WhoTogether
                    {rule}
                    earlier={check.together().cloned()}
                    on_told={act.reform(CheckAction::Together)}
                    on_unknown={on_reply.reform(|()| None)}
                    {on_back}
                />
            } else {
            <Question
                key={fact.id.clone()}
                {doc}
                {fact}
                earlier={check.reply(&fact.id).cloned()}
                {reasons}
                {on_reply}
                {on_back}
                {on_restart}
                loses={lost_by_restart(asked)}
            />
            }
        </Page>
    }
}

/// Whose counts in a question on what people have or are, where it was told who applies together.
fn whose(check: &SelfCheck, fact: &Fact) -> Option<String> {
    let (rule, told) = check.rule().zip(check.together()).filter(|_| fact.whose)?;
    Some(told_words(rule, told, true))
}

/// What beginning again loses.
fn lost_by_restart(asked: usize) -> String {
    if asked == 0 {
        String::new()
    } else {
        format!("已经答好的 {asked} 题都会清掉，要从第一题重新答。")
    }
}

/// How far along; the rest is told only once it is short, because most of it is never asked, and a count that ends all at
/// once has promised too much.
fn progress_words(asked: usize, remaining: usize) -> String {
    let number = asked + 1;
    match remaining.saturating_sub(1) {
        0 => format!("第 {number} 题，答完这题就有结果"),
        rest @ 1..=3 => format!("第 {number} 题，最多还有 {rest} 题"),
        _ => format!("第 {number} 题，答到能下结论就停"),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct AllAnsweredProps {
    doc: Doc,
    above: Html,
    last: usize,
    on_restart: Callback<()>,
}

/// The self-check was finished before: look at the result, change something, or begin again.
#[component]
fn AllAnswered(props: &AllAnsweredProps) -> Html {
    let (doc, last) = (props.doc, props.last);
    let navigator = use_navigator();
    let back = Callback::from(move |_: MouseEvent| {
        go_to_question(navigator.as_ref(), doc, Position { n: Some(last), change: false });
    });
    html! {
        <Page title="您已经答完了" above={props.above.clone()} lead="上次的答案还在这台设备上。">
            <div class="row">
                <ButtonLink to={Route::Result { place: doc.place.id.clone() }} test="see-result">{ "看结果" }</ButtonLink>
                <Button look={Look::Secondary} onclick={back} test="check-back">{ "上一步" }</Button>
                <AskFirst says="重新开始" loses={lost_by_restart(last + 1)} onclick={props.on_restart.clone()} test="restart" />
            </div>
        </Page>
    }
}
