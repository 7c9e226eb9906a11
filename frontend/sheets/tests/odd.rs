//! Tables as programs and people really write them, and what is no table.
#![allow(clippy::unwrap_used, missing_docs)]

use encoding_rs::GB18030;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use sheets::ops::{Blank, FILE_BYTES, Format as Kind, List, ROWS, Refusal, Reply, Request, WantedColumn};
use sheets::work::{answer, read};

const ID: &str = "999999199001010016";

fn wanted() -> Vec<WantedColumn> {
    let column = |id: &str, heads: &[&str], needed, date| WantedColumn {
        id: id.to_owned(),
        heads: heads.iter().map(|head| (*head).to_owned()).collect(),
        needed,
        date,
    };
    vec![
        column("name", &["姓名", "职工姓名"], true, false),
        column("id_number", &["身份证号", "身份证号码"], true, false),
        column("employed_on", &["到单位上班的日期", "入职日期"], false, true),
        column("contract_months", &["合同期限（月）"], false, false),
    ]
}

fn list(file: &[u8]) -> List {
    read(file, &wanted(), None).unwrap()
}

fn refused(file: &[u8]) -> Refusal {
    read(file, &wanted(), None).unwrap_err()
}

/// Rows by number and the cell of each column that was found.
fn told(list: &List) -> Vec<(u32, Vec<&str>)> {
    list.rows.iter().map(|row| (row.number, row.cells.iter().map(String::as_str).collect())).collect()
}

fn found(list: &List) -> Vec<(&str, &str)> {
    list.columns.iter().map(|column| (column.id.as_str(), column.letters.as_str())).collect()
}

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

fn row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        sheet.write_string(row, column, *cell).unwrap();
    }
}

#[test]
fn titles_above_columns_in_any_order_and_rows_that_tell_nothing() {
    let file = workbook(|sheet| {
        sheet.merge_range(0, 0, 0, 4, "测试公司职工名单", &Format::new()).unwrap();
        row(sheet, 1, &["填表人：测试", "", "2026年3月"]);
        row(sheet, 3, &["序号", "入职 日期", "身份证号码（必填）*", "部门", "职工\n姓名："]);
        row(sheet, 4, &["1", "2024年3月1日", ID, "一车间", "测试甲"]);
        row(sheet, 5, &["2", "", "", "", ""]);
        row(sheet, 8, &["序号", "入职日期", "身份证号", "部门", "姓名"]);
        row(sheet, 9, &["3", "2024-3-5", "９９９９９９１９９００１０１００１６", "", "测试乙"]);
        sheet.set_row_hidden(6).unwrap();
    });
    let list = list(&file);
    assert_eq!(found(&list), [("employed_on", "B"), ("id_number", "C"), ("name", "E")]);
    assert_eq!(list.unused, ["序号", "部门"]);
    assert_eq!(
        told(&list),
        [
            (5, vec!["2024年3月1日", ID, "测试甲"]),
            (10, vec!["2024-3-5", "９９９９９９１９９００１０１００１６", "测试乙"]),
        ]
    );
    assert_eq!((list.sheet.as_str(), list.others.len()), ("", 0));
}

#[test]
fn what_a_table_program_did_to_numbers_and_dates_is_seen() {
    let file = workbook(|sheet| {
        row(sheet, 0, &["姓名", "身份证号", "入职日期", "合同期限"]);
        row(sheet, 1, &["测试甲"]);
        sheet.write_number(1, 1, 999_999_199_001_010_016.0).unwrap();
        sheet.write_number(1, 2, 45_352.0).unwrap();
        sheet.write_number(1, 3, 24.0).unwrap();
        row(sheet, 2, &["测试乙", "1.1E+17"]);
        let day = Format::new().set_num_format("yyyy/m/d");
        sheet.write_number_with_format(2, 2, 45_352.0, &day).unwrap();
        sheet.write_formula(2, 3, Formula::new("=12*2").set_result("24")).unwrap();
        row(sheet, 3, &["测试丙", "99999919491231005x"]);
        sheet.write_formula(3, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    });
    assert_eq!(
        told(&list(&file)),
        [
            (2, vec!["测试甲", "9.9999919900101E+17", "2024-03-01", "24"]),
            (3, vec!["测试乙", "1.1E+17", "2024-03-01", "24"]),
            (4, vec!["测试丙", "99999919491231005x", "", "#DIV/0!"]),
        ]
    );
}

#[test]
fn merged_cells_stand_for_each_of_their_rows_and_heads_may_take_two() {
    let file = workbook(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 1, 0, "姓名", &plain).unwrap();
        sheet.merge_range(0, 1, 1, 1, "身份证号", &plain).unwrap();
        sheet.merge_range(0, 2, 0, 3, "劳动合同", &plain).unwrap();
        row(sheet, 1, &["", "", "入职日期", "合同期限（月）"]);
        row(sheet, 2, &["测试甲", ID, "", "24"]);
        row(sheet, 3, &["测试乙", "999999200002290027", "", "36"]);
        sheet.merge_range(2, 2, 3, 2, "2024-03-01", &plain).unwrap();
    });
    let list = list(&file);
    assert_eq!(found(&list).len(), 4);
    assert_eq!(
        told(&list),
        [
            (3, vec!["测试甲", ID, "2024-03-01", "24"]),
            (4, vec!["测试乙", "999999200002290027", "2024-03-01", "36"]),
        ]
    );
}

#[test]
fn of_several_sheets_the_one_with_the_list_is_read_and_another_can_be_picked() {
    let mut workbook = Workbook::new();
    let cover = workbook.add_worksheet().set_name("封面").unwrap();
    row(cover, 0, &["测试公司"]);
    for (name, person) in [("一车间", "测试甲"), ("二车间", "测试乙")] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        row(sheet, 0, &["姓名", "身份证号"]);
        row(sheet, 1, &[person, ID]);
    }
    let file = workbook.save_to_buffer().unwrap();
    let first = list(&file);
    assert_eq!((first.sheet.as_str(), first.others.as_slice()), ("一车间", ["二车间".to_owned()].as_slice()));
    let second = read(&file, &wanted(), Some("二车间")).unwrap();
    assert_eq!(told(&second), [(2, vec!["测试乙", ID])]);
    // A sheet that is gone since: the best again.
    assert_eq!(read(&file, &wanted(), Some("三车间")).unwrap(), first);
}

#[test]
fn texts_of_every_make_are_read_alike() {
    let plain = format!(
        "姓名,身份证号,入职日期,合同期限（月）\n测试甲,{ID},2024-03-01,24\n\n测试乙,\t{ID},45352,36\n"
    );
    let expected = [(2, vec!["测试甲", ID, "2024-03-01", "24"]), (4, vec!["测试乙", ID, "2024-03-01", "36"])];
    let utf16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(plain.replace(",\t", ",").replace(',', "\t").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, file) in [
        ("plain", plain.clone().into_bytes()),
        ("mark", ["\u{feff}", &plain].concat().into_bytes()),
        ("gbk", GB18030.encode(&plain).0.into_owned()),
        ("windows", plain.replace('\n', "\r\n").into_bytes()),
        ("mac", plain.replace('\n', "\r").into_bytes()),
        ("semicolon", plain.replace(',', ";").into_bytes()),
        ("tab", plain.replace(",\t", ",").replace(',', "\t").into_bytes()),
        ("utf16", utf16),
    ] {
        let list = list(&file);
        assert_eq!(told(&list), expected, "{name}");
    }
    let sep = list(format!("sep=;\n{}", plain.replace(',', ";")).as_bytes());
    assert_eq!(sep.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 5]);
}

#[test]
fn quoted_cells_may_hold_commas_quotes_and_lines() {
    let file =
        format!("\"姓\n名\",备注,身份证号\n测试甲,\"一,\"\"二\"\"\n三\",'{ID}\n测试乙,,\"=\"\"{ID}\"\"\"\n");
    assert_eq!(told(&list(file.as_bytes())), [(2, vec!["测试甲", ID]), (3, vec!["测试乙", ID])]);
    // A quotation mark that is left open takes the rest, and nothing breaks.
    assert!(read(format!("姓名,身份证号\n\"测试甲,{ID}\n").as_bytes(), &wanted(), None).is_ok());
}

#[test]
fn files_of_other_programs_are_read() {
    let old = list(include_bytes!("files/old.xls"));
    assert_eq!(
        told(&old),
        [
            (3, vec!["测试甲", ID, "2024-03-01", "24"]),
            (4, vec!["测试乙", "9.9999919900101E+17", "2024-03-01", "36"]),
        ]
    );
    assert_eq!(told(&list(include_bytes!("files/small.ods"))), [(2, vec!["测试甲", ID])]);
    // A formula that nothing has computed yet has no value.
    assert_eq!(told(&list(include_bytes!("files/formula.xlsx"))), [(2, vec!["测试甲", ID, ""])]);
}

#[test]
fn what_is_no_list_says_what_it_is() {
    let heads = |lacks: &[&str], found: &[&str]| Refusal::NoHeads {
        lacks: lacks.iter().map(|one| (*one).to_owned()).collect(),
        found: found.iter().map(|one| (*one).to_owned()).collect(),
    };
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    locked.resize(1024, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    for (file, why) in [
        (Vec::new(), Refusal::Empty),
        (b" \n\n".to_vec(), Refusal::Empty),
        (locked, Refusal::Locked),
        (b"<html><table><tr><td>a</td></tr></table></html>".to_vec(), Refusal::WebPage),
        ("\u{feff}<?xml version=\"1.0\"?><Workbook/>".into(), Refusal::WebPage),
        (b"%PDF-1.7".to_vec(), Refusal::NotATable),
        (b"\xff\xd8\xff\xe0photo".to_vec(), Refusal::NotATable),
        (b"PK\x03\x04broken".to_vec(), Refusal::Damaged),
        (vec![b','; FILE_BYTES + 1], Refusal::TooLarge),
        ("姓名,电话\n测试甲,139\n".into(), heads(&["身份证号"], &["姓名"])),
        ("一封信\n没有表\n".into(), heads(&["姓名", "身份证号"], &[])),
        ("姓名,身份证号\n,\n".into(), Refusal::NoRows),
    ] {
        assert_eq!(refused(&file), why);
    }
    let good = workbook(|sheet| row(sheet, 0, &["姓名", "身份证号"]));
    assert_eq!(refused(&good), Refusal::NoRows);
    for cut in [10, good.len() / 2, good.len() - 1] {
        assert!(read(good.get(..cut).unwrap(), &wanted(), None).is_err());
    }
}

#[test]
fn an_old_workbook_that_would_fill_the_memory_is_damaged() {
    let good = include_bytes!("files/old.xls");
    let number = |at: usize| u32::from_le_bytes(good[at..at + 4].try_into().unwrap());
    // A chain of sectors is a list of numbers in the first sector that the head names; the list of files has one.
    let (table, files) = (512 * (number(0x4c) as usize + 1), number(0x30));
    let mut circle = good.to_vec();
    let link = table + 4 * files as usize;
    circle[link..link + 4].copy_from_slice(&files.to_le_bytes());
    assert_eq!(refused(&circle), Refusal::Damaged);

    // The last text of the list (LABELSST, ten bytes) lies in column 3; there is none beyond 255.
    let labels = good.windows(4).enumerate().filter(|(_, bytes)| *bytes == [0xfd, 0, 10, 0]);
    let column = labels.map(|(at, _)| at + 6).next_back().unwrap();
    let at = |to: u16| {
        let mut moved = good.to_vec();
        moved[column..column + 2].copy_from_slice(&to.to_le_bytes());
        moved
    };
    assert_eq!(list(&at(255)).rows.len(), list(good).rows.len());
    assert_eq!(refused(&at(256)), Refusal::Damaged);
}

#[test]
fn a_table_may_be_long_and_has_an_end() {
    let of = |rows: usize| {
        let mut text = "姓名,身份证号\n".to_owned();
        (0..rows).for_each(|n| text.push_str(&format!("测{n},{ID}\n")));
        text.into_bytes()
    };
    assert_eq!(list(&of(ROWS - 1)).rows.len(), ROWS - 1);
    assert_eq!(refused(&of(ROWS)), Refusal::TooManyRows);
}

#[test]
fn a_cell_far_out_takes_no_room() {
    let file = workbook(|sheet| {
        row(sheet, 0, &["姓名", "身份证号"]);
        row(sheet, 1, &["测试甲", ID]);
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
    });
    assert_eq!(told(&list(&file)), [(2, vec!["测试甲", ID])]);
}

#[test]
fn the_empty_table_is_read_back_once_it_is_filled_in() {
    let blank = |head: &str, choices: &[&str]| Blank {
        head: head.to_owned(),
        help: "怎么填。".repeat(80),
        choices: choices.iter().map(|one| (*one).to_owned()).collect(),
        needed: true,
    };
    let columns = vec![
        blank("姓名", &[]),
        blank("身份证号", &[]),
        blank("合同期限（月）", &["满两年，或者更久", "不满"]),
    ];
    let rows = vec![vec!["测试甲".to_owned(), ID.to_owned(), "=1+1".to_owned()]];
    for format in [Kind::Xlsx, Kind::Csv] {
        let write = |rows: Vec<Vec<String>>| {
            let request =
                Request::Write { title: "职工名单".to_owned(), columns: columns.clone(), rows, format };
            let (reply, bytes) = answer(&request, &[]);
            assert_eq!(reply, Reply::Written);
            bytes.unwrap()
        };
        assert_eq!(refused(&write(Vec::new())), Refusal::NoRows);
        let filled = list(&write(rows.clone()));
        assert_eq!(told(&filled), [(2, vec!["测试甲", ID, "=1+1"])], "{format:?}");
    }
    // Neither a formula nor a number to round for whoever opens the text in a table program.
    let request = Request::Write { title: String::new(), columns, rows, format: Kind::Csv };
    let text = String::from_utf8(answer(&request, &[]).1.unwrap()).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains(&format!("{ID}\t,'=1+1\r\n")), "{text}");
}
