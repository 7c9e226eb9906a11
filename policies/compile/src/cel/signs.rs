//! Signs that people type and CEL does not know, each answered with the right spelling.

/// What is typed, and how it is written.
const SPELT: [(&str, &str); 40] = [
    ("≤", "<="),
    ("≦", "<="),
    ("⩽", "<="),
    ("≥", ">="),
    ("≧", ">="),
    ("⩾", ">="),
    ("≠", "!="),
    ("＝＝", "=="),
    ("＝", "=="),
    ("＜＝", "<="),
    ("＜", "<"),
    ("＞＝", ">="),
    ("＞", ">"),
    ("（", "("),
    ("）", ")"),
    ("【", "("),
    ("】", ")"),
    ("，", ","),
    ("、", ","),
    ("。", ""),
    ("；", ""),
    ("：", ":"),
    ("？", "?"),
    ("！", "!"),
    ("＋", "+"),
    ("－", "-"),
    ("−", "-"),
    ("—", "-"),
    ("×", "*"),
    ("＊", "*"),
    ("÷", "/"),
    ("／", "/"),
    ("“", "\""),
    ("”", "\""),
    ("‘", "\""),
    ("’", "\""),
    ("「", "\""),
    ("」", "\""),
    ("＆", "&&"),
    ("｜", "||"),
];

/// Words that join conditions, and how they are written.
const JOINED: [(&str, &str); 11] = [
    ("and", "&&"),
    ("AND", "&&"),
    ("or", "||"),
    ("OR", "||"),
    ("not", "!"),
    ("NOT", "!"),
    ("并且", "&&"),
    ("而且", "&&"),
    ("且", "&&"),
    ("或者", "||"),
    ("或", "||"),
];

/// Units after a number, the longer first: how the quantity is written.
const UNITS: [(&str, &str, u64); 14] = [
    ("万元", "yuan", 10_000),
    ("万", "yuan", 10_000),
    ("元", "yuan", 1),
    ("平方米", "m2", 1),
    ("平米", "m2", 1),
    ("㎡", "m2", 1),
    ("m²", "m2", 1),
    ("个月", "months", 1),
    ("月", "months", 1),
    ("周岁", "years", 1),
    ("岁", "years", 1),
    ("年", "years", 1),
    ("天", "days", 1),
    ("日", "days", 1),
];

/// Each sign that is spelt otherwise, once: `` `≤` is written `<=` ``.
pub(super) fn misspelt(text: &str) -> Option<String> {
    let mut told: Vec<String> = Vec::new();
    let mut rest = text;
    let mut before = "";
    while let Some(first) = rest.chars().next() {
        let length = match first {
            // A text stands for a choice, in whatever signs.
            '"' | '\'' => {
                let inner = rest.get(1..).unwrap_or_default();
                inner.find(first).map_or(rest.len(), |end| end.saturating_add(2))
            }
            _ => {
                let (length, says) = at(before, rest).unwrap_or((first.len_utf8(), None));
                told.extend(says.filter(|says| !told.contains(says)));
                length
            }
        };
        before = text.get(..text.len().saturating_sub(rest.len()).saturating_add(length)).unwrap_or(text);
        rest = rest.get(length..).unwrap_or_default();
    }
    (!told.is_empty()).then(|| told.join("; "))
}

/// What stands at the beginning of `rest`: how long it is, and how it is written where that is otherwise.
fn at(before: &str, rest: &str) -> Option<(usize, Option<String>)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let written = |sign: &str, right: &str| match right {
        "" => format!("`{sign}` does not belong here"),
        _ => format!("`{sign}` is written `{right}`"),
    };
    if rest.starts_with(is_wide) {
        let wide: String = rest.chars().take_while(|c| is_wide(*c)).collect();
        let narrow: String = wide.chars().filter_map(narrow).collect();
        return Some((wide.len(), Some(written(&wide, &narrow))));
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return number(before, rest);
    }
    let name: String = rest.chars().take_while(|c| is_name(*c)).collect();
    if !name.is_empty() {
        let joined = JOINED.iter().find(|(word, _)| *word == name);
        return Some((name.len(), joined.map(|(word, right)| written(word, right))));
    }
    for (sign, right) in JOINED.iter().chain(&SPELT) {
        if rest.starts_with(sign) {
            return Some((sign.len(), Some(written(sign, right))));
        }
    }
    if ["==", "<=", ">=", "!="].iter().any(|sign| rest.starts_with(sign)) {
        return Some((2, None));
    }
    let one = |sign: &str| rest.starts_with(sign) && !rest.get(1..).unwrap_or_default().starts_with(sign);
    let right = if one("=") {
        "=="
    } else if one("&") && !before.ends_with('&') {
        "&&"
    } else if one("|") && !before.ends_with('|') {
        "||"
    } else {
        return None;
    };
    Some((1, rest.get(..1).map(|sign| written(sign, right))))
}

/// A number with what follows it.
fn number(before: &str, rest: &str) -> Option<(usize, Option<String>)> {
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let after = rest.get(digits.len()..)?;
    // Groups of three, as `3,500` in a call; outside of one a comma separates.
    let called = ["yuan(", "m2(", "months(", "years(", "days("].iter().find(|call| before.ends_with(*call));
    let whole = after.split(')').next().unwrap_or_default();
    if called.is_some() && whole.starts_with([',', '，']) {
        let all = format!("{digits}{whole}");
        let right: String = all.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        return Some((all.len(), Some(format!("`{all}` is written `{right}`, without a comma"))));
    }
    if after.trim_start().starts_with(['%', '％']) {
        let length = after.find(['%', '％'])?;
        let sign = after.get(length..)?.chars().next()?;
        let all = digits.len().saturating_add(length).saturating_add(sign.len_utf8());
        return Some((
            all,
            Some(format!("`{digits}%` is written `{digits} / 100`: `rent * {digits} / 100`")),
        ));
    }
    let Some((unit, call, times)) = UNITS.iter().find(|(unit, ..)| after.starts_with(unit)) else {
        return Some((digits.len(), None));
    };
    let times = if called.is_some() && *unit == "万" { 10_000 } else { *times };
    let value = scaled(&digits, times);
    let right = if called.is_some() { value } else { format!("{call}({value})") };
    Some((digits.len().saturating_add(unit.len()), Some(format!("`{digits}{unit}` is written `{right}`"))))
}

/// A number times a power of ten, as a literal.
fn scaled(digits: &str, times: u64) -> String {
    let hundredths = policies_model::decimal::hundredths(digits).ok();
    let value = hundredths.and_then(|n| n.checked_mul(i64::try_from(times).ok()?));
    match value {
        Some(value) if value % 100 == 0 => (value / 100).to_string(),
        Some(value) => format!("\"{}.{:02}\"", value / 100, value % 100),
        None => digits.to_owned(),
    }
}

/// Full-width letters and digits.
const fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＿')
}

fn narrow(c: char) -> Option<char> {
    char::from_u32(u32::from(c).checked_sub(0xFEE0)?)
}

#[cfg(test)]
mod tests {
    use super::misspelt;

    #[test]
    fn what_is_spelt_right_is_passed_over() {
        for text in [
            "income_per_person_month <= yuan(3500) && !owns_home || people == 1",
            "tier in [\"低保\", \"（一）\"] ? area < m2(\"13.5\") : sold_on >= date(\"2023-08-22\")",
            "min(rent, yuan(30) * (min(area, m2(60)) / m2(1))) * 70 / 100",
            "android != 3 && order >= 12",
        ] {
            assert_eq!(misspelt(text), None, "{text}");
        }
    }

    #[test]
    fn what_people_type_is_answered_with_the_right_spelling() {
        for (text, said) in [
            ("income ≤ yuan(3500)", "`≤` is written `<=`"),
            ("income <= yuan（3500）", "`（` is written `(`; `）` is written `)`"),
            ("people = 1", "`=` is written `==`"),
            ("people ＝ 1", "`＝` is written `==`"),
            ("a and b or c", "`and` is written `&&`; `or` is written `||`"),
            ("a 且 b 或者 c", "`且` is written `&&`; `或者` is written `||`"),
            ("rent * 110%", "`110%` is written `110 / 100`: `rent * 110 / 100`"),
            ("income <= 5070元", "`5070元` is written `yuan(5070)`"),
            ("income <= 3.5万元", "`3.5万元` is written `yuan(35000)`"),
            ("income <= 3500.5元", "`3500.5元` is written `yuan(\"3500.50\")`"),
            ("income <= yuan(5070元)", "`5070元` is written `5070`"),
            ("income <= yuan(3,500)", "`3,500` is written `3500`, without a comma"),
            ("area < 13平方米", "`13平方米` is written `m2(13)`"),
            ("born <= today - 18周岁", "`18周岁` is written `years(18)`"),
            ("people >= ２ && people >= ２", "`２` is written `2`"),
            ("tier == “dibao”", "`“` is written `\"`; `”` is written `\"`"),
            ("a & b", "`&` is written `&&`"),
            ("ｐｅｏｐｌｅ > 1", "`ｐｅｏｐｌｅ` is written `people`"),
        ] {
            assert_eq!(misspelt(text).as_deref(), Some(said), "{text}");
        }
    }
}
