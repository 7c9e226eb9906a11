//! A letter that the office set aside: what that means, and what its sender can do now.

use protocol::case::Aside;
use yew::prelude::*;

use super::THREAD;
use ui::{browser::show_by_id, components::Button};

/// In place of where it stands: nobody works on it, and it is the sender's turn.
pub(super) fn told(how: Aside) -> Html {
    let (word, why) = match how {
        Aside::Unopened => (
            "受理单位打不开这封信",
            "工作人员打不开您发来的内容，还没有人看过，可能是发送的时候损坏了。信没有删除，先放在一边。",
        ),
        Aside::Unusable | Aside::Back => (
            "受理单位把这封信放在一边了",
            "工作人员看了，认为里面的内容没法办理，所以没有往下办。信没有删除，先放在一边。",
        ),
    };
    html! {
        <div class="stage-now stage-now--yours" role="status">
            <p class="stage-now__label">{ "现在轮到您了" }</p>
            <p class="stage-now__word" data-test="aside" data-how={how.id()}>{ word }</p>
            <p>{ why }</p>
            <p>{ "请重新填写、再提交一次，或者打电话问受理单位，电话在下面“要问人”里。" }</p>
            <p>{ "受理单位给这类件设了保存期限的，放在一边的到期和办结的一样销毁。" }</p>
            <p>{ "要是放错了，在下面留言说一声：一留言，这一件就回到工作人员的收件箱。" }</p>
            <p><Button onclick={|_: MouseEvent| show_by_id(THREAD)} test="to-thread">{ "去留言" }</Button></p>
        </div>
    }
}
