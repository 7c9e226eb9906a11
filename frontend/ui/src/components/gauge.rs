//! A quantity drawn against the line it is compared with.

use yew::prelude::*;

/// On which side of the line it is good to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoodSide {
    /// At or below the line.
    Below,
    /// At or above the line.
    Above,
}

/// Props of [`Gauge`].
#[derive(Clone, PartialEq, Properties)]
pub struct GaugeProps {
    /// The whole thing in words: value, line, distance. This is what a screen reader says.
    pub words: AttrValue,
    /// The distance in words, under the bar.
    pub gap: AttrValue,
    /// Value, in parts per thousand of the scale (0–1000).
    pub value: u32,
    /// Line, in parts per thousand of the scale (0–1000).
    pub line: u32,
    /// The good side.
    pub good: GoodSide,
    /// Whether the requirement is met; `None` where that is not decided here.
    pub met: Option<bool>,
    /// Value in words, e.g. `3,200.00 元`.
    pub value_label: AttrValue,
    /// Line in words, e.g. `不超过 3,500.00 元`.
    pub line_label: AttrValue,
}

/// A bar with a line across it; drawn with attributes only (no inline style).
#[component]
pub fn Gauge(props: &GaugeProps) -> Html {
    let (value, line) = (props.value.min(1000), props.line.min(1000));
    let (good_from, good_length) = match props.good {
        GoodSide::Below => (0, line),
        GoodSide::Above => (line, 1000 - line),
    };
    html! {
        <figure class={classes!("gauge", props.met.map(|met| if met { "gauge--met" } else { "gauge--failed" }))}>
            <svg class="gauge__bar" viewBox="0 0 1000 90" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="gauge__track" x="0" y="30" width="1000" height="30" />
                <rect class="gauge__good" x={good_from.to_string()} y="30" width={good_length.to_string()} height="30" />
                <rect class="gauge__value" x="0" y="38" width={value.to_string()} height="14" />
                <rect class="gauge__line" x={line.saturating_sub(4).to_string()} y="8" width="8" height="74" />
            </svg>
            <p class="gauge__labels" aria-hidden="true">
                <span class="gauge__own">{ "您家：" }{ &props.value_label }</span>
                <span class="gauge__limit">{ "要求：" }{ &props.line_label }</span>
                <span class="gauge__gap">{ &props.gap }</span>
            </p>
            <figcaption class="visually-hidden">{ &props.words }</figcaption>
        </figure>
    }
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let gauge = |name, value: u32, good, met| {
        let shown = html! {
            <Gauge
                words="您家每人每月 3,200.00 元，要求不超过 3,500.00 元。"
                gap="还差 300.00 元到线"
                {value}
                line=500
                {good}
                {met}
                value_label="3,200.00 元"
                line_label="不超过 3,500.00 元"
            />
        };
        State::new(name, shown)
    };
    vec![
        gauge("met", 450, GoodSide::Below, Some(true)),
        gauge("failed", 900, GoodSide::Below, Some(false)),
        gauge("open", 500, GoodSide::Above, None),
        gauge("beyond", 2000, GoodSide::Above, Some(true)),
        gauge("nothing", 0, GoodSide::Above, Some(false)),
    ]
}
