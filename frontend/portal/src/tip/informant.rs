//! Whether who reports gives a name, and wants to be asked.

use yew::prelude::*;

use super::draft::{NAMED, NO_QUESTIONS, TipDraft, TipField};
use ui::components::{Card, CheckBox, Field, FieldFault, RadioGroup, RadioOption};

/// The choice that nobody has to make.
const ANONYMOUS: &str = "anonymous";

/// Props of [`Who`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct WhoProps {
    /// As typed.
    pub(super) draft: TipDraft,
    /// What is wrong.
    pub(super) faults: Vec<FieldFault>,
    /// Writes a field.
    pub(super) onwrite: Callback<(TipField, String)>,
}

/// Anonymous or by name, with what each means.
#[component]
pub(super) fn Who(props: &WhoProps) -> Html {
    let draft = &props.draft;
    let write = |field: TipField| props.onwrite.reform(move |text: String| (field, text));
    let error =
        |id: &str| props.faults.iter().find(|fault| fault.id == id).map(|fault| fault.message.clone());
    let options = vec![
        RadioOption::new("tip-by", ANONYMOUS, "不留姓名（匿名）")
            .with_help("信里没有您的任何信息。要补充、看结果，都凭查询码。"),
        RadioOption::new("tip-by", NAMED, "留下姓名（实名）")
            .with_help("打开这封举报的工作人员看得到您的姓名和电话，服务器看不到。他们怎样保密，文件没有写，本站管不到。"),
    ];
    let selected = if draft.is_named() { NAMED } else { ANONYMOUS };
    let onchange = write(TipField::By).reform(|value: AttrValue| {
        let by = if value == NAMED { NAMED } else { "" };
        by.to_owned()
    });
    let on_questions = write(TipField::NoQuestions)
        .reform(|ticked: bool| if ticked { NO_QUESTIONS.to_owned() } else { String::new() });
    html! {
        <Card>
            <RadioGroup name="tip-by" legend="要留姓名吗？" {options} selected={Some(AttrValue::Static(selected))} {onchange} />
            if draft.is_named() {
                <Field id="tip-name" label="您的姓名" value={draft.name.clone()} oninput={write(TipField::Name)} error={error("tip-name")} test="tip-name" />
                <Field id="tip-phone" label="手机或固定电话" value={draft.phone.clone()} oninput={write(TipField::Phone)} error={error("tip-phone")} optional=true test="tip-phone" />
            }
            <CheckBox
                id="tip-no-questions"
                label="不希望受理单位再问我，我只看结果"
                checked={draft.asks_no_questions()}
                onchange={on_questions}
                test="tip-no-questions"
            />
        </Card>
    }
}
