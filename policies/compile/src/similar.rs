//! The name that was probably meant.

use policies_model::Fact;

/// `; did you mean …?` with the fact whose id is nearest to a name that no fact has, or nothing where none
/// is near: at most a third of the characters differ.
pub fn similar(name: &str, facts: &[Fact]) -> String {
    let near = nearest(name, facts.iter().map(|fact| fact.id.as_str()));
    near.map(|id| format!("; did you mean `{id}`?")).unwrap_or_default()
}

/// The nearest of several names, where at most a third of the characters differ.
pub(super) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let most = name.chars().count() / 3;
    let near = names.map(|other| (distance(name, other), other)).filter(|(distance, _)| *distance <= most);
    near.min().map(|(_, other)| other)
}

/// Fewest characters to put in, leave out or exchange (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (b, cell) in to.chars().zip(row.iter_mut().skip(1)) {
            let changed = diagonal + usize::from(a != b);
            diagonal = *cell;
            left = changed.min(*cell + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn characters_put_in_left_out_and_exchanged_are_counted() {
        assert_eq!(distance("people", "people"), 0);
        assert_eq!(distance("peeple", "people"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("home_aera", "home_area"), 2);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
