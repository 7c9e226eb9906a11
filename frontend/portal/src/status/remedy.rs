//! What can be done against a decision, the document's own remedy or that it names none, and about a posting.

use policies::model::{CaseKind, FieldKind, Form, Known, Procedure, Stage};
use protocol::{
    case::CaseView,
    letter::{FieldAnswer, FilledPart, Letter, Person},
};
use yew::prelude::*;

use super::{
    open::Opened,
    own::{self, NoCopy},
    progress::since,
};
use crate::{
    act::draft::{self, ActDraft},
    route::Route,
    router::use_navigator,
};
use ui::{
    components::{Button, Look, Notice, Tone},
    hooks::use_request,
    place::Doc,
    sealing::Sealer,
    words::case_number,
};

/// Props of [`Remedy`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct RemedyProps {
    /// The case with its keys.
    pub(super) opened: Opened,
    /// Its document.
    pub(super) doc: Doc,
    /// As it stands now.
    pub(super) view: CaseView,
    /// Opens what was sent: who asks for a review is who sent it.
    pub(super) sealer: Sealer,
}

/// Says of a decision against the owner where its reason stands and what can be done, and of a posting that it can be objected
/// to; with the form for it, filled in as far as this case tells, where the document has one. Nothing of any other stage.
#[component]
pub(super) fn Remedy(props: &RemedyProps) -> Html {
    let RemedyProps { doc, view, .. } = props;
    let own = use_request::<Option<Letter>, NoCopy>();
    let navigator = use_navigator();
    let procedure = doc.procedure(view.kind);
    let stage = procedure.and_then(|procedure| procedure.stage(&view.stage));
    let posted = procedure.zip(stage).is_some_and(|(procedure, stage)| is_posted(procedure, stage));
    let case = if posted { CaseKind::Objection } else { CaseKind::Review };
    let form = doc.document().form(case).filter(|_| doc.has_form(case));
    {
        let (doc, view) = (*doc, view.clone());
        use_effect_with(own.state().done().cloned(), move |done| {
            if let (Some(letter), Some(form), Some(stage)) = (done, form, stage) {
                fill_in(doc, form, &Told { view: &view, stage, letter: letter.as_ref() });
                if let Some(navigator) = navigator {
                    navigator.push(&Route::of_case(doc.document().place.id.clone(), case));
                }
            }
        });
    }
    let Some(stage) = stage.filter(|stage| stage.adverse || posted) else { return Html::default() };
    let write = {
        let (own, opened, sealer) = (own.clone(), props.opened.clone(), props.sealer.clone());
        Callback::from(move |_: MouseEvent| {
            let (opened, sealer) = (opened.clone(), sealer.clone());
            // What cannot be opened is not filled in.
            own.run(async move { Ok(own::fetch(&opened, &sealer).await.ok()) });
        })
    };
    let fill = |says: &'static str, test: &'static str| {
        html! {
            <>
                <Button look={Look::Secondary} onclick={write} busy={own.state().is_busy()} {test}>{ says }</Button>
                if own.state().is_busy() { <p class="muted" role="status">{ "正在替您填写……" }</p> }
            </>
        }
    };
    if posted {
        return match form {
            Some(form) => html! {
                <Notice tone={Tone::Info} title="公示的内容不对怎么办" test="stage-posted">
                    <p>{ format!("公示期间可以提异议（{}）。别人对您这一条有意见的，也在这里提。", form.cite.article) }</p>
                    { fill("写异议（已替您填好一部分）", "to-objection") }
                </Notice>
            },
            None => Html::default(),
        };
    }
    let words = match &stage.remedy {
        Some(remedy) => format!("{}（{}）", remedy.says, remedy.cite.article),
        None => format!(
            "文件没有写不服这个决定怎么办。您可以请{}说明理由和依据，并问清可以向哪里申请复议或者反映。",
            stage.by
        ),
    };
    html! {
        <Notice tone={Tone::Warning} title="不服这个决定怎么办" test="stage-remedy">
            <p>{ format!("作出决定的理由在留言里，依据是{}。", stage.cite.article) }</p>
            <p>{ words }</p>
            if stage.remedy.is_some() && form.is_some() {
                <p>{ "最晚哪一天提出，文件没有写，请尽早。" }</p>
                { fill("写复核申请（已替您填好一部分）", "to-review") }
            }
        </Notice>
    }
}

/// Whether a stage is a posting: while it lasts, an objection is looked into at once.
fn is_posted(procedure: &Procedure, stage: &Stage) -> bool {
    stage.next.iter().filter_map(|id| procedure.stage(id)).any(|next| next.interrupts)
}

/// What is known of who comes from a decision.
struct Told<'a> {
    view: &'a CaseView,
    stage: &'a Stage,
    letter: Option<&'a Letter>,
}

impl Told<'_> {
    fn of(&self, known: Known) -> Option<String> {
        match known {
            Known::CaseNumber => Some(case_number(&self.view.lookup)),
            Known::DecidedOn => Some(since(self.view).to_string()),
            Known::Decision => Some(self.stage.label.clone()),
            Known::Name => self.sender(&FieldKind::Name, |person| &person.name),
            Known::IdNumber => self.sender(&FieldKind::IdNumber, |person| &person.id_number),
            Known::Phone => self.sender(&FieldKind::Phone, |person| &person.phone),
        }
    }

    /// What the letter says of its sender, whom every form asks for first.
    fn sender(&self, kind: &FieldKind, of: impl Fn(&Person) -> &String) -> Option<String> {
        match self.letter? {
            Letter::Application(application) => Some(of(&application.applicant).clone()),
            Letter::Form(told) => {
                let form = Doc::by_id(&told.document)?.document().form(told.kind)?;
                let answers =
                    told.entries.iter().flat_map(|entry| entry.answers.iter().map(move |one| (entry, one)));
                let asked = |(entry, one): &(&FilledPart, &FieldAnswer)| {
                    form.part(&entry.part)
                        .and_then(|part| part.field(&one.field))
                        .is_some_and(|field| field.kind == *kind)
                };
                answers.into_iter().find(asked).map(|(_, one)| one.value.clone())
            }
            Letter::TipOff(_) | Letter::Message(_) => None,
        }
    }
}

/// Fills in what is known and not yet written there; what was written stays. For effects and handlers.
fn fill_in(doc: Doc, form: &'static Form, told: &Told<'_>) {
    let place = &doc.document().place.id;
    let mut kept = draft::opened(doc, form, &draft::copy(place, form.case));
    fill(form, &mut kept, told);
    draft::put_back(place, form.case, &kept);
}

fn fill(form: &Form, kept: &mut ActDraft, told: &Told<'_>) {
    for entry in &mut kept.entries {
        let Some(part) = form.part(&entry.part) else { continue };
        for field in &part.fields {
            if let (true, Some(value)) =
                (entry.answer(&field.id).is_empty(), field.known.and_then(|known| told.of(known)))
            {
                entry.answers.insert(field.id.clone(), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::NaiveDate;
    use protocol::letter::FormLetter;

    use super::*;
    use crate::status::progress::tests::at;

    #[test]
    fn a_posting_is_known_by_what_may_be_objected_to_while_it_lasts() {
        let mut posted = 0;
        for doc in Doc::all() {
            for procedure in &doc.document().procedures {
                for stage in procedure.stages.iter().filter(|stage| is_posted(procedure, stage)) {
                    let lasts = doc.document().clock_of(stage).is_none_or(|clock| clock.at_least);
                    assert!(lasts && !stage.adverse, "{}", stage.id);
                    let form = doc.document().form(CaseKind::Objection).unwrap();
                    let fields = form.parts.iter().flat_map(|part| &part.fields);
                    assert!(
                        fields.filter(|field| field.known.is_some()).count() > 2,
                        "{}",
                        doc.document().id
                    );
                    posted += 1;
                }
            }
        }
        assert!(posted > 2, "{posted}");
    }

    #[test]
    fn a_review_is_filled_in_as_far_as_the_case_tells_and_nothing_is_written_over() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let form = doc.document().form(CaseKind::Review).unwrap();
        let view = at(CaseKind::Renewal, &[("recheck", "2026-11-02"), ("ended", "2026-11-09")]);
        let stage = doc.procedure(CaseKind::Renewal).unwrap().stage("ended").unwrap();
        let answer = |field: &str, value: &str| FieldAnswer { field: field.into(), value: value.into() };
        let answers = vec![answer("name", "测试甲"), answer("id_number", "999999199001010016")];
        let letter = Letter::Form(FormLetter {
            kind: CaseKind::Renewal,
            document: "yongshun-2023".into(),
            document_hash: String::new(),
            on: NaiveDate::default(),
            entries: vec![FilledPart { part: "sender".into(), answers }],
            reply_to: String::new(),
            owner_key: String::new(),
            own_copy: true,
            enclosures: None,
            roster: None,
        });
        let told = Told { view: &view, stage, letter: Some(&letter) };
        let mut draft = ActDraft::default();
        draft.complete(form);
        let written = |draft: &ActDraft, part: &str, field: &str| {
            draft.entries.iter().find(|entry| entry.part == part).unwrap().answer(field).to_owned()
        };
        draft
            .entries
            .iter_mut()
            .find(|entry| entry.part == "result")
            .unwrap()
            .answers
            .insert("result".into(), "自己写的".into());
        fill(form, &mut draft, &told);
        assert_eq!(written(&draft, "sender", "name"), "测试甲");
        assert_eq!(written(&draft, "sender", "id_number"), "999999199001010016");
        assert_eq!(written(&draft, "sender", "phone"), "", "nothing is known of it");
        assert_eq!(written(&draft, "result", "number"), case_number(&view.lookup));
        assert_eq!(written(&draft, "result", "told_on"), "2026-11-09");
        assert_eq!(written(&draft, "result", "result"), "自己写的");
        assert_eq!(written(&draft, "why", "text"), "");
    }
}
