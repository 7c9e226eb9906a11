//! What goes onto paper: one design for everything that is printed, apart from the screen. `print` shows it to the printer
//! alone, the others say what stands on it; `sending/paper.css` has its looks.

mod empty;
mod filled;
mod parts;
mod print;
mod qr;
mod sheet;
mod signed;
mod typeset;

pub use empty::empty;
pub use parts::table;
pub use print::Print;
pub use qr::QrPicture;

use policies::model::CaseKind;
use protocol::letter::Letter;
use sealer::ops::Drawing;
use yew::prelude::*;

use crate::{
    place::Doc,
    words::{application_parts, case_word, date_words, form_parts, roster_parts},
};

/// How far what is printed has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Nothing is written in it yet.
    Empty,
    /// It is a draft and nobody has it.
    Draft,
    /// The office has it. To be signed and handed in at a counter: the receipt code is not on it.
    Sent {
        /// Its number.
        number: String,
        /// When it came in, in words.
        received: String,
    },
    /// The office has it, and this is a copy for whoever holds the receipt: whoever scans it opens the case.
    Own {
        /// Its number.
        number: String,
        /// When it came in, in words.
        received: String,
        /// The receipt code with the page that opens it.
        code: Option<Drawing>,
    },
}

/// Heads a sheet: whose it is, what it is, how far it has come.
pub fn head(doc: Doc, title: &str, standing: &Standing) -> Html {
    let (says, code) = match standing {
        Standing::Empty => ("空白表，用手填写，签名后交到窗口".to_owned(), None),
        Standing::Draft => ("草稿，未提交".to_owned(), None),
        Standing::Sent { number, received } => (format!("件号 {number}，{received} 收到"), None),
        Standing::Own { number, received, code } => {
            (format!("件号 {number}，{received} 收到。自己留存，不要给别人"), code.clone())
        }
    };
    html! {
        <header class="paper__head">
            if let Some(drawing) = code {
                <QrPicture {drawing} says="扫一扫看办到哪一步" />
            }
            <p class="paper__place">{ &doc.document().place.full_name }</p>
            <h2 class="paper__title">{ title.to_owned() }</h2>
            <p class="paper__standing">{ says }</p>
        </header>
    }
}

/// A sheet of its own. A draft says so on each of its pages, where the browser can.
pub fn leaf(name: &'static str, standing: &Standing, inside: Html) -> Html {
    let draft = matches!(standing, Standing::Draft).then_some("paper--draft");
    html! { <section class={classes!("paper", draft)} data-test={format!("paper-{name}")}>{ inside }</section> }
}

/// Everything there is to a letter: what was told, by the document's own form where it has one, and what is to be signed.
pub fn letter(doc: Doc, letter: &Letter, standing: &Standing) -> Html {
    match letter {
        Letter::Application(application) => html! {
            <>
                { leaf("letter", standing, html! {
                    <>
                        { head(doc, &titled(doc, CaseKind::Application), standing) }
                        for part in application_parts(application) {
                            { table(&part.title, part.rows) }
                        }
                        { foot(doc, application.on, standing) }
                    </>
                }) }
                { signed::declarations(doc, application, standing) }
            </>
        },
        Letter::Form(form) => {
            let own = doc.document().form(form.kind).filter(|known| !known.sheet.is_empty());
            match own {
                Some(known) => leaf("sheet", standing, sheet::sheet(doc, known, form, standing)),
                None => leaf(
                    "letter",
                    standing,
                    html! {
                        <>
                            { head(doc, &titled(doc, form.kind), standing) }
                            for part in [form_parts(doc.document(), form), roster_parts(doc.document(), form)].concat() {
                                { table(&part.title, part.rows) }
                            }
                            { signed::line(doc, form.kind) }
                            { foot(doc, form.on, standing) }
                        </>
                    },
                ),
            }
        }
        Letter::TipOff(_) | Letter::Message(_) => Html::default(),
    }
}

/// Whether what is sent is to be signed by hand too, at a counter.
pub fn is_signed(doc: Doc, case: CaseKind) -> bool {
    doc.document().papers.iter().any(|paper| paper.is_for(case) && paper.declares.is_some())
}

fn titled(doc: Doc, case: CaseKind) -> String {
    doc.procedure(case).map_or_else(|| case_word(case).to_owned(), |procedure| procedure.label.clone())
}

fn foot(doc: Doc, on: chrono::NaiveDate, standing: &Standing) -> Html {
    let day = match standing {
        Standing::Empty => "　　　　年　　月　　日".to_owned(),
        _ => date_words(on),
    };
    html! {
        <p class="paper__foot">
            { format!("填写日期：{day}。依据：{}。", doc.document().title) }
            { "由安居（公共租赁住房自助服务）打印，不是窗口的收据或者决定。" }
        </p>
    }
}
