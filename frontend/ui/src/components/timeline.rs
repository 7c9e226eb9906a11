//! Stages of a procedure on a line, with dates.

use yew::prelude::*;

/// Where a stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineState {
    /// Over.
    Done,
    /// Going on.
    Current,
    /// Not reached.
    Ahead,
}

impl TimelineState {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "timeline__item timeline__item--done",
            Self::Current => "timeline__item timeline__item--current",
            Self::Ahead => "timeline__item",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Done => "已完成",
            Self::Current => "正在办理",
            Self::Ahead => "尚未开始",
        }
    }
}

/// One stage.
#[derive(Clone, PartialEq)]
pub struct TimelineItem {
    /// Its name.
    pub label: AttrValue,
    /// Where it stands; absent where nothing has begun (a guide).
    pub state: Option<TimelineState>,
    /// A date or a time limit, or empty.
    pub date: AttrValue,
    /// What happens, or what was said.
    pub note: Html,
}

/// Props of [`Timeline`].
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// Stages, in order.
    pub items: Vec<TimelineItem>,
}

/// A vertical line of stages; each says its state in words.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    html! {
        <ol class="timeline">
            for item in props.items.iter() {
                <li
                    class={item.state.unwrap_or(TimelineState::Ahead).class()}
                    aria-current={(item.state == Some(TimelineState::Current)).then_some("step")}
                >
                    <p class="timeline__label">
                        { &item.label }
                        if let Some(state) = item.state {
                            <span class="timeline__state">{ state.word() }</span>
                        }
                    </p>
                    if !item.date.is_empty() {
                        <p class="timeline__date">{ &item.date }</p>
                    }
                    <div class="timeline__note">{ item.note.clone() }</div>
                </li>
            }
        </ol>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    let item = |label: &'static str, state, date: &'static str| TimelineItem {
        label: label.into(),
        state,
        date: date.into(),
        note: html! { <p>{ "社区在二十个工作日内核对。" }</p> },
    };
    let under_way = vec![
        item("受理", Some(TimelineState::Done), "2026-03-02"),
        item("审核", Some(TimelineState::Current), "最晚 2026-03-30"),
        item("公示", Some(TimelineState::Ahead), ""),
    ];
    let guide = vec![item("受理", None, ""), item("审核", None, "20 个工作日")];
    vec![
        super::State::new("under-way", html! { <Timeline items={under_way} /> }),
        super::State::new("guide", html! { <Timeline items={guide} /> }),
    ]
}
