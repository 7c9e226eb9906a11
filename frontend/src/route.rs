//! Every address of the portal, with its title and description.

use yew_router::Routable;

/// A page of the portal. `place` is a place id of the rulebook, e.g. `yongshun`.
#[derive(Clone, Debug, PartialEq, Eq, Routable)]
pub enum Route {
    /// Choose a place, or look up a receipt.
    #[at("/")]
    Home,
    /// What became of a case.
    #[at("/status")]
    Status,
    /// The receipt of what was just sent.
    #[at("/sent")]
    Sent,
    /// What this site is, and what it does with what is typed.
    #[at("/about")]
    About,
    /// What can be done in one place.
    #[at("/:place")]
    Place {
        /// Place id.
        place: String,
    },
    /// The guide (办事指南).
    #[at("/:place/guide")]
    Guide {
        /// Place id.
        place: String,
    },
    /// The self-check, one question a page.
    #[at("/:place/check")]
    Check {
        /// Place id.
        place: String,
    },
    /// What the self-check came to.
    #[at("/:place/result")]
    Result {
        /// Place id.
        place: String,
    },
    /// Draft and send an application.
    #[at("/:place/apply")]
    Apply {
        /// Place id.
        place: String,
    },
    /// Tip-off.
    #[at("/:place/tip")]
    Tip {
        /// Place id.
        place: String,
    },
    /// Anything else.
    #[not_found]
    #[at("/404")]
    NotFound,
}

impl Route {
    /// The place this address is about, if any.
    pub fn place(&self) -> Option<&str> {
        match self {
            Self::Place { place }
            | Self::Guide { place }
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
            Self::Check { .. } => "一页一个问题，不用留姓名，三分钟知道是否符合条件。",
            Self::Result { .. } => "是否符合、为什么、能得到多少、要准备什么。",
            Self::Apply { .. } => "填写申请，提交前只保存在这台设备上。",
            Self::Tip { .. } => "匿名反映转租、转借、空置等违规使用公租房的情况。",
            Self::NotFound => "这个地址没有对应的页面。",
        }
    }
}
