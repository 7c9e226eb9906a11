//! Moving the last area without a pointer.

use ui::{
    components::{Button, Look},
    intake::{Area, Nudge},
};
use yew::prelude::*;

/// Props of [`AreaTools`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct AreaToolsProps {
    /// Part of the ids of the buttons.
    pub(super) id: AttrValue,
    /// The area as it is.
    pub(super) area: Area,
    /// As it becomes.
    pub(super) onchange: Callback<Area>,
}

/// A button for each way.
#[component]
pub(super) fn AreaTools(props: &AreaToolsProps) -> Html {
    html! {
        <div class="row cover__tools" role="group" aria-label="移动、放大、缩小最后一块">
            for (word, name, nudge) in Nudge::ALL {
                <Button
                    look={Look::Secondary}
                    onclick={props.onchange.reform({ let area = props.area; move |_: MouseEvent| area.nudged(nudge) })}
                    test={format!("cover-{name}-{}", props.id)}
                >
                    { word }
                </Button>
            }
        </div>
    }
}
