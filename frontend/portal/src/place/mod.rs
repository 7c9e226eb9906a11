//! What can be done in one place.

mod services;

pub(crate) use services::services;

use yew::prelude::*;

use crate::{
    check::when,
    frame::{ButtonLink, Go, PlaceProps, PlaceTrail, UnknownPlace},
    pending::use_unfinished,
    route::Route,
};
use ui::{
    components::{Card, Contacts, Notice, Page, Standing, Tone},
    hooks::use_today,
    place::Doc,
};

/// The services of one place, how its document stands, and whom to ask.
#[component]
pub(crate) fn Place(props: &PlaceProps) -> Html {
    let today = use_today();
    let unfinished = use_unfinished(&props.place);
    let Some(doc) = Doc::of_place(&props.place, today) else {
        return html! { <UnknownPlace /> };
    };
    let document = doc.document();
    let title = format!("{}公租房", document.place.name);
    html! {
        <Page {title} above={html! { <PlaceTrail {doc} at_place={true} /> }} lead={document.summary.clone()}>
            if unfinished {
                <Notice title="您有一份没写完的申请" test="unfinished">
                    <p>{ "还没有提交，只存在这台设备上。" }</p>
                    <ButtonLink to={Route::Apply { place: props.place.to_string() }} test="apply-go-on">{ "接着写" }</ButtonLink>
                </Notice>
            }
            <ul class="services">
                for service in services(doc, today) {
                    <li key={service.test}>
                        <Go to={service.to} class="service" test={service.test}>
                            <span class="service__name">{ service.name }</span>
                            <span class="service__says">{ service.says }</span>
                        </Go>
                    </li>
                }
            </ul>
            if doc.in_force(today) {
                { when(doc, None, today) }
            }
            if !doc.has_conditions() {
                <Notice tone={Tone::Info} title="这里不能自测资格" test="no-check">
                    <p>{ "本站收录的文件没有写申请条件，所以不能替您测算。条件写在别的文件里，请看办事指南里的“本文件没有规定的”，或者问下面的部门。" }</p>
                </Notice>
            }
            <Standing {doc} />
            <Card title="问谁">
                <Contacts {doc} />
            </Card>
            <p class="muted">
                { "依据：" }{ &document.title }
                if !document.number.is_empty() { { format!("（{}）", document.number) } }
            </p>
        </Page>
    }
}
