//! Blacking out faces, number plates and doors in a picture: drawn with a finger, a mouse or by buttons, taken back until it
//! is done, and gone for good then.

use ui::{
    components::{Button, Look},
    intake::Area,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::{added::AddedProps, area_tools::AreaTools};

/// What is being blacked out.
#[derive(Clone, Debug, Default, PartialEq)]
struct Covering {
    areas: Vec<Area>,
    /// The one under the finger: where it began, and where it is.
    drawn: Option<((u32, u32), (u32, u32))>,
}

impl Covering {
    fn with(&self, areas: Vec<Area>) -> Self {
        Self { areas, drawn: None }
    }

    fn shown(&self) -> Vec<Area> {
        let drawn = self.drawn.map(|(from, to)| Area::between(from, to));
        self.areas.iter().copied().chain(drawn).collect()
    }
}

/// The button, and the picture to draw on once it is pressed.
#[component]
pub(super) fn Cover(props: &AddedProps) -> Html {
    let AddedProps { papers, paper, slot, n } = props;
    let covering = use_state(|| None::<Covering>);
    let id = format!("{slot}-{n}");
    let set = |to: Option<Covering>| {
        let covering = covering.setter();
        Callback::from(move |_: MouseEvent| covering.set(to.clone()))
    };
    let Some(now) = &*covering else {
        return html! {
            <Button look={Look::Secondary} onclick={set(Some(Covering::default()))} label={format!("第 {n} 张：涂黑一部分")} test={format!("cover-{id}")}>{ "涂黑人脸、车牌" }</Button>
        };
    };
    let at = |event: &PointerEvent| {
        stage_of(event).map(|stage| {
            let size = (stage.client_width(), stage.client_height());
            Area::point((event.offset_x(), event.offset_y()), size)
        })
    };
    let draw = |step: fn(&Covering, (u32, u32)) -> Covering| {
        let covering = covering.clone();
        Callback::from(move |event: PointerEvent| {
            let Some((now, point)) = covering.as_ref().zip(at(&event)) else { return };
            event.prevent_default();
            covering.set(Some(step(now, point)));
        })
    };
    let down = {
        let begin = draw(|now, point| Covering { drawn: Some((point, point)), ..now.clone() });
        Callback::from(move |event: PointerEvent| {
            // Without it, a line that leaves the picture ends at its edge.
            let _ = stage_of(&event).map(|stage| stage.set_pointer_capture(event.pointer_id()));
            begin.emit(event);
        })
    };
    let go_on = draw(|now, point| match now.drawn {
        Some((from, _)) => Covering { drawn: Some((from, point)), ..now.clone() },
        None => now.clone(),
    });
    let up = draw(|now, point| match now.drawn {
        // A touch without a line is none.
        Some((from, _)) if !Area::between(from, point).is_empty() => {
            now.with([&*now.areas, &[Area::between(from, point)]].concat())
        }
        _ => now.with(now.areas.clone()),
    });
    let undo = now.with(now.areas.split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default());
    let add = now.with([&*now.areas, &[Area::middle()]].concat());
    let done = {
        let (papers, paper, covering, areas) =
            (papers.clone(), paper.clone(), covering.setter(), now.areas.clone());
        Callback::from(move |_: MouseEvent| {
            papers.cover(&paper, areas.clone());
            covering.set(None);
        })
    };
    let on_last = {
        let covering = covering.clone();
        Callback::from(move |area: Area| {
            if let Some(now) = &*covering {
                let before = now.areas.split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default();
                covering.set(Some(now.with([before, vec![area]].concat())));
            }
        })
    };
    let says = match now.areas.last() {
        None => "还没有涂。在照片上拖一下，或者按“加一块”。".to_owned(),
        Some(area) => format!("涂了 {} 块。最后一块：{}。", now.areas.len(), area.words()),
    };
    html! {
        <div class="cover" data-test={format!("covering-{id}")}>
            <p>{ "在照片上拖一下，盖住人脸、车牌、门牌。确定以后照片重新画过，盖住的地方只剩黑色，找不回来。" }</p>
            <div class="cover__stage" data-test={format!("stage-{id}")} onpointerdown={down} onpointermove={go_on} onpointerup={up}>
                <img src={paper.shown.as_ref().map(|shown| shown.address().to_owned())} alt={format!("第 {n} 张，正在涂黑")} draggable="false" />
                <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
                    for area in now.shown() {
                        <rect x={area.left.to_string()} y={area.top.to_string()} width={area.width.to_string()} height={area.height.to_string()} />
                    }
                </svg>
            </div>
            <p role="status" data-test={format!("covered-{id}")}>{ says }</p>
            <div class="row">
                <Button look={Look::Secondary} onclick={set(Some(add))} test={format!("cover-add-{id}")}>{ "加一块" }</Button>
                <Button look={Look::Secondary} onclick={set(Some(undo))} disabled={now.areas.is_empty()} test={format!("cover-undo-{id}")}>{ "撤掉最后一块" }</Button>
            </div>
            if let Some(last) = now.areas.last() {
                <AreaTools id={id.clone()} area={*last} onchange={on_last} />
            }
            <div class="row">
                <Button onclick={done} disabled={now.areas.is_empty()} test={format!("cover-done-{id}")}>{ "确定涂黑" }</Button>
                <Button look={Look::Secondary} onclick={set(None)} test={format!("cover-cancel-{id}")}>{ "不涂了" }</Button>
            </div>
        </div>
    }
}

/// The picture's own frame: what lies in it lets every pointer through (styles/sending/cover.css).
fn stage_of(event: &PointerEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
