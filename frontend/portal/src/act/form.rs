//! A form on its page: draft, parts, sending.

use std::rc::Rc;

use chrono::NaiveDate;
use policies::{
    Household,
    model::{CaseKind, FieldKind, Form, FormPart, Procedure, Roster},
};
use protocol::letter::{self as wire, Letter, Unsealed};
use yew::prelude::*;

use super::{
    control::Control,
    draft::{self, ActAction, ActDraft, EntryDraft, control},
    letter,
    list::ListDraft,
    read::{card, read},
    when::when,
    written,
};
use crate::{
    check,
    frame::{ButtonLink, KeepsNothing, PlaceTrail},
    mail::{
        OfficeKeyNote,
        outbox::{self, Parcel},
        ticket, use_kept_draft,
    },
    papers::{PaperList, Wanted, told, use_papers},
    route::Route,
    router::use_navigator,
};
use ui::{
    browser::{focus_by_id, today_in_beijing},
    components::{
        self, AskFirst, Button, Card, Cited, ErrorSummary, FieldFault, Look, Notice, Page, Tone, still_wrong,
    },
    hooks::use_today,
    paper::{self, Print, Standing},
    place::Doc,
};

/// Props of [`ActForm`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ActFormProps {
    /// The document.
    pub(crate) doc: Doc,
    /// How it deals with the case.
    pub(crate) procedure: &'static Procedure,
    /// What it asks.
    pub(crate) form: &'static Form,
    /// How its list of people is asked for and read, where it has one.
    #[prop_or_default]
    pub(crate) list: Option<ListPart>,
}

/// The part of a form that is a list of people: a program of its own holds it, and only that program.
#[derive(Clone, Copy)]
pub(crate) struct ListPart {
    /// Shows it.
    pub(crate) show: fn(ListOf) -> Html,
    /// What is wrong with it.
    pub(crate) faults: fn(&'static Roster, &ListDraft, NaiveDate) -> Vec<FieldFault>,
    /// What is sent of it, where nothing is.
    pub(crate) read: fn(Doc, &'static Roster, &ListDraft, NaiveDate) -> wire::FilledRoster,
}

impl PartialEq for ListPart {
    fn eq(&self, _: &Self) -> bool {
        // There is one in a program.
        true
    }
}

/// What a list is shown from.
pub(crate) struct ListOf {
    /// The document.
    pub(crate) doc: Doc,
    /// What is asked of each.
    pub(crate) roster: &'static Roster,
    /// The draft that holds it.
    pub(crate) draft: UseReducerHandle<ActDraft>,
    /// What is said at its head after an attempt to send.
    pub(crate) error: Option<AttrValue>,
    /// The day on which it is read.
    pub(crate) today: NaiveDate,
}

/// How many parts are there at once: what a screen shows. The rest comes in turns after it, so that a slow phone shows a long form,
/// and answers to the finger, before it has drawn all of it. In tests, where nothing takes turns, all of them.
const FIRST_PARTS: usize = if cfg!(test) { usize::MAX } else { 1 };

/// Write and send.
#[component]
pub(crate) fn ActForm(props: &ActFormProps) -> Html {
    let ActFormProps { doc, procedure, form, list } = *props;
    let roster = form.roster.as_ref().zip(list);
    let case = form.case;
    let today = use_today();
    let draft = use_reducer(|| ActDraft::unopened(form));
    let attempt = use_state(|| 0_u32);
    let tried = use_state(Vec::<AttrValue>::new);
    let by_ticket = use_state(String::new);
    let sending = use_state(|| false);
    let kept = use_state(|| true);
    let elsewhere = use_state(|| false);
    let shown = use_state(|| FIRST_PARTS);
    {
        let shown = shown.clone();
        use_effect_with(*shown, move |now| {
            if *now < form.parts.len() {
                let more = now.saturating_mul(3);
                gloo_timers::callback::Timeout::new(0, move || shown.set(more)).forget();
            }
        });
    }
    let papers = use_papers(&draft.id);
    let navigator = use_navigator();
    let copy = use_memo(doc, |doc| draft::copy(&doc.document().place.id, case));
    let open = {
        let (dispatcher, sending, elsewhere) = (draft.dispatcher(), sending.setter(), elsewhere.setter());
        let copy = Rc::clone(&copy);
        Callback::from(move |first: bool| {
            let draft = draft::opened(doc, form, &copy);
            sending.set(outbox::holds(&draft.id));
            elsewhere.set(!first);
            dispatcher.dispatch(ActAction::Restore(draft));
        })
    };
    {
        let open = open.clone();
        use_effect_with(doc, move |_| open.emit(true));
    }
    use_kept_draft(&*draft, &copy, sending.setter(), kept.setter(), &open, false);
    // Five hundred people are not read again for every letter that is typed elsewhere.
    let on_list = use_memo((draft.list.clone(), today), |(kept, today)| {
        roster.map(|(roster, list)| (list.faults)(roster, kept, *today)).unwrap_or_default()
    });
    let title = AttrValue::Static(&procedure.label);
    let above = html! { <PlaceTrail {doc} /> };
    if *sending {
        return html! {
            <Page {title} {above}>
                <Notice title="这一份已经在提交" test="act-sending">
                    <ButtonLink to={Route::Sent}>{ "去看看" }</ButtonLink>
                </Notice>
            </Page>
        };
    }
    let read_all = move |draft: &ActDraft, on: NaiveDate| {
        let wrong = roster.map(|(roster, list)| (list.faults)(roster, &draft.list, on)).unwrap_or_default();
        match read(form, draft, on) {
            Ok(entries) if wrong.is_empty() => {
                let told = roster.map(|(roster, list)| (list.read)(doc, roster, &draft.list, on));
                Ok(written(doc, case, entries, told, on))
            }
            entries => Err([entries.err().unwrap_or_default(), wrong].concat()),
        }
    };
    let wrong =
        [read(form, &draft, today).err().unwrap_or_default(), (*on_list).clone(), ticket::faults(&by_ticket)]
            .concat();
    let faults = still_wrong(&tried, wrong);
    let onsubmit = {
        let (draft, attempt, tried) = (draft.clone(), attempt.clone(), tried.clone());
        let by_ticket = by_ticket.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let on = today_in_beijing();
            let ticket = ticket::read(&by_ticket).map_err(|_| ticket::faults(&by_ticket));
            match read_all(&draft, on).and_then(|letter| Ok((letter, ticket?))) {
                Err(wrong) => {
                    tried.set(wrong.into_iter().map(|fault| fault.id).collect());
                    attempt.set(attempt.wrapping_add(1));
                }
                Ok((letter, ticket)) => {
                    let letter = Unsealed::of(&Letter::Form(letter));
                    let mended = outbox::kept_as(&*draft);
                    let parcel = Parcel::new(draft.id.clone(), doc, case, letter, mended);
                    let _ = outbox::keep(Parcel { ticket, ..parcel });
                    if let Some(navigator) = &navigator {
                        navigator.push(&Route::Sent);
                    }
                }
            }
        })
    };
    let clear = {
        let (dispatcher, copy, papers) = (draft.dispatcher(), Rc::clone(&copy), papers.clone());
        Callback::from(move |()| {
            copy.forget();
            papers.clear();
            dispatcher.dispatch(ActAction::Restore(draft::opened(doc, form, &copy)));
        })
    };
    let paper = {
        let draft = draft.clone();
        Callback::from(move |()| paper::letter(doc, &letter(doc, form, &draft, today), &Standing::Draft))
    };
    let wanted = wanted(doc, case, today);
    // What is promised of a list stands below it.
    let promises = |part: &FormPart| part.fields.iter().any(|field| field.kind == FieldKind::Agree);
    let upper = form.parts.iter().position(promises).unwrap_or(form.parts.len());
    let page = PageOf { doc, draft: &draft, faults: &faults, today };
    let is_whole = *shown >= form.parts.len();
    html! {
        <Page {title} {above} lead={AttrValue::Static(&procedure.says)}>
            if doc.is_doubtful(today) {
                <components::Standing {doc} />
            }
            { check::when(doc, Some(case), today) }
            <p>{ &form.whom }</p>
            if !procedure.no_papers.is_empty() {
                <p class="muted">{ &procedure.no_papers }</p>
            }
            if *elsewhere {
                <Notice tone={Tone::Warning} title="这一份在另一个页面改过" live=true test="act-joined">
                    <p>{ "这里已经换成那边最新的内容；那边清掉或者提交了的，这里也清掉了。请看一遍再接着写。" }</p>
                </Notice>
            }
            <form class="apply" novalidate=true {onsubmit}>
                <ErrorSummary faults={faults.clone()} attempt={*attempt} />
                for part in form.parts.iter().take(upper.min(*shown)) {
                    { page.part(part) }
                }
                if !is_whole {
                    <div class="opening"></div>
                } else {
                <>
                if let Some((roster, list)) = roster {
                    { (list.show)(ListOf { doc, roster, draft: draft.clone(), error: page.error(LIST), today }) }
                }
                for part in form.parts.iter().skip(upper) {
                    { page.part(part) }
                }
                <Card title="材料" test="act-papers">
                    <p>{ "可以拍照附上，也可以不附，等窗口通知了再带。照片在这台设备上缩小、去掉拍摄地点等信息，再加密发送。" }</p>
                    <PaperList papers={papers.clone()} wanted={wanted.clone()} />
                    if let Some(words) = told(&papers, &wanted) {
                        <p role="status" data-test="papers-told">{ words }</p>
                    }
                </Card>
                <Cited {doc} cite={form.cite.clone()} />
                <p>{ "内容在您的设备上加密，只有受理单位和您的查询码能打开，网站和服务器都看不到。" }</p>
                if *kept {
                    <p class="muted">{ "提交前只存在这台设备上。" }</p>
                } else {
                    <KeepsNothing />
                }
                { ticket::ask(&by_ticket, &faults) }
                <OfficeKeyNote office={doc.document().id.clone()} kind={case} active={!draft.is_blank()} />
                <div class="apply__go">
                    <Button submit=true disabled={papers.is_busy()} test="act-submit">{ "提交" }</Button>
                    if !draft.is_blank() || !papers.is_empty() {
                        <AskFirst
                            look={Look::Quiet}
                            says="清掉重写"
                            label="清掉重写"
                            loses="这一页写的内容都会清掉。"
                            onclick={clear}
                            test="act-clear"
                        />
                    }
                    <Print says={if draft.is_blank() { "打印空表" } else { "打印草稿" }} test="act-print" {paper} />
                </div>
                </>
                }
            </form>
        </Page>
    }
}

/// What the document wants with such a case, of whoever sends it.
fn wanted(doc: Doc, case: CaseKind, today: NaiveDate) -> Vec<Wanted> {
    let papers = check::telling::papers_of(doc, &Household::default(), None, case, today);
    papers.into_iter().map(|(paper, certain)| Wanted { paper, certain }).collect()
}
/// The DOM id of the list of people.
pub(crate) const LIST: &str = "part-list";

/// What every part of the page is shown from.
struct PageOf<'a> {
    doc: Doc,
    draft: &'a UseReducerHandle<ActDraft>,
    faults: &'a [FieldFault],
    today: NaiveDate,
}

impl PageOf<'_> {
    fn error(&self, id: &str) -> Option<AttrValue> {
        self.faults.iter().find(|fault| fault.id == id).map(|fault| fault.message.clone())
    }

    fn part(&self, part: &'static FormPart) -> Html {
        let count = self.draft.of(part).count();
        let fits = |bound: u32| usize::try_from(bound).unwrap_or(usize::MAX);
        let more = part.repeats() && count < fits(part.most);
        let id = AttrValue::from(card(part));
        let add = {
            let dispatcher = self.draft.dispatcher();
            Callback::from(move |_: MouseEvent| dispatcher.dispatch(ActAction::Add(&part.id)))
        };
        html! {
            <Card key={&*part.id} title={part.title.clone()} id={id.clone()} test={id.clone()}>
                if let Some(error) = self.error(&id) {
                    <p class="field__error" role="alert">{ error }</p>
                }
                if !part.says.is_empty() {
                    <p>{ &part.says }</p>
                }
                for (n, entry) in (1..).zip(self.draft.of(part)) {
                    { self.entry(part, n, entry, count > fits(part.least)) }
                }
                if more {
                    <p>
                        <Button look={Look::Secondary} onclick={add} test={format!("add-{}", part.id)}>
                            { format!("加一{}", part.each) }
                        </Button>
                    </p>
                }
            </Card>
        }
    }

    fn entry(&self, part: &'static FormPart, n: usize, entry: &EntryDraft, may_go: bool) -> Html {
        let fields: Html = part
            .fields
            .iter()
            .filter(|field| entry.asks(part, field))
            .map(|field| {
                let (dispatcher, key) = (self.draft.dispatcher(), entry.key);
                let id = control(part, n, field);
                let error = self.error(&id);
                let oninput = Callback::from(move |text| {
                    dispatcher.dispatch(ActAction::Write(&part.id, key, &field.id, text));
                });
                let value = AttrValue::from(entry.answer(&field.id).to_owned());
                html! {
                    <>
                        { Control { field, id: id.into(), value: value.clone(), error, oninput, today: self.today }.show() }
                        { when(self.doc, field, &value, self.today) }
                    </>
                }
            })
            .collect();
        if !part.repeats() {
            return fields;
        }
        let name = format!("第 {n} {}", part.each);
        let remove = {
            let (dispatcher, key) = (self.draft.dispatcher(), entry.key);
            Callback::from(move |()| {
                dispatcher.dispatch(ActAction::Remove(&part.id, key));
                focus_by_id("page-title");
            })
        };
        let loses =
            if entry.is_blank() { String::new() } else { format!("{name}，填好的内容都会删掉。") };
        html! {
            <fieldset key={entry.key} class="repeat">
                <legend class="repeat__name">{ name.clone() }</legend>
                { fields }
                if may_go {
                    <AskFirst
                        look={Look::Danger}
                        says="删去"
                        label={format!("删去{name}")}
                        {loses}
                        onclick={remove}
                        test={format!("remove-{}-{n}", part.id)}
                    />
                }
            </fieldset>
        }
    }
}
