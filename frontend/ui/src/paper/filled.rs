//! What was answered in a form, as the form on paper takes it.

use policies::{
    Value,
    model::{
        Asked, FieldKind, Form, FormField, FormPart,
        sheet::{At, Taken},
    },
    parse_value,
};
use protocol::letter::{FilledPart, FormLetter};

use crate::typed;

/// What parts a list that somebody wrote, as the field's help says.
const BETWEEN: [char; 8] = ['、', '，', ',', '；', ';', ' ', '\u{3000}', '\n'];

/// A form and what was answered in it.
#[derive(Clone, Copy)]
pub(super) struct Filled<'a> {
    pub(super) form: &'a Form,
    pub(super) letter: &'a FormLetter,
}

impl<'a> Filled<'a> {
    /// The entries of a part.
    pub(super) fn entries(self, part: &str) -> impl Iterator<Item = &'a FilledPart> {
        self.letter.entries.iter().filter(move |entry| entry.part == part)
    }

    /// The part and the field that a piece names.
    pub(super) fn field(
        self,
        at: At<'_>,
        entry: Option<&'a FilledPart>,
    ) -> Option<(&'a FormPart, &'a FormField)> {
        let part = self.form.part(at.part.or(entry.map(|entry| entry.part.as_str()))?)?;
        Some((part, part.field(at.field)?))
    }

    /// What was answered, as it was sent: in the entry at hand or in every entry of the part that is named.
    pub(super) fn answers(self, at: At<'_>, entry: Option<&'a FilledPart>) -> Vec<&'a str> {
        let entries: Vec<&FilledPart> = match at.part {
            Some(part) => self.entries(part).collect(),
            None => entry.into_iter().collect(),
        };
        let answers = entries.into_iter().flat_map(|entry| &entry.answers);
        answers.filter(|answer| answer.field == at.field).map(|answer| answer.value.as_str()).collect()
    }

    /// An answer for paper, without its unit; empty: nothing was told. `others` are the words that other cells take.
    pub(super) fn shown(
        self,
        at: At<'_>,
        taken: Taken<'_>,
        entry: Option<&'a FilledPart>,
        others: &[Taken<'_>],
    ) -> String {
        let Some((_, field)) = self.field(at, entry) else { return String::new() };
        let told = self.answers(at, entry).join("、");
        let listed = || told.split(BETWEEN).filter(|word| !word.is_empty());
        match taken {
            Taken::Whole => self.bare(field, &told),
            Taken::TenThousands => ten_thousands(&self.bare(field, &told)),
            Taken::Word(_) => if listed().any(|word| is_taken(word, taken)) { "√" } else { "" }.to_owned(),
            Taken::Beginning(_) => {
                listed().filter(|word| is_taken(word, taken)).collect::<Vec<_>>().join("、")
            }
            Taken::Rest => {
                let rest = listed().filter(|word| !others.iter().any(|other| is_taken(word, *other)));
                rest.collect::<Vec<_>>().join("、")
            }
        }
    }

    /// A number without its unit, which the paper has; the name of what was picked; what was written.
    fn bare(self, field: &FormField, told: &str) -> String {
        let Some(fact) = field.kind.as_fact() else { return told.to_owned() };
        let asked = Asked::field(&field.label, &fact);
        match parse_value(asked, told, self.letter.on) {
            Ok(value @ Value::Number(_)) => typed::text(asked, &value),
            Ok(value) => policies::format_value(asked, &value),
            Err(_) => told.to_owned(),
        }
    }
}

/// Yuan as units of ten thousand; what is no number stays.
fn ten_thousands(yuan: &str) -> String {
    let (whole, rest) = yuan.split_once('.').unwrap_or((yuan, ""));
    let digits = [whole, rest].concat();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return yuan.to_owned();
    }
    let padded = format!("{:0>1$}", digits, rest.len().saturating_add(5));
    let point = padded.len().saturating_sub(rest.len()).saturating_sub(4);
    let (whole, rest) = padded.split_at_checked(point).unwrap_or((&padded, ""));
    let (whole, rest) = (whole.trim_start_matches('0'), rest.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { whole.to_owned() } else { [whole, ".", rest].concat() }
}

fn is_taken(word: &str, taken: Taken<'_>) -> bool {
    match taken {
        Taken::Word(known) => word == known,
        Taken::Beginning(known) => word.starts_with(known),
        Taken::Whole | Taken::TenThousands | Taken::Rest => false,
    }
}

/// Signs of an empty line for what a field takes.
pub(super) const fn room(kind: &FieldKind) -> usize {
    match kind {
        FieldKind::Count { .. } | FieldKind::YesNo => 2,
        FieldKind::Area | FieldKind::Money | FieldKind::Name | FieldKind::Choice { .. } => 4,
        FieldKind::Phone | FieldKind::Date { .. } | FieldKind::Agree => 6,
        FieldKind::IdNumber | FieldKind::CreditCode | FieldKind::Line | FieldKind::Text => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_told_in_tens_of_thousands_to_the_last_fen() {
        for (yuan, told) in [
            ("50000", "5"),
            ("5000", "0.5"),
            ("123456.78", "12.345678"),
            ("0.01", "0.000001"),
            ("0", "0"),
            ("100000", "10"),
            ("约五万", "约五万"),
            ("", ""),
        ] {
            assert_eq!(ten_thousands(yuan), told, "{yuan}");
        }
    }
}
