//! The first page: choose a place, or look up what was sent.

#[cfg(feature = "whole")]
mod about;
#[cfg(feature = "whole")]
mod install;

#[cfg(feature = "whole")]
pub(crate) use about::About;

use yew::prelude::*;

use crate::place::services;
use crate::{
    frame::{ButtonLink, Go},
    pending::use_unfinished,
    route::Route,
};
use ui::{
    components::{Card, Look, Page},
    hooks::use_today,
    place::Doc,
};

/// The first page.
#[component]
pub(crate) fn Home() -> Html {
    let today = use_today();
    html! {
        <Page
            title="公租房，先在这里看明白"
            window_title="公共租赁住房自助服务"
            lead="能不能申请、能得到多少、要带什么、去哪里办。不用注册，不留姓名也能查。"
        >
            <section class="choose-place">
                <h2>{ "选择您所在的地方" }</h2>
                <ul class="places">
                    for doc in Doc::of_each_place(today) {
                        <li key={doc.id.clone()}><PlaceLink {doc} /></li>
                    }
                </ul>
                <p class="muted">{ "只收录了上面这些地方的公开文件。别的地方请问当地住房保障部门，或拨打 12345。" }</p>
            </section>
            <Card title="已经提交过申请或举报？">
                <p>{ "准备好提交时得到的 20 位查询码，就能看办到哪一步、有没有回复。" }</p>
                <ButtonLink to={Route::Status} look={Look::Secondary} test="go-status">
                    { "用查询码查进度" }
                </ButtonLink>
            </Card>
            <Card title="本站怎样帮您">
                <ul>
                    <li>{ "每一条结论都写明出自文件哪一条，说不准的就说“说不准”，不替窗口作决定。" }</li>
                    <li>{ "自测在您的手机里算，填的内容不会发出去。" }</li>
                    <li>{ "申请和举报先加密再发送，只有当地住房保障部门能打开。" }</li>
                </ul>
                <p><Go to={Route::About} class="lone-link">{ "关于本站与隐私" }</Go></p>
            </Card>
        </Page>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PlaceLinkProps {
    doc: Doc,
}

/// One place with what is possible there; the whole card is the link.
#[component]
fn PlaceLink(props: &PlaceLinkProps) -> Html {
    let today = use_today();
    let unfinished = use_unfinished(&props.doc.document().place.id);
    let place = &props.doc.document().place;
    let possible: Vec<&str> = services(props.doc, today)
        .into_iter()
        .filter(|service| service.to != Route::Status)
        .map(|service| service.name)
        .collect();
    html! {
        <Go
            to={Route::Place { place: place.id.clone() }}
            class="place"
            test={format!("place-{}", place.id)}
        >
            <span class="place__name">{ &place.name }</span>
            <span class="place__full">{ &place.full_name }</span>
            <span class="place__can">
                for name in possible {
                    <span class="place__tag">{ name }</span>
                }
                if unfinished {
                    <span class="badge badge--unknown" data-test="unfinished">{ "有没写完的申请" }</span>
                }
            </span>
        </Go>
    }
}
