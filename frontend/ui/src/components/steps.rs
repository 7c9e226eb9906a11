//! Where one is in a row of steps.

use yew::prelude::*;

/// Props of [`Steps`].
#[derive(Clone, PartialEq, Properties)]
pub struct StepsProps {
    /// Names of the steps, in order.
    pub names: Vec<AttrValue>,
    /// Index of the one being done.
    pub current: usize,
}

/// The steps of a form.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    html! {
        <nav aria-label="步骤">
            <ol class="steps">
                for (index, name) in props.names.iter().enumerate() {
                    <li
                        class={classes!("steps__item", (index < props.current).then_some("steps__item--done"))}
                        aria-current={(index == props.current).then_some("step")}
                    >
                        { name }
                        if index < props.current {
                            <span class="visually-hidden">{ "（已完成）" }</span>
                        }
                    </li>
                }
            </ol>
        </nav>
    }
}
