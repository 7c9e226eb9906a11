//! The calculators of a place (算一算): arithmetic of its document, worked out while it is typed.

mod figures;
mod form;
mod input;
mod sheet;

use yew::prelude::*;

use crate::{
    frame::{ButtonLink, PlaceTrail},
    route::Route,
};
use crate::{
    frame::{PlaceProps, UnknownPlace},
    guide::Jump,
};
use ui::{
    components::{Card, Look, Notice, Page, Standing, Tone},
    hooks::use_today,
    place::Doc,
};

/// The calculators of one place, or a page that says why there are none.
#[component]
pub(crate) fn Calculate(props: &PlaceProps) -> Html {
    let today = use_today();
    let Some(doc) = Doc::of_place(&props.place, today) else {
        return html! { <UnknownPlace /> };
    };
    let document = doc.document();
    let name = &document.place.name;
    let guide = Route::Guide { place: document.place.id.clone() };
    let body = if document.calculators.is_empty() {
        html! {
            <Notice tone={Tone::Info} title="这里没有可以算的" test="no-calculators">
                <p>{ "本站收录的文件里没有要算的数。条件、流程和电话请看办事指南。" }</p>
            </Notice>
        }
    } else if policies::not_in_force(document, today).is_some() {
        html! {
            <Notice tone={Tone::Warning} title="现在不能算" test="not-in-force">
                <p>{ "今天不在这份文件的有效期里，所以不按它算。现在按什么规定办，请问窗口。" }</p>
            </Notice>
        }
    } else {
        calculators(doc)
    };
    html! {
        <Page
            title="算一算"
            window_title={format!("算一算 · {name}")}
            above={html! { <PlaceTrail {doc} /> }}
            lead={format!("房租、面积、日期，按{name}的文件一步一步算给您看。")}
        >
            <Standing {doc} />
            { body }
            <ButtonLink to={guide} look={Look::Secondary} test="guide">{ "看办事指南" }</ButtonLink>
        </Page>
    }
}

fn calculators(doc: Doc) -> Html {
    let calculators = &doc.document().calculators;
    html! {
        <>
            <Notice tone={Tone::Info} title="只是算数，不作决定" test="decides-nothing">
                <p>{ "这里的结果只供您参考，不是审批结果，也不影响自测和申请。填的数只用来在这台设备上算，不保存，也不发送。" }</p>
            </Notice>
            <nav class="contents" aria-label="本页内容">
                <ul>
                    for calculator in calculators.iter() {
                        <li><Jump to={calculator.id.as_str()} name={calculator.label.as_str()} /></li>
                    }
                </ul>
            </nav>
            for calculator in calculators.iter() {
                <Card
                    key={format!("{}-{}", doc.id, calculator.id)}
                    title={calculator.label.clone()}
                    id={calculator.id.clone()}
                    test={format!("calculator-{}", calculator.id)}
                >
                    <form::SheetForm {doc} {calculator} />
                </Card>
            }
        </>
    }
}
