//! A flat by its address: estate, building, unit, room.

/// A flat, as its address is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flat {
    /// Everything before the building, without what estates are called in common.
    estate: String,
    /// Building.
    building: String,
    /// Unit (单元), where it was written.
    unit: Option<String>,
    /// Room.
    room: String,
}

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Building,
    Unit,
    Floor,
    Room,
    /// Nothing says so.
    Bare,
}

/// How people mark what a number is of; the longer first.
const MARKS: [(&str, Of); 11] = [
    ("号楼", Of::Building),
    ("单元", Of::Unit),
    ("栋", Of::Building),
    ("幢", Of::Building),
    ("座", Of::Building),
    ("楼", Of::Floor),
    ("层", Of::Floor),
    ("室", Of::Room),
    ("房", Of::Room),
    ("户", Of::Room),
    ("号", Of::Room),
];

/// What estates are called in common, which some write and some leave out.
const COMMON: [&str; 5] = ["公共租赁住房", "公租房", "廉租房", "小区", "项目"];

impl Flat {
    /// Reads an address; none where it names no building or no room.
    pub(crate) fn read(address: &str) -> Option<Self> {
        let plain = plain(address);
        let numbers = numbers(&plain);
        // A house number of the street comes before the building, and so does the name of the estate.
        let first = numbers
            .iter()
            .position(|number| number.of == Of::Building)
            .or_else(|| numbers.iter().position(|number| number.of != Of::Room))?;
        let (before, own) = numbers.split_at_checked(first)?;
        let [building, .., last] = own else { return None };
        let room = own.iter().rev().find(|number| number.of == Of::Room).or_else(|| {
            let between = own.len() > 1 && last.of == Of::Bare;
            between.then_some(last)
        })?;
        let unit = own.iter().find(|number| number.of == Of::Unit).or_else(|| {
            // 3-2-402: what stands between building and room.
            own.get(1).filter(|number| number.of == Of::Bare && own.len() == 3)
        });
        let start = before.last().map_or(0, |street| street.end);
        let estate = estate(plain.get(..building.start)?, start);
        Some(Self {
            estate,
            building: building.text.clone(),
            unit: unit.map(|unit| unit.text.clone()),
            room: room.text.clone(),
        })
    }

    /// Whether both are one flat, as far as addresses tell: a unit or a part of the estate's name may be left out.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let units = self.unit.as_ref().zip(other.unit.as_ref()).is_none_or(|(one, other)| one == other);
        let (one, two) = (&self.estate, &other.estate);
        let estates = !one.is_empty() && !two.is_empty() && (one.contains(two) || two.contains(one));
        self.building == other.building && self.room == other.room && units && estates
    }
}

/// The name of an estate; where nothing stands between the street's number and the building, the street itself.
fn estate(before: &str, street: usize) -> String {
    let named = before.get(street..).filter(|named| !named.is_empty()).unwrap_or(before);
    COMMON.iter().fold(named.to_owned(), |name, common| name.replace(common, ""))
}

/// A number in an address, with what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Number {
    text: String,
    of: Of,
    /// Where it begins.
    start: usize,
    /// Where it ends, its mark included.
    end: usize,
}

fn numbers(plain: &str) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut rest = plain;
    while let Some(begin) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let start = plain.len() - rest.len() + begin;
        let from = plain.get(start..).unwrap_or_default();
        let length = from.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(from.len());
        let (text, after) = from.split_at(length);
        let mark = MARKS.iter().find(|(mark, _)| after.starts_with(mark));
        let bare = after.is_empty() || after.starts_with('-');
        let (of, marked) = mark.map_or((Of::Bare, 0), |(mark, of)| (*of, mark.len()));
        // A number inside a name, such as that of a road, is a part of the name.
        if mark.is_some() || bare {
            let text = text.trim_start_matches('0').to_owned();
            numbers.push(Number { text, of, start, end: start + length + marked });
        }
        rest = plain.get(start + length + marked..).unwrap_or_default();
    }
    numbers
}

/// The same signs for the same: half-width capitals and digits, one dash; a number in characters as digits. A blank counts
/// where it parts two numbers.
fn plain(address: &str) -> String {
    let mut plain = String::new();
    let mut characters = String::new();
    let mut parted = false;
    let add = |plain: &mut String, parted: &mut bool, more: &str| {
        let numbers = plain.ends_with(|c: char| c.is_ascii_alphanumeric())
            && more.starts_with(|c: char| c.is_ascii_alphanumeric());
        if std::mem::take(parted) && numbers {
            plain.push('-');
        }
        plain.push_str(more);
    };
    for c in address.chars() {
        let c = half_width(c);
        if "〇零一二两三四五六七八九十百".contains(c) {
            characters.push(c);
            continue;
        }
        if !characters.is_empty() {
            add(&mut plain, &mut parted, &in_digits(&std::mem::take(&mut characters)));
        }
        match c {
            '-' | '—' | '–' | '－' | '#' | '/' | '、' => plain.push('-'),
            c if c.is_whitespace() => parted = true,
            c if c.is_ascii_punctuation() || "，。·（）：；".contains(c) => {}
            c => add(&mut plain, &mut parted, c.encode_utf8(&mut [0; 4])),
        }
    }
    if !characters.is_empty() {
        add(&mut plain, &mut parted, &in_digits(&characters));
    }
    plain
}

fn half_width(c: char) -> char {
    let code = u32::from(c);
    let half = if (0xFF01..=0xFF5E).contains(&code) { char::from_u32(code - 0xFEE0).unwrap_or(c) } else { c };
    half.to_ascii_uppercase()
}

/// `九〇二` and `十一` as 902 and 11.
fn in_digits(characters: &str) -> String {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|one| one == c);
    let value = |c| match c {
        '零' => Some(0),
        '两' => Some(2),
        c => digit(c),
    };
    if !characters.contains(['十', '百']) {
        return characters.chars().filter_map(value).map(|value| value.to_string()).collect();
    }
    let (mut sum, mut one) = (0, None);
    for c in characters.chars() {
        match c {
            '十' => sum += 10 * one.take().unwrap_or(1),
            '百' => sum += 100 * one.take().unwrap_or(1),
            c => one = value(c),
        }
    }
    (sum + one.unwrap_or(0)).to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn same(one: &str, two: &str) -> bool {
        let [one, two] =
            [one, two].map(|text| Flat::read(text).unwrap_or_else(|| Flat::read("无 0栋0").unwrap()));
        one.is(&two) && two.is(&one)
    }

    #[test]
    fn one_flat_is_one_however_it_is_written() {
        let flat = "测试小区3栋2单元402室";
        for other in [
            "测试小区 3 栋 2 单元 402 室",
            "测试小区３幢２单元４０２号",
            "测试小区3号楼二单元四〇二",
            "测试小区三栋二单元四零二室",
            "测试公租房3座2单元4楼402房",
            "测试 3-2-402",
            "某某县测试小区3#2单元402",
            "和平路12号测试小区3栋2单元402室",
            "测试小区3栋402",
            "测试小区03栋0402",
            "测试小区 3 402",
            "测试小区 3-2 402",
            "测试小区 三 四〇二",
        ] {
            assert!(same(flat, other), "{other}: {:?}", Flat::read(other));
        }
        assert!(same("某某小区十一栋九〇二", "某某小区11幢902室"));
        assert!(same("测试小区A栋101", "测试小区ａ座101号"));
    }

    #[test]
    fn another_flat_is_another() {
        let flat = "测试小区3栋2单元402室";
        for other in [
            "测试小区3栋2单元403室",
            "测试小区4栋2单元402室",
            "测试小区3栋1单元402室",
            "别的小区3栋2单元402室",
            "3栋2单元402室",
            "测试小区13栋2单元402室",
        ] {
            assert!(!same(flat, other), "{other}: {:?}", Flat::read(other));
        }
    }

    #[test]
    fn what_names_no_flat_is_compared_with_nothing() {
        for text in ["", "测试小区", "测试小区九栋", "看门口的那一家", "和平路12号", "十"]
        {
            assert_eq!(Flat::read(text), None, "{text}");
        }
    }
}
