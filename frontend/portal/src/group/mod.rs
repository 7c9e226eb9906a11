//! An employer's application for its staff: the form that its document gives, with the list of people, each assessed by himself.

mod card;
mod editor;
mod files;
mod rows;
mod table;

use chrono::NaiveDate;
use policies::model::{CaseKind, Roster};
use protocol::{letter, limits::LETTER_BYTES};
use yew::prelude::*;

use crate::{
    act::{
        form::{ActForm, LIST, ListOf, ListPart},
        list::ListDraft,
    },
    frame::{NotFound, PlaceProps, UnknownPlace},
};
use ui::{components::FieldFault, hooks::use_today, place::Doc, roster};

/// The form with its list.
#[component]
pub(crate) fn GroupAct(props: &PlaceProps) -> Html {
    let today = use_today();
    let Some(doc) = Doc::of_place(&props.place, today) else {
        return html! { <UnknownPlace /> };
    };
    let case = CaseKind::EmployerGroup;
    match doc.document().procedure(case).zip(doc.document().form(case)) {
        Some((procedure, form)) => {
            let list = ListPart { show, faults, read };
            html! { <ActForm {doc} {procedure} {form} {list} key={&*doc.document().id} /> }
        }
        None => html! { <NotFound /> },
    }
}

fn show(of: ListOf) -> Html {
    html! { <card::ListCard doc={of.doc} roster={card::Asked(of.roster)} draft={of.draft} error={of.error} today={of.today} /> }
}

/// What is wrong with a list, in one sentence: the cells are told where the list is.
fn faults(roster: &'static Roster, list: &ListDraft, on: NaiveDate) -> Vec<FieldFault> {
    let lines = rows::lines(roster, list, on);
    let faults: usize = lines.iter().map(|line| line.faults.len()).sum();
    let most = usize::try_from(roster.most).unwrap_or(usize::MAX);
    let wrong = if lines.is_empty() {
        format!("{}还是空的：请选名单文件，或者一位一位地填。", roster.title)
    } else if faults > 0 {
        format!("{}里有 {faults} 处要改，都列在名单上面。", roster.title)
    } else if lines.len() > most {
        format!("一次最多交 {most} {}，这份名单有 {} 位。请分成几份，分几次提交。", roster.each, lines.len())
    } else if room(&lines) > MOST_BYTES {
        format!("这份名单有 {} 人，字太多，一次装不下。请分成两份，分两次提交。", lines.len())
    } else {
        return Vec::new();
    };
    vec![FieldFault::new(LIST, wrong)]
}

/// What a list may take of a letter, in bytes: the rest is for the form's own fields.
const MOST_BYTES: usize = LETTER_BYTES - 16 * 1024;

/// What a list takes of a letter, in bytes: its cells with quotes and commas, and how each stands.
fn room(lines: &[rows::Line]) -> usize {
    let cells = |line: &rows::Line| -> usize {
        line.cells.iter().map(|cell| cell.len().saturating_add(3)).sum::<usize>().saturating_add(20)
    };
    lines.iter().map(cells).sum()
}

/// What is sent of a list: everybody on it, with what was shown of each.
fn read(doc: Doc, roster: &'static Roster, list: &ListDraft, on: NaiveDate) -> letter::FilledRoster {
    let lines = rows::lines(roster, list, on);
    let columns: Vec<String> = roster.columns.iter().map(|column| column.id.clone()).collect();
    let outcome = |line: &rows::Line| {
        let household = roster::household(roster, |id| cell(&columns, &line.cells, id), on);
        roster::standing(doc, roster, &household, on).outcome
    };
    let shown = lines.iter().map(outcome).collect();
    letter::FilledRoster { columns, members: lines.into_iter().map(|line| line.cells).collect(), shown }
}

/// What a line says in a column.
fn cell<'a>(columns: &[String], cells: &'a [String], id: &str) -> &'a str {
    let place = columns.iter().position(|column| column == id);
    place.and_then(|place| cells.get(place)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;

    use policies::Outcome;
    use protocol::letter::FormLetter;

    use super::*;
    use crate::{act::draft::ActAction, act::draft::ActDraft, act::list::ListAction, on_trial::sixth};
    use yew::Reducible;

    fn on() -> NaiveDate {
        "2026-03-02".parse().unwrap()
    }

    fn roster_of(doc: Doc) -> &'static Roster {
        doc.document().form(CaseKind::EmployerGroup).unwrap().roster.as_ref().unwrap()
    }

    /// A list as it is read from a file: columns in the order of the form, rows from 2 on.
    fn list(roster: &Roster, rows: &[Vec<&str>]) -> ListDraft {
        let columns: BTreeMap<String, String> = (0..)
            .zip(&roster.columns)
            .map(|(n, column)| (column.id.clone(), sheets::heads::letters(n)))
            .collect();
        let rows = (2..).zip(rows).map(|(number, cells)| {
            let cells = roster.columns.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
            (number, cells.map(|(column, cell)| (column.id.clone(), (*cell).to_owned())).collect())
        });
        let action = ListAction::Read(columns, rows.collect(), true);
        std::rc::Rc::new(ActDraft::default()).reduce(ActAction::List(action)).list.clone()
    }

    fn told(roster: &'static Roster, list: &ListDraft) -> Vec<String> {
        let lines = rows::lines(roster, list, on());
        lines
            .iter()
            .flat_map(|line| &line.faults)
            .map(|fault| [&fault.place, "：", &fault.says].concat())
            .collect()
    }

    #[test]
    fn every_wrong_cell_is_told_by_its_row_and_column() {
        let roster = roster_of(sixth());
        let rows = [
            vec!["测试甲", "999999199001010016", "租的", "40"],
            vec!["", "1.1E+17", "租", "四十"],
            vec!["测试乙", "999999199001010017", "", "#N/A"],
            vec!["测试1", "９９９９９９１９９００１０１００１６", "rented", ""],
        ];
        let told = told(roster, &list(roster, &rows));
        let begins = [
            ("第 3 行 A 列 姓名：", "请填写"),
            ("第 3 行 B 列 身份证号：", "后几位已经丢了"),
            ("第 3 行 C 列 怎么住：", "只能填下面一种：租的；借住；自己的"),
            ("第 3 行 D 列 租住面积（平方米）：", "请只填数字"),
            ("第 4 行 B 列 身份证号：", ""),
            ("第 4 行 D 列 租住面积（平方米）：", "公式算错了（#N/A）"),
            ("第 5 行 A 列 姓名：", "不能有数字"),
            ("第 5 行 B 列 身份证号：", "和第 2 行是同一个人"),
        ];
        assert_eq!(told.len(), begins.len(), "{told:#?}");
        for (told, (place, says)) in told.iter().zip(begins) {
            assert!(told.starts_with(place) && told.contains(says), "{told}: {place} {says}");
        }
    }

    #[test]
    fn a_list_goes_with_as_many_as_it_may_have_and_nobody_wrong() {
        let roster = roster_of(sixth());
        let numbers =
            ["999999199001010016", "99999919491231005X", "999999200002290027", "999999198803128070"];
        let of = |count: usize| {
            let rows: Vec<Vec<&str>> =
                numbers.iter().take(count).map(|number| vec!["测试甲", *number]).collect();
            faults(roster, &list(roster, &rows), on()).len()
        };
        assert_eq!((0..=4).map(of).collect::<Vec<_>>(), [1, 0, 0, 0, 1]);
    }

    #[test]
    fn everybody_is_assessed_by_the_categories_of_the_list() {
        let doc = sixth();
        let roster = roster_of(doc);
        let rows = [
            vec!["测试甲", "999999199001010016", "租的", "40"],
            vec!["测试乙", "99999919491231005X", "自己的", "40"],
        ];
        let told = read(doc, roster, &list(roster, &rows), on());
        assert_eq!(told.members.first().unwrap(), &["测试甲", "999999199001010016", "rented", "40"]);
        assert_eq!(told.shown, [Some(Outcome::Unknown), Some(Outcome::NotEligible)]);
    }

    #[test]
    fn five_hundred_people_fit_in_one_letter() {
        let doc = Doc::by_id("yongshun-2023").unwrap();
        let roster = roster_of(doc);
        // As most are: no graduate, no home, nothing sold.
        let answers = [
            ("name", "测试甲"),
            ("id_number", "999999199001010016"),
            ("phone", "13900000017"),
            ("people", "3"),
            ("registration", "outside"),
            ("employment", "company"),
            ("contract_months", "36"),
            ("insurance_months_continuous", "24"),
            ("stable_income", "yes"),
            ("vocational_graduate", "no"),
            ("county_home", "none"),
            ("disposed_home", "no"),
            ("unclear_home", "no"),
            ("restricted_items", "none"),
            ("social_housing", "none"),
            ("past_bar", "none"),
            ("member_married", "yes"),
            ("member_divorced", "no"),
        ];
        let cells = |column: &policies::model::RosterColumn| {
            answers
                .iter()
                .find(|(id, _)| *id == column.id)
                .map_or(String::new(), |(_, told)| (*told).to_owned())
        };
        let member: Vec<String> = roster.columns.iter().map(cells).collect();
        let most = usize::try_from(roster.most).unwrap();
        let letter = FormLetter {
            kind: CaseKind::EmployerGroup,
            document: doc.document().id.clone(),
            document_hash: doc.compiled().hash().to_owned(),
            on: on(),
            entries: Vec::new(),
            roster: Some(letter::FilledRoster {
                columns: roster.columns.iter().map(|column| column.id.clone()).collect(),
                members: vec![member; most],
                shown: vec![Some(Outcome::NotEligible); most],
            }),
            reply_to: String::new(),
            owner_key: String::new(),
            own_copy: true,
            enclosures: None,
        };
        let bytes = serde_json::to_vec(&letter).unwrap().len();
        assert!(most >= 500 && bytes < MOST_BYTES, "{most} people take {bytes} bytes");
    }
}
