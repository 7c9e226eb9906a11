//! What can be done online in a place, read from its document.

use chrono::NaiveDate;
use policies::model::CaseKind;

use crate::route::Route;
use ui::place::Doc;

/// One thing a resident can do in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Service {
    /// Where it is.
    pub(crate) to: Route,
    /// Its name.
    pub(crate) name: &'static str,
    /// What it gives.
    pub(crate) says: &'static str,
    /// Hook for browser tests.
    pub(crate) test: &'static str,
}

/// The services of a place, the most wanted first.
pub(crate) fn services(doc: Doc, today: NaiveDate) -> Vec<Service> {
    let place = || doc.document().place.id.clone();
    let mut services = Vec::new();
    if doc.has_conditions() && doc.in_force(today) {
        services.push(Service {
            to: Route::Check { place: place() },
            name: "自测资格",
            says: if doc.decided_case() == CaseKind::Renewal {
                "一页一个问题，看还符不符合续保条件。不留姓名。"
            } else {
                "一页一个问题，看能不能申请、能得到多少。不留姓名。"
            },
            test: "start-check",
        });
    }
    services.push(Service {
        to: Route::Guide { place: place() },
        name: "办事指南",
        says: if doc.has_conditions() {
            "条件、材料、流程、时限，到哪里问。"
        } else {
            "流程、时限，到哪里问。"
        },
        test: "guide",
    });
    if !doc.calculators.is_empty() {
        services.push(Service {
            to: Route::Calculate { place: place() },
            name: "算一算",
            says: "房租、面积、日期，按文件一步一步算给您看。",
            test: "calculate",
        });
    }
    if doc.procedure(CaseKind::Application).is_some() {
        services.push(Service {
            to: Route::Apply { place: place() },
            name: "在线申请",
            says: "先写草稿，提交前只存在这台设备上。",
            test: "apply",
        });
    }
    if doc.procedure(CaseKind::TipOff).is_some() {
        services.push(Service {
            to: Route::Tip { place: place() },
            name: "举报违规用房",
            says: "转租、转借、空着不住、骗租，可以不留姓名。",
            test: "tip",
        });
    }
    if doc.procedures.iter().any(|one| !one.case.has_own_pages()) {
        services.push(Service {
            to: Route::Acts { place: place() },
            name: "办其他事",
            says: "续租、续保、报变动、提异议……",
            test: "acts",
        });
    }
    services.push(Service {
        to: Route::Status,
        name: "查询进度",
        says: "凭查询码看办到哪一步、有没有回复。",
        test: "status",
    });
    services
}
