//! What was told, as a table: two names and answers to a row, a long answer across the sheet.

use yew::prelude::*;

use super::typeset::{lines, whole};
use crate::words::LetterRow;

/// Signs of an answer, or of its name, that still fit into half a row: an identity number does.
const SHORT: usize = 18;

/// A part of what was told; nothing where nothing was.
pub fn table(title: &str, rows: Vec<LetterRow>) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    html! {
        <table class="paper__table">
            <caption>{ title.to_owned() }</caption>
            <tbody>{ for paired(rows).into_iter().map(line) }</tbody>
        </table>
    }
}

/// Short rows two by two, in their order.
fn paired(rows: Vec<LetterRow>) -> Vec<(LetterRow, Option<LetterRow>)> {
    let mut pairs: Vec<(LetterRow, Option<LetterRow>)> = Vec::new();
    for row in rows {
        match pairs.last_mut() {
            Some((first, second @ None)) if is_short(first) && is_short(&row) => *second = Some(row),
            _ => pairs.push((row, None)),
        }
    }
    pairs
}

fn is_short(row: &LetterRow) -> bool {
    row.name.chars().count() <= SHORT && row.value.chars().count() <= SHORT && !row.value.contains('\n')
}

fn line((first, second): (LetterRow, Option<LetterRow>)) -> Html {
    let across = second.is_none().then_some("3");
    html! {
        <tr>
            <th scope="row">{ first.name }</th>
            <td colspan={across}><bdi>{ value(&first.value) }</bdi></td>
            if let Some(second) = second {
                <th scope="row">{ second.name }</th>
                <td><bdi>{ value(&second.value) }</bdi></td>
            }
        </tr>
    }
}

/// A short answer is a number with its unit, a name, a date: nothing in it breaks.
fn value(told: &str) -> Html {
    if told.chars().count() <= SHORT { lines(&whole(told)) } else { lines(told) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, value: &str) -> LetterRow {
        LetterRow::new(name, value)
    }

    #[test]
    fn short_answers_share_a_row_and_a_long_one_has_its_own() {
        let long = "长".repeat(SHORT + 1);
        let rows =
            vec![row("一", "甲"), row("二", "乙"), row("三", &long), row("四", "丁"), row("五", "a\nb")];
        let names: Vec<(String, Option<String>)> = paired(rows)
            .into_iter()
            .map(|(first, second)| (first.name, second.map(|row| row.name)))
            .collect();
        let one = |name: &str| (name.to_owned(), None);
        assert_eq!(names, [("一".to_owned(), Some("二".to_owned())), one("三"), one("四"), one("五")]);
    }
}
