//! Making tickets.

use std::ops::RangeInclusive;

use protocol::limits::{TICKET_DAYS, TICKETS_AT_ONCE};
use protocol::ticket::{NewTickets, Ticket};
use yew::prelude::*;

use super::sheet::{Sheet, sheet};
use crate::calls::{Desk, DeskError};
use ui::attempt::Attempt;
use ui::browser::{print_page, random};
use ui::components::{Button, Field, FieldKind, Look, Notice, Tone};
use ui::hooks::{Request, use_focus_heading, use_request, use_title};

/// How many can be made at once.
const MANY: RangeInclusive<usize> = 1..=TICKETS_AT_ONCE;

/// Props of [`TicketsPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct TicketsPageProps {
    /// Where to ask.
    pub(crate) desk: Desk,
    /// Back to the inbox.
    pub(crate) on_back: Callback<()>,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// Tickets that were drawn, with the id under which the server is told of them.
#[derive(Clone, Debug)]
struct Drawn {
    id: String,
    tickets: Vec<Ticket>,
}

impl Drawn {
    /// For handlers.
    fn so_many(count: usize) -> Self {
        let draw = |_| Ticket::from_entropy(random::draw());
        Self { id: Attempt::new().id, tickets: (0..count).map(draw).collect() }
    }

    fn request(&self, office: &str) -> NewTickets {
        let hashes = self.tickets.iter().map(|ticket| ticket.hash(office)).collect();
        NewTickets { id: self.id.clone(), hashes }
    }
}

/// Draws, makes good, shows and prints tickets. They are in this page's memory alone.
#[component]
pub(crate) fn TicketsPage(props: &TicketsPageProps) -> Html {
    use_title("做快速码");
    let heading = use_focus_heading("tickets");
    let count = use_state(|| "10".to_owned());
    let wrong = use_state(|| None::<AttrValue>);
    let request = use_request::<Sheet, DeskError>();
    // After a failure the same tickets are tried again: perhaps they are good already.
    let drawn = use_mut_ref(|| None::<Drawn>);
    let onsubmit = {
        let (desk, on_key_gone) = (props.desk.clone(), props.on_key_gone.clone());
        let (count, wrong, request) = (count.clone(), wrong.setter(), request.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if request.state().is_busy() {
                return;
            }
            let Some(many) = count.trim().parse::<usize>().ok().filter(|many| MANY.contains(many)) else {
                wrong.set(Some(format!("请填 {} 到 {} 之间的张数。", MANY.start(), MANY.end()).into()));
                return;
            };
            wrong.set(None);
            let earlier = drawn.borrow_mut().take().filter(|drawn| drawn.tickets.len() == many);
            let now = earlier.unwrap_or_else(|| Drawn::so_many(many));
            let (desk, on_key_gone, drawn) = (desk.clone(), on_key_gone.clone(), drawn.clone());
            request.run(async move {
                let made = desk.make_tickets(&now.request(&desk.officer.office)).await;
                match made {
                    Ok(made) => Ok(Sheet { tickets: now.tickets, until: made.until, live: made.live }),
                    Err(error) => {
                        if error.key_is_gone() {
                            on_key_gone.emit(());
                        }
                        if !error.is_final() {
                            *drawn.borrow_mut() = Some(now);
                        }
                        Err(error)
                    }
                }
            });
        })
    };
    let Some(document) = props.desk.document().map(policies::Compiled::document) else {
        return Html::default();
    };
    let oninput = {
        let count = count.setter();
        Callback::from(move |text| count.set(text))
    };
    html! {
        <div class="desk-tickets">
            <p class="desk-noprint">
                <Button look={Look::Quiet} onclick={props.on_back.reform(|_: MouseEvent| ())} test="desk-back">
                    { "← 返回收件箱" }
                </Button>
            </p>
            <div class="desk-noprint">
                <h1 ref={heading} tabindex="-1">{ "做快速码" }</h1>
                <p>{ "有人大量乱发信的时候，提交前的防滥用验证会变慢，旧手机要等很久。来窗口的人，给他一张快速码：提交前填上，就和平时一样快。" }</p>
                <ul>
                    <li>{ format!("一张只能用一次，从做好那天起 {TICKET_DAYS} 天内有效。申请、举报都能用。") }</li>
                    <li>
                        <strong>{ "请不要登记谁领了哪一张。" }</strong>
                        { "举报不问姓名，快速码也不能和人对上号；服务器只记快速码的指纹，不记给了谁。" }
                    </li>
                </ul>
                <form class="desk-form" {onsubmit}>
                    <Field
                        id="ticket-count" label="做几张" kind={FieldKind::Whole} value={(*count).clone()}
                        hint={format!("最多 {TICKETS_AT_ONCE} 张，印在一张 A4 纸上，剪开用。")}
                        error={(*wrong).clone()} {oninput} test="ticket-count"
                    />
                    <Button submit=true busy={request.state().is_busy()} test="tickets-make">{ "做快速码" }</Button>
                </form>
            </div>
            { match request.state() {
                Request::Idle => Html::default(),
                Request::Busy => html! { <p role="status">{ "正在登记……" }</p> },
                Request::Failed(error) => html! {
                    <Notice tone={Tone::Failure} live=true test="tickets-failed">
                        <p>{ error.to_string() }</p>
                        <p>{ "可以再按一次“做快速码”，还是同样的几张。" }</p>
                    </Notice>
                },
                Request::Done(made) => html! {
                    <>
                        <Notice tone={Tone::Success} title={format!("做好了 {} 张", made.tickets.len())} live=true test="tickets-made">
                            <p>{ "现在就打印：这些数字离开这一页就没有了，服务器上也没有。" }</p>
                            <p class="muted">{ format!("本单位没有用掉的快速码现在有 {} 张。", made.live) }</p>
                            <Button onclick={|_: MouseEvent| print_page()} test="tickets-print">{ "打印" }</Button>
                        </Notice>
                        { sheet(made, &document.place.name) }
                    </>
                },
            } }
        </div>
    }
}
