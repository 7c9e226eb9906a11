//! The name that was probably meant.

/// `; did you mean …?` with the known name that is nearest to an unknown one, or nothing where none
/// is near: at most a third of the characters differ.
pub fn similar<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let near = nearest(name, known);
    near.map(|id| format!("; did you mean `{id}`?")).unwrap_or_default()
}

/// The nearest of several names, where at most a third of the characters differ.
pub(super) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let most = name.chars().count() / 3;
    let near = names
        .map(|other| (strsim::osa_distance(name, other), other))
        .filter(|(distance, _)| *distance <= most);
    near.min().map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn at_most_a_third_of_the_characters_may_differ() {
        let names = ["people", "home_area", "人口"];
        let meant = |name| nearest(name, names.into_iter());
        assert_eq!(meant("peeple"), Some("people"));
        assert_eq!(meant("home_aera"), Some("home_area"));
        // Two that changed places are one difference.
        assert_eq!(nearest("lable", ["label"].into_iter()), Some("label"));
        assert_eq!(meant("peple_"), Some("people"));
        assert_eq!(meant("pl"), None);
        assert_eq!(meant("家口"), None);
    }
}
