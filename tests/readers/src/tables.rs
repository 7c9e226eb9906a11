//! Lists in spreadsheets, as employers choose them.

use sheets::ops::{Reply, Request, WantedColumn};
use sheets::work::{answer, read};

use crate::Reader;

fn wanted() -> Vec<WantedColumn> {
    let column = |id: &str, head: &str, needed, date| WantedColumn {
        id: id.to_owned(),
        heads: vec![head.to_owned()],
        needed,
        date,
    };
    vec![
        column("name", "姓名", true, false),
        column("id_number", "身份证号", true, false),
        column("employed_on", "入职日期", false, true),
    ]
}

pub(crate) const TABLE: Reader = Reader {
    name: "table",
    good: || {
        let text =
            "姓名,身份证号,入职日期\n测试甲,999999199001010016,45352\n\n\"测试,乙\",1.1E+17,2024年3月1日\n";
        let files = [
            include_bytes!("../../../frontend/sheets/tests/files/old.xls").to_vec(),
            include_bytes!("../../../frontend/sheets/tests/files/formula.xlsx").to_vec(),
            include_bytes!("../../../frontend/sheets/tests/files/small.ods").to_vec(),
        ];
        [vec![text.into(), ["sep=;\n", &text.replace(',', ";")].concat().into()], files.into()].concat()
    },
    read: |sent| {
        let Ok(list) = read(sent, &wanted(), None) else { return };
        assert!(list.rows.iter().all(|row| row.number > 0 && row.cells.len() == list.columns.len()));
        assert!(list.rows.is_sorted_by_key(|row| row.number));
        // The sheet that was read can be picked, and gives the same.
        if !list.sheet.is_empty() {
            let request = Request::Read { columns: wanted(), sheet: Some(list.sheet.clone()) };
            assert_eq!(answer(&request, sent).0, Reply::Read(list));
        }
    },
    slow: true,
};
