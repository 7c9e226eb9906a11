//! Money, with its arithmetic.

use policies::{
    assessment::{Assessment, MoneyRange, Outcome, WithoutSum},
    model::{Benefit, Per},
};
use yew::prelude::*;

use ui::{
    components::{Cited, fold},
    place::Doc,
    words::yuan,
};

/// What there is to get; nothing is shown where nothing can be had.
pub(super) fn money(doc: Doc, assessment: &Assessment) -> Html {
    if assessment.outcome == Some(Outcome::NotEligible) {
        return Html::default();
    }
    let benefits = &doc.document().benefits;
    if benefits.is_empty() {
        return Html::default();
    }
    let body = html! {
        <>
            if !assessment.money.is_empty() && assessment.outcome != Some(Outcome::Eligible) {
                <p>{ "下面是审核通过以后的数。" }</p>
            }
            for benefit in benefits.iter() {
                { one(doc, benefit, assessment) }
            }
        </>
    };
    fold("money", "能得到多少", String::new(), body)
}

fn one(doc: Doc, benefit: &Benefit, assessment: &Assessment) -> Html {
    let range = assessment.money.iter().find(|range| range.benefit == benefit.id);
    let without = assessment.without_sum.iter().find(|without| without.benefit == benefit.id);
    html! {
        <section class="entry">
            <h3 class="entry__title">{ &benefit.label }</h3>
            if let Some(range) = range {
                <p class="amount">
                    { amount_words(range) }
                </p>
                if let Some(year) = year_words(range) {
                    <p class="number">{ year }</p>
                }
                if range.least != range.most {
                    <p>{ "还有事情没定，所以先给一个范围。可能的几档是：" }</p>
                    <ul class="number">
                        for step in range.steps.iter() {
                            <li>{ format!("{}：{} 元/{}", step.label, yuan(step.amount), range.per.word()) }</li>
                        }
                    </ul>
                } else {
                    for step in range.steps.iter() {
                        <p>{ format!("按“{}”这一档算：{} 元/{}。", step.label, yuan(step.amount), range.per.word()) }</p>
                    }
                }
            }
            if let Some(without) = without {
                <p class="amount">{ lacking(without) }</p>
            }
            <p>{ &benefit.says }</p>
            for open in benefit.open.iter() {
                <p class="requirement__ask">{ open }</p>
            }
            <Cited {doc} cite={benefit.cite.clone()} />
        </section>
    }
}

/// What must be told before a sum can be said: `还要知道“家里几口人”，才算得出数额`; or whom to ask.
pub(super) fn lacking(without: &WithoutSum) -> String {
    if let Some(says) = &without.ask {
        return says.to_string();
    }
    let facts = without.missing.iter().filter_map(|fact| policies::rulebook().fact(fact));
    let labels: Vec<&str> = facts.map(|fact| fact.label.as_str()).collect();
    ["还要知道“", &labels.join("”“"), "”，才算得出数额"].concat()
}

/// `525 元/季度`, or a range while something is open.
pub(super) fn amount_words(range: &MoneyRange) -> String {
    let per = range.per.word();
    if range.least == range.most {
        format!("{} 元/{per}", yuan(range.least))
    } else {
        format!("{} 至 {} 元/{per}", yuan(range.least), yuan(range.most))
    }
}

/// The same over a year, with the multiplication shown.
fn year_words(range: &MoneyRange) -> Option<String> {
    let times = match range.per {
        Per::Month => 12,
        Per::Quarter => 4,
        Per::Year => return None,
    };
    let year = |amount: i64| amount.checked_mul(times).map(yuan);
    let (least, most) = (year(range.least)?, year(range.most)?);
    Some(if range.least == range.most {
        format!("{} 元 × {times} = 一年 {least} 元", yuan(range.least))
    } else {
        format!("一年 {least} 至 {most} 元（每{}的钱 × {times}）", range.per.word())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(least: i64, most: i64, per: Per) -> MoneyRange<'static> {
        MoneyRange { benefit: "subsidy".into(), least, most, per, owed: false, steps: Vec::new() }
    }

    #[test]
    fn an_amount_is_one_number_or_a_range() {
        assert_eq!(amount_words(&range(52_500, 52_500, Per::Quarter)), "525 元/季度");
        assert_eq!(amount_words(&range(0, 52_500, Per::Quarter)), "0 至 525 元/季度");
    }

    #[test]
    fn what_a_sum_lacks_is_named() {
        let without = WithoutSum {
            benefit: "subsidy".into(),
            missing: vec!["people".into(), "home_area_total".into()],
            ask: None,
        };
        assert_eq!(lacking(&without), "还要知道“一起申请的人数”“现有住房面积”，才算得出数额");
        let asked = WithoutSum { missing: Vec::new(), ask: Some("请问窗口。".into()), ..without };
        assert_eq!(lacking(&asked), "请问窗口。");
    }

    #[test]
    fn a_year_shows_its_multiplication() {
        let year = year_words(&range(52_500, 52_500, Per::Quarter));
        assert_eq!(year.as_deref(), Some("525 元 × 4 = 一年 2,100 元"));
        assert_eq!(year_words(&range(1, 1, Per::Year)), None);
    }
}
