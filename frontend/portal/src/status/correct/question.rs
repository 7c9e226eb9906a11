//! What is asked for, shown with the control that its form has, and read as it is there.

use chrono::NaiveDate;
use policies::{
    model::{CaseKind, FormField},
    parse_value,
};
use protocol::{
    correction::{CorrectionRequest, FieldAsked, FieldCorrected, Spot},
    letter::Letter,
};
use yew::prelude::*;

use super::draft::Draft;
use crate::{
    act::{control::Control, read::value},
    apply::{
        draft::read::answer,
        question::{Question, Told},
    },
};
use ui::{
    components::{FactControl, FieldFault, RadioGroup, RadioOption},
    correcting::{spot_name, spot_words, typed_at},
    place::Doc,
    typed,
    words::{LetterPart, correctable},
};

/// How a paper can be handed in that is missing: id and words.
const PAPERS: [(&str, &str); 2] =
    [("bring", "我在最后一天前送到窗口"), ("none", "我没有这份材料，在下面留言说明")];

/// A request beside what was sent.
pub(super) struct Sheet<'a> {
    doc: Doc,
    kind: CaseKind,
    letter: Option<&'a Letter>,
    parts: Vec<LetterPart>,
    request: &'a CorrectionRequest,
    draft: &'a Draft,
    on: NaiveDate,
}

impl<'a> Sheet<'a> {
    /// What was sent may not be there: then nothing is known of what stood before.
    pub(super) fn new(
        (doc, kind): (Doc, CaseKind),
        letter: Option<&'a Letter>,
        request: &'a CorrectionRequest,
        draft: &'a Draft,
        on: NaiveDate,
    ) -> Self {
        let parts = letter.map(|letter| correctable(doc.compiled(), letter)).unwrap_or_default();
        Self { doc, kind, letter, parts, request, draft, on }
    }

    fn before(&self, spot: &Spot) -> String {
        self.letter.map_or_else(String::new, |letter| typed_at(letter, spot))
    }

    fn typed(&self, asked: &FieldAsked, spot: &Spot) -> String {
        self.draft.typed(&asked.field).map_or_else(|| self.before(spot), str::to_owned)
    }

    /// Its name, where the letter has it.
    fn name(&self, asked: &FieldAsked) -> String {
        let spot: Option<Spot> = asked.field.parse().ok();
        spot.and_then(|spot| spot_name(&self.parts, &spot)).unwrap_or_else(|| "这一处".to_owned())
    }

    /// Every field with its reason, what stands there and its control.
    pub(super) fn show(&self, faults: &[FieldFault], write: &Callback<(String, String)>) -> Html {
        let one = |(n, asked): (usize, &FieldAsked)| {
            let id = control(n);
            let error = faults.iter().find(|fault| fault.id == id).map(|fault| fault.message.clone());
            let spot: Option<Spot> = asked.field.parse().ok();
            let before = spot.as_ref().map_or_else(String::new, |spot| spot_words(&self.parts, spot));
            let shown = spot.and_then(|spot| self.control(asked, &spot, (id.into(), error), write));
            html! {
                <section key={n} class="correct__one" data-test={format!("correct-ask-{n}")}>
                    <h3>{ format!("{n}. {}", self.name(asked)) }</h3>
                    <p>{ "为什么要改：" }<bdi class="thread__words">{ &asked.why }</bdi></p>
                    if !before.is_empty() {
                        <p class="muted">{ "原来写的：" }<bdi data-test={format!("correct-before-{n}")}>{ before }</bdi></p>
                    }
                    { shown.unwrap_or_else(|| html! {
                        <p>{ "这一处在这里改不了，请在下面“留言”里写清楚。" }</p>
                    }) }
                </section>
            }
        };
        (1..).zip(&self.request.fields).map(one).collect()
    }

    fn control(
        &self,
        asked: &FieldAsked,
        spot: &Spot,
        (id, error): (AttrValue, Option<AttrValue>),
        write: &Callback<(String, String)>,
    ) -> Option<Html> {
        let field = asked.field.clone();
        let oninput = write.reform(move |text: String| (field.clone(), text));
        let (value, today, doc) = (AttrValue::from(self.typed(asked, spot)), self.on, self.doc);
        Some(match spot {
            Spot::Fact(fact) => {
                let fact = policies::rulebook().fact(fact)?;
                FactControl { fact, id, labelled_by: None, value, error, oninput, today }.show()
            }
            Spot::Field { .. } => {
                Control { field: self.field(spot)?, id, value, error, oninput, today }.show()
            }
            Spot::Paper(_) => html! {
                <RadioGroup
                    legend="这份材料怎么补？"
                    options={PAPERS.map(|(value, words)| RadioOption::new(&id, value, words)).to_vec()}
                    name={id}
                    {error}
                    selected={(!value.is_empty()).then_some(value)}
                    onchange={oninput.reform(|value: AttrValue| value.to_string())}
                />
            },
            spot => Question { told: told(spot)?, doc, id, value, error, oninput, today }.show(),
        })
    }

    /// What was mended: what is as it was is not sent.
    ///
    /// # Errors
    /// The faults, in the order of the page; one where nothing was mended.
    pub(super) fn read(&self) -> Result<Vec<FieldCorrected>, Vec<FieldFault>> {
        let (mut fields, mut faults) = (Vec::new(), Vec::new());
        for (n, asked) in (1..).zip(&self.request.fields) {
            let Some(read) = asked.field.parse().ok().and_then(|spot| self.answer(asked, &spot)) else {
                continue;
            };
            match read {
                Ok(None) => {}
                Ok(Some(value)) => fields.push(FieldCorrected { field: asked.field.clone(), value }),
                Err(message) => faults.push(FieldFault::new(control(n), message)),
            }
        }
        if fields.is_empty() && faults.is_empty() {
            let message = "这几处都和原来一样，没有改。原来写的没有错，请不用发补正，在下面“留言”里说明。";
            faults.push(FieldFault::new(control(1), message));
        }
        if faults.is_empty() { Ok(fields) } else { Err(faults) }
    }

    /// What stands at a spot now, if it is something else than before; nothing where the spot is none of this page.
    fn answer(&self, asked: &FieldAsked, spot: &Spot) -> Option<Result<Option<String>, String>> {
        let typed = self.typed(asked, spot);
        let read = match spot {
            Spot::Fact(id) => {
                let fact = policies::rulebook().fact(id)?;
                parse_value(fact, &typed, self.on)
                    .map(|value| typed::text(fact, &value))
                    .map_err(|wrong| wrong.message)
            }
            Spot::Field { .. } => value(self.field(spot)?, &typed, self.on),
            Spot::Paper(_) if typed.is_empty() => Err("请选一个：这份材料怎么补。".to_owned()),
            Spot::Paper(_) => Ok(typed),
            spot => answer(told(spot)?, &typed, self.doc, self.on),
        };
        let before = self.before(spot);
        Some(read.map(|value| (self.letter.is_none() || value != before).then_some(value)))
    }

    fn field(&self, spot: &Spot) -> Option<&'static FormField> {
        let Spot::Field { part, field, .. } = spot else { return None };
        self.doc.document().form(self.kind)?.part(part)?.field(field)
    }
}

fn control(n: usize) -> String {
    format!("correct-{n}")
}

fn told(spot: &Spot) -> Option<Told> {
    Some(match spot {
        Spot::Person { place: 0, told } => Told::Applicant(*told),
        Spot::Person { told, .. } => Told::Member(*told),
        Spot::Address => Told::Address,
        Spot::Wanted => Told::Wanted,
        Spot::Remarks => Told::Remarks,
        Spot::Fact(_) | Spot::Field { .. } | Spot::Paper(_) => return None,
    })
}

/// An answer in words, for whoever knows no more than texts, and for the thread.
pub(super) fn answered(sheet: &Sheet<'_>, fields: &[FieldCorrected]) -> String {
    let mut mended = sheet.letter.cloned();
    for FieldCorrected { field, value } in fields {
        if let (Some(letter), Ok(spot)) = (&mut mended, field.parse()) {
            // What cannot be put there is told as it was typed.
            let _ = ui::correcting::put(sheet.doc.document(), letter, &spot, value);
        }
    }
    let after = mended.map(|letter| correctable(sheet.doc.compiled(), &letter)).unwrap_or_default();
    let line = |(n, asked): (usize, &FieldAsked)| {
        let name = sheet.name(asked);
        let Some(told) = fields.iter().find(|told| told.field == asked.field) else {
            return format!("{n}. {name}：没有改");
        };
        let Ok(spot) = asked.field.parse::<Spot>() else { return format!("{n}. {name}：{}", told.value) };
        let before = spot_words(&sheet.parts, &spot);
        let paper = PAPERS.iter().find(|(id, _)| matches!(spot, Spot::Paper(_)) && *id == told.value);
        let now = match paper {
            Some((_, words)) => (*words).to_owned(),
            None => Some(spot_words(&after, &spot))
                .filter(|now| !now.is_empty())
                .unwrap_or_else(|| told.value.clone()),
        };
        match before.as_str() {
            "" => format!("{n}. {name}：{now}"),
            before => format!("{n}. {name}：原来“{before}”，现在“{now}”"),
        }
    };
    let head = format!("补正了 {} 处：", fields.len());
    std::iter::once(head).chain((1..).zip(&sheet.request.fields).map(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use protocol::correction::PersonSpot;

    use super::*;

    #[test]
    fn every_spot_of_an_application_has_a_question() {
        for told_of in PersonSpot::ALL {
            assert_eq!(told(&Spot::Person { place: 0, told: told_of }), Some(Told::Applicant(told_of)));
            assert_eq!(told(&Spot::Person { place: 2, told: told_of }), Some(Told::Member(told_of)));
        }
        assert!([Spot::Address, Spot::Wanted, Spot::Remarks].iter().all(|spot| told(spot).is_some()));
    }
}
