//! Where an office is reached, as it says itself on its signed card.

use protocol::counter::Counter;
use yew::prelude::*;

use super::dialled;

/// Props of [`Counters`].
#[derive(Clone, PartialEq, Properties)]
pub struct CountersProps {
    /// From a card whose signature was checked.
    pub counters: Vec<Counter>,
}

/// Every counter that the office names; nothing where it names none.
#[component]
pub fn Counters(props: &CountersProps) -> Html {
    if props.counters.is_empty() {
        return Html::default();
    }
    html! {
        <div data-test="counters">
            <p>{ "受理单位自己公布的窗口和电话（有它的签名）：" }</p>
            <ul class="entries">
                for counter in &props.counters {
                    <li class="entry">
                        <p class="entry__title">{ &counter.name }</p>
                        <p>{ &counter.purpose }</p>
                        if !counter.phone.is_empty() {
                            <p>
                                { "电话：" }
                                <a class="phone" href={format!("tel:{}", dialled(&counter.phone))}>{ &counter.phone }</a>
                            </p>
                        }
                        if !counter.address.is_empty() {
                            <p>{ "地址：" }{ &counter.address }</p>
                        }
                        if !counter.hours.is_empty() {
                            <p>{ "时间：" }{ &counter.hours }</p>
                        }
                    </li>
                }
            </ul>
        </div>
    }
}

/// The same in a line, for paper and for a saved file.
pub fn counter_line(counter: &Counter) -> String {
    let mut told = vec![counter.purpose.clone()];
    let more = [("电话 ", &counter.phone), ("", &counter.address), ("", &counter.hours)];
    told.extend(more.iter().filter(|(_, text)| !text.is_empty()).map(|(word, text)| [*word, text].concat()));
    format!("{}：{}", counter.name, told.join("，"))
}

/// For the gallery.
#[cfg(feature = "states")]
pub(super) fn states() -> Vec<super::State> {
    use super::State;

    let whole = Counter {
        name: "一楼 3 号窗口".into(),
        purpose: "申请、咨询".into(),
        phone: "0000-1234567".into(),
        address: "测试路 1 号".into(),
        hours: "工作日 8:30—12:00、14:30—17:30".into(),
    };
    let phone = Counter { address: String::new(), hours: String::new(), ..whole.clone() };
    vec![
        State::new("whole", html! { <Counters counters={vec![whole]} /> }),
        State::new("phone", html! { <Counters counters={vec![phone]} /> }),
    ]
}
