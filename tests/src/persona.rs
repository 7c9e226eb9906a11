//! Invented people: names with characters that are easily lost, and numbers that nobody holds.

/// A name with a character beyond the basic plane (𠮷) and the middle dot of minority names.
pub const APPLICANT: &str = "测试甲·买买提𠮷";
/// A name with the simplified character of the 107th element, beyond the basic plane.
pub const SPOUSE: &str = "测试乙𬭚";
/// A name with the middle dot and a character of extension B.
pub const CHILD: &str = "阿依·测试丙𡘙";

/// A resident id number with a right check digit (GB 11643). Division 999999 does not exist, so nobody holds it.
/// `birth` is eight digits, `order` three.
pub fn id_number(birth: &str, order: &str) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let front = format!("999999{birth}{order}");
    let sum: u32 = front.chars().filter_map(|c| c.to_digit(10)).zip(WEIGHTS).map(|(d, w)| d * w).sum();
    let check = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let last = usize::try_from(sum % 11).ok().and_then(|rest| check.get(rest)).copied().unwrap_or_default();
    format!("{front}{last}")
}

/// The same number with another, wrong check digit.
pub fn wrong(id_number: &str) -> String {
    let (front, last) = id_number.split_at(17);
    format!("{front}{}", if last == "1" { '2' } else { '1' })
}
