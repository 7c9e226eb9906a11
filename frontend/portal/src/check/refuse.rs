//! A place or a date for which no self-check is possible: why, and what one can do instead.

use yew::prelude::*;

use crate::{
    frame::{ButtonLink, PlaceTrail},
    route::Route,
};
use ui::{
    components::{Card, Contacts, Look, Page, Standing},
    hooks::use_today,
    place::Doc,
};

/// Props of [`NoCheck`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct NoCheckProps {
    /// The document.
    pub(super) doc: Doc,
}

/// Why there is no verdict here.
#[component]
pub(super) fn NoCheck(props: &NoCheckProps) -> Html {
    let doc = props.doc;
    let today = use_today();
    let place = &doc.document().place;
    let why = if doc.has_conditions() && !doc.in_force(today) {
        "本站收录的这份文件不在有效期内，所以不能用它替您测算。现在按什么规定办，请问下面的部门。"
    } else {
        "本站收录的这份文件讲的是怎样办、怎样管，没有写申请要满足哪些条件。没有写的，本站不编。"
    };
    html! {
        <Page
            title="这里不能自测资格"
            window_title={format!("自测资格 · {}", place.name)}
            above={html! { <PlaceTrail {doc} /> }}
            lead={why}
        >
            <Standing {doc} />
            if !doc.not_held.is_empty() {
                <Card title="要看哪些别的文件">
                    <ul>
                        for item in doc.document().not_held.iter() {
                            <li>{ &item.subject }{ "：" }{ &item.document }</li>
                        }
                    </ul>
                </Card>
            }
            <Card title="您可以">
                <div class="row">
                    <ButtonLink to={Route::Guide { place: place.id.clone() }} test="guide">{ "看办事指南" }</ButtonLink>
                    <ButtonLink to={Route::Place { place: place.id.clone() }} look={Look::Secondary}>
                        { format!("{}的其他服务", place.name) }
                    </ButtonLink>
                </div>
            </Card>
            <Card title="问谁"><Contacts {doc} /></Card>
        </Page>
    }
}
