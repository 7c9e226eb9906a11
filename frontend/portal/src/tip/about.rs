//! Whether the office's own staff are in it, and who reads it then.

use protocol::addressee::Addressee;
use yew::prelude::*;

use super::draft::ABOUT_STAFF;
use ui::{
    components::{Card, Contacts, RadioGroup, RadioOption},
    place::Doc,
};

/// The other choice: what nobody has to say.
const OTHERS: &str = "others";

/// Props of [`About`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AboutProps {
    /// The place's document.
    pub(super) doc: Doc,
    /// Who reads it as it is answered now.
    pub(super) addressee: Addressee,
    /// That is nobody: the office has set none up.
    pub(super) nobody: bool,
    /// What is wrong with the answer.
    pub(super) error: Option<AttrValue>,
    /// [`ABOUT_STAFF`], or empty.
    pub(super) onchange: Callback<String>,
}

/// The question, and who reads what is written, by the answer.
#[component]
pub(super) fn About(props: &AboutProps) -> Html {
    let options = vec![
        RadioOption::new("tip-about", OTHERS, "没有，或者说不准"),
        RadioOption::new("tip-about", ABOUT_STAFF, "有牵涉"),
    ];
    let (selected, reader) = match props.addressee {
        Addressee::Office => (OTHERS, "由受理单位里按文件办理举报的人员打开。"),
        Addressee::Supervisor => (
            ABOUT_STAFF,
            "只由受理单位指定的监督人员打开和办理，其他工作人员的收件箱里看不到这一件。单位锁着备用的恢复钥匙也能打开它；服务器看得到有一件这样的举报、日期和办到哪一步，看不到内容。",
        ),
    };
    let onchange = props.onchange.reform(|value: AttrValue| {
        let about = if value == ABOUT_STAFF { ABOUT_STAFF } else { "" };
        about.to_owned()
    });
    html! {
        <Card>
            <RadioGroup
                name="tip-about"
                legend="这件事牵涉住房保障部门自己的工作人员吗？"
                {options}
                error={props.error.clone()}
                selected={Some(AttrValue::Static(selected))}
                {onchange}
            />
            if props.nobody {
                <div role="status" data-test="tip-nobody">
                    <p>{ "这个受理单位在本站没有设监督人员。改选上面一项，就由它自己的工作人员打开；不放心的，请不要在这里提交。" }</p>
                    <p>{ "文件写的联系方式如下，接听的可能就是这个单位的人：" }</p>
                    <Contacts doc={props.doc} />
                </div>
            } else {
                <p role="status" data-test="tip-reader">{ reader }</p>
            }
        </Card>
    }
}
