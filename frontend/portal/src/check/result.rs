//! What the self-check came to: verdict, money, what is missing, reasons, papers, whom to ask.

mod aside;
mod category;
mod changes;
mod glance;
mod money;
mod requirement;
mod verdict;

use policies::FactError;
use yew::prelude::*;

use super::{
    follow::use_latest,
    position::{Position, go_to_question},
    refuse::NoCheck,
};
use crate::{
    check::self_check::{CheckAction, SelfCheck},
    frame::{ButtonLink, PlaceProps, PlaceTrail, UnknownPlace},
    route::Route,
    router::use_navigator,
};
use ui::{
    components::{Button, Contacts, Look, Page, Standing, fold},
    hooks::use_today,
    place::Doc,
    words::{date_words, outcome_word},
};

/// The result page of one place.
#[component]
pub(crate) fn CheckResult(props: &PlaceProps) -> Html {
    let today = use_today();
    let doc = Doc::of_place(&props.place, today);
    // None: storage not looked at yet. Some(None): nothing answered.
    let check = use_state(|| None::<Option<SelfCheck>>);
    {
        let check = check.clone();
        use_effect_with(doc, move |doc| {
            check.set(Some(doc.and_then(|doc| SelfCheck::load(doc, today))));
        });
    }
    use_latest(check.as_ref().and_then(Option::as_ref), true);
    let Some(doc) = doc else {
        return html! { <UnknownPlace /> };
    };
    if !doc.has_conditions() || !doc.in_force(today) {
        return html! { <NoCheck {doc} /> };
    }
    match &*check {
        None => html! {},
        Some(None) => nothing_answered(doc),
        Some(Some(now)) => match now.assessment() {
            Ok(_) => html! { <Shown {doc} check={now.clone()} /> },
            Err(errors) => unusable(doc, errors),
        },
    }
}

/// Props of [`Shown`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ShownProps {
    /// The document.
    pub(super) doc: Doc,
    /// Its self-check, assessed.
    pub(super) check: SelfCheck,
}

/// A verdict with everything that explains it.
#[component]
pub(super) fn Shown(props: &ShownProps) -> Html {
    let ShownProps { doc, check } = props;
    let doc = *doc;
    let navigator = use_navigator();
    let Some((assessment, outcome)) = check.assessment().ok().and_then(|found| Some((found, found.outcome?)))
    else {
        return html! { <NoCheck {doc} /> };
    };
    let go_on = check.can_go_on().then(|| {
        let (check, navigator) = (check.clone(), navigator.clone());
        Callback::from(move |()| {
            let after = check.after(CheckAction::GoOn);
            after.save();
            let n = Some(after.trail().len());
            go_to_question(navigator.as_ref(), doc, Position { n, change: false });
        })
    });
    let on_change = {
        let trail = check.trail().to_vec();
        Callback::from(move |fact: String| {
            let n = trail.iter().position(|known| *known == fact);
            go_to_question(navigator.as_ref(), doc, Position { n, change: true });
        })
    };
    let onclick = Callback::from(|_: MouseEvent| ui::browser::print_page());
    html! {
        <Page
            title={outcome_word(outcome)}
            window_title={format!("自测结果 · {}", doc.place.name)}
            above={html! { <PlaceTrail {doc} /> }}
        >
            { verdict::verdict(doc, check, assessment) }
            { glance::glance(doc, check, assessment, &on_change) }
            { aside::next_steps(doc, outcome) }
            { aside::missing(check, assessment, &on_change) }
            { changes::changes(doc, assessment, go_on) }
            { category::categories(doc, check, assessment) }
            { aside::papers(doc, check, assessment) }
            { aside::priorities(doc, check, assessment) }
            { money::money(doc, assessment) }
            { glance::heed(doc, assessment) }
            { fold("contacts", "去哪里问、去哪里办", String::new(), html! { <Contacts {doc} /> }) }
            { aside::answers(check, &on_change) }
            if doc.is_doubtful(assessment.on) {
                <Standing {doc} />
            }
            <p class="row no-print"><Button look={Look::Quiet} {onclick} test="print">{ "打印或存成文件" }</Button></p>
            <p class="muted">
                { format!("测算日期：{}。依据：{}。", date_words(assessment.on), doc.title) }
            </p>
        </Page>
    }
}

/// A result page without a self-check.
fn nothing_answered(doc: Doc) -> Html {
    html! {
        <Page
            title="还没有自测"
            above={html! { <PlaceTrail {doc} /> }}
            lead="这台设备上没有您的答案。从第一个问题开始，一般几分钟就能答完。"
        >
            <ButtonLink to={Route::Check { place: doc.place.id.clone() }} test="start-check">{ "开始自测" }</ButtonLink>
        </Page>
    }
}

/// Stored answers that the rulebook no longer understands.
fn unusable(doc: Doc, errors: &[FactError]) -> Html {
    html! {
        <Page title="以前的答案用不上了" above={html! { <PlaceTrail {doc} /> }} lead="文件或题目更新过，请重新答一遍。">
            <ul>
                for error in errors.iter() {
                    <li>{ &error.message }</li>
                }
            </ul>
            <ButtonLink to={Route::Check { place: doc.place.id.clone() }} test="start-check">{ "重新自测" }</ButtonLink>
        </Page>
    }
}
