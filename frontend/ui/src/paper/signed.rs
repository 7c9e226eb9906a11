//! What the document wants signed by hand: a promise, a consent, an authorisation with its first and last day.

use chrono::{Months, NaiveDate};
use policies::model::{CaseKind, Declares, Paper};
use protocol::letter::{Application, Person};
use yew::prelude::*;

use super::{
    Standing, foot, head, leaf,
    typeset::{blank, filled},
};
use crate::{place::Doc, words::date_words};

/// Months until somebody signs for himself.
const OF_AGE: Months = Months::new(18 * 12);

/// A sheet for each paper that an application declares something in.
pub(super) fn declarations(doc: Doc, application: &Application, standing: &Standing) -> Html {
    let told = &application.declarations;
    let papers = papers(doc, CaseKind::Application).zip(&told.wording);
    papers
        .map(|((paper, declares), wording)| {
            let span = told.authorised.filter(|_| declares == Declares::Authorisation);
            // A promise is whoever's who applies; what is looked into may be anybody's of age.
            let members = if declares == Declares::Truth { &[][..] } else { &application.members[..] };
            let members = members.iter().filter(|person| is_of_age(person, application.on));
            let inside = html! {
                <>
                    { head(doc, &paper.label, standing) }
                    <p class="paper__words">{ wording }</p>
                    if let Some((from, until)) = span {
                        <p class="paper__words" data-test="paper-span">
                            { format!("授权期限：从 {} 到 {}，头尾两天都算在内。", date_words(from), date_words(until)) }
                        </p>
                    }
                    for person in std::iter::once(&application.applicant).chain(members) {
                        { signature(person) }
                    }
                    <p class="muted">{ format!("{}（{}）窗口有自己的格式的，用窗口的。", paper.says, paper.cite.article) }</p>
                    { foot(doc, told.on, standing) }
                </>
            };
            leaf(name(declares), standing, inside)
        })
        .collect()
}

/// The line to sign on under a form whose document wants something signed; nothing where it does not.
pub(super) fn line(doc: Doc, case: CaseKind) -> Html {
    let labels: Vec<&str> = papers(doc, case).map(|(paper, _)| paper.label.as_str()).collect();
    if labels.is_empty() {
        return Html::default();
    }
    html! {
        <div class="paper__sign">
            <p>{ format!("文件要求签字的：{}。", labels.join("、")) }</p>
            <p>{ "签名：" }{ blank(8) }{ "　" }{ blank(4) }{ "年" }{ blank(2) }{ "月" }{ blank(2) }{ "日" }</p>
        </div>
    }
}

fn papers(doc: Doc, case: CaseKind) -> impl Iterator<Item = (&'static Paper, Declares)> {
    let papers = doc.document().papers.iter().filter(move |paper| paper.is_for(case));
    papers.filter_map(|paper| Some((paper, paper.declares?)))
}

const fn name(declares: Declares) -> &'static str {
    match declares {
        Declares::Truth => "promise",
        Declares::Consent => "consent",
        Declares::Authorisation => "authorisation",
    }
}

fn is_of_age(person: &Person, on: NaiveDate) -> bool {
    person.birth.and_then(|birth| birth.checked_add_months(OF_AGE)).is_none_or(|day| day <= on)
}

fn signature(person: &Person) -> Html {
    html! {
        <p class="paper__sign">
            { format!("{}：", person.relation) }{ filled(&person.name, 5) }
            { "　身份证号：" }{ filled(&person.id_number, 10) }<br />
            { "签名：" }{ blank(8) }{ "　" }{ blank(4) }{ "年" }{ blank(2) }{ "月" }{ blank(2) }{ "日" }
        </p>
    }
}
