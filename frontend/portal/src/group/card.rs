//! The list on its page: the table to fill in, the file, what is wrong in it, how everybody stands.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use chrono::NaiveDate;
use policies::model::Roster;
use sheets::ops::{FILE_BYTES, Format, List};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{
    cell,
    editor::Editor,
    files::{self, Rows},
    rows::{Line, lines},
    table::{Mark, People},
};
use crate::act::{
    draft::{ActAction, ActDraft},
    form::LIST,
    list::ListAction,
};
use ui::{
    browser::{Saved, chosen_bytes, focus_by_id, save_bytes, show_by_id},
    components::{AskFirst, Button, Card, Cited, Look, Notice, Tone},
    place::Doc,
    roster::{Standing, household, standing},
};

/// What is asked of each: one of the rulebook, which lives as long as the page.
#[derive(Clone, Copy)]
pub(super) struct Asked(pub(super) &'static Roster);

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// Props of [`ListCard`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ListCardProps {
    /// The document.
    pub(super) doc: Doc,
    /// What is asked of each.
    pub(super) roster: Asked,
    /// The draft that holds the list.
    pub(super) draft: UseReducerHandle<ActDraft>,
    /// What is said at its head after an attempt to send.
    pub(super) error: Option<AttrValue>,
    /// The day on which it is read.
    pub(super) today: NaiveDate,
}

/// Where reading a file stands.
#[derive(Clone, PartialEq)]
enum Reading {
    /// None was chosen.
    Not,
    /// It is being read.
    Busy,
    /// It gave no list: what to do.
    Failed(String),
    /// It was read, and what is told of it.
    Read(Rc<Told>),
}

/// What is told of a file that was read.
#[derive(PartialEq)]
struct Told {
    /// What was in it.
    list: List,
    /// Its bytes, for another of its sheets.
    file: Vec<u8>,
    /// It waits for whether it takes the place of what is there.
    waits: bool,
}

/// The list of people.
#[component]
pub(super) fn ListCard(props: &ListCardProps) -> Html {
    let ListCardProps { doc, roster, draft, error, today } = props;
    let (doc, list_of, today) = (*doc, roster.0, *today);
    let reading = use_state(|| Reading::Not);
    let said = use_state(|| AttrValue::Static(""));
    let editing = use_state(|| None::<u32>);
    let known = use_mut_ref(HashMap::<Vec<String>, Standing>::new);
    let shown = use_memo((draft.list.clone(), today, doc), |(list, today, doc)| {
        let lines = lines(list_of, list, *today);
        let standings: Vec<Standing> =
            lines.iter().map(|line| stand(*doc, list_of, line, *today, &known)).collect();
        (lines, standings)
    });
    let (lines, standings) = &*shown;
    let take = {
        let (dispatcher, editing) = (draft.dispatcher(), editing.setter());
        Callback::from(move |(rows, instead): (Rows, bool)| {
            editing.set(None);
            let (columns, rows) = rows;
            dispatcher.dispatch(ActAction::List(ListAction::Read(columns, rows, instead)));
        })
    };
    let read = {
        let (reading, take, any) = (reading.setter(), take.clone(), !draft.list.is_blank());
        Callback::from(move |(file, sheet): (Option<Vec<u8>>, Option<String>)| {
            let (reading, take) = (reading.clone(), take.clone());
            reading.set(Reading::Busy);
            spawn_local(async move {
                let outcome = match &file {
                    Some(file) => files::read(list_of, file, sheet).await,
                    None => Err("这个文件读不了，或者太大：最多读 8 MB。请只留名单这一张表，另存以后再选。"
                        .to_owned()),
                };
                match outcome {
                    Ok(list) => {
                        if !any {
                            take.emit((files::rows(&list), true));
                        }
                        let told = Told { list, file: file.unwrap_or_default(), waits: any };
                        reading.set(Reading::Read(Rc::new(told)));
                    }
                    Err(why) => reading.set(Reading::Failed(why)),
                }
                // What came of it is there only after the next render.
                gloo_timers::callback::Timeout::new(0, || show_by_id("list-read")).forget();
            });
        })
    };
    let choose = {
        let read = read.clone();
        Callback::from(move |event: Event| {
            let Some(bytes) = chosen_bytes(&event, FILE_BYTES) else { return };
            let read = read.clone();
            spawn_local(async move { read.emit((bytes.await, None)) });
        })
    };
    let save = {
        let said = said.setter();
        Callback::from(move |format: Format| {
            let said = said.clone();
            said.set(AttrValue::Static("正在做表……"));
            spawn_local(async move {
                let bytes = files::blank(list_of, format).await;
                let (ending, kind) = match format {
                    Format::Xlsx => {
                        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                    }
                    Format::Csv => ("csv", "text/csv;charset=utf-8"),
                };
                let name = format!("{}.{ending}", list_of.title);
                said.set(match bytes.map(|bytes| save_bytes(&name, bytes.as_slice(), kind)) {
                    Some(Saved::Offered) => format!("“{name}”已交给浏览器保存。").into(),
                    Some(Saved::InWechat) => AttrValue::Static("微信里不能存文件。请点右上角“…”，选“在浏览器打开”，到那边再下载、填写；也可以在下面一位一位地填。"),
                    Some(Saved::Refused) | None => AttrValue::Static("没有做成。请检查网络后再试一次；这个浏览器不让保存文件的，请换一个，或者在下面一位一位地填。"),
                });
            });
        })
    };
    let edit = {
        let editing = editing.setter();
        Callback::from(move |(key, column): (u32, String)| {
            editing.set(Some(key));
            let id = super::editor::control(&column);
            gloo_timers::callback::Timeout::new(0, move || focus_by_id(&id)).forget();
        })
    };
    let add = {
        let (dispatcher, edit, key) = (draft.dispatcher(), edit.clone(), draft.list.next_key());
        let first = list_of.columns.first().map(|column| column.id.clone()).unwrap_or_default();
        Callback::from(move |_: MouseEvent| {
            dispatcher.dispatch(ActAction::List(ListAction::Add));
            edit.emit((key, first.clone()));
        })
    };
    let done = {
        let (dispatcher, editing, draft) = (draft.dispatcher(), editing.clone(), draft.clone());
        Callback::from(move |()| {
            let Some(key) = *editing else { return };
            editing.set(None);
            if draft.list.member(key).is_some_and(|member| member.is_blank()) {
                dispatcher.dispatch(ActAction::List(ListAction::Remove(vec![key])));
            }
            gloo_timers::callback::Timeout::new(0, || show_by_id("list-people")).forget();
        })
    };
    let remove = {
        let (dispatcher, editing) = (draft.dispatcher(), editing.setter());
        Callback::from(move |keys: Vec<u32>| {
            editing.set(None);
            dispatcher.dispatch(ActAction::List(ListAction::Remove(keys)));
            focus_by_id(LIST);
        })
    };
    let open = (*editing).and_then(|key| {
        let place = lines.iter().position(|line| line.key == key)?;
        Some((place.saturating_add(1), draft.list.member(key)?.clone(), lines.get(place)?.faults.clone()))
    });
    let all: Vec<u32> = lines.iter().map(|line| line.key).collect();
    let unfit: Vec<u32> = lines
        .iter()
        .zip(standings)
        .filter(|(line, standing)| Mark::of(line, standing) == Mark::UNFIT)
        .map(|(line, _)| line.key)
        .collect();
    html! {
        <Card title={list_of.title.clone()} id={LIST} test={LIST}>
            if let Some(error) = error {
                <p class="field__error" role="alert">{ error }</p>
            }
            <p>{ &list_of.says }</p>
            <ol class="roster-steps">
                <li>
                    { "下载空白表，填好存下来：" }
                    <div class="row">
                        <Button look={Look::Secondary} onclick={save.reform(|_: MouseEvent| Format::Xlsx)} test="list-blank-xlsx">{ "空白表（Excel、WPS）" }</Button>
                        <Button look={Look::Quiet} onclick={save.reform(|_: MouseEvent| Format::Csv)} test="list-blank-csv">{ "空白表（CSV）" }</Button>
                    </div>
                    <p role="status" class="muted">{ &*said }</p>
                </li>
                <li>
                    { format!("选填好的表。用单位自己的表也行，栏名对得上就认；xlsx、xls、ods、csv 都读，一次最多 {} {}。", list_of.most, list_of.each) }
                    <div class="row">
                        <label class="button button--secondary keep__file">
                            <input
                                type="file" class="visually-hidden"
                                accept=".xlsx,.xls,.xlsb,.ods,.et,.csv,.txt,.tsv"
                                onchange={choose} data-test="list-file"
                            />
                            { "选名单文件" }
                        </label>
                    </div>
                    <p class="muted">{ "表在您的设备上读，不上传。" }</p>
                </li>
                <li>
                    { "人少的，也可以在这里填：" }
                    <div class="row">
                        <Button look={Look::Secondary} onclick={add} test="list-add">{ format!("加一{}", list_of.each) }</Button>
                    </div>
                </li>
            </ol>
            <div id="list-read">{ told(&reading, &read, &take) }</div>
            if let Some((n, member, faults)) = open {
                <Editor
                    key={(*editing).unwrap_or_default()} {doc} roster={*roster} {n} {member} {faults} {today}
                    onwrite={let dispatcher = draft.dispatcher(); Callback::from(move |(key, column, text)| dispatcher.dispatch(ActAction::List(ListAction::Write(key, column, text))))}
                    ondone={done}
                />
            }
            if !lines.is_empty() {
                { wrong(lines, *editing, &edit) }
                <People roster={*roster} shown={Rc::clone(&shown)} editing={*editing} onedit={edit} onremove={remove.reform(|key: u32| vec![key])} />
                <div class="row">
                    if !unfit.is_empty() {
                        <AskFirst
                            look={Look::Quiet} says={format!("拿掉不符合的 {} 位", unfit.len())} loses="这几位填的内容会从名单里删掉。测算不是审批结果，拿不准的可以留着，由窗口定。"
                            onclick={let (remove, unfit) = (remove.clone(), unfit.clone()); Callback::from(move |()| remove.emit(unfit.clone()))} test="list-drop-unfit"
                        />
                    }
                    <AskFirst
                        look={Look::Quiet} says="清空名单" loses="名单上所有人都会删掉。"
                        onclick={Callback::from(move |()| remove.emit(all.clone()))} test="list-clear"
                    />
                </div>
            }
            <Cited {doc} cite={list_of.cite.clone()} />
        </Card>
    }
}

/// How the person of a line stands; what was found for the same cells is not sought again.
fn stand(
    doc: Doc,
    roster: &Roster,
    line: &Line,
    on: NaiveDate,
    known: &RefCell<HashMap<Vec<String>, Standing>>,
) -> Standing {
    let mut key = line.cells.clone();
    key.push(on.to_string());
    if let Some(found) = known.borrow().get(&key) {
        return found.clone();
    }
    let columns: Vec<String> = roster.columns.iter().map(|column| column.id.clone()).collect();
    let found = standing(doc, roster, &household(roster, |id| cell(&columns, &line.cells, id), on), on);
    known.borrow_mut().insert(key, found.clone());
    found
}

/// What came of reading a file.
fn told(
    reading: &UseStateHandle<Reading>,
    read: &Callback<(Option<Vec<u8>>, Option<String>)>,
    take: &Callback<(Rows, bool)>,
) -> Html {
    let told = match &**reading {
        Reading::Not => return Html::default(),
        Reading::Busy => return html! { <p role="status">{ "正在读表……" }</p> },
        Reading::Failed(why) => {
            return html! { <Notice tone={Tone::Failure} title="没有读出名单" live=true test="list-failed"><p>{ why }</p></Notice> };
        }
        Reading::Read(told) => Rc::clone(told),
    };
    let people = told.list.rows.len();
    if told.waits {
        let answer = |instead: bool| {
            let (reading, take, told) = (reading.setter(), take.clone(), Rc::clone(&told));
            Callback::from(move |_: MouseEvent| {
                take.emit((files::rows(&told.list), instead));
                let told = Told { list: told.list.clone(), file: told.file.clone(), waits: false };
                reading.set(Reading::Read(Rc::new(told)));
            })
        };
        let leave = {
            let reading = reading.setter();
            Callback::from(move |_: MouseEvent| reading.set(Reading::Not))
        };
        return html! {
            <Notice tone={Tone::Warning} title={format!("这份表里有 {people} 人，现在的名单怎么办？")} live=true test="list-waits">
                <div class="row">
                    <Button look={Look::Secondary} onclick={answer(false)} test="list-append">{ "加在现在的名单后面" }</Button>
                    <Button look={Look::Danger} onclick={answer(true)} test="list-replace">{ "换掉现在的名单" }</Button>
                    <Button look={Look::Quiet} onclick={leave} test="list-leave">{ "不要这份表" }</Button>
                </div>
            </Notice>
        };
    }
    let sheet = if told.list.sheet.is_empty() {
        String::new()
    } else {
        format!("（工作表“{}”）", told.list.sheet)
    };
    html! {
        <Notice tone={Tone::Success} title={format!("读出 {people} 人{sheet}")} live=true test="list-told">
            if !told.list.unused.is_empty() {
                <p>{ format!("这几栏没有用到：{}。", told.list.unused.join("、")) }</p>
            }
            if !told.list.others.is_empty() {
                <p>{ "别的工作表里也有名单，要读哪一张：" }</p>
                <div class="row">
                    for other in told.list.others.iter() {
                        <Button
                            look={Look::Secondary} test={format!("list-sheet-{other}")}
                            onclick={let (read, told, other) = (read.clone(), Rc::clone(&told), other.clone()); Callback::from(move |_: MouseEvent| read.emit((Some(told.file.clone()), Some(other.clone()))))}
                        >
                            { other }
                        </Button>
                    }
                </div>
            }
        </Notice>
    }
}

/// Everything that is wrong, cell by cell; the person whose fields are open shows it there.
fn wrong(lines: &[Line], editing: Option<u32>, edit: &Callback<(u32, String)>) -> Html {
    let others = lines.iter().filter(|line| Some(line.key) != editing);
    let faults: Vec<_> =
        others.flat_map(|line| line.faults.iter().map(move |fault| (line.key, fault))).collect();
    if faults.is_empty() {
        return Html::default();
    }
    // So many at once, the rest a press away: all of them are listed.
    let (first, more) = faults.split_at(faults.len().min(20));
    let items = |some: &[(u32, &super::rows::CellFault)]| -> Html {
        let item = |(key, fault): &(u32, &super::rows::CellFault)| {
            let go = (*key, fault.column.to_owned());
            let onclick = edit.reform(move |_: MouseEvent| go.clone());
            html! {
                <li>
                    <button type="button" class="see" {onclick}>{ &fault.place }</button>
                    { "：" }{ &fault.says }
                </li>
            }
        };
        some.iter().map(item).collect()
    };
    html! {
        <Notice tone={Tone::Warning} title={format!("有 {} 处要改", faults.len())} test="list-wrong">
            <p>{ "点开一处在这里改；也可以在表里改好，再选一次。" }</p>
            <ul class="roster-faults">{ items(first) }</ul>
            if !more.is_empty() {
                <details>
                    <summary>{ format!("还有 {} 处", more.len()) }</summary>
                    <ul class="roster-faults">{ items(more) }</ul>
                </details>
            }
        </Notice>
    }
}
