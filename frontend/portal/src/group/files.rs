//! Tables of a list: the one to fill in, and those that employers have.

use std::collections::BTreeMap;

use policies::model::{Fact, FactKind, FieldKind, Roster, RosterColumn, YesNoWords};
use sheets::ops::{Blank, Format, List, Refusal, Reply, Request, WantedColumn};
use ui::{roster::fact_of, tables::ask};

/// What a list's table is read by: heads in every spelling that its document gives, and the fact's own name.
pub(super) fn wanted(roster: &Roster) -> Vec<WantedColumn> {
    let column = |column: &RosterColumn| {
        let fact = fact_of(column);
        let mut heads = vec![column.label.clone()];
        heads.extend(column.also.iter().cloned());
        heads.extend(fact.map(|fact| fact.label.clone()));
        let date = matches!(column.kind, Some(FieldKind::Date { .. }))
            || fact.is_some_and(|fact| matches!(fact.kind, FactKind::Date { .. }));
        let needed = matches!(column.kind, Some(FieldKind::Name | FieldKind::IdNumber));
        WantedColumn { id: column.id.clone(), heads, needed, date }
    };
    roster.columns.iter().map(column).collect()
}

/// The columns of the table to fill in.
pub(super) fn blanks(roster: &Roster) -> Vec<Blank> {
    let column = |column: &RosterColumn| {
        let fact = fact_of(column);
        let help = fact.filter(|_| column.help.is_empty()).map_or(column.help.as_str(), |fact| &fact.help);
        let choices = fact.map(choices).unwrap_or_default();
        let needed = fact.is_none() && !column.optional;
        Blank { head: column.label.clone(), help: help.to_owned(), choices, needed }
    };
    roster.columns.iter().map(column).collect()
}

/// What may be picked for a fact.
fn choices(fact: &Fact) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match (&fact.kind, fact.answers) {
        (FactKind::YesNo, YesNoWords::Is) => words(&["是", "不是"]),
        (FactKind::YesNo, YesNoWords::Has) => words(&["有", "没有"]),
        (FactKind::Choice { choices }, _) => choices.iter().map(|choice| choice.label.clone()).collect(),
        _ => Vec::new(),
    }
}

/// The list in a file.
///
/// # Errors
/// A sentence that says what to do.
pub(super) async fn read(roster: &Roster, file: &[u8], sheet: Option<String>) -> Result<List, String> {
    let request = Request::Read { columns: wanted(roster), sheet };
    match ask(&request, file).await {
        Some((Reply::Read(list), _)) => Ok(list),
        Some((Reply::Refused(why), _)) => Err(words(&why)),
        Some((Reply::Written, _)) | None => Err(NOT_READ.to_owned()),
    }
}

/// The table to fill in, as the bytes of its file.
pub(super) async fn blank(roster: &Roster, format: Format) -> Option<Vec<u8>> {
    let title = roster.title.clone();
    let request = Request::Write { title, columns: blanks(roster), rows: Vec::new(), format };
    ask(&request, &[]).await.and_then(|(_, bytes)| bytes)
}

/// A list's rows as the draft keeps them: the columns of the table, and what is in them by the form's.
pub(super) type Rows = (BTreeMap<String, String>, Vec<(u32, BTreeMap<String, String>)>);

/// The same for the draft.
pub(super) fn rows(list: &List) -> Rows {
    let columns = list.columns.iter().map(|column| (column.id.clone(), column.letters.clone()));
    let rows = list.rows.iter().map(|row| {
        let cells = list.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
        (row.number, cells.map(|(column, cell)| (column.id.clone(), cell.clone())).collect())
    });
    (columns.collect(), rows.collect())
}

const NOT_READ: &str = "读表的程序没有加载成功，或者这个文件它读不了。请检查网络后再选一次；还不行，请用表格软件打开，另存为 xlsx 再选，也可以在下面一位一位地填。";

/// What to do about a file that gives no list.
fn words(why: &Refusal) -> String {
    let fixed = match why {
        Refusal::NoHeads { lacks, found } => {
            let seen =
                if found.is_empty() { String::new() } else { format!("只认出了{}。", quoted(found)) };
            return format!(
                "没有找到表头：要有一行写着{}这些栏名。{seen}请用上面的空白表，或者把栏名改成一样的，再选一次。",
                quoted(lacks)
            );
        }
        Refusal::Empty => "这个文件是空的，请看看是不是选错了。",
        Refusal::TooLarge => "这个文件太大，最多读 8 MB。请只留名单这一张表，去掉图片，另存以后再选。",
        Refusal::TooManyRows => "这张表太长，最多读 10 万行。请只留名单，另存以后再选。",
        Refusal::Locked => "这个文件设了打开密码，读不了。请用表格软件打开，去掉密码，另存以后再选。",
        Refusal::WebPage => {
            "这个文件叫表格，其实是网页，有的系统导出来就是这样。请用表格软件打开，另存为 xlsx 再选。"
        }
        Refusal::NotATable => "这不是表格文件。请选 xlsx、xls、ods 或者 csv 文件；照片和 PDF 读不了。",
        Refusal::Damaged => "这个文件坏了，或者没有下载完。请用表格软件打开看看，另存为 xlsx 再选。",
        Refusal::NoRows => "表头下面一行也没有。请把职工填进去再选。",
        Refusal::Failed => NOT_READ,
    };
    fixed.to_owned()
}

fn quoted(heads: &[String]) -> String {
    heads.iter().map(|head| format!("“{head}”")).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use sheets::{heads::bare, work};
    use ui::place::Doc;

    use super::*;

    fn rosters() -> impl Iterator<Item = &'static Roster> {
        Doc::all().flat_map(|doc| &doc.document().forms).filter_map(|form| form.roster.as_ref())
    }

    #[test]
    fn no_head_of_a_list_stands_for_two_columns() {
        for roster in rosters() {
            let mut taken: BTreeMap<String, String> = BTreeMap::new();
            for column in wanted(roster) {
                for head in column.heads.iter().map(|head| bare(head)) {
                    let before = taken.insert(head.clone(), column.id.clone());
                    assert!(!head.is_empty() && before.is_none_or(|id| id == column.id), "{head}");
                }
            }
        }
        assert!(rosters().next().is_some());
    }

    #[test]
    fn the_table_to_fill_in_is_read_back_and_says_what_may_be_picked() {
        for roster in rosters() {
            for format in [Format::Xlsx, Format::Csv] {
                let row: Vec<String> = roster.columns.iter().map(|column| column.id.clone()).collect();
                let columns = blanks(roster);
                let request =
                    Request::Write { title: roster.title.clone(), columns, rows: vec![row], format };
                let bytes = work::answer(&request, &[]).1.unwrap();
                let list = work::read(&bytes, &wanted(roster), None).unwrap();
                let ids: Vec<&str> = list.columns.iter().map(|column| column.id.as_str()).collect();
                assert_eq!(ids, roster.columns.iter().map(|column| column.id.as_str()).collect::<Vec<_>>());
                assert!(list.unused.is_empty() && list.rows.len() == 1);
            }
            let picks = blanks(roster).into_iter().filter(|column| column.choices.len() > 1).count();
            assert!(picks > 3, "{picks}");
        }
    }
}
