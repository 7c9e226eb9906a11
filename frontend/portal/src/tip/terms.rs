//! Before anything is written: who reads it, what is promised and what is not, what to leave out, how the result comes.

use policies::model::{CaseKind, Procedure};
use yew::prelude::*;

use ui::{
    components::{Cited, Notice, Tone, fold},
    place::Doc,
};

/// Props of [`Terms`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TermsProps {
    /// The place's document.
    pub(super) doc: Doc,
}

/// All of it: the important in sight, the rest folded.
#[component]
pub(super) fn Terms(props: &TermsProps) -> Html {
    let doc = props.doc;
    let Some(procedure) = doc.procedure(CaseKind::TipOff) else { return Html::default() };
    html! {
        <>
            <Notice tone={Tone::Info} title="可以不留姓名" test="tip-privacy">
                <p>{ "不用登录，姓名和电话留不留由您。内容在您的设备上加密，只有下面写明的收件人能打开；本站的程序不记录网络地址。" }</p>
                <p>{ "想保密的话，请不要写自己的姓名、门牌号、单位，也不要写只有您才知道的细节，照片里不要有您自己。" }</p>
            </Notice>
            { fold("tip-readers", "谁看得到、怎样办、结果怎样回来", String::new(), course(doc, procedure)) }
            { fold("tip-terms", "本站保证什么、保证不了什么", String::new(), terms()) }
            { fold("tip-stay-unknown", "不想让人认出来，这些不要写", String::new(), left_out()) }
        </>
    }
}

/// Every stage as the document has it, with whoever is at it.
fn course(doc: Doc, procedure: &'static Procedure) -> Html {
    html! {
        <div data-test="tip-course">
            <ol>
                for stage in &procedure.stages {
                    <li>
                        <strong>{ &stage.label }</strong>{ format!("（{}）：{}", stage.by, stage.says) }
                        if let Some(clock) = doc.document().clock_of(stage) { { &clock.says } }
                    </li>
                }
            </ol>
            <p>{ "要问您的话、办理的结果，都写在“查询进度”里，凭提交时给您的 20 位查询码看；没有人会打电话找您，除非您自己留了电话。" }</p>
            <Cited {doc} cite={procedure.cite.clone()} />
        </div>
    }
}

fn terms() -> Html {
    html! {
        <div data-test="tip-terms">
            <p><strong>{ "本站保证：" }</strong></p>
            <ul>
                <li>{ "写的内容和照片离开这台设备以前就已经加密，只有受理单位和它的监督人员的钥匙能打开。" }</li>
                <li>{ "不打勾，这一页什么都不留在这台设备上。" }</li>
                <li>{ "照片重新画过，拍摄地点、时间、设备都去掉，再加密发送。" }</li>
                <li>{ "没有人能改掉、换掉您的举报而不露出来；受理单位每动一步都要签名。" }</li>
            </ul>
            <p><strong>{ "本站保证不了：" }</strong></p>
            <ul>
                <li>{ "查得快不快、查出什么、怎样处理，由受理单位决定；文件没有写天数的，本站不替它答应。" }</li>
                <li>{ "打开举报的人怎样保密，本站管不到。" }</li>
                <li>{ "管服务器和网络的人，能知道有人在什么时候连过本站。不放心的，请不要用单位的电脑和网络。" }</li>
                <li>{ "这台设备上别的程序（输入法、监控软件、截屏）记下了什么，本站看不见，也清不掉。" }</li>
            </ul>
        </div>
    }
}

fn left_out() -> Html {
    html! {
        <ul data-test="tip-leave-out">
            <li>{ "您的姓名、电话、门牌、单位，和对方是什么关系。" }</li>
            <li>{ "“他亲口对我说”“那天只有我在场”这样的话：看的人会想到是您。" }</li>
            <li>{ "您平时常说的口头语、别人一看就知道是您的写法。" }</li>
            <li>{ "从您家窗口、阳台拍的照片，照片里的您自己、家里人、反光里的影子。" }</li>
        </ul>
    }
}
