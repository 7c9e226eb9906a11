//! Everything once more, each part with the way back to change it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use policies::{
    Household,
    identity::resident_id,
    model::{CaseKind, Declares},
    seen::visible,
};
use protocol::letter::{Application, Letter};
use yew::prelude::*;

use super::{
    form::PageProps,
    household::{counted_rows, shown_facts},
};
use crate::{
    apply::draft::{
        PersonDraft,
        declared::{asked, concerns_members, is_ticked},
        page::ApplyPage,
        read::{WANTED, assessment, fact_words, faults, first_faulty, read, so_far},
    },
    check::telling::papers_of,
    frame::KeepsNothing,
    papers::{PaperList, Wanted, told},
};
use ui::{
    components::{Button, Card, DataList, DataRow, Look, Notice, Tone},
    paper::{self, Print, Standing},
    place::Doc,
    sealing::use_sealer,
    words::withdrawable,
};

/// The check-your-answers page.
#[component]
pub(super) fn Review(props: &PageProps) -> Html {
    let today = props.today;
    let sealer = use_sealer();
    // The next page will seal: let the browser fetch the module while the person reads.
    use_effect_with((), move |()| {
        sealer.warm_up();
        move || drop(sealer)
    });
    let draft = &props.draft;
    let (known, _) = so_far(draft, today);
    let facts = shown_facts(draft, props.doc, today, &BTreeSet::new()).into_iter().map(|fact| {
        let words = fact_words(fact, &known).unwrap_or_else(|| "不清楚".to_owned());
        DataRow::new(fact.label.clone(), Html::from(words))
    });
    let wanted = WANTED.iter().find(|(id, ..)| *id == draft.wanted).map_or("", |(_, _, label, _)| *label);
    html! {
        <>
            if let Some(page) = first_faulty(draft, props.doc, today) {
                <Notice tone={Tone::Warning} title="还不能提交" live=true test="review-incomplete">
                    <p>{ format!("“{}”里还有没填好的：", page.title()) }</p>
                    <ul>
                        for fault in faults(draft, props.doc, page, today) { <li>{ &fault.message }</li> }
                    </ul>
                    <Button onclick={props.go.reform(move |_: MouseEvent| page)} test="review-mend">{ "去改" }</Button>
                </Notice>
            } else {
                <p>{ format!("请从头看一遍。提交以后 {}，过了时间要改就得给受理单位留言。", withdrawable()) }</p>
            }
            { part(props, ApplyPage::Applicant, "申请人", person_rows(&draft.applicant, today)) }
            if draft.members.is_empty() {
                { part(props, ApplyPage::Members, "一起申请的家人", vec![DataRow::new("家人", Html::from("没有，一个人申请"))]) }
            }
            for (index, member) in draft.members.iter().enumerate() {
                { part(props, ApplyPage::Members, &format!("第 {} 位家人", index + 1), person_rows(member, today)) }
            }
            { part(props, ApplyPage::Household, "住房和收入", counted_rows(draft, props.doc, today).into_iter().chain(facts).chain(preferred(props, &known)).collect()) }
            { part(props, ApplyPage::Wanted, "住址和意愿", vec![
                own_words("现在住的地址", &draft.address),
                row("想要哪一种保障", wanted),
                own_words("还想说明的", &draft.remarks),
            ]) }
            { part(props, ApplyPage::Declare, "承诺和授权", declared_rows(props)) }
            { papers(props, &known, today) }
            if !props.kept {
                <KeepsNothing />
            }
            if let Ok(application) = read(draft, props.doc, today) {
                { draft_paper(props.doc, application) }
            }
            <Notice tone={Tone::Info} title="提交以后会怎样">
                <p>{ "内容在您的设备上加密，只有受理单位和您的查询码能打开，网站和服务器都看不到。提交成功会给您一个 20 位查询码，请一定保存好。" }</p>
            </Notice>
        </>
    }
}

/// The way to print what is here, before it is sent.
fn draft_paper(doc: Doc, application: Application) -> Html {
    let letter = Letter::Application(Box::new(application));
    let paper = Callback::from(move |()| paper::letter(doc, &letter, &Standing::Draft));
    html! { <p class="no-print"><Print says="打印草稿" test="review-print" {paper} /></p> }
}

/// The groups that come first and that the household is one of.
fn preferred(props: &PageProps, known: &Household) -> Option<DataRow> {
    let found = policies::priorities(props.doc.compiled(), known, props.today).unwrap_or_default();
    let certain = found.iter().filter(|group| group.certain);
    let ticked = |group: &policies::Preferred<'_>| {
        let told = group.ticks.iter().filter(|fact| known.facts.contains_key(&fact.id));
        told.map(|fact| fact.label.as_str()).collect::<Vec<_>>().join("、")
    };
    let lines: Vec<_> = certain
        .map(|group| match ticked(group) {
            ticked if ticked.is_empty() => group.priority.label.clone(),
            ticked => format!("{}：{ticked}", group.priority.label),
        })
        .collect();
    let list = html! { <ul>for line in lines.iter() { <li>{ line }</li> }</ul> };
    (!lines.is_empty()).then(|| DataRow::new("可以优先的", list))
}

/// What the office will want to see, by what is told here.
fn papers(props: &PageProps, known: &Household, today: NaiveDate) -> Html {
    let assessed = assessment(props.doc, known, today);
    let papers = papers_of(props.doc, known, assessed.as_ref(), CaseKind::Application, today);
    let wanted: Vec<Wanted> = papers.into_iter().map(|(paper, certain)| Wanted { paper, certain }).collect();
    html! {
        <Card title="办理时要交的材料" test="review-papers">
            <p>{ "可以现在拍照附上，也可以不附，等窗口通知了再带。照片在这台设备上缩小、去掉拍摄地点等信息，再加密发送。" }</p>
            <PaperList papers={props.papers.clone()} wanted={wanted.clone()} />
            if let Some(words) = told(&props.papers, &wanted) {
                <p role="status" data-test="papers-told">{ words }</p>
            }
        </Card>
    }
}

fn row(term: &'static str, value: &str) -> DataRow {
    let value = visible(value);
    DataRow::new(term, Html::from(if value.is_empty() { "没有填".to_owned() } else { value }))
}

/// What a person wrote, which may run from right to left and turn nothing beside it.
fn own_words(term: &'static str, value: &str) -> DataRow {
    let row = row(term, value);
    DataRow { value: html! { <bdi>{ row.value }</bdi> }, ..row }
}

fn declared_rows(props: &PageProps) -> Vec<DataRow> {
    let (draft, ticked) = (&props.draft, |on: bool| if on { "已勾选" } else { "没有勾选" });
    let mut rows = Vec::new();
    for (declares, paper) in asked(props.doc) {
        rows.push(DataRow::new(
            paper.label.clone(),
            Html::from(ticked(is_ticked(draft, declares)).to_owned()),
        ));
        if declares == Declares::Authorisation {
            rows.push(row("授权从", &draft.authorised_from));
            rows.push(row("授权到", &draft.authorised_until));
        }
    }
    if concerns_members(draft, props.doc) {
        rows.push(row("家人同意", ticked(draft.members_agree)));
    }
    if rows.is_empty() {
        rows.push(row("承诺和授权", "文件没有要求"));
    }
    rows
}

/// A number as it will be sent, or as typed where it cannot be read.
fn number_words(typed: &str, today: NaiveDate) -> String {
    resident_id(typed, today).map_or_else(|_| typed.to_owned(), |id| id.number)
}

fn person_rows(person: &PersonDraft, today: NaiveDate) -> Vec<DataRow> {
    let mut rows = vec![own_words("姓名", &person.name)];
    if person.key != 0 {
        rows.push(row("关系", &person.relation));
    }
    if person.no_number {
        rows.push(row("身份证号", "还没有"));
        rows.push(row("出生日期", &person.birth));
    } else {
        rows.push(row("身份证号", &number_words(&person.id_number, today)));
    }
    if person.key == 0 {
        rows.extend([
            row("联系电话", &person.phone),
            own_words("户口所在地", &person.registration),
            row("婚姻状况", &person.marital),
            own_words("工作单位", &person.work),
        ]);
    }
    rows
}

fn part(props: &PageProps, page: ApplyPage, title: &str, rows: Vec<DataRow>) -> Html {
    html! {
        <Card title={title.to_owned()} test={format!("review-{}", page.id())}>
            <DataList {rows} />
            <Button
                look={Look::Quiet}
                onclick={props.go.reform(move |_: MouseEvent| page)}
                label={format!("修改“{title}”")}
                test={format!("change-{}", page.id())}
            >
                { "修改" }
            </Button>
        </Card>
    }
}
