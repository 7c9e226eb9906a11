//! Every address of the portal, with its title and description.

/// A page of the portal. `place` is a place id of the rulebook, e.g. `yongshun`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
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
    /// Anything else.
    NotFound,
}

/// The WebAssembly module that holds a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    /// Choosing a place and checking: what everyone downloads. It holds of the documents what that needs.
    Resident,
    /// The guide and the calculators: the documents whole.
    Guide,
    /// Applying, reporting and following: downloaded by those who send. `boot.js` knows the same
    /// addresses.
    Forms,
}

impl Route {
    /// The page at a path.
    pub fn recognize(path: &str) -> Self {
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
            [id, "tip"] => Self::Tip { place: place(id) },
            _ => Self::NotFound,
        }
    }

    /// The path of the page.
    pub fn to_path(&self) -> String {
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
            Self::Tip { place } => format!("/{place}/tip"),
            Self::NotFound => "/404/not-found".to_owned(),
        }
    }

    /// The module that holds it.
    pub fn bundle(&self) -> Bundle {
        match self {
            Self::Status | Self::Sent | Self::Apply { .. } | Self::Tip { .. } => Bundle::Forms,
            Self::Guide { .. } | Self::Calculate { .. } => Bundle::Guide,
            Self::Home
            | Self::About
            | Self::Place { .. }
            | Self::Check { .. }
            | Self::Result { .. }
            | Self::NotFound => Bundle::Resident,
        }
    }

    /// The place this address is about, if any.
    pub fn place(&self) -> Option<&str> {
        match self {
            Self::Place { place }
            | Self::Guide { place }
            | Self::Calculate { place }
            | Self::Check { place }
            | Self::Result { place }
            | Self::Apply { place }
            | Self::Tip { place } => Some(place),
            Self::Home | Self::Status | Self::Sent | Self::About | Self::NotFound => None,
        }
    }

    /// The page's name, for the window title and links.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Home => "首页",
            Self::Status => "查询进度",
            Self::Sent => "提交成功",
            Self::About => "关于本站与隐私",
            Self::Place { .. } => "服务事项",
            Self::Guide { .. } => "办事指南",
            Self::Calculate { .. } => "算一算",
            Self::Check { .. } => "自测资格",
            Self::Result { .. } => "自测结果",
            Self::Apply { .. } => "在线申请",
            Self::Tip { .. } => "举报违规用房",
            Self::NotFound => "没有这个页面",
        }
    }

    /// One sentence on what the page is for.
    pub fn description(&self) -> &'static str {
        match self {
            Self::Home => "选择您所在的地方，自测资格、看办事指南、提交申请或举报。",
            Self::Status => "输入查询码，看办到哪一步、有没有新消息。",
            Self::Sent => "保存查询码，以后凭它查进度、看回复。",
            Self::About => "本站是什么，怎样对待您填写的内容。",
            Self::Place { .. } => "这个地方可以在线办的事。",
            Self::Guide { .. } => "条件、材料、流程、时限、依据和电话。",
            Self::Calculate { .. } => "房租、面积、日期，按文件一步一步算。",
            Self::Check { .. } => "一页一个问题，不用留姓名，三分钟知道是否符合条件。",
            Self::Result { .. } => "是否符合、为什么、能得到多少、要准备什么。",
            Self::Apply { .. } => "填写申请，提交前只保存在这台设备上。",
            Self::Tip { .. } => "匿名反映转租、转借、空置等违规使用公租房的情况。",
            Self::NotFound => "这个地址没有对应的页面。",
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
            Route::NotFound,
        ] {
            assert_eq!(Route::recognize(&route.to_path()), route);
        }
        assert_eq!(Route::recognize("/yongshun/nothing"), Route::NotFound);
        assert_eq!(Route::recognize("/yongshun/guide/"), Route::Guide { place: place() });
    }
}
