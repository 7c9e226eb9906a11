//! The pages of the application, in order.

/// A page of the application, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ApplyPage {
    /// Who applies.
    #[default]
    Applicant,
    /// Who else.
    Members,
    /// Home and income.
    Household,
    /// Where they live, what they ask for.
    Wanted,
    /// Truth and consent.
    Declare,
    /// Everything once more, then send.
    Review,
}

impl ApplyPage {
    /// All pages, in order.
    pub(crate) const ALL: [Self; 6] =
        [Self::Applicant, Self::Members, Self::Household, Self::Wanted, Self::Declare, Self::Review];

    /// Its word in the address.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::Members => "members",
            Self::Household => "household",
            Self::Wanted => "wanted",
            Self::Declare => "declare",
            Self::Review => "review",
        }
    }

    /// Reads [`Self::id`]; the first page for anything else.
    pub(crate) fn from_id(id: &str) -> Self {
        Self::ALL.into_iter().find(|page| page.id() == id).unwrap_or_default()
    }

    /// Its heading.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Applicant => "申请人",
            Self::Members => "一起申请的家人",
            Self::Household => "住房和收入",
            Self::Wanted => "住址和意愿",
            Self::Declare => "承诺和授权",
            Self::Review => "核对后提交",
        }
    }

    /// Its place in the order, from 0.
    pub(crate) fn index(self) -> usize {
        Self::ALL.into_iter().position(|page| page == self).unwrap_or_default()
    }

    /// The page after it.
    pub(crate) fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The page before it.
    pub(crate) fn before(self) -> Option<Self> {
        self.index().checked_sub(1).and_then(|index| Self::ALL.get(index)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other() {
        assert_eq!(ApplyPage::Applicant.before(), None);
        assert_eq!(ApplyPage::Applicant.next(), Some(ApplyPage::Members));
        assert_eq!(ApplyPage::Review.next(), None);
        assert_eq!(ApplyPage::from_id("declare"), ApplyPage::Declare);
        assert_eq!(ApplyPage::from_id("nonsense"), ApplyPage::Applicant);
    }
}
