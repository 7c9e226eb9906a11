//! All that is wrong on a page, at its top.

use yew::prelude::*;

use crate::{
    browser::{focus, focus_by_id},
    hooks::title_says_fault,
};

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// DOM id of the control to go to.
    pub id: AttrValue,
    /// What to do, the same words as at the field.
    pub message: AttrValue,
}

impl FieldFault {
    /// A fault of the control with this id.
    pub fn new(id: impl Into<AttrValue>, message: impl Into<AttrValue>) -> Self {
        Self { id: id.into(), message: message.into() }
    }
}

/// Of the faults there are now, those at controls that were at fault when the person last tried to go
/// on. A fault that comes up while typing waits for the next attempt; one that is mended goes at once.
pub fn still_wrong(tried: &[AttrValue], now: Vec<FieldFault>) -> Vec<FieldFault> {
    now.into_iter().filter(|fault| tried.contains(&fault.id)).collect()
}

/// Props of [`ErrorSummary`].
#[derive(Clone, PartialEq, Properties)]
pub struct ErrorSummaryProps {
    /// What is wrong, in the order of the page. Empty: nothing is shown.
    pub faults: Vec<FieldFault>,
    /// Counts the attempts, so that focus returns here after each failed one.
    #[prop_or_default]
    pub attempt: u32,
}

/// Takes focus when faults appear; each entry leads to its field.
#[component]
pub fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let node = use_node_ref();
    use_effect_with((props.attempt, !props.faults.is_empty(), node.clone()), |(_, any, node)| {
        // Whoever listens hears it in the window's title, too, until all is mended.
        title_says_fault(*any);
        if *any {
            focus(node);
        }
    });
    if props.faults.is_empty() {
        return Html::default();
    }
    html! {
        <div
            class="error-summary"
            role="alert"
            aria-labelledby="error-summary-title"
            tabindex="-1"
            ref={node}
            data-test="error-summary"
        >
            <h2 id="error-summary-title">{ "还有地方需要改一改" }</h2>
            <ul>
                for fault in props.faults.iter() {
                    <li><FaultLink fault={fault.clone()} /></li>
                }
            </ul>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct FaultLinkProps {
    fault: FieldFault,
}

#[component]
fn FaultLink(props: &FaultLinkProps) -> Html {
    let id = props.fault.id.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        focus_by_id(&id);
    });
    html! {
        <a href={format!("#{}", props.fault.id)} {onclick}>{ &props.fault.message }</a>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let faults = vec![
        FieldFault::new("field-empty", "请填写姓名，和身份证上的一致。"),
        FieldFault::new("tick-wrong", "请看清楚再勾选，否则不能提交。"),
    ];
    vec![
        State::new("faults", html! { <ErrorSummary {faults} attempt=1 /> }),
        State::new("none", html! { <ErrorSummary faults={Vec::new()} /> }),
    ]
}
