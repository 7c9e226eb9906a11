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
    browser::{Saved, address_of, copy_text, in_wechat, png_of, save_file},
    components::{Button, InWechat, Look},
    hooks::{Request, RequestHandle, use_request},
    paper::{self, Print, QrPicture, Standing},
    place::Doc,
    sealing::{SealerError, use_sealer},
    words::{LetterRow, case_word, owners_moment},
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
    let picture = use_code_picture(&props.code, &props.pin);
    let paper = {
        let (props, grouped, drawing) = (props.clone(), grouped.clone(), picture.state().done().cloned());
        Callback::from(move |()| receipt_paper(&props, &grouped, drawing.clone()))
    };
    let kept = use_state(|| None::<Saved>);
    let text = receipt_text(props, &grouped);
    let copy = {
        let (copied, text) = (copied.clone(), grouped.clone());
        Callback::from(move |_: MouseEvent| {
            let text = text.clone();
            copied.run(async move { if copy_text(text).await { Ok(()) } else { Err(()) } });
        })
    };
    let save = {
        let (kept, text) = (kept.setter(), text.clone());
        Callback::from(move |_: MouseEvent| kept.set(Some(save_file("安居查询码.txt", &text))))
    };
    let said = match (copied.state(), *kept) {
        (Request::Failed(()), _) => "这个浏览器不让复制，请长按上面的数字复制，或者抄下来。",
        (Request::Done(()), _) => "已复制，请粘贴到安全的地方。",
        (_, Some(Saved::Offered)) => "已交给浏览器保存，请到“下载”里确认。",
        (_, Some(Saved::Refused)) => "这个浏览器不让保存文件，请抄下来或者拍照。",
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
            if let Some(drawing) = picture.state().done() {
                <Picture drawing={drawing.clone()} kind={props.kind} />
            }
            <div class="row receipt__actions">
                <Button look={Look::Secondary} onclick={copy} test="receipt-copy">{ "复制" }</Button>
                <Button look={Look::Secondary} onclick={save} test="receipt-save">{ "存成文件" }</Button>
                <Print says="打印" test="receipt-print" {paper} />
            </div>
            <p role="status" class="receipt__said" data-test="receipt-said">{ said }</p>
            if *kept == Some(Saved::InWechat) {
                <InWechat
                    says="长按上面的二维码图，选“保存图片”，就存到相册了；或者复制文字，粘贴到只有自己看得到的地方；也可以截屏、抄下来。"
                    text={Callback::from(move |()| text.clone())}
                    test="receipt-file"
                />
            }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PictureProps {
    drawing: Drawing,
    kind: CaseKind,
}

/// What scanning the picture does. A browser that opens an address remembers it: whoever reported something should know before.
fn scanning(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::TipOff => {
            "用手机扫一扫，直接打开这一件的进度；扫的那部手机会在浏览记录里留下查询码，不想留就在“查询进度”里输入查询码"
        }
        _ => "用手机扫一扫，直接打开这一件的进度",
    }
}

/// The code as a picture; in WeChat as one that can be saved there.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let png = use_state(|| None::<AttrValue>);
    {
        let png = png.setter();
        use_effect_with(props.drawing.clone(), move |Drawing { size, path }| {
            if in_wechat() {
                png.set(u32::try_from(*size).ok().and_then(|size| png_of(size, path)).map(Into::into));
            }
        });
    }
    match &*png {
        Some(address) => html! {
            <figure class="receipt__qr">
                <img src={address} alt="查询码的二维码" data-test="receipt-picture" />
                <figcaption>{ "长按图片，选“保存图片”；" }{ scanning(props.kind) }</figcaption>
            </figure>
        },
        None => html! {
            <QrPicture drawing={props.drawing.clone()} says={scanning(props.kind)} />
        },
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
        format!("收到时间：{}", owners_moment(props.kind, props.received_at)),
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

/// What is printed: the same.
fn receipt_paper(props: &CodeProps, grouped: &str, code: Option<Drawing>) -> Html {
    let Some(doc) = Doc::by_id(&props.office) else { return Html::default() };
    let received = owners_moment(props.kind, props.received_at);
    let standing = Standing::Own { number: props.number.to_string(), received: received.clone(), code };
    let row = |name: &str, value: &str| LetterRow::new(name, value);
    let rows = vec![
        row("事项", case_word(props.kind)),
        row("件号", &props.number),
        row("收到时间", &received),
        row("校验", &props.pin),
        row("查进度、看回复", &address_of(&Route::Status.to_path())),
    ];
    let list = |title: &'static str, lines: Vec<String>| {
        html! { if !lines.is_empty() { <h3>{ title }</h3><ul>for line in lines { <li>{ line }</li> }</ul> } }
    };
    let kept = ["谁有查询码谁就能看，请不要给别人。", lost_words(props.kind)].map(str::to_owned);
    let inside = html! {
        <>
            { paper::head(doc, "提交回执", &standing) }
            <p>{ "查询码：" }</p>
            <p class="paper__code number">{ grouped.to_owned() }</p>
            { paper::table("", rows) }
            { list("接下来", next_steps(doc, props.kind)) }
            { list("要问人", whom_to_ask(doc, &props.counters)) }
            { list("请保管好", kept.to_vec()) }
        </>
    };
    paper::leaf("receipt", &standing, inside)
}

/// The code at the page that opens it as a QR picture, drawn by the sealer.
#[hook]
pub(crate) fn use_code_picture(code: &AttrValue, pin: &AttrValue) -> RequestHandle<Drawing, SealerError> {
    let sealer = use_sealer();
    let drawing = use_request::<Drawing, SealerError>();
    {
        let drawing = drawing.clone();
        use_effect_with((code.clone(), pin.clone()), move |(code, pin)| {
            let (code, pin) = (code.to_string(), pin.to_string());
            drawing
                .run(async move { sealer.draw_code(address_of(&Route::Status.to_path()), code, pin).await });
        });
    }
    drawing
}
