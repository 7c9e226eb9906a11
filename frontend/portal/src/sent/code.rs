//! The receipt code: digits, QR picture, copying, saving, printing.

use policies::model::CaseKind;
use protocol::receipt::ReceiptCode;
use yew::prelude::*;

use super::kind_words;
use sealer::ops::Drawing;
use ui::{
    browser::{copy_text, print_page, save_file},
    components::{Button, Look},
    hooks::{Request, use_request},
    place::Doc,
    sealing::{SealerError, use_sealer},
    words::moment,
};

/// Props of [`Code`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CodeProps {
    /// Twenty digits.
    pub(super) code: AttrValue,
    /// Office id.
    pub(super) office: AttrValue,
    /// What was sent.
    pub(super) kind: CaseKind,
    /// When it was received, Unix seconds.
    pub(super) received_at: u64,
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
            <QrPicture code={props.code.clone()} />
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
    let place = Doc::by_id(&props.office).map_or_else(String::new, |doc| doc.document().place.name.clone());
    format!(
        "安居 公共租赁住房自助服务\r\n{place} · {}\r\n提交时间：{}\r\n查询码：{grouped}\r\n\r\n\
         凭这 20 位数字在本站“查询进度”看办到哪一步、看回复、补充说明。\r\n\
         谁有查询码谁就能看，请不要给别人。\r\n",
        kind_words(props.kind),
        moment(props.received_at),
    )
}

#[derive(Clone, PartialEq, Properties)]
struct QrPictureProps {
    code: AttrValue,
}

/// The code as a QR picture, drawn by the sealer; nothing where it could not be drawn.
#[component]
fn QrPicture(props: &QrPictureProps) -> Html {
    let sealer = use_sealer();
    let drawing = use_request::<Drawing, SealerError>();
    {
        let drawing = drawing.clone();
        use_effect_with(props.code.clone(), move |code| {
            let code = code.to_string();
            drawing.run(async move { sealer.draw_code(code).await });
        });
    }
    let Some(Drawing { size, path }) = drawing.state().done() else { return Html::default() };
    html! {
        <figure class="receipt__qr">
            <svg viewBox={format!("0 0 {size} {size}")} role="img" aria-label="查询码的二维码" shape-rendering="crispEdges">
                <rect width={size.to_string()} height={size.to_string()} fill="#fff" />
                <path d={path.clone()} fill="#000" />
            </svg>
            <figcaption>{ "用另一部手机扫一扫，可以存下这 20 位数字" }</figcaption>
        </figure>
    }
}
