//! What the document wants declared, and the adult members' agreement.

use policies::model::{CaseKind, Declares, Paper};
use yew::prelude::*;

use super::form::PageProps;
use crate::apply::draft::{
    DraftAction, DraftField, Tick,
    declared::{MEMBERS_AGREE, asked, concerns_members, is_ticked, sentence, tick_id},
};
use crate::mail::OfficeKeyNote;
use ui::{
    components::{Card, CheckBox, Cited, Field, FieldKind},
    typed,
};

/// The declarations. Nothing is ticked beforehand.
#[component]
pub(super) fn Declare(props: &PageProps) -> Html {
    let mut asked = asked(props.doc).peekable();
    html! {
        <>
            if asked.peek().is_some() {
                <p>{ "文件要求申请时写明下面的内容，请看清楚再勾选。窗口要纸质签字的，办理时再签。" }</p>
            } else {
                <p data-test="nothing-to-declare">{ "这里的文件没有要求申请人另外承诺或者授权，请直接点“下一步”。" }</p>
            }
            for (declares, paper) in asked {
                { one(props, declares, paper) }
            }
            if concerns_members(&props.draft, props.doc) {
                <Card title="家人同意">
                    <CheckBox
                        id="agree-members"
                        label={MEMBERS_AGREE}
                        hint="核查会涉及家人的情况，所以要他们先同意。"
                        checked={props.draft.members_agree}
                        error={props.error("agree-members")}
                        onchange={tick(props, Tick::MembersAgree)}
                    />
                </Card>
            }
            <OfficeKeyNote office={props.doc.document().id.clone()} kind={CaseKind::Application} />
        </>
    }
}

fn one(props: &PageProps, declares: Declares, paper: &'static Paper) -> Html {
    let id = tick_id(declares);
    let which = if declares == Declares::Truth { Tick::Truth } else { Tick::Consent };
    html! {
        <Card title={paper.label.clone()}>
            if !paper.says.is_empty() {
                <p>{ &paper.says }</p>
            }
            <CheckBox
                {id}
                label={sentence(declares)}
                checked={is_ticked(&props.draft, declares)}
                error={props.error(id)}
                onchange={tick(props, which)}
            />
            if declares == Declares::Authorisation {
                { day(props, "authorised-from", "从哪一天开始？", &props.draft.authorised_from, DraftField::AuthorisedFrom) }
                { day(props, "authorised-until", "到哪一天为止？", &props.draft.authorised_until, DraftField::AuthorisedUntil) }
            }
            <Cited doc={props.doc} cite={paper.cite.clone()} />
        </Card>
    }
}

fn tick(props: &PageProps, which: Tick) -> Callback<bool> {
    let dispatcher = props.draft.dispatcher();
    Callback::from(move |on: bool| dispatcher.dispatch(DraftAction::Tick(which, on)))
}

fn day(props: &PageProps, id: &'static str, label: &'static str, value: &str, field: DraftField) -> Html {
    let dispatcher = props.draft.dispatcher();
    html! {
        <Field
            {id}
            {label}
            hint={["这一天也算在内。", typed::DATE_HINT].concat()}
            echo={typed::date_echo(value, props.today)}
            kind={FieldKind::Date}
            value={value.to_owned()}
            error={props.error(id)}
            oninput={Callback::from(move |text: String| dispatcher.dispatch(DraftAction::Write(field.clone(), text)))}
        />
    }
}
