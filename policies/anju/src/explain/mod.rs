//! `anju explain`: one household in words for an officer, with what is asked of it and the arithmetic.

mod spoken;

use std::{
    fmt::{Result, Write as _},
    path::Path,
};

use anju::households;
use chrono::NaiveDate;
use policies::{
    Answer, Assessment, Compiled, Household, Record, Value, chinese_date, format_value, margin_words,
    model::{FactKind, Pays},
    money, rulebook,
};

use self::spoken::Spoken;
use crate::{input, output, report};

pub(crate) fn run(document: &str, household: &Path, on: NaiveDate) -> std::result::Result<(), String> {
    let doc = input::document(document, Some(on))?;
    let household = input::household(household, on)?;
    let found = Record::new(doc, household, on).map_err(|e| households::lines(&e))?;
    let mut text = String::new();
    write(&mut text, doc, &found.household, &found.assessment).map_err(|e| e.to_string())?;
    output::print(&text)
}

fn write(out: &mut String, doc: &Compiled, household: &Household, found: &Assessment<'_>) -> Result {
    let document = doc.document();
    writeln!(out, "{}《{}》，{}申请", document.place.full_name, document.title, chinese_date(found.on))?;
    told(out, household)?;
    let spoken = Spoken::new(household, found.on);
    ratios(out, found, &spoken)?;
    for result in &found.categories {
        let label = document.category(&result.id).map_or("", |c| c.label.as_str());
        writeln!(out, "\n■ {label}：{}", report::outcome_word(result.outcome))?;
        for r in &result.requirements {
            let Some(requirement) = document.requirement(&r.id) else { continue };
            let answer = report::answer_word(r.answer);
            writeln!(out, "  [{answer}] {}（{}）{}", requirement.label, r.article, requirement.says)?;
            writeln!(out, "      要求：{}", spoken.of(&requirement.holds))?;
            for ask in r.ask.iter().filter_map(|at| requirement.ask.get(*at)) {
                writeln!(out, "      要人来定：{}", spoken.of(&ask.when))?;
                writeln!(out, "      　　　　　{}", ask.says)?;
            }
            for margin in &r.margins {
                let fact = rulebook().fact(&margin.fact);
                // Of one line alone no verdict is told where others decide with it.
                let words = fact.and_then(|fact| margin_words(fact, margin, Answer::Unknown));
                if let Some(words) = words {
                    writeln!(out, "      {}", words.sentence)?;
                }
            }
            if !r.missing.is_empty() {
                writeln!(out, "      还不知道：{}", report::labels(&r.missing))?;
            }
        }
    }
    amounts(out, doc, found, &spoken)
}

/// What was told, as it is shown.
fn told(out: &mut String, household: &Household) -> Result {
    let facts = rulebook().facts();
    let known = |(id, value): (&String, &Value)| {
        let fact = facts.iter().find(|fact| fact.id == *id)?;
        Some(format!("{}：{}", fact.label, format_value(fact, value)))
    };
    let line = |facts: &mut dyn Iterator<Item = String>| facts.collect::<Vec<_>>().join("；");
    writeln!(out, "\n说了的：{}", line(&mut household.facts.iter().filter_map(known)))?;
    for (n, person) in (1..).zip(&household.people) {
        writeln!(out, "  第{n}人：{}", line(&mut person.iter().filter_map(known)))?;
    }
    Ok(())
}

/// How each quotient that was compared is made up.
fn ratios(out: &mut String, found: &Assessment<'_>, spoken: &Spoken<'_>) -> Result {
    let margins = || {
        let requirements = found.categories.iter().flat_map(|category| &category.requirements);
        requirements.flat_map(|r| &r.margins)
    };
    for fact in rulebook().facts() {
        let FactKind::Ratio { numerator, denominator, .. } = &fact.kind else { continue };
        let Some(margin) = margins().find(|margin| margin.fact == fact.id) else { continue };
        let own = margin_words(fact, margin, Answer::Unknown).map(|words| words.own).unwrap_or_default();
        writeln!(out, "{} = {} ÷（{}）= {own}", fact.label, spoken.of(numerator), spoken.of(denominator))?;
    }
    Ok(())
}

fn amounts(out: &mut String, doc: &Compiled, found: &Assessment<'_>, spoken: &Spoken<'_>) -> Result {
    let document = doc.document();
    for benefit in &document.benefits {
        writeln!(out, "\n{}（{}）{}", benefit.label, benefit.cite.article, benefit.says)?;
        let sum = found.money.iter().find(|sum| sum.benefit == benefit.id);
        for row in &benefit.rows {
            let pays = match &row.pays {
                Pays::Fixed(pays) | Pays::Computed(pays) => spoken.of(pays),
                Pays::Ask(says) => says.clone(),
            };
            let when = if row.when.is_empty() { String::new() } else { spoken.of(&row.when) + "：" };
            // While a key is unknown, a row has a step for each of its cases.
            let steps = sum.into_iter().flat_map(|sum| &sum.steps).filter(|step| step.label == row.label);
            let is: String = steps.map(|step| format!("　▶ {} 元", money::format(step.amount))).collect();
            writeln!(out, "  {}：{when}{}{is}", row.label, pays)?;
        }
        if let Some(sum) = sum {
            let (least, most) = (money::format(sum.least), money::format(sum.most));
            let sum_words = if sum.least == sum.most { least } else { format!("{least} 至 {most}") };
            writeln!(out, "  每{} {sum_words} 元", sum.per.word())?;
        } else if let Some(unsaid) = found.without_sum.iter().find(|unsaid| unsaid.benefit == benefit.id) {
            match &unsaid.ask {
                Some(says) => writeln!(out, "  {says}")?,
                None => writeln!(out, "  还要知道{}，才算得出数额", report::labels(&unsaid.missing))?,
            }
        }
    }
    Ok(())
}
