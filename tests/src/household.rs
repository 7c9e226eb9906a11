//! Someone who answers the household's page of the form, which asks one question after the other.

use anyhow::{Context, Result, bail};
use policies::model::{Fact, FactKind};

use crate::browser::Browser;

/// More questions than any document asks.
const MOST_QUESTIONS: usize = 80;

impl Browser {
    /// The fact of the question at hand; none where nothing more is asked.
    ///
    /// # Errors
    /// When the page shows neither.
    pub async fn fact_at_hand(&self) -> Result<Option<&'static Fact>> {
        let script = "const skip = document.querySelector('[data-test^=\"skip-\"]'); \
            return skip ? skip.dataset.test.slice(5) : document.querySelector('[data-test=nothing-open]') ? '-' : ''";
        let id = self
            .until("a question or that there is none", async || {
                let shown: String = self.driver.execute(script, vec![]).await?.convert()?;
                Ok((!shown.is_empty()).then_some(shown))
            })
            .await?;
        match id.as_str() {
            "-" => Ok(None),
            id => policies::rulebook().fact(id).with_context(|| format!("no fact {id}")).map(Some),
        }
    }

    /// Answers until a fact is asked for or, with none, until nothing is: chosen answers first, then what rules nobody out.
    ///
    /// # Errors
    /// When the questions do not come to that.
    pub async fn tell_household(&self, chosen: &[(&str, &str)], until: Option<&str>) -> Result<()> {
        for _ in 0..MOST_QUESTIONS {
            let Some(fact) = self.fact_at_hand().await? else {
                anyhow::ensure!(until.is_none(), "{until:?} was never asked for");
                return Ok(());
            };
            if until == Some(fact.id.as_str()) {
                return Ok(());
            }
            let of_fact = chosen.iter().find(|(id, _)| *id == fact.id).map(|(_, answer)| *answer);
            self.tell(fact, of_fact).await?;
            self.until("the next question", async || {
                let now = self.fact_at_hand().await?;
                Ok(now.is_none_or(|now| now.id != fact.id).then_some(()))
            })
            .await?;
        }
        bail!("more than {MOST_QUESTIONS} questions")
    }

    async fn tell(&self, fact: &Fact, chosen: Option<&str>) -> Result<()> {
        let typed = match &fact.kind {
            FactKind::YesNo => {
                return self.press(&format!("choice-{}-{}", fact.id, chosen.unwrap_or("no"))).await;
            }
            FactKind::Choice { choices } => {
                let usual = choices.iter().find(|choice| choice.id == "none").or(choices.first());
                let usual = usual.context("a choice of nothing")?.id.as_str();
                return self.press(&format!("choice-{}-{}", fact.id, chosen.unwrap_or(usual))).await;
            }
            FactKind::Date { .. } => "2025-03-01",
            FactKind::Area => "13.05",
            FactKind::Money => "10000",
            FactKind::Count { .. } | FactKind::Months | FactKind::Ratio { .. } => "24",
        };
        self.fill(&format!("field-{}", fact.id), chosen.unwrap_or(typed)).await
    }
}
