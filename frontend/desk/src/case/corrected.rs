//! What the owner mended: before and after, and the letter with it.

use chrono::NaiveDate;
use policies::Compiled;
use protocol::case::{Action, Actor};
use protocol::correction::{CorrectionAnswer, CorrectionRequest, FieldCorrected, Spot};
use protocol::letter::Letter;
use ui::correcting::{put, spot_name, spot_words};
use ui::words::{correctable, date_words, day};
use yew::prelude::*;

use super::application::Rules;
use super::opened::OpenedCase;
use ui::components::{Card, Notice, Tone};

/// A letter with every correction in it, and what these were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Corrected {
    /// The letter as it is to be read now; `None` where nothing was mended.
    pub(crate) letter: Option<Letter>,
    /// The answers, the oldest first.
    pub(crate) answers: Vec<Answered>,
    /// The latest request, where it is not answered.
    pub(crate) open: Option<CorrectionRequest>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    /// The day on which it came.
    pub(crate) on: NaiveDate,
    /// Until when it was asked for.
    pub(crate) by: NaiveDate,
    /// What was mended.
    pub(crate) changes: Vec<Change>,
    /// Names of what was asked for and left as it was.
    pub(crate) left: Vec<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// What the field is called.
    pub(crate) name: String,
    /// What stood there; empty: nothing.
    pub(crate) before: String,
    /// What stands there now.
    pub(crate) after: String,
    /// Why it was not taken over, if it was not.
    pub(crate) wrong: Option<&'static str>,
}

/// Every answer of the owner to a request of this office, one after another.
pub(crate) fn corrected(opened: &OpenedCase, compiled: &'static Compiled) -> Corrected {
    let mut found = Corrected::default();
    let Ok(letter) = &opened.letter else { return found };
    let (mut now, mut requests) = (letter.clone(), Vec::<(&str, &CorrectionRequest)>::new());
    for event in &opened.case.view.events {
        let (Action::Message { envelope_hash, .. }, Some(Ok(message))) =
            (&event.action, opened.messages.get(&event.seq))
        else {
            continue;
        };
        match (&event.by, &message.asks, &message.corrects) {
            (Actor::Office { .. }, Some(request), _) => requests.push((envelope_hash, request)),
            (Actor::Applicant, _, Some(answer)) => {
                // An answer to nothing that was asked changes nothing; the thread shows what it says.
                let Some(place) = requests.iter().position(|(hash, _)| *hash == answer.to) else { continue };
                let (_, request) = requests.remove(place);
                found.answers.push(mend(compiled, &mut now, request, answer, day(event.at)));
            }
            _ => {}
        }
    }
    found.open = requests.last().map(|(_, request)| (*request).clone());
    if !found.answers.is_empty() {
        found.letter = Some(now);
    }
    found
}

fn mend(
    compiled: &'static Compiled,
    letter: &mut Letter,
    request: &CorrectionRequest,
    answer: &CorrectionAnswer,
    on: NaiveDate,
) -> Answered {
    let before = correctable(compiled, letter);
    let name = |field: &str| {
        let spot: Option<Spot> = field.parse().ok();
        spot.and_then(|spot| spot_name(&before, &spot)).unwrap_or_else(|| format!("认不出的一处（{field}）"))
    };
    let asked = |field: &str| request.fields.iter().any(|asked| asked.field == field);
    let mut changes = Vec::new();
    for FieldCorrected { field, value } in &answer.fields {
        let spot: Option<Spot> = field.parse().ok();
        let stood = spot.as_ref().map_or_else(String::new, |spot| spot_words(&before, spot));
        let wrong = match &spot {
            _ if !asked(field) => Some("没有请对方改这一处，没有放进去。"),
            None => Some("本台认不出这一处，没有放进去。"),
            Some(Spot::Paper(_)) => None,
            Some(spot) => {
                put(compiled.document(), letter, spot, value).err().map(|_| "答的内容认不出来，没有放进去。")
            }
        };
        let after = match (&spot, wrong) {
            (Some(Spot::Paper(_)), _) => paper_words(value),
            (Some(spot), None) => spot_words(&correctable(compiled, letter), spot),
            _ => value.clone(),
        };
        changes.push(Change { name: name(field), before: stood, after, wrong });
    }
    let left =
        request.fields.iter().filter(|asked| answer.fields.iter().all(|told| told.field != asked.field));
    Answered { on, by: request.by, changes, left: left.map(|asked| name(&asked.field)).collect() }
}

fn paper_words(value: &str) -> String {
    match value {
        "bring" => "会送到窗口".to_owned(),
        "none" => "说没有这份材料，见留言".to_owned(),
        other => other.to_owned(),
    }
}

/// What was asked and answered.
pub(crate) fn view(corrected: &Corrected) -> Html {
    html! {
        <>
            if let Some(request) = &corrected.open {
                <Notice title="等对方补正" test="correction-open">
                    <p>{ format!("请对方改 {} 处，最晚 {}。", request.fields.len(), date_words(request.by)) }</p>
                </Notice>
            }
            for answered in &corrected.answers {
                <Card title={format!("{} 补正了 {} 处", date_words(answered.on), answered.changes.len())} test="correction-answer">
                    if answered.on > answered.by {
                        <p class="desk-differs" data-test="correction-late">
                            { format!("请对方最晚 {} 改好，晚了 {} 天。文件没有写晚了怎么办，由本单位定。", date_words(answered.by), (answered.on - answered.by).num_days()) }
                        </p>
                    }
                    <table class="desk-facts">
                        <thead><tr><th scope="col">{ "哪一处" }</th><th scope="col">{ "原来" }</th><th scope="col">{ "现在" }</th></tr></thead>
                        <tbody>
                            for (n, change) in (1..).zip(&answered.changes) {
                                <tr>
                                    <th scope="row">{ &change.name }</th>
                                    <td data-test={format!("before-{n}")}><bdi>{ if change.before.is_empty() { "没有写" } else { &change.before } }</bdi></td>
                                    <td data-test={format!("after-{n}")}>
                                        <bdi>{ &change.after }</bdi>
                                        if let Some(wrong) = change.wrong { <p class="desk-differs">{ wrong }</p> }
                                    </td>
                                </tr>
                            }
                        </tbody>
                    </table>
                    if !answered.left.is_empty() {
                        <p>{ format!("没有改的：{}。", answered.left.join("、")) }</p>
                    }
                </Card>
            }
            if corrected.letter.is_some() {
                <Notice tone={Tone::Info} title="下面是补正以后的内容" test="correction-shown">
                    <p>{ "重算用的也是补正以后的内容。原来写的在上面“原来”一栏里，信件本身没有变。" }</p>
                </Notice>
            }
        </>
    }
}

/// What can be asked for of a letter as it stands now.
pub(crate) fn askable(
    opened: &OpenedCase,
    corrected: &Corrected,
    rules: Rules,
) -> Vec<ui::words::LetterPart> {
    let letter = corrected.letter.as_ref().or(opened.letter.as_ref().ok());
    letter.map(|letter| correctable(rules.0, letter)).unwrap_or_default()
}
