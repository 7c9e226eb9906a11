//! The days on a page, to be taken into a calendar one by one or all together.

use yew::prelude::*;

use super::{
    Dated, What,
    file::{NAME, TYPE, calendar},
};
use ui::{
    browser::{Saved, now_secs, save_file_as},
    components::{Button, InWechat, Look},
    words::date_words,
};

/// Props of [`Dates`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DatesProps {
    /// Whose days they are, so that the same day has the same id.
    pub(crate) case: String,
    /// The days.
    pub(crate) dates: Vec<Dated>,
}

/// Every day that is known, with what takes it into a calendar.
#[component]
pub(crate) fn Dates(props: &DatesProps) -> Html {
    let saved = use_state(|| None::<Saved>);
    let mut dates = props.dates.clone();
    dates.sort_by_key(|dated| dated.on);
    let save = |dates: Vec<Dated>| {
        let (case, saved) = (props.case.clone(), saved.setter());
        Callback::from(move |_: MouseEvent| {
            saved.set(Some(save_file_as(NAME, TYPE, &calendar(&case, &dates, now_secs()))));
        })
    };
    if dates.is_empty() {
        return Html::default();
    }
    html! {
        <div data-test="dates">
            <ul class="dates">
                for (n, dated) in (1..).zip(&dates) {
                    <li key={dated.id.clone()} class="dates__one">
                        <span data-test={format!("date-{n}")}>
                            <strong>{ date_words(dated.on) }</strong>{ " " }{ &dated.says }
                        </span>
                        <Button
                            look={Look::Secondary}
                            onclick={save(vec![dated.clone()])}
                            label={format!("把 {} 加到日历", date_words(dated.on))}
                            test={format!("date-save-{n}")}
                        >
                            { "加到日历" }
                        </Button>
                    </li>
                }
            </ul>
            if dates.len() > 1 {
                <Button look={Look::Secondary} onclick={save(dates.clone())} test="date-save-all">{ "全部加到日历" }</Button>
            }
            <p class="muted">
                { "日历里只写“安居：今天是最后一天”这样的字，看不出是什么事、是谁的。" }
                if dates.iter().any(|dated| dated.what == What::Expected) {
                    { "写着“估计”的，不是保证。" }
                }
            </p>
            <p role="status" data-test="dates-said">{ match *saved {
                Some(Saved::Offered) => "日历文件已交给浏览器：打开它，就加到日历里了。",
                Some(Saved::Refused) => "这个浏览器不让保存文件，请把日子记下来。",
                Some(Saved::InWechat) | None => "",
            } }</p>
            if *saved == Some(Saved::InWechat) {
                <InWechat
                    title="微信里不能加到日历"
                    says="请照上面的日子自己记到日历里，或者复制文字；也可以点右上角的“…”，选“在浏览器打开”，在那边用查询码打开这一件，再点。"
                    text={Callback::from(move |()| words(&dates))}
                    test="dates"
                />
            }
        </div>
    }
}

/// The days as lines.
fn words(dates: &[Dated]) -> String {
    let line = |dated: &Dated| [&date_words(dated.on), " ", &dated.says].concat();
    dates.iter().map(line).collect::<Vec<_>>().join("\n")
}
