//! The receipt code: digits, QR picture, copying, saving, printing.

use policies::model::CaseKind;
use protocol::counter::Counter;
use protocol::receipt::ReceiptCode;
use yew::prelude::*;

use super::{
    lost_words,
    next::{next_steps, whom_to_ask},
};
use crate::route::Route;
use sealer::ops::Drawing;
use ui::{
    browser::{address_of, copy_text, print_page, save_file},
    components::{Button, Look},
    hooks::{Request, use_request},
    place::Doc,
    sealing::{SealerError, use_sealer},
    words::{case_word, moment},
};

/// Props of [`Code`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CodeProps {
    /// Twenty digits.
    pub(super) code: AttrValue,
    /// Office id.
    pub(super) office: AttrValue,
    /// Where it is reached, by its card.
    pub(super) counters: Vec<Counter>,
    /// What was sent.
    pub(super) kind: CaseKind,
    /// When it was received, Unix seconds.
    pub(super) received_at: u64,
    /// Its number.
    pub(super) number: AttrValue,
    /// What is kept of its history.
    pub(super) pin: AttrValue,
}

/// The code to keep.
#[component]
pub(super) fn Code(props: &CodeProps) -> Html {
    let grouped =
        ReceiptCode::parse(&props.code).map_or_else(|_| props.code.to_string(), |code| code.grouped());
    let copied = use_request::<(), ()>();
    let kept = use_state(|| None::<bool>);
    let copy = {
        let (copied, text) = (copied.clone(), grouped.clone());
        Callback::from(move |_: MouseEvent| {
            let text = text.clone();
            copied.run(async move { if copy_text(text).await { Ok(()) } else { Err(()) } });
        })
    };
    let save = {
        let (kept, text) = (kept.setter(), receipt_text(props, &grouped));
        Callback::from(move |_: MouseEvent| kept.set(Some(save_file("安居查询码.txt", &text))))
    };
    let said = match (copied.state(), *kept) {
        (Request::Failed(()), _) => "这个浏览器不让复制，请长按上面的数字复制，或者抄下来。",
        (Request::Done(()), _) => "已复制，请粘贴到安全的地方。",
        (_, Some(true)) => "已交给浏览器保存，请到“下载”里确认。",
        (_, Some(false)) => "这个浏览器不让保存文件，请抄下来或者拍照。",
        _ => "",
    };
    html! {
        <div class="receipt">
            <p class="receipt__code number" data-test="receipt-code" aria-label={format!("查询码 {grouped}")}>
                for group in grouped.split(' ') {
                    <span class="receipt__group">{ group.to_owned() }</span>{ " " }
                }
            </p>
            <p class="muted">{ "校验 " }<span class="number" data-test="receipt-pin">{ &props.pin }</span></p>
            <QrPicture code={props.code.clone()} pin={props.pin.clone()} />
            <div class="row receipt__actions">
                <Button look={Look::Secondary} onclick={copy} test="receipt-copy">{ "复制" }</Button>
                <Button look={Look::Secondary} onclick={save} test="receipt-save">{ "存成文件" }</Button>
                <Button look={Look::Secondary} onclick={|_: MouseEvent| print_page()} test="receipt-print">{ "打印" }</Button>
            </div>
            <p role="status" class="receipt__said" data-test="receipt-said">{ said }</p>
        </div>
    }
}

/// What the saved file says.
fn receipt_text(props: &CodeProps, grouped: &str) -> String {
    let doc = Doc::by_id(&props.office);
    let place = doc.map_or_else(String::new, |doc| doc.document().place.name.clone());
    let mut lines = vec![
        "安居 公共租赁住房自助服务 · 提交回执".to_owned(),
        format!("{place} · {}", case_word(props.kind)),
        format!("件号：{}", props.number),
        format!("收到时间：{}", moment(props.received_at)),
        format!("查询码：{grouped}"),
        format!("校验：{}", props.pin),
        format!("查进度、看回复、补充说明：{}", address_of(&Route::Status.to_path())),
    ];
    let mut part = |title: &str, of: Vec<String>| {
        if !of.is_empty() {
            lines.extend([String::new(), title.to_owned()]);
            lines.extend(of.iter().map(|line| ["· ", line].concat()));
        }
    };
    part("接下来", doc.map(|doc| next_steps(doc, props.kind)).unwrap_or_default());
    part("要问人", doc.map(|doc| whom_to_ask(doc, &props.counters)).unwrap_or_default());
    part(
        "请保管好",
        vec!["谁有查询码谁就能看，请不要给别人。".to_owned(), lost_words(props.kind).to_owned()],
    );
    lines.push(String::new());
    lines.join("\r\n")
}

#[derive(Clone, PartialEq, Properties)]
struct QrPictureProps {
    code: AttrValue,
    pin: AttrValue,
}

/// The code as a QR picture, drawn by the sealer; nothing where it could not be drawn.
#[component]
fn QrPicture(props: &QrPictureProps) -> Html {
    let sealer = use_sealer();
    let drawing = use_request::<Drawing, SealerError>();
    {
        let drawing = drawing.clone();
        use_effect_with((props.code.clone(), props.pin.clone()), move |(code, pin)| {
            let (code, pin) = (code.to_string(), pin.to_string());
            drawing
                .run(async move { sealer.draw_code(address_of(&Route::Status.to_path()), code, pin).await });
        });
    }
    let Some(Drawing { size, path }) = drawing.state().done() else { return Html::default() };
    html! {
        <figure class="receipt__qr">
            <svg viewBox={format!("0 0 {size} {size}")} role="img" aria-label="查询码的二维码" shape-rendering="crispEdges">
                <rect width={size.to_string()} height={size.to_string()} fill="#fff" />
                <path d={path.clone()} fill="#000" />
            </svg>
            <figcaption>{ "用手机扫一扫，直接打开这一件的进度" }</figcaption>
        </figure>
    }
}
