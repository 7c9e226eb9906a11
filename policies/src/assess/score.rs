//! Points for those who wait, and their turns: data for a waiting list, and no part of any verdict.

use chrono::NaiveDate;

use super::assessment::Text;
use crate::{
    book::Compiled,
    facts::{Household, fill},
    fault::FactError,
    program::Known,
    units::date::day_of,
};

/// The points of one household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored<'d> {
    /// Each item of the document's score, in its order.
    pub items: Vec<ScoredItem<'d>>,
    /// All points; none while an item is not known.
    pub total: Option<i64>,
    /// The day by which those with as many points come one after another, in days since 1970-01-01; none where the
    /// document names no date, or it is not known.
    pub then: Option<i64>,
    /// Whether the document names such a date.
    pub by_day: bool,
}

/// The points for one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoredItem<'d> {
    /// Item id.
    pub id: Text<'d>,
    /// What they are for.
    pub label: Text<'d>,
    /// Article.
    pub article: Text<'d>,
    /// Whole points, rounded down; none while a fact is missing.
    pub points: Option<i64>,
    /// The facts that are missing.
    pub missing: Vec<Text<'d>>,
}

/// The points that a document gives a household on a day; nothing where it gives none.
///
/// # Errors
/// As [`crate::assess`].
pub fn score<'d>(
    doc: &'d Compiled,
    household: &Household,
    on: NaiveDate,
) -> Result<Option<Scored<'d>>, Vec<FactError>> {
    let values = fill(&doc.dictionary, household, on)?;
    let known = Known { values: &values, today: day_of(on) };
    let Some(score) = &doc.document().score else { return Ok(None) };
    let items = score.items.iter().zip(&doc.program.score).map(|(item, points)| {
        let mut missing = Vec::new();
        let points =
            known.quantity(points).and_then(|points| i64::try_from(points.floor()).ok()).or_else(|| {
                known.missing_in(points, &mut missing);
                None
            });
        ScoredItem {
            id: Text::Borrowed(&item.id),
            label: Text::Borrowed(&item.label),
            article: Text::Borrowed(&item.cite.article),
            points,
            missing: missing.into_iter().map(|slot| doc.dictionary.id(slot)).collect(),
        }
    });
    let items: Vec<_> = items.collect();
    let add = |sum: i64, item: &ScoredItem<'_>| sum.checked_add(item.points?);
    let total = items.iter().try_fold(0, add);
    let day = score.then.as_ref().and_then(|id| doc.dictionary.slot(id));
    Ok(Some(Scored { items, total, then: day.and_then(|slot| known.get(slot)), by_day: day.is_some() }))
}

/// Whose turn comes when, from 1: the more points, the earlier, then the earlier day. Who is alike in both shares a turn,
/// and the next after them comes as many later. None: points or day are not known, so that nobody can say.
pub fn turns(all: &[Scored<'_>]) -> Vec<Option<usize>> {
    let key = |scored: &Scored<'_>| {
        let total = scored.total?;
        (scored.then.is_some() || !scored.by_day).then_some((std::cmp::Reverse(total), scored.then))
    };
    let mut keys: Vec<_> = all.iter().filter_map(key).collect();
    keys.sort_unstable();
    let turn = |scored| key(scored).map(|own| keys.partition_point(|other| *other < own).saturating_add(1));
    all.iter().map(turn).collect()
}
