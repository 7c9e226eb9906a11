//! What the format says by a key of its own is told to people in the document's own texts, so that every page, paper and
//! report that shows these texts shows it.

use policies_model::{Benefit, Document};

use super::spans::Span;

/// Adds to the texts from which day until which something counts, what is paid by the household, how often money
/// changes hands, and the arithmetic of steps.
pub(super) fn tell(document: &mut Document) {
    for requirement in &mut document.requirements {
        if let Some(days) = Span::new(requirement.valid_from, requirement.valid_until).words() {
            requirement.says.push_str(&format!("（这一条管{days}。）"));
        }
        for ask in &mut requirement.ask {
            if let Some(days) = Span::new(ask.valid_from, ask.valid_until).words() {
                ask.says.push_str(&format!("（{days}。）"));
            }
        }
    }
    document.benefits.iter_mut().for_each(benefit);
}

fn benefit(benefit: &mut Benefit) {
    for row in &mut benefit.rows {
        if let Some(days) = Span::new(row.valid_from, row.valid_until).words() {
            row.label.push_str(&format!("（{days}）"));
        }
    }
    for step in &benefit.steps {
        benefit.says.push_str(&format!("{}＝{}。", step.label, step.arithmetic));
    }
    if benefit.owed {
        benefit.label.push_str("（要交的）");
    }
    if let Some(rhythm) = benefit.paid_every {
        let does = if benefit.owed { "交" } else { "发" };
        benefit.says.push_str(&format!("按{}算，每{}{does}一次。", benefit.per.word(), rhythm.word()));
    }
}
