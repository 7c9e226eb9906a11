//! The first question: who applies together, in the words of the place's document, a tap for each.

use policies::model::{Relation, Together};
use yew::prelude::*;

use super::relatives::Relatives;
use ui::components::{Button, Look};

/// Props of [`WhoTogether`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct WhoTogetherProps {
    /// Its rule.
    pub(super) rule: &'static Together,
    /// What was told before.
    pub(super) earlier: Option<Relatives>,
    /// How many of each relation there are.
    pub(super) on_told: Callback<Relatives>,
    /// 不知道.
    pub(super) on_unknown: Callback<()>,
    /// Back to the question before, where there is one.
    pub(super) on_back: Option<Callback<()>>,
}

/// A row for each relation, and how many that makes.
#[component]
pub(super) fn WhoTogether(props: &WhoTogetherProps) -> Html {
    let rule = props.rule;
    let told = use_state(|| props.earlier.clone().unwrap_or_default());
    let count = |relation: &str| told.count(relation);
    let onsubmit = {
        let (told, on_told) = (told.clone(), props.on_told.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_told.emit((*told).clone());
        })
    };
    let set = |relation: &'static Relation, number: u32| {
        let told = told.clone();
        Callback::from(move |_: MouseEvent| {
            let mut next = (*told).clone();
            next.set(&relation.id, i64::from(number));
            told.set(next);
        })
    };
    let unknown = props.on_unknown.reform(|_: MouseEvent| ());
    html! {
        <form class="question" novalidate=true {onsubmit} data-test="together">
            <p class="muted">{ &rule.says }</p>
            <ul class="relatives">
                <li class="relative"><span class="relative__name">{ "您自己" }</span><span class="relative__count">{ "1" }</span></li>
                for relation in rule.relations.iter() {
                    { row(relation, count(&relation.id), &set) }
                }
            </ul>
            <p role="status" data-test="people"><strong>{ format!("连您自己，一共 {} 人一起申请。", rule.people(count)) }</strong></p>
            <div class="question__go">
                <Button submit={true} test="check-next">{ "下一步" }</Button>
                <Button look={Look::Secondary} onclick={unknown} test="dont-know">{ "不知道" }</Button>
            </div>
            <p class="cited">{ "依据：" }{ &rule.cite.article }</p>
            if let Some(on_back) = &props.on_back {
                <Button look={Look::Quiet} onclick={on_back.reform(|_: MouseEvent| ())} test="check-back">{ "上一步" }</Button>
            }
        </form>
    }
}

fn row(
    relation: &'static Relation,
    count: u32,
    set: &impl Fn(&'static Relation, u32) -> Callback<MouseEvent>,
) -> Html {
    let (less, more) = (count.saturating_sub(1), count.saturating_add(1).min(relation.most));
    let (id, label) = (&relation.id, &relation.label);
    html! {
        <li class="relative" key={id.clone()}>
            <span class="relative__name">
                { label }
                if !relation.help.is_empty() { <span class="relative__help">{ &relation.help }</span> }
            </span>
            <button type="button" class="step" disabled={count == 0} onclick={set(relation, less)} data-test={format!("less-{id}")} aria-label={format!("{label}，减一个")}>{ "−" }</button>
            <span class="relative__count" role="status" aria-label={format!("{label}{count}人")}>{ count }</span>
            <button type="button" class="step" disabled={count == relation.most} onclick={set(relation, more)} data-test={format!("more-{id}")} aria-label={format!("{label}，加一个")}>{ "＋" }</button>
            if count > 0 && !relation.remark.is_empty() {
                <p class="relative__remark">{ &relation.remark }</p>
            }
        </li>
    }
}

/// Who was told, in a line: `您、配偶、未成年的孩子 2 人`; `together`: only those who apply together.
pub(super) fn told_words(rule: &Together, told: &Relatives, together: bool) -> String {
    let mut words = "您".to_owned();
    for relation in rule.relations.iter().filter(|relation| relation.counts || !together) {
        match told.count(&relation.id) {
            0 => {}
            1 => words.extend(["、", relation.label.as_str()]),
            many => words.push_str(&["、", &relation.label, " ", &many.to_string(), " 人"].concat()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use ui::place::Doc;

    #[test]
    fn who_was_told_reads_as_people_say_it() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let rule = doc.document().together.as_ref().unwrap();
        assert_eq!(told_words(rule, &Relatives::default(), false), "您");
        let mut told = Relatives::default();
        told.set("spouse", 1);
        told.set("minor_child", 2);
        assert_eq!(told_words(rule, &told, false), "您、配偶、未成年的孩子 2 人");
        told.set("child_with_other", 1);
        assert_eq!(told_words(rule, &told, true), "您、配偶、未成年的孩子 2 人");
        assert_eq!(told_words(rule, &told, false), "您、配偶、未成年的孩子 2 人、判给对方抚养的孩子");
    }
}
