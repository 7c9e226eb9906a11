//! Who applies together with the applicant.

use policies::{Value, seen::visible};
use protocol::correction::PersonSpot;
use yew::prelude::*;

use super::{
    form::PageProps,
    person::{ask, identity_fields},
};
use crate::apply::draft::{
    DraftAction, PersonDraft,
    read::{MOST_PEOPLE, is_counted},
};
use ui::{
    browser::focus_by_id,
    components::{AskFirst, Button, Card, Look, Notice, Tone},
};

/// The members, to be added, changed and removed.
#[component]
pub(super) fn Members(props: &PageProps) -> Html {
    let draft = &props.draft;
    let said = use_state(|| AttrValue::Static(""));
    let add = {
        let (dispatcher, said, next) = (draft.dispatcher(), said.setter(), draft.members.len() + 1);
        Callback::from(move |_: MouseEvent| {
            dispatcher.dispatch(DraftAction::AddMember);
            said.set(format!("已加第 {next} 位家人，请填写。").into());
            // The new fields exist only after the next render.
            gloo_timers::callback::Timeout::new(0, move || focus_by_id(&format!("member-{next}-name")))
                .forget();
        })
    };
    html! {
        <>
            <p>{ "把和您一起申请的家人都写上，一人一份；您自己不用再写。一个人申请，直接点“下一步”。" }</p>
            { count_note(props) }
            for (index, member) in draft.members.iter().enumerate() {
                <Card key={member.key} title={heading(index, member)} test={format!("member-{}", index + 1)}>
                    { identity_fields(props, member) }
                    { ask(props, member, PersonSpot::Relation) }
                    { remove(props, index, member, &said.setter()) }
                </Card>
            }
            if draft.members.len() + 1 < MOST_PEOPLE {
                <p>
                    <Button look={Look::Secondary} onclick={add} test="member-add">
                        { if draft.members.is_empty() { "加一位家人" } else { "再加一位家人" } }
                    </Button>
                </p>
            }
            <p role="status" class="visually-hidden">{ &*said }</p>
        </>
    }
}

fn heading(index: usize, member: &PersonDraft) -> String {
    match visible(&member.name).as_str() {
        "" => format!("第 {} 位家人", index + 1),
        name => format!("第 {} 位家人：{name}", index + 1),
    }
}

/// Says so where the self-check was told another number.
fn count_note(props: &PageProps) -> Html {
    let here = props.draft.people().count();
    let mut counted = policies::rulebook().facts().iter().filter(|fact| is_counted(fact));
    match counted.find_map(|fact| props.draft.from_check.facts.get(&fact.id)) {
        Some(Value::Number(told)) if usize::try_from(*told).is_ok_and(|told| told != here) => html! {
            <Notice tone={Tone::Warning} title="人数和自测时不一样" test="people-differ">
                <p>{ format!("自测时您填的是 {told} 人，这里连您自己现在是 {here} 人。提交时按这里的人数算。") }</p>
            </Notice>
        },
        _ => html! { <p data-test="people-count">{ format!("连您自己一共 {here} 人。") }</p> },
    }
}

fn remove(props: &PageProps, index: usize, member: &PersonDraft, said: &UseStateSetter<AttrValue>) -> Html {
    let (dispatcher, key, said) = (props.draft.dispatcher(), member.key, said.clone());
    let who = heading(index, member);
    let label = format!("删除这位家人：{who}");
    let loses =
        if member.is_blank() { String::new() } else { format!("{who}，填好的内容都会删掉。") };
    let onclick = Callback::from(move |()| {
        dispatcher.dispatch(DraftAction::RemoveMember(key));
        said.set(format!("已删除{who}。").into());
        focus_by_id("page-title");
    });
    html! {
        <AskFirst
            look={Look::Danger}
            says="删除这位家人"
            {label}
            {loses}
            {onclick}
            test={format!("member-remove-{}", index + 1)}
        />
    }
}
