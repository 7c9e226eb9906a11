//! The audit trail: which key did what, with its chain checked. For the office and for auditors.

mod kept;

use policies::model::Document;
use protocol::chain::verify_audit;
use protocol::desk::{AuditAction, AuditRow, AuditTrail};
use protocol::query::TrailQuery;
use yew::prelude::*;

use self::kept::KeptHead;
use super::calls::{Desk, DeskError};
use super::problem::Problem;
use super::words;
use ui::components::{Button, Look, Notice, Tone};
use ui::hooks::{use_focus_heading, use_request, use_title};
use ui::words::moment;

/// Props of [`AuditPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct AuditPageProps {
    /// Where to ask.
    pub(crate) desk: Desk,
    /// Back to the inbox.
    pub(crate) on_back: Callback<()>,
    /// The key is gone.
    pub(crate) on_key_gone: Callback<()>,
}

/// What was done at this office's desk, latest first.
#[component]
pub(crate) fn AuditPage(props: &AuditPageProps) -> Html {
    use_title("审计记录");
    let heading = use_focus_heading("audit");
    let request = use_request::<AuditTrail, DeskError>();
    // What came before is kept while an earlier part is on its way.
    let told = use_mut_ref(|| None::<AuditTrail>);
    let fetch = {
        let (desk, request, on_key_gone) = (props.desk.clone(), request.clone(), props.on_key_gone.clone());
        let told = told.clone();
        Callback::from(move |asked: TrailQuery| {
            let (desk, on_key_gone, told) = (desk.clone(), on_key_gone.clone(), told.clone());
            request.run(async move {
                let part = desk.audit(asked).await;
                if part.as_ref().is_err_and(DeskError::key_is_gone) {
                    on_key_gone.emit(());
                }
                let later = told.borrow().clone().filter(|_| asked.before.is_some());
                let trail = joined(part?, later);
                *told.borrow_mut() = Some(trail.clone());
                Ok(trail)
            });
        })
    };
    let load = fetch.reform(|()| TrailQuery::default());
    {
        let load = load.clone();
        use_effect_with((), move |()| load.emit(()));
    }
    let Some(document) = props.desk.document().map(policies::Compiled::document) else {
        return Html::default();
    };
    html! {
        <div class="desk-audit">
            <p>
                <Button look={Look::Quiet} onclick={props.on_back.reform(|_: MouseEvent| ())} test="desk-back">
                    { "← 返回收件箱" }
                </Button>
            </p>
            <h1 ref={heading} tabindex="-1">{ "审计记录" }</h1>
            <p class="muted">{ "每次查看、变更和答复都由服务器记一行，行行相扣；只记钥匙编号，不记内容。" }</p>
            if request.state().is_busy() {
                <p role="status">{ "正在取审计记录……" }</p>
            }
            if let Some(error) = request.state().failed() {
                <Problem error={error.clone()} on_retry={load} />
            }
            if let Some(trail) = told.borrow().as_ref() {
                { checked(&props.desk.list(), trail) }
                <KeptHead
                    desk={props.desk.clone()} trail={trail.clone()} busy={request.state().is_busy()}
                    on_earlier={fetch.reform({
                        let before = cut(trail);
                        move |()| TrailQuery { before }
                    })}
                />
                { table(trail, document) }
                if let Some(before) = cut(trail) {
                    <Button
                        look={Look::Secondary} busy={request.state().is_busy()} test="audit-earlier"
                        onclick={fetch.reform(move |_: MouseEvent| TrailQuery { before: Some(before) })}
                    >
                        { "再取更早的" }
                    </Button>
                }
            }
        </div>
    }
}

/// A part with what comes after it.
fn joined(part: AuditTrail, later: Option<AuditTrail>) -> AuditTrail {
    let mut rows = part.rows;
    rows.extend(later.into_iter().flat_map(|later| later.rows));
    AuditTrail { rows, total: part.total }
}

/// The number of the first line that came, where lines before it did not.
fn cut(trail: &AuditTrail) -> Option<u64> {
    trail.rows.first().map(|first| first.seq).filter(|first| *first > 0)
}

/// How many lines came, and of how many.
fn told_of(trail: &AuditTrail) -> String {
    match cut(trail) {
        None => format!("共 {} 行，每行都与前一行相扣，没有缺漏。", trail.rows.len()),
        Some(earlier) => format!(
            "取来最近 {} 行，每行都与前一行相扣；更早的 {earlier} 行还没有取来核对。",
            trail.rows.len(),
        ),
    }
}

fn checked(list: &str, trail: &AuditTrail) -> Html {
    if verify_audit(list, &trail.rows).is_ok() {
        html! {
            <Notice tone={Tone::Success} title="✓ 校验通过" test="audit-chain">
                <p>{ told_of(trail) }</p>
            </Notice>
        }
    } else {
        html! {
            <Notice tone={Tone::Failure} title="✗ 校验不符" test="audit-chain">
                <p>{ "记录不能前后相扣，可能有缺漏或被改动。请报告单位管理员。" }</p>
            </Notice>
        }
    }
}

fn table(trail: &AuditTrail, document: &Document) -> Html {
    html! {
        <table class="desk-table" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    for label in ["时间", "角色", "钥匙", "做了什么", "件"] {
                        <th scope="col" role="columnheader">{ label }</th>
                    }
                </tr>
            </thead>
            <tbody role="rowgroup">
                for row in trail.rows.iter().rev() {
                    { line(row, document) }
                }
            </tbody>
        </table>
    }
}

fn line(row: &AuditRow, document: &Document) -> Html {
    let what = match &row.action {
        AuditAction::Listed => "查看收件箱".to_owned(),
        AuditAction::Opened => "打开件".to_owned(),
        AuditAction::OpenedPaper { .. } => "打开材料".to_owned(),
        AuditAction::HandedOn => "把信件的钥匙转给现在的人员".to_owned(),
        AuditAction::PassedOn { to } => format!("移交给钥匙 {to}"),
        AuditAction::Moved { stage } => format!("变更环节：{}", words::any_stage(document, stage)),
        AuditAction::Replied => "答复".to_owned(),
        AuditAction::Aside { how } => words::aside(*how).to_owned(),
        AuditAction::Ticketed { count } => format!("做了 {count} 张快速码"),
        AuditAction::Audited => "查看审计记录".to_owned(),
        AuditAction::Destroyed => "按本单位设定的保存期限，销毁了信件和消息".to_owned(),
    };
    html! {
        <tr role="row" key={row.seq.to_string()}>
            <td role="cell" data-label="时间">{ moment(row.at) }</td>
            <td role="cell" data-label="角色">{ words::role(row.role) }</td>
            <td role="cell" data-label="钥匙">
                if row.kid.is_empty() { { "服务器" } } else { <code>{ &row.kid }</code> }
            </td>
            <td role="cell" data-label="做了什么">{ what }</td>
            <td role="cell" data-label="件">
                { row.lookup.as_deref().map_or_else(|| "—".to_owned(), ui::words::case_number) }
            </td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use protocol::chain::{AUDIT_START, next_audit};
    use protocol::desk::Role;

    use super::*;

    fn trail() -> Vec<AuditRow> {
        let mut rows: Vec<AuditRow> = Vec::new();
        for seq in 0..4 {
            let prev = rows.last().map_or_else(|| AUDIT_START.to_owned(), |last| last.hash.clone());
            rows.push(next_audit("o", &prev, seq, seq, ("k", Role::Office), AuditAction::Listed, None));
        }
        rows
    }

    #[test]
    fn what_has_not_come_is_said_and_joins_what_has() {
        let rows = trail();
        let part = |rows: &[AuditRow]| AuditTrail { rows: rows.to_vec(), total: 4 };
        let late = part(&rows[2..]);
        assert_eq!(cut(&late), Some(2));
        assert!(told_of(&late).contains("更早的 2 行还没有取来核对"));
        let whole = joined(part(&rows[..2]), Some(late));
        assert_eq!((cut(&whole), whole.rows.len()), (None, 4));
        assert!(verify_audit("o", &whole.rows).is_ok() && told_of(&whole).contains("没有缺漏"));
        let gap = joined(part(&rows[..1]), Some(part(&rows[2..])));
        assert!(verify_audit("o", &gap.rows).is_err());
    }
}
