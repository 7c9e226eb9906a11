//! The inbox page.

use chrono::NaiveDate;
use protocol::desk::{Inbox, IndexRow, Role};
use protocol::query::InboxQuery;
use yew::prelude::*;

use super::filters::Filters;
use super::hand_on::HandOn;
use super::informants::Informants;
use super::lines::lines;
use super::office_key::OfficeKeyLine;
use super::table::InboxTable;
use super::toolbar::Toolbar;
use crate::calls::{Desk, DeskError};
use crate::case::StaticDocument;
use crate::flats::Flats;
use crate::problem::Problem;
use crate::words;
use ui::browser::now_secs;
use ui::components::{Button, Look, Notice};
use ui::hooks::{use_focus_heading, use_request, use_title};
use ui::words::moment;

/// What the inbox remembers while a case is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fetched {
    /// The cases as last fetched, part by part.
    pub(crate) inbox: Option<Inbox>,
    /// What was asked for.
    pub(crate) asked: InboxQuery,
    /// When, Unix seconds.
    pub(crate) at: u64,
}

/// Props of [`InboxPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct InboxPageProps {
    /// Where to ask.
    pub(crate) desk: Desk,
    /// Today in China.
    pub(crate) today: NaiveDate,
    /// Rows shown and their order.
    pub(crate) filters: UseReducerHandle<Filters>,
    /// The cases as last fetched.
    pub(crate) fetched: UseStateHandle<Fetched>,
    /// What was opened at this desk, by its flats.
    pub(crate) flats: UseReducerHandle<Flats>,
    /// Opens a case by its look-up id.
    pub(crate) on_open: Callback<String>,
    /// Opens the page on which letters are looked through for junk.
    pub(crate) on_sift: Callback<()>,
    /// Opens the page on which tickets are made.
    pub(crate) on_tickets: Callback<()>,
    /// Opens the audit trail.
    pub(crate) on_audit: Callback<()>,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// The office's cases.
#[component]
pub(crate) fn InboxPage(props: &InboxPageProps) -> Html {
    let Some(document) = props.desk.document().map(policies::Compiled::document) else {
        return Html::default();
    };
    let title = format!("{} · 收件箱", document.place.name);
    use_title(&title);
    let heading = use_focus_heading(&title);
    let request = use_request::<(), DeskError>();
    let load = {
        let (desk, fetched) = (props.desk.clone(), props.fetched.clone());
        let (request, on_key_gone) = (request.clone(), props.on_key_gone.clone());
        Callback::from(move |asked: InboxQuery| {
            let (desk, fetched) = (desk.clone(), fetched.clone());
            let on_key_gone = on_key_gone.clone();
            request.run(async move {
                match desk.inbox(&asked).await {
                    Ok(inbox) => {
                        let earlier = fetched.inbox.clone().filter(|_| asked.after.is_some());
                        let cases = earlier.map_or_else(Vec::new, |earlier| earlier.cases);
                        let inbox = Inbox { cases: joined(cases, inbox.cases), ..inbox };
                        let asked = InboxQuery { after: None, ..asked };
                        fetched.set(Fetched { inbox: Some(inbox), asked, at: now_secs() });
                        Ok(())
                    }
                    Err(error) => {
                        if error.key_is_gone() {
                            on_key_gone.emit(());
                        }
                        Err(error)
                    }
                }
            });
        })
    };
    let asked = props.filters.asked.clone();
    {
        let load = load.clone();
        use_effect_with(asked.clone(), move |asked| load.emit(asked.clone()));
    }
    let again = load.reform(move |()| asked.clone());

    let rows = props.fetched.inbox.as_ref();
    let came = rows.filter(|_| props.fetched.asked == props.filters.asked);
    html! {
        <div class="desk-inbox">
            <header class="desk-page__head">
                <div>
                    <h1 ref={heading} tabindex="-1">{ "收件箱" }</h1>
                    <p class="muted">
                        { format!("{}，{}", document.place.full_name, words::role(props.desk.officer.role)) }
                    </p>
                </div>
                <div class="desk-page__actions">
                    <Button
                        look={Look::Secondary} busy={request.state().is_busy()}
                        onclick={again.reform(|_: MouseEvent| ())} test="inbox-refresh"
                    >
                        { "刷新" }
                    </Button>
                    if props.desk.officer.role.may_write() {
                        <Button look={Look::Secondary} onclick={props.on_sift.reform(|_: MouseEvent| ())} test="desk-sift">
                            { "清理无效来件" }
                        </Button>
                    }
                    if props.desk.officer.role.may_write() && props.desk.officer.role != Role::Supervisor {
                        <Button look={Look::Secondary} onclick={props.on_tickets.reform(|_: MouseEvent| ())} test="desk-tickets">
                            { "做快速码" }
                        </Button>
                    }
                    if props.desk.officer.role.may_audit() {
                        <Button look={Look::Secondary} onclick={props.on_audit.reform(|_: MouseEvent| ())} test="desk-audit">
                            { "审计记录" }
                        </Button>
                    }
                    <p class="muted" role="status">
                        if request.state().is_busy() {
                            { "正在取件……" }
                        } else if rows.is_some() {
                            { format!("{} 更新", moment(props.fetched.at)) }
                        }
                    </p>
                </div>
            </header>
            <OfficeKeyLine desk={props.desk.clone()} />
            if props.desk.officer.role == Role::Supervisor {
                <Notice title="只有写给监督人员的举报" test="inbox-supervisor">
                    <p>{ "这里是牵涉本单位工作人员的举报，其他钥匙看不到这些件，也打不开；还有本单位移交来的举报，移交的人也能看。这把钥匙看不到其他的件。" }</p>
                </Notice>
            }
            if let Some(error) = request.state().failed() {
                <Problem error={error.clone()} on_retry={again.clone()} />
            }
            if let Some(rows) = rows {
                if is_empty(rows) {
                    <Notice title="还没有收到件" test="inbox-empty">
                        <p>{ "居民提交的申请、异议和举报会出现在这里。提交后立即可见，点“刷新”取最新的件。" }</p>
                    </Notice>
                } else {
                    <Informants
                        document={StaticDocument(document)} role={props.desk.officer.role} counts={rows.counts}
                        filters={props.filters.clone()}
                    />
                    <Toolbar document={StaticDocument(document)} counts={rows.counts} filters={props.filters.clone()} />
                }
            }
            if let Some(came) = came.filter(|came| !is_empty(came)) {
                <InboxTable
                    lines={props.filters.sorted(&lines(&came.cases, document, props.today))} total={came.total}
                    filters={props.filters.clone()} flats={props.flats.clone()} on_open={props.on_open.clone()}
                />
                if let Some(after) = came.next.clone() {
                    <Button
                        look={Look::Secondary} busy={request.state().is_busy()} test="inbox-more"
                        onclick={more(&load, &props.filters.asked, after)}
                    >
                        { "再取一些" }
                    </Button>
                }
                if props.desk.officer.role.may_write() {
                    <HandOn desk={props.desk.clone()} on_key_gone={props.on_key_gone.clone()} />
                }
            }
        </div>
    }
}

/// Whether nothing has come in at all.
fn is_empty(inbox: &Inbox) -> bool {
    inbox.counts.all == 0 && inbox.counts.aside == 0
}

/// Asks for what comes after a place.
fn more(load: &Callback<InboxQuery>, asked: &InboxQuery, after: String) -> Callback<MouseEvent> {
    let next = InboxQuery { after: Some(after), ..asked.clone() };
    load.reform(move |_: MouseEvent| next.clone())
}

/// Rows that came before and rows that came now: a case that moved meanwhile stands once, as it stands now.
fn joined(mut before: Vec<IndexRow>, now: Vec<IndexRow>) -> Vec<IndexRow> {
    before.retain(|row| !now.iter().any(|newer| newer.lookup == row.lookup));
    before.extend(now);
    before
}
