//! One household under one document on one date, with reasons.

use chrono::{Datelike, NaiveDate};

use crate::{
    assessment::{
        Answer, Assessment, CategoryResult, Margin, MoneyRange, MoneyStep, NoVerdict, Outcome,
        RequirementResult,
    },
    changes, decide,
    error::FactError,
    eval::{Known, day_of},
    first_day,
    household::Household,
    model::{CaseKind, Document, Paper, Status},
    program::{Cond, Expr, Rule, Slot},
    questions,
    rulebook::Compiled,
    slots,
};

/// Assesses a household under a document on the application date.
///
/// # Errors
/// Every fact that is unknown to the dictionary, of the wrong kind or out of range.
///
/// ```
/// let book = policies::rulebook();
/// let document = book.document("qujing-2018").ok_or("no such document").unwrap();
/// let nothing_known = policies::Household::default();
/// let on = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
/// let assessment = policies::assess(document, &nothing_known, on).unwrap();
/// assert_eq!(assessment.outcome, Some(policies::Outcome::Unknown));
/// assert!(!assessment.questions.is_empty());
/// ```
pub fn assess(doc: &Compiled, household: &Household, on: NaiveDate) -> Result<Assessment, Vec<FactError>> {
    let values = slots::fill(&doc.dictionary, household, on)?;
    Ok(assess_values(doc, &values, on))
}

/// The papers to hand in for a kind of case, each with whether it is needed: `Met` needed, `NotMet`
/// not needed, `Unknown` while a fact is missing. Papers of categories that are ruled out are left
/// out.
///
/// # Errors
/// As [`assess`].
pub fn papers<'d>(
    doc: &'d Compiled,
    household: &Household,
    on: NaiveDate,
    case: CaseKind,
) -> Result<Vec<(&'d Paper, Answer)>, Vec<FactError>> {
    let values = slots::fill(&doc.dictionary, household, on)?;
    let known = Known { values: &values, today: day_of(on) };
    let open: Vec<&str> = doc
        .document()
        .categories
        .iter()
        .zip(&doc.program.categories)
        .filter(|(_, requires)| known.outcome(&doc.program, requires) != Outcome::NotEligible)
        .map(|(c, _)| c.id.as_str())
        .collect();
    let all = doc.document().papers.iter().zip(&doc.program.papers);
    let wanted = all.filter(|(paper, _)| {
        let for_case =
            if paper.cases.is_empty() { case == CaseKind::Application } else { paper.cases.contains(&case) };
        let for_category = paper.categories.is_empty()
            || open.is_empty()
            || paper.categories.iter().any(|c| open.contains(&c.as_str()));
        for_case && for_category
    });
    Ok(wanted
        .map(|(paper, needed)| {
            let answer = match known.truth(needed) {
                Some(true) => Answer::Met,
                Some(false) => Answer::NotMet,
                None => Answer::Unknown,
            };
            (paper, answer)
        })
        .collect())
}

/// Why a document gives no verdict on a date, if it gives none.
pub fn no_verdict(document: &Document, on: NaiveDate) -> Option<NoVerdict> {
    if document.categories.is_empty() { Some(NoVerdict::NoThresholds) } else { not_in_force(document, on) }
}

/// Why a document does not hold on a date: too early or too late. An undated one always holds.
pub fn not_in_force(document: &Document, on: NaiveDate) -> Option<NoVerdict> {
    if document.valid_from.or(document.issued).is_some_and(|from| on < from) {
        Some(NoVerdict::NotYetInForce)
    } else if document.valid_until.is_some_and(|until| on > until) {
        Some(NoVerdict::Expired)
    } else {
        None
    }
}

/// The year to label what a document says with, where it may be superseded.
pub(crate) fn label_year(document: &Document) -> Option<i32> {
    match document.status {
        Status::InForce => None,
        Status::MayBeSuperseded | Status::CampaignClosed => {
            document.year.or_else(|| document.issued.or(document.valid_from).map(|d| d.year()))
        }
    }
}

/// Assesses values that have been checked.
pub(crate) fn assess_values(doc: &Compiled, values: &[Option<i64>], on: NaiveDate) -> Assessment {
    let document = doc.document();
    let no_verdict = no_verdict(document, on);
    let mut assessment = Assessment {
        document: document.id.clone(),
        document_hash: doc.hash().to_owned(),
        on,
        no_verdict,
        label_year: label_year(document),
        outcome: None,
        categories: Vec::new(),
        money: Vec::new(),
        questions: Vec::new(),
        changes: Vec::new(),
        first_days: Vec::new(),
    };
    if no_verdict.is_some() {
        return assessment;
    }
    let known = Known { values, today: day_of(on) };
    assessment.categories = categories(doc, &known);
    let outcome =
        assessment.categories.iter().fold(Outcome::NotEligible, |best, c| decide::better(best, c.outcome));
    assessment.outcome = Some(outcome);
    if outcome == Outcome::NotEligible {
        assessment.changes = changes::find(doc, values, on, &assessment.categories);
        assessment.first_days = first_day::find(doc, &known, &assessment.categories);
    } else {
        assessment.money = money(doc, &known);
        assessment.questions = questions::rank(doc, &known, &assessment.categories, outcome);
    }
    assessment
}

fn categories(doc: &Compiled, known: &Known<'_>) -> Vec<CategoryResult> {
    let mut requirements: Vec<Option<RequirementResult>> = Vec::new();
    let mut uses = vec![0_u32; doc.program.rules.len()];
    for index in doc.program.categories.iter().flatten() {
        if let Some(count) = uses.get_mut(usize::from(*index)) {
            *count += 1;
        }
    }
    for (requirement, rule) in doc.document().requirements.iter().zip(&doc.program.rules) {
        requirements.push(Some(RequirementResult {
            id: requirement.id.clone(),
            article: requirement.cite.article.clone(),
            ..reasons(doc, known, rule)
        }));
    }
    // Shared requirements are copied, and moved into the last category that names them.
    let mut give = |index: &u16| {
        let index = usize::from(*index);
        let left = uses.get_mut(index)?;
        *left = left.saturating_sub(1);
        let kept = requirements.get_mut(index)?;
        if *left == 0 { kept.take() } else { kept.clone() }
    };
    doc.document()
        .categories
        .iter()
        .zip(&doc.program.categories)
        .map(|(category, requires)| {
            let of_category: Vec<RequirementResult> = requires.iter().filter_map(&mut give).collect();
            CategoryResult {
                id: category.id.clone(),
                outcome: decide::outcome(of_category.iter().map(|r| r.answer)),
                requirements: of_category,
            }
        })
        .collect()
}

fn reasons(doc: &Compiled, known: &Known<'_>, rule: &Rule) -> RequirementResult {
    let dictionary = &doc.dictionary;
    let answer = known.answer(rule);
    let mut underlying = Vec::new();
    for slot in &rule.mentions {
        dictionary.underlying(*slot, &mut underlying);
    }
    let mut used: Vec<Slot> = Vec::new();
    for slot in underlying {
        if known.get(slot).is_some() && !used.contains(&slot) {
            used.push(slot);
        }
    }
    let mut missing = Vec::new();
    if answer == Answer::Unknown {
        missing_of(known, rule, &mut missing);
    }
    let mut margins = Vec::new();
    known.margins(&rule.holds, dictionary, &mut margins);
    let holding = rule.ask.iter().enumerate().filter(|(_, when)| known.truth(when) == Some(true));
    RequirementResult {
        id: String::new(),
        article: String::new(),
        answer,
        used: used.into_iter().map(|s| dictionary.id(s)).collect(),
        missing: missing.into_iter().map(|s| dictionary.id(s)).collect(),
        margins,
        ask: holding.map(|(i, _)| i).collect(),
    }
}

/// Facts whose absence keeps a requirement unknown, each once, in order of mention.
pub(crate) fn missing_of(known: &Known<'_>, rule: &Rule, into: &mut Vec<Slot>) {
    known.missing(&rule.holds, into);
    for when in &rule.ask {
        known.missing(when, into);
    }
}

fn money(doc: &Compiled, known: &Known<'_>) -> Vec<MoneyRange> {
    let mut all = Vec::new();
    for (benefit, rows) in doc.document().benefits.iter().zip(&doc.program.benefits) {
        let Some((least, most)) = known.pays(rows) else {
            continue;
        };
        let mut steps = Vec::new();
        for (row, compiled) in benefit.rows.iter().zip(rows) {
            let truth = known.truth(&compiled.when);
            if truth == Some(false) {
                continue;
            }
            if let Some(amount) = known.amount(compiled) {
                steps.push(MoneyStep { label: row.label.clone(), amount });
            }
            if truth == Some(true) {
                break;
            }
        }
        all.push(MoneyRange { benefit: benefit.id.clone(), least, most, per: benefit.per, steps });
    }
    all
}

impl Known<'_> {
    /// Adds the facts whose absence keeps a condition unknown, each once.
    pub(crate) fn missing(&self, cond: &Cond, into: &mut Vec<Slot>) {
        if self.truth(cond).is_some() {
            return;
        }
        match cond {
            Cond::Always(_) => {}
            Cond::Flag(slot, _) | Cond::OneOf(slot, _) | Cond::Line(slot, _, _) => once(*slot, into),
            Cond::Compare(left, _, right, _) => {
                self.missing_in(left, into);
                self.missing_in(right, into);
            }
            Cond::All(inner) | Cond::Any(inner) => inner.iter().for_each(|c| self.missing(c, into)),
        }
    }

    /// Adds the facts that a quantity still lacks, each once.
    pub(crate) fn missing_in(&self, expr: &Expr, into: &mut Vec<Slot>) {
        if let Expr::If(test, yes, no) = expr {
            self.missing(test, into);
            match self.truth(test) {
                Some(true) => self.missing_in(yes, into),
                Some(false) => self.missing_in(no, into),
                None => {
                    self.missing_in(yes, into);
                    self.missing_in(no, into);
                }
            }
            return;
        }
        let mut all = Vec::new();
        expr.slots(&mut all);
        for slot in all.into_iter().filter(|s| self.get(*s).is_none()) {
            once(slot, into);
        }
    }

    fn margins(&self, cond: &Cond, dictionary: &crate::rulebook::Dictionary, into: &mut Vec<Margin>) {
        let (slot, margin) = match cond {
            Cond::Line(slot, op, line) => {
                let Some(value) = self.get(*slot) else { return };
                (*slot, Some((value, 1, *op, *line, op.holds(&value, line))))
            }
            Cond::Compare(left, op, right, about) => (*about, self.margin(left, *op, right, cond)),
            Cond::All(inner) => {
                inner.iter().for_each(|c| self.margins(c, dictionary, into));
                return;
            }
            Cond::Any(inner) => {
                let own = inner.iter().filter(|c| !self.is_another_case(c));
                own.for_each(|c| self.margins(c, dictionary, into));
                return;
            }
            Cond::Always(_) | Cond::Flag(..) | Cond::OneOf(..) => return,
        };
        if let Some((numerator, denominator, op, line, holds)) = margin {
            let op = op.sign().to_owned();
            into.push(Margin { fact: dictionary.id(slot), numerator, denominator, op, line, holds });
        }
    }

    /// Whether an alternative is about somebody else, by a yes/no or a choice that does not hold, so
    /// that its lines say nothing about this household: `past_bar == "deceit" && bar_started_on < …`.
    fn is_another_case(&self, alternative: &Cond) -> bool {
        let Cond::All(parts) = alternative else { return false };
        let kind = |part: &&Cond| matches!(part, Cond::Flag(..) | Cond::OneOf(..));
        parts.iter().filter(kind).any(|part| self.truth(part) == Some(false))
    }

    fn margin(
        &self,
        left: &Expr,
        op: crate::program::Op,
        right: &Expr,
        cond: &Cond,
    ) -> Option<(i64, i64, crate::program::Op, i64, bool)> {
        let (own, line) = (self.quantity(left)?, self.quantity(right)?);
        if line.bottom != 1 {
            return None;
        }
        Some((
            i64::try_from(own.top).ok()?,
            i64::try_from(own.bottom).ok()?,
            op,
            i64::try_from(line.top).ok()?,
            self.truth(cond)?,
        ))
    }
}

fn once(slot: Slot, into: &mut Vec<Slot>) {
    if !into.contains(&slot) {
        into.push(slot);
    }
}
