//! Pictures (照片) that could tell who took them: nothing but pictures is taken, and parts of one can be blacked out.

use yew::prelude::*;

use super::{
    added::AddedProps,
    cover::Cover,
    list::slot,
    on_page::{Papers, use_papers_with},
};

/// What can be done to a picture besides; where there is something, nothing but pictures is taken.
#[derive(Clone, Copy)]
pub(super) struct Tools {
    /// Blacking out.
    pub(super) cover: fn(&AddedProps) -> Html,
}

impl PartialEq for Tools {
    fn eq(&self, _: &Self) -> bool {
        // There is one kind.
        true
    }
}

const TOOLS: Tools = Tools { cover: |of| html! { <Cover ..of.clone() /> } };

/// The pictures of the draft with this id; empty: it is not opened yet.
#[hook]
pub(crate) fn use_pictures(draft: &str) -> Papers {
    use_papers_with(draft, Some(TOOLS))
}

/// The pictures, or the papers where they need not be pictures, of the draft with this id.
#[hook]
pub(crate) fn use_pictures_if(pictures: bool, draft: &str) -> Papers {
    use_papers_with(draft, pictures.then_some(TOOLS))
}

/// Props of [`Pictures`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PicturesProps {
    /// The pictures of the draft.
    pub(crate) papers: Papers,
}

/// What there is of them, and how to add more.
#[component]
pub(crate) fn Pictures(props: &PicturesProps) -> Html {
    html! {
        <div class="attach" data-test="pictures">
            <p>{ "照片在这台设备上重新画过再加密发送：拍摄地点、时间、手机型号都会去掉。人脸、车牌、门牌可以涂黑。" }</p>
            <p class="muted">{ "只收照片和截图。PDF、录音、视频里记着作者、声音、地点，去不干净，这里不收。" }</p>
            { slot(&props.papers, None, "照片") }
        </div>
    }
}
