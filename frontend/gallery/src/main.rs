//! The gallery: one page with every component in every state, the switches among them, which choose how all are shown.

use ui::{components::states, hooks::use_title};
use yew::prelude::*;

#[component]
fn Gallery() -> Html {
    use_title("组件");
    html! {
        <>
            <header class="site-head">
                <div class="site-head__inner"><span class="brand__name">{ "安居 · 组件" }</span></div>
            </header>
            <main id="main" class="site-main">
                for (component, states) in states() {
                    <section id={component} aria-label={component} data-test={format!("component-{component}")}>
                        <p class="muted"><code>{ component }</code></p>
                        for state in states {
                            <div data-test={format!("state-{component}-{}", state.name)}>
                                <p class="muted">{ &state.name }</p>
                                { state.shown }
                            </div>
                        }
                    </section>
                }
            </main>
        </>
    }
}

fn main() {
    yew::Renderer::<Gallery>::new().render();
}
