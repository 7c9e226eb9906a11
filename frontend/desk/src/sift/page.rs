//! The page on which letters are looked through.

use std::cell::Cell;
use std::rc::Rc;

use policies::model::{CaseKind, Document, Procedure};
use protocol::desk::{NewEvent, Role};
use protocol::limits::INBOX_ROWS;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::batch::{Batch, BatchAction, Fate, Found, Item, Pile, Work};
use super::look::look;
use super::table::table;
use crate::calls::{Desk, DeskError};
use crate::problem::Problem;
use ui::attempt::Attempt;
use ui::components::{AskFirst, Button, Look, Notice, Tone};
use ui::hooks::{use_focus_heading, use_title};

/// Props of [`SiftPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct SiftPageProps {
    /// Where to ask.
    pub(crate) desk: Desk,
    /// The letters.
    pub(crate) batch: UseReducerHandle<Batch>,
    /// Opens a case by its look-up id.
    pub(crate) on_open: Callback<String>,
    /// Back to the inbox.
    pub(crate) on_back: Callback<()>,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// Letters looked through for junk.
#[component]
pub(crate) fn SiftPage(props: &SiftPageProps) -> Html {
    use_title("清理无效来件");
    let heading = use_focus_heading("sift");
    let stop = use_memo((), |()| Rc::new(Cell::new(false)));
    {
        let (stop, batch) = (Rc::clone(&stop), props.batch.dispatcher());
        use_effect_with((), move |()| {
            move || {
                stop.set(true);
                batch.dispatch(BatchAction::Rest);
            }
        });
    }
    let document = props.desk.document().map(policies::Compiled::document);
    let kinds = document.map_or_else(Vec::new, |document| kinds(document, props.desk.officer.role));
    {
        // Whose key does not open every kind begins with the first that it opens.
        let (batch, first) = (props.batch.dispatcher(), kinds.first().and_then(|(kind, _)| *kind));
        let chosen = props.batch.kind.is_some();
        use_effect_with((), move |()| {
            if first.is_some() && !chosen {
                batch.dispatch(BatchAction::Choose(Pile::default(), first));
            }
        });
    }
    let Some(document) = document else {
        return Html::default();
    };
    let sieve = Sieve {
        desk: props.desk.clone(),
        batch: props.batch.dispatcher(),
        stop: Rc::clone(&stop),
        on_key_gone: props.on_key_gone.clone(),
    };
    let batch = &props.batch;
    let dispatch = {
        let batch = batch.dispatcher();
        Callback::from(move |action| batch.dispatch(action))
    };
    html! {
        <div class="desk-sift">
            <p>
                <Button look={Look::Quiet} onclick={props.on_back.reform(|_: MouseEvent| ())} test="desk-back">
                    { "← 返回收件箱" }
                </Button>
            </p>
            <h1 ref={heading} tabindex="-1">{ "清理无效来件" }</h1>
            <p>{ format!("一次取来最多 {INBOX_ROWS} 封，一封一封打开看。打不开的先替您勾好，核对以后一起移到“无效来件”。") }</p>
            <p class="muted">
                { "信不删除，移错了可以放回。对方查进度时会看到，一留言就回到收件箱。每打开一封，审计记录里都有一行。" }
            </p>
            { choices(batch, &kinds, &dispatch) }
            if let Some(error) = &batch.failed {
                <Problem error={error.clone()} on_retry={sieve.going_on(batch)} />
            }
            { presses(batch, &sieve) }
            if !batch.items.is_empty() {
                { table(&batch.items, document, &dispatch, &props.on_open) }
            }
        </div>
    }
}

/// The kinds that may be chosen: all together only where the key opens them all.
fn kinds(document: &Document, role: Role) -> Vec<(Option<CaseKind>, String)> {
    let opens = |one: &&Procedure| match role {
        Role::Supervisor => one.case == CaseKind::TipOff,
        _ => one.stages.iter().any(|stage| stage.roles.contains(&role)),
    };
    let own = document.procedures.iter().filter(opens).map(|one| (Some(one.case), one.label.clone()));
    let all = document.procedures.iter().all(|one| opens(&one)).then(|| (None, "全部事项".to_owned()));
    all.into_iter().chain(own).collect()
}

/// Which pile, and which kind of case.
fn choices(batch: &Batch, kinds: &[(Option<CaseKind>, String)], on: &Callback<BatchAction>) -> Html {
    let by_kind = {
        let (pile, kinds) = (batch.pile, kinds.to_vec());
        on.reform(move |event: Event| {
            let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
            let place = select.and_then(|select| usize::try_from(select.selected_index()).ok());
            let chosen = place.and_then(|place| kinds.get(place)).and_then(|(kind, _)| *kind);
            BatchAction::Choose(pile, chosen)
        })
    };
    let pile = |pile: Pile, label: &'static str, count: Option<u64>, test: &'static str| {
        let kind = batch.kind;
        html! {
            <button
                type="button" class="desk-standing" data-test={test} disabled={batch.work != Work::None}
                aria-pressed={(batch.pile == pile).to_string()}
                onclick={on.reform(move |_: MouseEvent| BatchAction::Choose(pile, kind))}
            >
                { label }if let Some(count) = count { <span class="desk-count">{ count }</span> }
            </button>
        }
    };
    let counts = batch.told.map(|(_, counts)| counts);
    html! {
        <div class="desk-toolbar">
            <div class="desk-standings" role="group" aria-label="看哪些信">
                { pile(Pile::Fresh, "新到的信", counts.map(|counts| counts.fresh), "sift-fresh") }
                { pile(Pile::Aside, "无效来件", counts.map(|counts| counts.aside), "sift-aside") }
            </div>
            <label class="desk-select">
                <span>{ "事项" }</span>
                <select class="input" onchange={by_kind} disabled={batch.work != Work::None} data-test="sift-kind">
                    for (kind, label) in kinds.iter() {
                        <option selected={batch.kind == *kind}>{ label }</option>
                    }
                </select>
            </label>
        </div>
    }
}

/// What can be pressed now, and how far it is.
fn presses(batch: &UseReducerHandle<Batch>, sieve: &Sieve) -> Html {
    let (unseen, ticked) = (batch.unseen(), batch.ticked());
    if batch.work != Work::None {
        let seen = batch.items.len() - unseen.len();
        let progress = match batch.work {
            Work::Acting => format!("正在处理，还有 {} 封……", ticked.len()),
            _ if batch.items.is_empty() => "正在取信……".to_owned(),
            _ => format!("正在打开，看了 {seen} 封，共 {} 封……", batch.items.len()),
        };
        return html! {
            <div class="row">
                <p role="status">{ progress }</p>
                <Button look={Look::Secondary} onclick={sieve.stopping()} test="sift-stop">{ "停下" }</Button>
            </div>
        };
    }
    let none = batch.told.is_some_and(|(total, _)| total == 0) && batch.items.is_empty();
    html! {
        <>
            if none { <p data-test="sift-none">{ "这里现在一封也没有。" }</p> }
            if batch.pile == Pile::Fresh && batch.none_opens() {
                <Notice tone={Tone::Warning} title="这一批没有一封打得开" test="sift-none-opens">
                    <p>{ "打不开，只说明您这把钥匙打不开：新发的钥匙打不开没有交接过的旧信。请先打开一件以前办过的，确认钥匙是对的，再移。" }</p>
                </Notice>
            }
            if batch.items.is_empty() {
                <Button onclick={sieve.fetching(batch, false).reform(|_: MouseEvent| ())} test="sift-look">{ "取一批来看" }</Button>
            } else {
                { told(batch) }
                <div class="row">
                    if !ticked.is_empty() {
                        <AskFirst
                            look={Look::Primary} says={act_words(batch.pile, ticked.len())} test="sift-act"
                            loses={if batch.pile == Pile::Fresh && batch.none_opens() { "这一批没有一封打得开，真的都移走吗？" } else { "" }}
                            onclick={sieve.acting(batch.pile, ticked)}
                        />
                    }
                    if !unseen.is_empty() {
                        <Button look={Look::Secondary} onclick={sieve.looking(unseen).reform(|_: MouseEvent| ())} test="sift-on">{ "接着看" }</Button>
                    }
                    if batch.next.is_some() {
                        <Button look={Look::Secondary} onclick={sieve.fetching(batch, true).reform(|_: MouseEvent| ())} test="sift-next">
                            { "看下一批" }
                        </Button>
                    }
                    <Button look={Look::Secondary} onclick={sieve.fetching(batch, false).reform(|_: MouseEvent| ())} test="sift-again">
                        { "从头再取" }
                    </Button>
                </div>
            }
        </>
    }
}

fn act_words(pile: Pile, count: usize) -> String {
    match pile {
        Pile::Fresh => format!("把勾选的 {count} 封移到“无效来件”"),
        Pile::Aside => format!("把勾选的 {count} 封放回收件箱"),
    }
}

/// What came of the batch so far.
fn told(batch: &Batch) -> Html {
    let count = |wanted: fn(&Item) -> bool| batch.items.iter().filter(|item| wanted(item)).count();
    let shut = count(|item| item.found == Found::Shut);
    let opens = count(|item| matches!(item.found, Found::Opens(_)));
    let done = count(|item| matches!(item.fate, Fate::Done(_)));
    let failed = count(|item| matches!(item.fate, Fate::Failed(_)));
    let total = batch.told.map_or(0, |(total, _)| total);
    html! {
        <p role="status" data-test="sift-told">
            { format!("共 {total} 封，这一批 {} 封：打不开 {shut} 封，打得开 {opens} 封。", batch.items.len()) }
            if done > 0 { { format!("已经处理 {done} 封。") } }
            if failed > 0 { { format!("{failed} 封没有办成，原因在那一行；可以再按一次。") } }
        </p>
    }
}

/// What works through a batch, until it is done or told to stop.
#[derive(Clone)]
struct Sieve {
    desk: Desk,
    batch: UseReducerDispatcher<Batch>,
    stop: Rc<Cell<bool>>,
    on_key_gone: Callback<()>,
}

impl Sieve {
    fn stopping(&self) -> Callback<MouseEvent> {
        let stop = Rc::clone(&self.stop);
        Callback::from(move |_: MouseEvent| stop.set(true))
    }

    /// Fetches letters, those after the present ones or from the beginning, and looks at them.
    fn fetching(&self, batch: &Batch, onward: bool) -> Callback<()> {
        let (sieve, asked) = (self.clone(), batch.asked(onward));
        Callback::from(move |()| {
            let (sieve, asked) = (sieve.clone(), asked.clone());
            sieve.begin(Work::Looking);
            spawn_local(async move {
                match sieve.desk.inbox(&asked).await {
                    Ok(inbox) => {
                        let lookups = inbox.cases.iter().map(|row| row.lookup.clone()).collect();
                        let ids = inbox.cases.iter().map(|_| Attempt::new().id).collect();
                        sieve.batch.dispatch(BatchAction::Came(inbox, ids));
                        sieve.look_at(lookups).await;
                    }
                    Err(error) => sieve.give_up(error),
                }
            });
        })
    }

    /// After a failure: what is left of the batch, or the batch.
    fn going_on(&self, batch: &Batch) -> Callback<()> {
        let (unseen, ticked) = (batch.unseen(), batch.ticked());
        match (unseen.is_empty(), ticked.is_empty()) {
            (false, _) => self.looking(unseen),
            (true, false) => self.acting(batch.pile, ticked),
            (true, true) => self.fetching(batch, false),
        }
    }

    fn looking(&self, unseen: Vec<String>) -> Callback<()> {
        let sieve = self.clone();
        Callback::from(move |()| {
            let (sieve, unseen) = (sieve.clone(), unseen.clone());
            sieve.begin(Work::Looking);
            spawn_local(async move { sieve.look_at(unseen).await });
        })
    }

    async fn look_at(&self, lookups: Vec<String>) {
        for lookup in lookups {
            if self.stop.get() {
                break;
            }
            let (found, total, head) = match look(&self.desk, &lookup).await {
                Ok((found, case)) => (found, case.view.total, case.view.head),
                Err(error) if error.is_final() => (Found::Unclear(error.to_string()), 0, String::new()),
                Err(error) => return self.give_up(error),
            };
            self.batch.dispatch(BatchAction::Saw(lookup, found, total, head));
        }
        self.batch.dispatch(BatchAction::Rest);
    }

    fn acting(&self, pile: Pile, ticked: Vec<Item>) -> Callback<()> {
        let sieve = self.clone();
        Callback::from(move |()| {
            let (sieve, ticked) = (sieve.clone(), ticked.clone());
            sieve.begin(Work::Acting);
            spawn_local(async move {
                for item in ticked {
                    if sieve.stop.get() {
                        break;
                    }
                    let how = pile.act(&item.found);
                    let (lookup, expected_head) = (item.row.lookup, item.head);
                    let event =
                        NewEvent { id: item.id, expected_head, aside: Some(how), ..NewEvent::default() };
                    let fate = match sieve.desk.add(&lookup, &event).await {
                        Ok(_) => Fate::Done(how),
                        Err(error) if error.is_final() => Fate::Failed(error.to_string()),
                        Err(error) => return sieve.give_up(error),
                    };
                    sieve.batch.dispatch(BatchAction::Fate(lookup, fate));
                }
                sieve.batch.dispatch(BatchAction::Rest);
            });
        })
    }

    fn begin(&self, work: Work) {
        self.stop.set(false);
        self.batch.dispatch(BatchAction::Begin(work));
    }

    /// Stops where the next letter would fare no better.
    fn give_up(&self, error: DeskError) {
        if error.key_is_gone() {
            self.on_key_gone.emit(());
        }
        self.batch.dispatch(BatchAction::Failed(error));
    }
}
