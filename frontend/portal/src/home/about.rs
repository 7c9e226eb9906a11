//! What this site is, and what it does with what is typed.

use yew::prelude::*;

use super::install::Install;
use crate::frame::HomeTrail;
use ui::{
    browser::stored,
    components::{AskFirst, Card, Look, Notice, Page, Tone},
    place::Doc,
};

/// About and privacy.
#[component]
pub(crate) fn About() -> Html {
    html! {
        <Page title="关于本站与隐私" above={html! { <HomeTrail /> }}>
            <Card title="本站是什么">
                <p>{ "本站帮居民看懂当地的公租房文件：能不能申请、能得到多少、要带什么、去哪里办，也能在线递交申请和举报。" }</p>
                <p>{ "自测结果只作参考，不是审批决定。文件没有写明的，本站不补数字；文件写得不清楚的，标出“本站理解”，以窗口答复为准。" }</p>
            </Card>
            <Card title="收录的文件">
                <ul class="entries">
                    for doc in Doc::all() {
                        <li class="entry" key={doc.id.clone()}>
                            <p class="entry__title">{ &doc.document().place.full_name }</p>
                            <p>
                                { &doc.document().title }
                                if !doc.number.is_empty() { { format!("（{}）", doc.number) } }
                            </p>
                            <p class="muted">{ &doc.document().status_note }</p>
                        </li>
                    }
                </ul>
            </Card>
            <Card title="怎样对待您填的内容">
                <ul>
                    <li>{ "自测和草稿只在这台设备里，不发给任何人。" }</li>
                    <li>{ "提交的申请、举报和留言，先在您的设备里加密，只有当地住房保障部门的钥匙能打开；申请和留言，您的查询码也能打开。服务器看不到姓名、证件号、电话和内容。" }</li>
                    <li>{ "服务器只看得到：交给哪个部门、哪一类事项、办到哪一步、什么时间、多大。" }</li>
                    <li>{ "不用注册，没有账号，不用 Cookie，不从别的网站加载任何东西。本站的程序不记录您的网络地址；架设网站的单位也要把服务器设成不记。" }</li>
                    <li>{ "查询码只有您有。丢了谁也算不出来，可以带身份证件和件号到受理窗口问。" }</li>
                </ul>
            </Card>
            <Install />
            <Card title="哪些浏览器能用">
                <p>{ "2022 年以后的浏览器一般都能用：安卓手机和电脑上的 Chrome、Edge 97 版起，苹果手机和平板 iOS 16 起，苹果电脑 Safari 16 起，Firefox 114 版起；微信请更新到最新版。" }</p>
                <p>{ "更旧的打不开自助页面，会写明办事电话和地址；每个地方还有一份纯文字的办事指南，任何浏览器都能看。" }</p>
            </Card>
            <Forget />
        </Page>
    }
}

/// One button for shared computers.
#[component]
pub(crate) fn Forget() -> Html {
    let done = use_state(|| false);
    let onclick = {
        let done = done.clone();
        Callback::from(move |()| {
            stored::forget_everything();
            done.set(true);
        })
    };
    html! {
        <Card title="用的是别人的或公共的设备？">
            <p>{ "办完请清除这台设备上保存的自测答案、草稿和查询码。清除以后不能恢复，请先把查询码抄下来。" }</p>
            <AskFirst
                look={Look::Danger}
                says="清除这台设备上的记录"
                loses="没有抄下来的查询码、没有提交的草稿，清除以后都找不回来。"
                {onclick}
                test="forget-everything"
            />
            if *done {
                <Notice tone={Tone::Success} live={true} test="forgotten">
                    <p>{ "已经清除。关闭这个页面就可以了。" }</p>
                </Notice>
            }
        </Card>
    }
}
