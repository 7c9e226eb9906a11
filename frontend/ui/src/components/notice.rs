//! A boxed message.

use yew::prelude::*;

/// What a notice is about. Never told by colour alone: each has its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Success,
    /// Take care.
    Warning,
    /// It failed.
    Failure,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Info => "notice notice--info",
            Self::Success => "notice notice--success",
            Self::Warning => "notice notice--warning",
            Self::Failure => "notice notice--failure",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Info => "说明",
            Self::Success => "完成",
            Self::Warning => "注意",
            Self::Failure => "没有成功",
        }
    }
}

/// Props of [`Notice`].
#[derive(Clone, PartialEq, Properties)]
pub struct NoticeProps {
    /// What it is about.
    #[prop_or_default]
    pub tone: Tone,
    /// Its heading; the tone's word if empty.
    #[prop_or_default]
    pub title: AttrValue,
    /// Announced by screen readers as soon as it appears.
    #[prop_or_default]
    pub live: bool,
    /// Hook for browser tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
    /// What it says.
    #[prop_or_default]
    pub children: Html,
}

/// A boxed message.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let role = match (props.live, props.tone) {
        (false, _) => None,
        (true, Tone::Failure) => Some("alert"),
        (true, _) => Some("status"),
    };
    html! {
        <div class={props.tone.class()} {role} data-test={props.test.clone()}>
            <p class="notice__title">
                if props.title.is_empty() { { props.tone.word() } } else { { &props.title } }
            </p>
            <div class="notice__body">{ props.children.clone() }</div>
        </div>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let tones = [
        ("info", Tone::Info),
        ("success", Tone::Success),
        ("warning", Tone::Warning),
        ("failure", Tone::Failure),
    ];
    let body = || html! { <p>{ "内容还在这台设备上，没有丢。" }</p> };
    let mut states: Vec<State> =
        tones.map(|(name, tone)| State::new(name, html! { <Notice {tone}>{ body() }</Notice> })).into();
    let titled = html! { <Notice title="已填好自测时的回答" live=true>{ body() }</Notice> };
    states.push(State::new("titled", titled));
    states
}
