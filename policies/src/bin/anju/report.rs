//! An assessment for reading, in Chinese.

use std::fmt::Write as _;

use policies::{Answer, Assessment, Compiled, NoVerdict, Outcome, format_value, model::Per, money, rulebook};

/// The whole report.
pub(crate) fn of(doc: &Compiled, found: &Assessment) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut text, doc, found);
    text
}

fn write(out: &mut String, doc: &Compiled, found: &Assessment) -> std::fmt::Result {
    let document = doc.document();
    writeln!(out, "{} {}", document.place.full_name, document.title)?;
    writeln!(out, "申请日期 {}　文本摘要 {}", found.on, found.document_hash)?;
    if let Some(year) = found.label_year {
        writeln!(out, "注意：按 {year} 年文本，可能已被新规定取代。{}", document.status_note)?;
    }
    let Some(outcome) = found.outcome else {
        return writeln!(
            out,
            "不作判断：{}",
            match found.no_verdict {
                Some(NoVerdict::NotYetInForce) => "申请日期早于文件施行日期。",
                Some(NoVerdict::Expired) => "申请日期已过文件有效期。",
                _ => "这份文件没有规定准入条件。",
            }
        );
    };
    writeln!(out, "结论：{}（仅供参考，以受理机关审核为准）", outcome_word(outcome))?;
    for result in &found.categories {
        let label = document.categories.iter().find(|c| c.id == result.id).map_or("", |c| c.label.as_str());
        writeln!(out, "\n■ {label}：{}", outcome_word(result.outcome))?;
        for r in &result.requirements {
            let Some(requirement) = document.requirements.iter().find(|q| q.id == r.id) else { continue };
            writeln!(
                out,
                "  [{}] {}（{}）{}",
                answer_word(r.answer),
                requirement.label,
                r.article,
                requirement.says
            )?;
            for ask in r.ask.iter().filter_map(|i| requirement.ask.get(*i)) {
                writeln!(out, "        {}", ask.says)?;
            }
            if !r.missing.is_empty() {
                writeln!(out, "        还不知道：{}", labels(&r.missing))?;
            }
        }
    }
    for range in &found.money {
        let benefit =
            document.benefits.iter().find(|b| b.id == range.benefit).map_or("", |b| b.label.as_str());
        let per = match range.per {
            Per::Month => "每月",
            Per::Quarter => "每季度",
            Per::Year => "每年",
        };
        if range.least == range.most {
            writeln!(out, "\n{benefit}：{per} {} 元", money::format(range.least))?;
        } else {
            writeln!(
                out,
                "\n{benefit}：{per} {} 至 {} 元",
                money::format(range.least),
                money::format(range.most)
            )?;
        }
        for step in &range.steps {
            writeln!(out, "  {}：{} 元", step.label, money::format(step.amount))?;
        }
    }
    if !found.questions.is_empty() {
        writeln!(out, "\n还可以补充：{}", labels(&found.questions))?;
    }
    for change in &found.changes {
        let Some(fact) = rulebook().fact(&change.fact) else { continue };
        let (from, to) = (format_value(fact, &change.from), format_value(fact, &change.to));
        writeln!(out, "\n如果“{}”由 {from} 变为 {to}，就符合（{}）。", fact.label, change.article)?;
    }
    Ok(())
}

fn labels(ids: &[String]) -> String {
    let label = |id: &String| rulebook().fact(id).map_or_else(|| id.clone(), |f| f.label.clone());
    ids.iter().map(label).collect::<Vec<_>>().join("、")
}

const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Eligible => "符合",
        Outcome::NotEligible => "不符合",
        Outcome::Unknown => "还不能确定",
        Outcome::Ask => "要由工作人员确认",
    }
}

const fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Met => "符合",
        Answer::NotMet => "不符合",
        Answer::Unknown => "待补充",
        Answer::Ask => "需确认",
    }
}
