//! One person of the list, field by field.

use chrono::NaiveDate;
use policies::{
    is_asked,
    model::{FieldKind, RosterColumn},
};
use yew::prelude::*;

use super::{card::Asked, rows::CellFault};
use crate::act::list::MemberDraft;
use ui::{
    components::{self, Button, FactControl, Field, Look},
    place::Doc,
    roster::{fact_of, household},
};

/// Props of [`Editor`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct EditorProps {
    /// The document.
    pub(super) doc: Doc,
    /// What is asked.
    pub(super) roster: Asked,
    /// Which person it is, from 1.
    pub(super) n: usize,
    /// What is written.
    pub(super) member: MemberDraft,
    /// What is wrong.
    pub(super) faults: Vec<CellFault>,
    /// The day on which it is read.
    pub(super) today: NaiveDate,
    /// Typed or picked: person, column, text.
    pub(super) onwrite: Callback<(u32, String, String)>,
    /// Everything is written.
    pub(super) ondone: Callback<()>,
}

/// The DOM id of a column's control: one person is open at a time.
pub(super) fn control(column: &str) -> String {
    ["list-", column].concat()
}

/// The fields of a person. What makes no sense after the other answers is not asked; a field that is empty yet is not
/// told of before the person is left.
#[component]
pub(super) fn Editor(props: &EditorProps) -> Html {
    let EditorProps { doc, roster, member, today, .. } = props;
    let told = household(roster.0, |id| member.cell(id), *today);
    let asked = |column: &&'static RosterColumn| {
        let made = column.fact.as_deref().map(|fact| is_asked(doc.compiled(), &told, *today, fact));
        !member.cell(&column.id).is_empty() || made.is_none_or(|asked| asked.unwrap_or(true))
    };
    let fields = roster.0.columns.iter().filter(asked).map(|column| field(props, column));
    let done = props.ondone.reform(|_: MouseEvent| ());
    let name = format!("第 {} {}", props.n, roster.0.each);
    html! {
        <fieldset class="repeat" data-test="list-editor">
            <legend class="repeat__name">{ name.clone() }</legend>
            { for fields }
            <Button onclick={done} look={Look::Secondary} label={format!("{name}，写好了")} test="list-done">{ "写好了" }</Button>
        </fieldset>
    }
}

fn field(props: &EditorProps, column: &'static RosterColumn) -> Html {
    let value = props.member.cell(&column.id).to_owned();
    let fault = props.faults.iter().find(|fault| fault.column == column.id && !value.is_empty());
    let error = fault.map(|fault| AttrValue::from(fault.says.clone()));
    let oninput = {
        let (onwrite, key, column) = (props.onwrite.clone(), props.member.key, column.id.clone());
        Callback::from(move |text: String| onwrite.emit((key, column.clone(), text)))
    };
    let id = AttrValue::from(control(&column.id));
    if let Some(fact) = fact_of(column) {
        // What a table calls by the choice's name is picked by its id.
        let picked = super::rows::cell(column, &value, props.today).ok().filter(|told| !told.is_empty());
        let answers = ui::components::options_of(&fact.id, &fact.kind, fact.answers).is_some();
        let value = if answers { picked.unwrap_or(value) } else { value };
        let control = FactControl {
            fact,
            id,
            labelled_by: None,
            value: value.into(),
            error,
            oninput,
            today: props.today,
        };
        return html! { <div class="fact-choice" key={&*column.id}>{ control.show() }</div> };
    }
    let kind = match &column.kind {
        Some(FieldKind::IdNumber | FieldKind::CreditCode) => components::FieldKind::IdNumber,
        Some(FieldKind::Phone) => components::FieldKind::Phone,
        Some(FieldKind::Date { .. }) => components::FieldKind::Date,
        _ => components::FieldKind::Text,
    };
    html! {
        <Field
            key={&*column.id}
            {id}
            label={AttrValue::Static(&column.label)}
            hint={(!column.help.is_empty()).then_some(AttrValue::Static(&column.help))}
            {value}
            {error}
            {oninput}
            {kind}
            optional={column.optional}
        />
    }
}
