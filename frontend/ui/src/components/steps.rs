//! Where one is in a row of steps.

use yew::prelude::*;

/// Props of [`Steps`].
#[derive(Clone, PartialEq, Properties)]
pub struct StepsProps {
    /// Names of the steps, in order.
    pub names: Vec<AttrValue>,
    /// Index of the one being done.
    pub current: usize,
    /// What a screen reader calls the row; to be told apart where a page has several.
    #[prop_or(AttrValue::Static("步骤"))]
    pub label: AttrValue,
}

/// The steps of a form.
#[component]
pub fn Steps(props: &StepsProps) -> Html {
    html! {
        <nav aria-label={props.label.clone()}>
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

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    let names: Vec<AttrValue> = ["申请人", "家人", "住房和收入", "核对后提交"].map(AttrValue::Static).into();
    let step = |name, current: usize| {
        super::State::new(
            name,
            html! { <Steps names={names.clone()} {current} label={format!("步骤 {name}")} /> },
        )
    };
    vec![step("first", 0), step("middle", 2), step("last", 3)]
}
