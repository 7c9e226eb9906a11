//! No such page, no such place: what to do next.

use yew::prelude::*;

use crate::{
    frame::{ButtonLink, Go},
    route::Route,
};
use ui::{
    components::{Look, Page},
    hooks::use_today,
    place::Doc,
};

/// An address that leads nowhere.
#[component]
pub(crate) fn NotFound() -> Html {
    html! {
        <Page title="没有这个页面" lead="可能是网址输错了，也可能这一页已经不在了。">
            <p>{ "您可以回首页选择地方，或者用查询码查已经提交的事项。" }</p>
            <div class="row">
                <ButtonLink to={Route::Home} test="go-home">{ "回首页" }</ButtonLink>
                <ButtonLink to={Route::Status} look={Look::Secondary}>{ "查询进度" }</ButtonLink>
            </div>
        </Page>
    }
}

/// A place the rulebook does not know.
#[component]
pub(crate) fn UnknownPlace() -> Html {
    let today = use_today();
    html! {
        <Page title="还没有收录这个地方" lead="本站只收录了下面这些地方的公租房文件。">
            <ul class="places">
                for doc in Doc::of_each_place(today) {
                    <li>
                        <Go to={Route::Place { place: doc.place.id.clone() }} class="place">
                            <span class="place__name">{ &doc.document().place.name }</span>
                            <span class="place__full">{ &doc.document().place.full_name }</span>
                        </Go>
                    </li>
                }
            </ul>
            <p>{ "您的地方不在里面的，请到当地住房保障部门或社区询问，也可以拨打 12345。" }</p>
            <ButtonLink to={Route::Home} test="go-home">{ "回首页" }</ButtonLink>
        </Page>
    }
}
