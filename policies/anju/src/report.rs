//! An assessment for reading, in Chinese: the best category first, with its reasons, the papers, where
//! to go, and which readings are ours.

use std::{
    collections::BTreeSet,
    fmt::{Result, Write as _},
};

use policies::{
    Answer, Assessment, Compiled, Household, NoVerdict, Outcome, Value, amount_steps, area,
    assessment::{CategoryResult, FirstDay, RequirementResult, Text},
    format_value, margin_words,
    model::{CaseKind, Document, Measure},
    money, papers, priorities, rulebook,
};

use chrono::NaiveDate;

use crate::timeline;

/// Ids of the readings that what is shown leans on.
type Readings<'d> = BTreeSet<&'d str>;

/// The whole report.
pub(crate) fn of(doc: &Compiled, household: &Household, found: &Assessment) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut text, doc, household, found);
    text
}

fn write(out: &mut String, doc: &Compiled, household: &Household, found: &Assessment) -> Result {
    let document = doc.document();
    writeln!(out, "{} {}", document.place.full_name, document.title)?;
    writeln!(out, "申请日期 {}　文本摘要 {}", found.on, found.document_hash)?;
    if let Some(year) = found.label_year {
        writeln!(out, "注意：按 {year} 年文本，可能已被新规定取代。{}", document.status_note)?;
    }
    let Some(outcome) = found.outcome else {
        let why = match found.no_verdict {
            Some(NoVerdict::NotYetInForce) => "申请日期早于文件施行日期。",
            Some(NoVerdict::Expired) => "申请日期已过文件有效期。",
            _ => "这份文件没有规定准入条件。",
        };
        writeln!(out, "不作判断：{why}")?;
        return contacts(out, document);
    };
    writeln!(out, "结论：{}（仅供参考，以受理机关审核为准）", outcome_word(outcome))?;
    let mut readings = Readings::new();
    let mut best_first: Vec<&CategoryResult> = found.categories.iter().collect();
    best_first.sort_by_key(|result| rank(result.outcome));
    for result in best_first {
        category(out, document, result, &mut readings)?;
    }
    amounts(out, doc, household, found, &mut readings)?;
    without_sum(out, document, found)?;
    if !found.questions.is_empty() {
        writeln!(out, "\n还可以补充：{}", labels(&found.questions))?;
    }
    for change in &found.changes {
        let Some(fact) = rulebook().fact(&change.fact) else { continue };
        let (from, to) = (format_value(fact, &change.from), format_value(fact, &change.to));
        writeln!(out, "\n如果“{}”由 {from} 变为 {to}，就符合（{}）。", fact.label, change.article)?;
    }
    for first in &found.first_days {
        first_day(out, document, first)?;
    }
    if outcome != Outcome::NotEligible {
        to_bring(out, doc, household, found)?;
        preferred(out, doc, household, found.on, &mut readings)?;
    }
    when(out, document, found.on)?;
    contacts(out, document)?;
    ours(out, document, &readings)
}

/// From which day on time alone turns a category, and what it is then.
fn first_day(out: &mut String, document: &Document, first: &FirstDay) -> Result {
    let category = document.category(&first.category).map_or("", |c| c.label.as_str());
    let requirement = document.requirement(&first.requirement).map_or("", |r| r.label.as_str());
    write!(out, "\n只差时间：")?;
    if let Some((fact, since)) = rulebook().fact(&first.fact).zip(first.since) {
        write!(out, "“{}”是 {}，", fact.label, format_value(fact, &Value::Date(since)))?;
    }
    let then = match first.outcome {
        Outcome::Eligible | Outcome::NotEligible => "别的情况不变，就符合",
        Outcome::Ask => "但还要由工作人员确认",
        Outcome::Unknown => "但还有没填的内容，要补充了才知道",
    };
    writeln!(out, "{} 起“{requirement}”不再挡着“{category}”，{then}（{}）。", first.day, first.article)
}

/// One category with its requirements; of one that is ruled out, only what rules it out and what a
/// person would have to decide.
fn category<'d>(
    out: &mut String,
    document: &'d Document,
    result: &CategoryResult,
    readings: &mut Readings<'d>,
) -> Result {
    let label = document.category(&result.id).map_or("", |c| c.label.as_str());
    writeln!(out, "\n■ {label}：{}", outcome_word(result.outcome))?;
    let ruled_out = result.outcome == Outcome::NotEligible;
    let shown = |r: &&RequirementResult| !ruled_out || matches!(r.answer, Answer::NotMet | Answer::Ask);
    for r in result.requirements.iter().filter(shown) {
        let Some(requirement) = document.requirement(&r.id) else { continue };
        let leans_on = &requirement.cite.readings;
        readings.extend(leans_on.iter().map(String::as_str));
        let ours = if leans_on.is_empty() {
            String::new()
        } else {
            format!("；本站理解 {}", leans_on.join("、"))
        };
        writeln!(
            out,
            "  [{}] {}（{}{ours}）{}",
            answer_word(r.answer),
            requirement.label,
            r.article,
            requirement.says
        )?;
        for ask in r.ask.iter().filter_map(|i| requirement.ask.get(*i)) {
            writeln!(out, "        {}", ask.says)?;
        }
        if r.answer != Answer::Met {
            for margin in r.margins.iter().filter(|m| !m.holds) {
                let words =
                    rulebook().fact(&margin.fact).and_then(|fact| margin_words(fact, margin, r.answer));
                if let Some(words) = words {
                    writeln!(out, "        {}", words.sentence)?;
                }
            }
        }
        if !r.missing.is_empty() {
            writeln!(out, "        还不知道：{}", labels(&r.missing))?;
        }
    }
    Ok(())
}

fn amounts<'d>(
    out: &mut String,
    doc: &'d Compiled,
    household: &Household,
    found: &Assessment,
    readings: &mut Readings<'d>,
) -> Result {
    for range in &found.money {
        let Some(benefit) = doc.document().benefit(&range.benefit) else { continue };
        readings.extend(benefit.cite.readings.iter().map(String::as_str));
        let per = format!("每{}", range.per.word());
        let (least, most) = (money::format(range.least), money::format(range.most));
        let sum = if range.least == range.most { least } else { format!("{least} 至 {most}") };
        writeln!(out, "\n{}（{}）：{per} {sum} 元", benefit.label, benefit.cite.article)?;
        for (step, value) in amount_steps(doc, household, found.on, &benefit.id).unwrap_or_default() {
            if let Some(value) = value {
                let value = match step.unit {
                    Measure::Money => format!("{} 元", money::format(value)),
                    Measure::Area => format!("{} 平方米", area::format(value)),
                    Measure::Count | Measure::Date | Measure::Flag => value.to_string(),
                };
                writeln!(out, "  {}＝{}＝{value}", step.label, step.arithmetic)?;
            }
        }
        for step in &range.steps {
            writeln!(out, "  {}：{} 元", step.label, money::format(step.amount))?;
        }
        writeln!(out, "  {}", benefit.says)?;
    }
    Ok(())
}

/// What must be told before anything can be said of a sum.
fn without_sum(out: &mut String, document: &Document, found: &Assessment) -> Result {
    for unsaid in &found.without_sum {
        let Some(benefit) = document.benefit(&unsaid.benefit) else { continue };
        let (label, article) = (&benefit.label, &benefit.cite.article);
        match &unsaid.ask {
            Some(says) => writeln!(out, "\n{label}（{article}）：{says}")?,
            None => {
                writeln!(out, "\n{label}（{article}）：还要知道{}，才算得出数额", labels(&unsaid.missing))?
            }
        }
    }
    Ok(())
}

/// What the verdict is about: a first application, or a renewal where the place has rules for nothing else.
fn decided_case(document: &Document) -> CaseKind {
    let takes_applications = document.procedures.iter().any(|p| p.case == CaseKind::Application);
    if takes_applications { CaseKind::Application } else { CaseKind::Renewal }
}

fn to_bring(out: &mut String, doc: &Compiled, household: &Household, found: &Assessment) -> Result {
    let case = decided_case(doc.document());
    let Ok(wanted) = papers(doc, household, found.on, case) else { return Ok(()) };
    let needed: Vec<_> = wanted.into_iter().filter(|(_, answer)| *answer != Answer::NotMet).collect();
    if needed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n要带的材料：")?;
    for (paper, answer) in needed {
        let from =
            if paper.issued_by.is_empty() { String::new() } else { format!("；{}出具", paper.issued_by) };
        let perhaps = if answer == Answer::Unknown { "（可能要）" } else { "" };
        writeln!(out, "  {}{perhaps}（{}{from}）{}", paper.label, paper.cite.article, paper.says)?;
    }
    Ok(())
}

/// Who comes first: the groups that the household is or may be one of.
fn preferred<'d>(
    out: &mut String,
    doc: &'d Compiled,
    household: &Household,
    on: NaiveDate,
    readings: &mut Readings<'d>,
) -> Result {
    for (n, group) in priorities(doc, household, on).unwrap_or_default().into_iter().enumerate() {
        let head = if n == 0 { "\n有没有可以优先的：\n" } else { "" };
        let priority = group.priority;
        readings.extend(priority.cite.readings.iter().map(String::as_str));
        let whether =
            if group.certain { "说的是您家" } else { "有没有，文件问的是下面这些" };
        writeln!(out, "{head}  [{whether}] {}（{}）", priority.label, priority.cite.article)?;
        writeln!(out, "        {}", priority.says)?;
        for fact in group.ticks.iter().filter(|_| !group.certain) {
            writeln!(out, "        {}（{}）", fact.label, fact.id)?;
        }
    }
    Ok(())
}

/// The windows that concern what the verdict is about.
fn when(out: &mut String, document: &Document, on: NaiveDate) -> Result {
    for (n, window) in timeline::windows(document, decided_case(document), on).iter().enumerate() {
        let head = if n == 0 { "\n什么时候办：\n" } else { "" };
        writeln!(out, "{head}  {window}")?;
    }
    Ok(())
}

fn contacts(out: &mut String, document: &Document) -> Result {
    if !document.contacts.is_empty() {
        writeln!(out, "\n去哪里问：")?;
    }
    for contact in &document.contacts {
        let phone = contact.phone.as_deref().map_or_else(String::new, |phone| format!(" {phone}"));
        writeln!(out, "  {}{phone}（{}）{}", contact.name, contact.purpose, contact.note)?;
    }
    Ok(())
}

fn ours(out: &mut String, document: &Document, leaned_on: &Readings<'_>) -> Result {
    if !leaned_on.is_empty() {
        writeln!(out, "\n本站理解（文件没写清的地方我们怎么读，不是主管部门的解释）：")?;
    }
    for reading in document.readings.iter().filter(|r| leaned_on.contains(r.id.as_str())) {
        writeln!(out, "  {} {}{}", reading.id, reading.unclear, reading.reading)?;
    }
    Ok(())
}

pub(crate) fn labels(ids: &[Text<'_>]) -> String {
    let label = |id: &Text<'_>| rulebook().fact(id).map_or_else(|| id.to_string(), |f| f.label.clone());
    ids.iter().map(label).collect::<Vec<_>>().join("、")
}

pub(crate) const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Eligible => "符合",
        Outcome::NotEligible => "不符合",
        Outcome::Unknown => "还不能确定",
        Outcome::Ask => "要由工作人员确认",
    }
}

pub(crate) const fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Met => "符合",
        Answer::NotMet => "不符合",
        Answer::Unknown => "待补充",
        Answer::Ask => "需确认",
    }
}

/// What could be granted stands first.
const fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Eligible => 0,
        Outcome::Ask => 1,
        Outcome::Unknown => 2,
        Outcome::NotEligible => 3,
    }
}
