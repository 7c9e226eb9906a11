//! What can be seen of a text. A phone, a chat or a spreadsheet puts signs into what people paste that show nothing:
//! nobody can mend what nobody sees, so they count for nothing, and a text of them alone is empty.

/// Whether a sign shows nothing: white space, controls, what Unicode calls default ignorable (zero-width, marks of
/// direction, fillers, soft hyphen, byte order mark, variation selectors), annotation marks and the empty braille cell.
/// The few format characters that are drawn (the number signs of Arabic and its neighbours) are seen.
///
/// ```
/// use policies::seen::shows_nothing;
/// assert!(['\u{202d}', '\u{a0}', '\u{feff}', '\u{3164}', '\t'].into_iter().all(shows_nothing));
/// assert!(!shows_nothing('〇'));
/// ```
pub fn shows_nothing(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || belongs_to_its_neighbour(c)
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a sign, itself unseen, says how its neighbour is drawn: joiners of some scripts, and the selectors that tell
/// one form of a rare character from another. In a name it is part of the name.
fn belongs_to_its_neighbour(c: char) -> bool {
    matches!(c,
        '\u{34f}' | '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{200c}' | '\u{200d}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// A name or another text as it can be read: without signs that show nothing and without space around it; empty where
/// nothing would be seen. Rare characters keep the selector of their form, lines stay lines.
///
/// ```
/// use policies::seen::visible;
/// assert_eq!(visible("\u{202d} 测试\u{200b}甲\u{a0}\u{202c}"), "测试甲");
/// assert_eq!(visible("\u{3164}\u{200d}"), "");
/// assert_eq!(visible("葛\u{e0100}"), "葛\u{e0100}");
/// ```
pub fn visible(typed: &str) -> String {
    if typed.chars().all(shows_nothing) {
        return String::new();
    }
    let kept = |c: &char| c.is_whitespace() || belongs_to_its_neighbour(*c) || !shows_nothing(*c);
    typed.chars().filter(kept).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use unicode_general_category::{GeneralCategory, get_general_category};

    use super::*;

    /// Format characters that are drawn: signs before numbers and the joiners of hieroglyphs.
    fn is_drawn(c: char) -> bool {
        matches!(c,
            '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{110bd}'
            | '\u{110cd}' | '\u{13430}'..='\u{1343f}')
    }

    #[test]
    fn every_format_character_of_unicode_counts_for_nothing_unless_it_is_drawn() {
        let format = ('\0'..=char::MAX).filter(|c| get_general_category(*c) == GeneralCategory::Format);
        let missed: Vec<_> = format.filter(|c| shows_nothing(*c) == is_drawn(*c)).collect();
        assert!(missed.is_empty(), "{missed:x?}");
    }

    #[test]
    fn letters_marks_and_numbers_are_seen() {
        for c in "A1测𠮷㛃〇·‧é\u{301}，。-".chars() {
            assert!(!shows_nothing(c), "{c}");
        }
    }

    #[test]
    fn joined_scripts_and_lines_stay_whole() {
        assert_eq!(visible("  می\u{200c}خواهم "), "می\u{200c}خواهم");
        assert_eq!(visible("一行\n\u{feff}二行"), "一行\n二行");
    }
}
