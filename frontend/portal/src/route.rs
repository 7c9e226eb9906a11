//! Every address of the portal.

use policies::model::CaseKind;

/// A page of the portal. `place` is a place id of the rulebook, e.g. `yongshun`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Choose a place, or look up a receipt.
    Home,
    /// What became of a case.
    Status,
    /// The receipt of what was just sent.
    Sent,
    /// What this site is, and what it does with what is typed.
    About,
    /// What can be done in one place.
    Place {
        /// Place id.
        place: String,
    },
    /// The guide (办事指南).
    Guide {
        /// Place id.
        place: String,
    },
    /// The calculators (算一算).
    Calculate {
        /// Place id.
        place: String,
    },
    /// The self-check, one question a page.
    Check {
        /// Place id.
        place: String,
    },
    /// What the self-check came to.
    Result {
        /// Place id.
        place: String,
    },
    /// Draft and send an application.
    Apply {
        /// Place id.
        place: String,
    },
    /// Tip-off.
    Tip {
        /// Place id.
        place: String,
    },
    /// What else can be done.
    Acts {
        /// Place id.
        place: String,
    },
    /// The form of another kind of case.
    Act {
        /// Place id.
        place: String,
        /// Id of the kind.
        case: String,
    },
    /// Anything else.
    NotFound,
}

/// The WebAssembly module that holds a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bundle {
    /// Choosing a place and checking: what everyone downloads. It holds of the documents what that needs.
    Resident,
    /// The guide, the calculators and what is said of the site: the documents whole.
    Guide,
    /// Applying and every other form: downloaded by those who send.
    Forms,
    /// A tip-off: downloaded by those who report something.
    Tip,
    /// An employer's application for its staff: downloaded by employers.
    Group,
    /// Where a case stands.
    Follow,
}

impl Bundle {
    /// Whether it holds a page. Who has sent a list or a tip-off must not load another program before the letter is on its
    /// way: where nothing is kept it would be lost.
    pub(crate) fn holds(self, page: &Route) -> bool {
        page.bundle() == self || (matches!(self, Self::Group | Self::Tip) && *page == Route::Sent)
    }
}

impl Route {
    /// The page at a path.
    pub(crate) fn recognize(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let place = |place: &str| place.to_owned();
        match *parts.as_slice() {
            [] => Self::Home,
            ["status"] => Self::Status,
            ["sent"] => Self::Sent,
            ["about"] => Self::About,
            [id] => Self::Place { place: place(id) },
            [id, "guide"] => Self::Guide { place: place(id) },
            [id, "calculate"] => Self::Calculate { place: place(id) },
            [id, "check"] => Self::Check { place: place(id) },
            [id, "result"] => Self::Result { place: place(id) },
            [id, "apply"] => Self::Apply { place: place(id) },
            // The second is of before, and as telling as it sounds.
            [id, "contact" | "tip"] => Self::Tip { place: place(id) },
            [id, "acts"] => Self::Acts { place: place(id) },
            [id, "acts", case] => Self::Act { place: place(id), case: case.to_owned() },
            _ => Self::NotFound,
        }
    }

    /// The page that writes a kind of case in a place.
    #[cfg(feature = "whole")]
    pub(crate) fn of_case(place: String, case: CaseKind) -> Self {
        match case {
            CaseKind::Application => Self::Apply { place },
            CaseKind::TipOff => Self::Tip { place },
            other => Self::Act { place, case: other.id().to_owned() },
        }
    }

    /// The path of the page.
    pub(crate) fn to_path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Status => "/status".to_owned(),
            Self::Sent => "/sent".to_owned(),
            Self::About => "/about".to_owned(),
            Self::Place { place } => format!("/{place}"),
            Self::Guide { place } => format!("/{place}/guide"),
            Self::Calculate { place } => format!("/{place}/calculate"),
            Self::Check { place } => format!("/{place}/check"),
            Self::Result { place } => format!("/{place}/result"),
            Self::Apply { place } => format!("/{place}/apply"),
            // What a browser remembers of it says nothing.
            Self::Tip { place } => format!("/{place}/contact"),
            Self::Acts { place } => format!("/{place}/acts"),
            Self::Act { place, case } => ["/", place, "/acts/", case].concat(),
            Self::NotFound => "/404/not-found".to_owned(),
        }
    }

    /// The place it is of, if it is of one.
    pub(crate) fn place(&self) -> Option<&str> {
        match self {
            Self::Place { place }
            | Self::Guide { place }
            | Self::Calculate { place }
            | Self::Check { place }
            | Self::Result { place }
            | Self::Apply { place }
            | Self::Tip { place }
            | Self::Acts { place }
            | Self::Act { place, .. } => Some(place),
            Self::Home | Self::About | Self::Status | Self::Sent | Self::NotFound => None,
        }
    }

    /// The module that holds it.
    pub(crate) fn bundle(&self) -> Bundle {
        match self {
            Self::Status => Bundle::Follow,
            Self::Act { case, .. } if case == CaseKind::EmployerGroup.id() => Bundle::Group,
            Self::Tip { .. } => Bundle::Tip,
            Self::Sent | Self::Apply { .. } | Self::Acts { .. } | Self::Act { .. } => Bundle::Forms,
            Self::About | Self::Guide { .. } | Self::Calculate { .. } => Bundle::Guide,
            Self::Home | Self::Place { .. } | Self::Check { .. } | Self::Result { .. } | Self::NotFound => {
                Bundle::Resident
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_own_path() {
        let place = || "yongshun".to_owned();
        for route in [
            Route::Home,
            Route::Status,
            Route::Sent,
            Route::About,
            Route::Place { place: place() },
            Route::Guide { place: place() },
            Route::Calculate { place: place() },
            Route::Check { place: place() },
            Route::Result { place: place() },
            Route::Apply { place: place() },
            Route::Tip { place: place() },
            Route::Acts { place: place() },
            Route::Act { place: place(), case: "renewal".to_owned() },
            Route::Act { place: place(), case: "employer_group".to_owned() },
            Route::NotFound,
        ] {
            assert_eq!(Route::recognize(&route.to_path()), route);
        }
        assert_eq!(
            Route::recognize("/yongshun/tip"),
            Route::Tip { place: place() },
            "printed and kept before"
        );
        assert_eq!(Route::recognize("/yongshun/nothing"), Route::NotFound);
        assert_eq!(Route::recognize("/yongshun/guide/"), Route::Guide { place: place() });
    }
}
