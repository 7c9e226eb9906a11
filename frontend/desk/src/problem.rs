//! A failure as a sentence, with a way on.

use yew::prelude::*;

use crate::calls::DeskError;
use ui::components::{Button, Look, Notice, Tone};

/// Props of [`Problem`].
#[derive(Properties, PartialEq)]
pub(crate) struct ProblemProps {
    /// What failed.
    pub(crate) error: DeskError,
    /// Try again.
    pub(crate) on_retry: Callback<()>,
}

/// Says what failed and offers to try again.
#[component]
pub(crate) fn Problem(props: &ProblemProps) -> Html {
    let onclick = props.on_retry.reform(|_: MouseEvent| ());
    html! {
        <Notice tone={Tone::Failure} live=true test="desk-problem">
            <p>{ props.error.to_string() }</p>
            <Button look={Look::Secondary} {onclick} test="desk-retry">{ "再试一次" }</Button>
        </Notice>
    }
}
