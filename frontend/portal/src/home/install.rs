//! How the site is put on a phone's screen, and what it does there without a network.

use yew::prelude::*;

use ui::{
    browser::{can_install, install},
    components::{Button, Card, Look},
    hooks::use_window_event,
};

/// In words for every browser, and a button where the browser offers it.
#[component]
pub(super) fn Install() -> Html {
    let offered = use_state(|| false);
    let look = {
        let offered = offered.setter();
        Callback::from(move |()| offered.set(can_install()))
    };
    {
        let look = look.clone();
        use_effect_with((), move |()| look.emit(()));
    }
    use_window_event("beforeinstallprompt", true, look.reform(|_: Event| ()));
    let onclick = {
        let offered = offered.setter();
        Callback::from(move |_: MouseEvent| {
            install();
            offered.set(false);
        })
    };
    html! {
        <Card title="没有网络也能用" test="without-network">
            <p>{ "打开过一次以后，去过的地方，自测、办事指南和没写完的表，没有网络也能打开。没有网络时按了提交，会在这台设备上等着，有网络了再打开就发出去，不会变成两份。" }</p>
            <p>{ "存下来的网页人人都一样，里面没有您填的内容；按下面的清除，会一起清掉。" }</p>
            <h3>{ "放到手机桌面" }</h3>
            if *offered {
                <Button look={Look::Secondary} {onclick} test="install">{ "放到桌面" }</Button>
            }
            <ul>
                <li>{ "苹果手机：用 Safari 打开本站，点“分享”，再点“添加到主屏幕”。" }</li>
                <li>{ "安卓手机：点浏览器的菜单，选“安装应用”或“添加到桌面”。" }</li>
                <li>{ "在微信里打开的：先点右上角“…”，选“在浏览器打开”。" }</li>
            </ul>
        </Card>
    }
}
