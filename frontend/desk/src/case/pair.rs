//! A case that has a counterpart: two tenants who swap each send a letter of their own. The other's is found by the number that is
//! named, and held against this one.

use policies::model::{Document, MIRRORS_NUMBER};
use policies::seen::visible;
use protocol::letter::{FormLetter, Letter};
use protocol::query::{InboxQuery, Standing};
use ui::correcting::typed_at;
use yew::prelude::*;

use super::opened::open_letter;
use crate::calls::{Desk, DeskError};
use protocol::correction::Spot;
use ui::components::{Button, Card, Look, Notice, Tone};
use ui::hooks::{Request, use_request};
use ui::words::case_number;

/// Most parts of the inbox that are looked through for the other's case.
const PARTS: usize = 40;

/// Props of [`PairView`].
#[derive(Properties, PartialEq)]
pub(crate) struct PairViewProps {
    /// This letter.
    pub(crate) letter: FormLetter,
    /// The office's document, whose form says what mirrors what.
    pub(crate) document: super::StaticDocument,
    /// Where to ask.
    pub(crate) desk: Desk,
}

/// What one says of the other beside what the other says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mirrored {
    name: String,
    /// Who says it of whom.
    whose: &'static str,
    said: String,
    is: String,
}

impl Mirrored {
    fn agrees(&self) -> bool {
        plain(&self.said) == plain(&self.is)
    }
}

/// What came of looking for the other's case.
type Found = Option<(String, Vec<Mirrored>)>;

/// Finds the other's letter and says where the two differ; nothing for forms without a counterpart.
#[component]
pub(crate) fn PairView(props: &PairViewProps) -> Html {
    let found = use_request::<Found, DeskError>();
    let document = props.document.0;
    let Some(number) = number_named(document, &props.letter) else { return Html::default() };
    let find = {
        let (found, desk, letter, number) =
            (found.clone(), props.desk.clone(), props.letter.clone(), number.clone());
        Callback::from(move |_: MouseEvent| {
            let (desk, letter, number) = (desk.clone(), letter.clone(), number.clone());
            found.run(async move { other(&desk, document, &letter, &number).await });
        })
    };
    html! {
        <Card title="对方的那一件" test="pair" class="desk-noprint">
            if number.is_empty() {
                <p>{ "这一份没有写对方的件号：请在收件箱里按这类事项找，或者请对方补上件号。" }</p>
            } else {
                <p>{ format!("写的对方件号：{number}。") }</p>
                <Button look={Look::Secondary} onclick={find} busy={found.state().is_busy()} test="pair-find">{ "找出来比一比" }</Button>
            }
            { match found.state() {
                Request::Failed(error) => html! { <Notice tone={Tone::Failure} live=true test="pair-failed"><p>{ error.to_string() }</p></Notice> },
                Request::Done(None) => html! {
                    <Notice tone={Tone::Warning} live=true test="pair-none">
                        <p>{ "没有找到这个件号的同类事项：对方可能还没有提交，或者件号写错了。可以请对方补正件号。" }</p>
                    </Notice>
                },
                Request::Done(Some((lookup, rows))) => compared(lookup, rows),
                Request::Idle | Request::Busy => Html::default(),
            } }
        </Card>
    }
}

fn compared(lookup: &str, rows: &[Mirrored]) -> Html {
    let differ = rows.iter().filter(|row| !row.agrees()).count();
    html! {
        <div role="status">
            <p data-test="pair-verdict" data-differ={differ.to_string()}>
                { if differ == 0 {
                    format!("{} 找到了，两份写的一样。", case_number(lookup))
                } else {
                    format!("{} 找到了，有 {differ} 处不一样。请用“请对方补正”让写错的一方改，理由里写明对方是怎样写的。", case_number(lookup))
                } }
            </p>
            <table class="desk-facts">
                <thead><tr><th scope="col">{ "哪一栏" }</th><th scope="col">{ "一方写的" }</th><th scope="col">{ "另一方自己写的" }</th></tr></thead>
                <tbody>
                    for row in rows {
                        <tr>
                            <th scope="row">{ format!("{}（{}）", row.name, row.whose) }</th>
                            <td><bdi>{ &row.said }</bdi></td>
                            <td class={classes!((!row.agrees()).then_some("desk-differs"))}>
                                <bdi>{ &row.is }</bdi>
                                if !row.agrees() { { " 不一样" } }
                            </td>
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}

/// The number of the other's case as it is written; `None` where the form asks for none.
fn number_named(document: &Document, letter: &FormLetter) -> Option<String> {
    let form = document.form(letter.kind)?;
    form.parts.iter().find_map(|part| {
        let field = part.fields.iter().find(|field| field.mirrors.as_deref() == Some(MIRRORS_NUMBER))?;
        Some(answer(letter, &part.id, &field.id))
    })
}

fn answer(letter: &FormLetter, part: &str, field: &str) -> String {
    let spot = Spot::Field { part: part.to_owned(), n: 1, field: field.to_owned() };
    typed_at(&Letter::Form(letter.clone()), &spot)
}

async fn other(
    desk: &Desk,
    document: &'static Document,
    letter: &FormLetter,
    number: &str,
) -> Result<Found, DeskError> {
    let wanted = plain(number);
    let mut query = InboxQuery { standing: Standing::All, kind: Some(letter.kind), ..InboxQuery::default() };
    for _ in 0..PARTS {
        let inbox = desk.inbox(&query).await?;
        for row in inbox.cases.iter().filter(|row| plain(&case_number(&row.lookup)) == wanted) {
            let case = desk.case(&row.lookup).await?;
            if let Ok(Letter::Form(theirs)) = open_letter(desk, &case, (0, &case.envelope)).await? {
                return Ok(Some((row.lookup.clone(), mirrored(document, letter, &theirs))));
            }
        }
        match inbox.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    Ok(None)
}

/// What each says of the other, field by field.
fn mirrored(document: &Document, ours: &FormLetter, theirs: &FormLetter) -> Vec<Mirrored> {
    let Some(form) = document.form(ours.kind) else { return Vec::new() };
    let fields = form.parts.iter().flat_map(|part| part.fields.iter().map(move |field| (part, field)));
    let pairs =
        fields.filter_map(|(part, field)| Some((part, field, field.mirrors.as_ref()?.split_once('.')?)));
    let rows = pairs.flat_map(|(part, field, (its_part, its_field))| {
        let row = |whose, says: &FormLetter, is: &FormLetter| Mirrored {
            name: field.label.clone(),
            whose,
            said: answer(says, &part.id, &field.id),
            is: answer(is, its_part, its_field),
        };
        [row("这一份写对方", ours, theirs), row("对方那一份写这一方", theirs, ours)]
    });
    rows.collect()
}

/// A text without what makes the same look different: space, dashes, full-width signs.
fn plain(text: &str) -> String {
    let half = |c: char| match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    };
    visible(text).chars().map(half).filter(|c| !c.is_whitespace() && !"-－—·".contains(*c)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use policies::model::CaseKind;
    use protocol::letter::{FieldAnswer, FilledPart};

    use super::*;

    fn swap(name: &str, flat: &str, (other, its_flat): (&str, &str)) -> FormLetter {
        let answer = |field: &str, value: &str| FieldAnswer { field: field.into(), value: value.into() };
        let entry = |part: &str, answers| FilledPart { part: part.into(), answers };
        FormLetter {
            kind: CaseKind::Swap,
            document: "yongshun-2023".into(),
            document_hash: String::new(),
            on: "2026-11-02".parse().unwrap(),
            entries: vec![
                entry("sender", vec![answer("name", name)]),
                entry("mine", vec![answer("flat", flat)]),
                entry(
                    "other",
                    vec![answer("name", other), answer("flat", its_flat), answer("number", "0000-0007")],
                ),
            ],
            reply_to: String::new(),
            owner_key: String::new(),
            own_copy: true,
            enclosures: None,
            roster: None,
        }
    }

    #[test]
    fn two_letters_agree_however_they_are_typed_and_differ_where_they_do() {
        let document = policies::rulebook().document("yongshun-2023").unwrap().document();
        let ours = swap("测试甲", "测试小区9栋703", ("测试乙", "测试小区 8 栋 101"));
        let theirs = swap("测试乙", "测试小区８栋101", ("测试甲", "测试小区9栋704"));
        let rows = mirrored(document, &ours, &theirs);
        let differ: Vec<_> =
            rows.iter().filter(|row| !row.agrees()).map(|row| (row.whose, row.said.as_str())).collect();
        assert_eq!(rows.len(), 4);
        assert_eq!(differ, [("对方那一份写这一方", "测试小区9栋704")]);
        assert_eq!(number_named(document, &ours).as_deref(), Some("0000-0007"));
        let renewal = FormLetter { kind: CaseKind::Renewal, ..ours };
        assert_eq!(number_named(document, &renewal), None, "a renewal has no counterpart");
    }
}
