//! Someone who answers the self-check's questions as a given household would.

use anyhow::{Context, Result, bail};
use policies::model::{Fact, FactKind};
use policies::{Household, Value};

use crate::browser::Browser;
use crate::clock::today;
use crate::portal::Portal;

/// More questions than any document asks.
const MOST_QUESTIONS: usize = 80;

/// What a page shows: a question's first control, or a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Question(String),
    /// Who applies together.
    Together,
    Verdict(String),
}

impl Browser {
    /// Answers from the first question to the verdict, and on from a certain “no” to what would have to change.
    /// Returns the verdict's outcome as the page states it.
    ///
    /// # Errors
    /// When a page shows neither question nor verdict, or asks without end.
    pub async fn self_check(&self, portal: &Portal, place: &str, household: &Household) -> Result<String> {
        self.self_check_with(portal, place, household, async |_, _| Ok(())).await
    }

    /// The same, doing something else at each question before it is answered: it gets the question's fact and the name
    /// of its first control.
    ///
    /// # Errors
    /// As [`Browser::self_check`], and those of what is done.
    pub async fn self_check_with(
        &self,
        portal: &Portal,
        place: &str,
        household: &Household,
        mut before_answering: impl AsyncFnMut(&'static Fact, &str) -> Result<()>,
    ) -> Result<String> {
        self.go(&portal.url(&format!("/{place}/check"))).await?;
        let mut before = None;
        for _ in 0..MOST_QUESTIONS {
            match self.shown(before.as_ref()).await? {
                Shown::Question(control) => {
                    let fact = fact_of(&control)?;
                    before_answering(fact, &control).await?;
                    self.answer(fact, &control, household).await?;
                    before = Some(Shown::Question(control));
                }
                Shown::Together => {
                    self.tell_who(place, household).await?;
                    before = Some(Shown::Together);
                }
                Shown::Verdict(_) if self.has("go-on").await? => {
                    self.press("go-on").await?;
                    before = None;
                    self.gone("verdict").await?;
                }
                Shown::Verdict(outcome) => return Ok(outcome),
            }
        }
        bail!("more than {MOST_QUESTIONS} questions")
    }

    /// Waits until something other than before is shown.
    async fn shown(&self, before: Option<&Shown>) -> Result<Shown> {
        let script = "const verdict = document.querySelector('[data-test=verdict]'); \
            if (verdict) return 'verdict ' + verdict.dataset.outcome; \
            if (document.querySelector('form[data-test=together]')) return 'together -'; \
            const control = document.querySelector('form.question [data-test^=field-], form.question [data-test^=choice-]'); \
            return control ? 'question ' + control.dataset.test : '';";
        self.until("a question or a verdict", async || {
            let state: String = self.driver.execute(script, vec![]).await?.convert()?;
            let shown = match state.split_once(' ') {
                Some(("verdict", outcome)) => Shown::Verdict(outcome.to_owned()),
                Some(("together", _)) => Shown::Together,
                Some((_, control)) => Shown::Question(control.to_owned()),
                None => return Ok(None),
            };
            Ok((before != Some(&shown)).then_some(shown))
        })
        .await
    }

    /// Taps in as many relatives as the household has people, those first from whom its yes/no facts follow.
    async fn tell_who(&self, place: &str, household: &Household) -> Result<()> {
        let document = policies::rulebook().document_of_place(place, today()?).context("no such place")?;
        let rule = document.document().together.as_ref().context("the document has no such rule")?;
        let fact = policies::rulebook().people().context("nothing counts people")?;
        let Some(Value::Number(people)) = household.facts.get(&fact.id) else {
            return self.press("dont-know").await;
        };
        let told = |fact: &String| household.facts.get(fact) == Some(&Value::YesNo(true));
        let mut left = people.checked_sub(1).context("nobody applies")?;
        for relation in rule.relations.iter().filter(|relation| relation.facts.iter().any(told)) {
            self.press(&format!("more-{}", relation.id)).await?;
            left -= i64::from(relation.counts);
        }
        for relation in rule.relations.iter().filter(|relation| relation.counts && relation.facts.is_empty())
        {
            for _ in 0..left.min(i64::from(relation.most)) {
                self.press(&format!("more-{}", relation.id)).await?;
                left -= 1;
            }
        }
        anyhow::ensure!(left == 0, "no relation is left for {left} more people");
        self.press("check-next").await
    }

    async fn answer(&self, fact: &Fact, control: &str, household: &Household) -> Result<()> {
        match household.facts.get(&fact.id) {
            None => return self.press("dont-know").await,
            Some(Value::YesNo(yes)) => {
                let word = if *yes { "yes" } else { "no" };
                self.press(&format!("choice-{}-{word}", fact.id)).await?;
            }
            Some(Value::Choice(choice)) => self.press(&format!("choice-{}-{choice}", fact.id)).await?,
            Some(Value::Date(date)) => self.fill(control, &date.to_string()).await?,
            Some(Value::Number(number)) => self.fill(control, &typed(&fact.kind, *number)).await?,
        }
        self.press("check-next").await
    }
}

/// The fact that a control asks for.
fn fact_of(control: &str) -> Result<&'static Fact> {
    policies::rulebook()
        .facts()
        .iter()
        .filter(|fact| {
            control == format!("field-{}", fact.id) || control.starts_with(&format!("choice-{}-", fact.id))
        })
        .max_by_key(|fact| fact.id.len())
        .with_context(|| format!("{control} belongs to no fact"))
}

/// A number as a person types it: money and area have two decimals.
fn typed(kind: &FactKind, number: i64) -> String {
    match kind {
        FactKind::Money | FactKind::Area => format!("{}.{:02}", number / 100, number % 100),
        _ => number.to_string(),
    }
}
