//! A button whose press would lose what was typed: it asks once, and says what would be lost.

use yew::prelude::*;

use super::{Button, Look};
use crate::browser::focus;

/// Props of [`AskFirst`].
#[derive(Clone, PartialEq, Properties)]
pub struct AskFirstProps {
    /// How it looks.
    #[prop_or(Look::Quiet)]
    pub look: Look,
    /// What it says.
    pub says: AttrValue,
    /// A longer name for screen readers.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What would be lost; empty: nothing, and it acts at once.
    pub loses: AttrValue,
    /// Sure.
    pub onclick: Callback<()>,
    /// Hook for browser tests; the two answers are `<test>-confirm` and `<test>-keep`.
    pub test: AttrValue,
}

/// A button that asks before it acts. The focus goes to the question, and back when nothing is to be lost.
#[component]
pub fn AskFirst(props: &AskFirstProps) -> Html {
    let asking = use_state(|| None::<bool>);
    let node = use_node_ref();
    use_effect_with((*asking, node.clone()), |(asking, node)| {
        if asking.is_some() {
            focus(node);
        }
    });
    let press = {
        let (asking, onclick, acts) = (asking.setter(), props.onclick.clone(), props.loses.is_empty());
        Callback::from(move |_: MouseEvent| if acts { onclick.emit(()) } else { asking.set(Some(true)) })
    };
    let answer = |sure: bool| {
        let (asking, onclick) = (asking.setter(), props.onclick.clone());
        Callback::from(move |_: MouseEvent| {
            asking.set(Some(false));
            if sure {
                onclick.emit(());
            }
        })
    };
    html! {
        <div class="ask-first" tabindex="-1" ref={node}>
            if *asking == Some(true) {
                <p role="alert">{ &props.loses }</p>
                <div class="row">
                    <Button look={Look::Secondary} onclick={answer(false)} test={format!("{}-keep", props.test)}>
                        { "不，留着" }
                    </Button>
                    <Button look={Look::Danger} onclick={answer(true)} test={format!("{}-confirm", props.test)}>
                        { format!("确定{}", props.says) }
                    </Button>
                </div>
            } else {
                <Button look={props.look} onclick={press} label={props.label.clone()} test={props.test.clone()}>
                    { &props.says }
                </Button>
            }
        </div>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    let loses = "已经答的都会清掉，要重新答。";
    vec![super::State::new(
        "resting",
        html! { <AskFirst says="重新开始" {loses} onclick={Callback::noop()} test="gallery-ask-first" /> },
    )]
}
