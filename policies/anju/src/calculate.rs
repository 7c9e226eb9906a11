//! `anju calculate`.

use std::fmt::{self, Write as _};

use anju::households;
use chrono::NaiveDate;
use policies::{
    Calculation, Compiled, FactError, FactFault, calculate,
    model::{Calculator, CalculatorInput, FactKind},
    parse_value,
};

use crate::{input, output};

pub(crate) fn run(
    document: &str,
    calculator: Option<&str>,
    typed: &[(String, String)],
    on: Option<NaiveDate>,
    json: bool,
) -> Result<(), String> {
    let doc = input::document(document, on)?;
    let Some(name) = calculator else {
        let mut text = String::new();
        doc.document()
            .calculators
            .iter()
            .try_for_each(|c| explain(&mut text, c))
            .map_err(|e| e.to_string())?;
        return output::print(&text);
    };
    let found = doc.document().calculator(name);
    let found = found.ok_or_else(|| {
        let all: Vec<_> = doc.document().calculators.iter().map(|c| c.id.as_str()).collect();
        format!("{} has no calculator `{name}`; there are {}", doc.document().id, all.join(", "))
    })?;
    let on = on.ok_or("--on YYYY-MM-DD is wanted: the day to reckon on")?;
    let calculation = work_out(doc, found, typed, on).map_err(|e| households::lines(&e))?;
    if json {
        return output::json(&calculation);
    }
    let mut text = String::new();
    show(&mut text, doc, found, &calculation).map_err(|e| e.to_string())?;
    output::print(&text)
}

fn work_out(
    doc: &Compiled,
    calculator: &Calculator,
    typed: &[(String, String)],
    on: NaiveDate,
) -> Result<Calculation, Vec<FactError>> {
    let mut errors = Vec::new();
    let mut inputs = std::collections::BTreeMap::new();
    for (id, text) in typed {
        let path = format!("inputs.{id}");
        let Some(input) = calculator.input(id) else {
            let message = "没有这一项，请检查名称。".to_owned();
            errors.push(FactError { path, code: FactFault::UnknownFact, message });
            continue;
        };
        match parse_value(input, text, on) {
            Ok(value) => {
                inputs.insert(id.clone(), value);
            }
            Err(e) => errors.push(FactError { path, ..e }),
        }
    }
    if errors.is_empty() { calculate(doc, &calculator.id, &inputs, on) } else { Err(errors) }
}

fn explain(out: &mut String, calculator: &Calculator) -> fmt::Result {
    writeln!(out, "{}　{}（{}）", calculator.id, calculator.label, calculator.cite.article)?;
    writeln!(out, "  {}", calculator.says)?;
    for input in &calculator.inputs {
        writeln!(out, "  {}=…　{}　{}{}", input.id, input.label, input.question, choices(input))?;
    }
    Ok(())
}

fn choices(input: &CalculatorInput) -> String {
    match &input.kind {
        FactKind::Choice { choices } => {
            let all: Vec<_> = choices.iter().map(|c| format!("{} {}", c.id, c.label)).collect();
            format!("（{}）", all.join("；"))
        }
        _ => String::new(),
    }
}

fn show(out: &mut String, doc: &Compiled, calculator: &Calculator, calculation: &Calculation) -> fmt::Result {
    writeln!(out, "{}（{}）", calculator.label, calculation.article)?;
    if calculation.not_in_force.is_some() {
        writeln!(out, "  {} 这份文件不在有效期里，不算。", calculation.on)?;
    }
    if let Some(year) = calculation.label_year {
        writeln!(out, "  只说明按{year}年这份文件怎么算。")?;
    }
    for step in &calculation.steps {
        let mark = if step.result { "▶" } else { " " };
        let arithmetic =
            if step.arithmetic.is_empty() { String::new() } else { format!("　（{}）", step.arithmetic) };
        writeln!(out, "{mark} {}：{}{arithmetic}", step.label, step.shown)?;
    }
    if calculation.provisional {
        writeln!(out, "  有一年的节假日还没有公布，日期是暂算的。")?;
    }
    writeln!(out, "  {}", calculator.says)?;
    for reading in doc.document().readings.iter().filter(|r| calculator.cite.readings.contains(&r.id)) {
        writeln!(out, "  本站理解 {}：{}{}", reading.id, reading.unclear, reading.reading)?;
    }
    Ok(())
}

/// One `id=value` of the command line.
pub(crate) fn assignment(text: &str) -> Result<(String, String), String> {
    let (id, value) = text.split_once('=').ok_or_else(|| format!("`{text}` is not id=value"))?;
    Ok((id.trim().to_owned(), value.trim().to_owned()))
}
