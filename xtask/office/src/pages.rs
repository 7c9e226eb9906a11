//! Every page of the portal with what its file says before the program runs: for whoever assembles the site.

use policies::model::{CaseKind, Document};
use serde::Serialize;

/// One page.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// Its address without slashes at the ends; empty: the first page.
    pub path: String,
    /// Its window title.
    pub title: String,
    /// What search engines show of it.
    pub description: String,
    /// The program that shows it: `portal`, `guide`, `forms`, `tip`, `group` or `follow`.
    pub program: &'static str,
    /// The document that the program loads for it.
    pub document: Option<String>,
}

/// What the first page is called.
const FIRST: &str = "公共租赁住房自助服务";
/// What is said of pages that say nothing of themselves.
const GENERAL: &str =
    "自测公租房申请资格和补贴金额，看办事指南，提交申请、查进度、举报。不用注册，不留姓名也能自测。";

/// All pages.
pub fn all() -> Vec<Page> {
    let page = |path: &str, title: &str, program| Page {
        path: path.to_owned(),
        title: title.to_owned(),
        description: GENERAL.to_owned(),
        program,
        document: None,
    };
    let mut pages = vec![
        page("", FIRST, "portal"),
        page("about", "关于本站与隐私", "guide"),
        page("status", "查询进度", "follow"),
        page("sent", "提交", "forms"),
    ];
    for compiled in policies::rulebook().documents() {
        pages.extend(of_place(compiled.document()));
    }
    // A place with several versions has each page once; which document counts is the day's affair.
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages.dedup_by(|a, b| a.path == b.path);
    pages
}

fn of_place(document: &Document) -> Vec<Page> {
    let (id, name) = (&document.place.id, &document.place.name);
    let page = |path: &str, title: String, description: String, program: &'static str| Page {
        path: [id.as_str(), path].concat(),
        title,
        description,
        program,
        document: Some(document.id.clone()),
    };
    let summary = || document.summary.clone();
    let about =
        |what: &str| format!("{name}公租房{what}。依据：{}。", document.title.trim_matches(['《', '》']));
    let mut pages = vec![
        page("", format!("{name}公租房"), summary(), "portal"),
        page("/check", format!("自测资格 · {name}"), about("资格自测：一页一个问题，不留姓名"), "portal"),
        page("/result", format!("自测结果 · {name}"), about("自测结果"), "portal"),
        page("/guide", format!("{name}公租房办事指南"), summary(), "guide"),
        page("/calculate", format!("算一算 · {name}"), about("房租、面积、日期，一步一步算"), "guide"),
        page(
            "/apply",
            format!("在线申请 · {name}"),
            about("在线申请：先写草稿，提交前只在您的设备上"),
            "forms",
        ),
    ];
    if document.procedure(CaseKind::TipOff).is_some() {
        // What a browser remembers of a page are its address and its title: this one's say no more than the first page's.
        // The other address is of before.
        for path in ["/contact", "/tip"] {
            pages.push(page(path, FIRST.to_owned(), GENERAL.to_owned(), "tip"));
        }
    }
    let acts = document.procedures.iter().filter(|one| document.form(one.case).is_some());
    let acts = acts.map(|one| {
        let (path, what) = (["/acts/", one.case.id()].concat(), one.label.as_str());
        let program = if one.case == CaseKind::EmployerGroup { "group" } else { "forms" };
        page(&path, format!("{what} · {name}"), about(what), program)
    });
    pages.extend(acts);
    pages.push(page("/acts", format!("办其他事 · {name}"), about("续租、续保、报变动、提异议"), "forms"));
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_its_pages_and_no_address_comes_twice() {
        let pages = all();
        for compiled in policies::rulebook().documents() {
            let place = &compiled.document().place.id;
            for path in ["", "/check", "/result", "/guide", "/calculate", "/apply", "/acts"] {
                let path = [place.as_str(), path].concat();
                assert_eq!(pages.iter().filter(|page| page.path == path).count(), 1, "{path}");
            }
        }
        assert!(pages.iter().all(|page| !page.title.is_empty() && !page.description.is_empty()));
    }
}
