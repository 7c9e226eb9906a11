//! What an applicant sent: people, facts, the replayed assessment, declarations.

use policies::{Compiled, model::Declares};
use protocol::letter::Application;
use yew::prelude::*;

use super::assessment::AssessmentView;
use super::facts::Facts;
use super::people::People;

use ui::components::{Card, DataList, DataRow};
use ui::words::{date_words, wanted_words};

/// The rules of the office, compared by their hash.
#[derive(Clone, Copy)]
pub(crate) struct Rules(pub &'static Compiled);

impl PartialEq for Rules {
    fn eq(&self, other: &Self) -> bool {
        self.0.hash() == other.0.hash()
    }
}

/// Props of [`ApplicationView`].
#[derive(Properties, PartialEq)]
pub(crate) struct ApplicationViewProps {
    /// The letter.
    pub(crate) application: Application,
    /// The office's rules.
    pub(crate) rules: Rules,
}

/// An application.
#[component]
pub(crate) fn ApplicationView(props: &ApplicationViewProps) -> Html {
    let application = &props.application;
    let mut rows = vec![DataRow::new("申请日期", date_words(application.on))];
    if let Some(wanted) = wanted_words(application.wanted) {
        rows.push(DataRow::new("希望的保障方式", wanted));
    }
    rows.push(DataRow::new("现住址", html! { <bdi>{ &application.address }</bdi> }));
    if !application.remarks.is_empty() {
        let remarks = html! { <bdi class="desk-prose" data-test="remarks">{ &application.remarks }</bdi> };
        rows.push(DataRow::new("补充说明", remarks));
    }
    let names = std::iter::once(&application.applicant)
        .chain(&application.members)
        .map(|person| person.name.clone())
        .collect::<Vec<_>>();
    html! {
        <>
            <Card title="申请事项" test="application"><DataList {rows} /></Card>
            <People applicant={application.applicant.clone()} members={application.members.clone()} on={application.on} />
            <Facts household={application.household.clone()} {names} />
            { priorities(application, props.rules) }
            <AssessmentView application={application.clone()} rules={props.rules} />
            { declarations(application, props.rules) }
        </>
    }
}

/// The groups that come first and that the household says it is one of, each with its article. Answers that the rules of
/// this desk do not know say nothing here; the facts above show them.
fn priorities(application: &Application, rules: Rules) -> Html {
    let found = policies::priorities(rules.0, &application.household, application.on).unwrap_or_default();
    let certain: Vec<_> = found.into_iter().filter(|group| group.certain).collect();
    if certain.is_empty() {
        return Html::default();
    }
    html! {
        <Card title="申请人说可以优先的" test="priorities">
            <ul>
                for group in certain {
                    <li data-test={format!("priority-{}", group.priority.id)}>
                        <strong>{ &group.priority.label }</strong>
                        { format!("（{}）", group.priority.cite.article) }
                        <p class="muted desk-noprint">{ &group.priority.says }</p>
                    </li>
                }
            </ul>
            <p>{ "这是申请人自己说的，要核实。本站不打分，不排先后。" }</p>
        </Card>
    }
}

fn declarations(application: &Application, rules: Rules) -> Html {
    let declared = &application.declarations;
    let mark = |made: bool| if made { "已声明" } else { "没有声明" };
    // What the document does not ask for was not offered: it says nothing that it is not ticked.
    let asked = |wanted: &[Declares]| {
        rules.0.document().papers.iter().filter_map(|paper| paper.declares).any(|d| wanted.contains(&d))
    };
    let checked = asked(&[Declares::Consent, Declares::Authorisation]);
    let mut rows = Vec::new();
    if declared.truth || asked(&[Declares::Truth]) {
        rows.push(DataRow::new("如实申报", mark(declared.truth)));
    }
    if declared.consent || checked {
        rows.push(DataRow::new("同意并授权核查", mark(declared.consent)));
    }
    if let Some((from, until)) = declared.authorised {
        rows.push(DataRow::new("授权期限", format!("{}到{}", date_words(from), date_words(until))));
    }
    if declared.members_agree || (checked && !application.members.is_empty()) {
        rows.push(DataRow::new("其他成年成员同意", mark(declared.members_agree)));
    }
    rows.push(DataRow::new("声明日期", date_words(declared.on)));
    html! {
        <Card title="声明与授权" test="declarations">
            <DataList {rows} />
            if !declared.wording.is_empty() {
                <details>
                    <summary>{ "当时显示给申请人的原文" }</summary>
                    <ul>
                        for sentence in declared.wording.iter() {
                            <li>{ sentence }</li>
                        }
                    </ul>
                </details>
            }
        </Card>
    }
}
