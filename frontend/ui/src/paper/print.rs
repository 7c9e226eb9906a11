//! A button that prints what is made for paper, and nothing of the screen.

use web_sys::Element;
use yew::prelude::*;

use crate::{
    browser::{body, in_wechat, print_paper, text_of},
    components::{Button, InWechat, Look},
};

/// Props of [`Print`].
#[derive(Clone, PartialEq, Properties)]
pub struct PrintProps {
    /// What it says.
    pub says: AttrValue,
    /// How it looks.
    #[prop_or(Look::Secondary)]
    pub look: Look,
    /// Hook for browser tests.
    pub test: AttrValue,
    /// What is printed; asked for when it is.
    pub paper: Callback<(), Html>,
}

/// Prints. In WeChat, where nothing can be printed, it shows the paper on the screen and says what can be done with it.
#[component]
pub fn Print(props: &PrintProps) -> Html {
    let place = use_state(|| None::<Element>);
    let asked = use_state(|| 0_u32);
    let here = use_state(|| false);
    let papers = use_node_ref();
    {
        let papers = papers.clone();
        use_effect_with(*asked, move |asked| {
            if *asked > 0 {
                print_paper(&papers);
            }
        });
    }
    let onclick = {
        let (place, asked, here) = (place.setter(), asked.clone(), here.setter());
        Callback::from(move |_: MouseEvent| {
            if in_wechat() {
                here.set(true);
            } else {
                place.set(body());
                asked.set(asked.wrapping_add(1));
            }
        })
    };
    let shown = |class: &'static str| html! { <div {class} lang="zh-CN" ref={papers.clone()}>{ props.paper.emit(()) }</div> };
    html! {
        <>
            <Button look={props.look} {onclick} test={props.test.clone()}>{ &props.says }</Button>
            if let Some(place) = &*place {
                { create_portal(shown("papers"), place.clone()) }
            } else if *here {
                <InWechat
                    title="微信里不能打印"
                    says="要打印的就是下面这一份。可以截屏存下来，或者复制文字；也可以点右上角的“…”，选“在浏览器打开”，到那边再打印。"
                    text={let papers = papers.clone(); Callback::from(move |()| text_of(&papers))}
                    test="print"
                />
                { shown("papers papers--here") }
            }
        </>
    }
}
