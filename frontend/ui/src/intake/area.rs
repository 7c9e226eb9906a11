//! A part of a picture, in thousandths of its sides.

/// The whole length of a side.
pub(super) const WHOLE: u32 = 1_000;
/// By how much it is moved or made larger at a press.
const STEP: u32 = 25;

/// A rectangle in a picture; each number is in thousandths of the picture's width or height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// From the left edge.
    pub left: u32,
    /// From the upper edge.
    pub top: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// How an area is changed by a press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// Moved to the left.
    Left,
    /// Moved to the right.
    Right,
    /// Moved up.
    Up,
    /// Moved down.
    Down,
    /// Made wider.
    Wider,
    /// Made narrower.
    Narrower,
    /// Made higher.
    Higher,
    /// Made lower.
    Lower,
}

impl Nudge {
    /// All, each with what its button says and what it is called.
    pub const ALL: [(&str, &str, Self); 8] = [
        ("往左", "left", Self::Left),
        ("往右", "right", Self::Right),
        ("往上", "up", Self::Up),
        ("往下", "down", Self::Down),
        ("加宽", "wider", Self::Wider),
        ("变窄", "narrower", Self::Narrower),
        ("加高", "higher", Self::Higher),
        ("变矮", "lower", Self::Lower),
    ];
}

impl Area {
    /// One in the middle, to begin with.
    pub const fn middle() -> Self {
        Self { left: 400, top: 400, width: 200, height: 200 }
    }

    /// Where a point of an element lies: both in pixels, the size of the element second. Outside is at the edge.
    pub fn point((x, y): (i32, i32), (width, height): (i32, i32)) -> (u32, u32) {
        let part = |at: i32, of: i32| {
            let (at, of) = (i64::from(at.clamp(0, of.max(0))), i64::from(of.max(1)));
            u32::try_from(at.saturating_mul(WHOLE.into()) / of).unwrap_or(WHOLE)
        };
        (part(x, width), part(y, height))
    }

    /// Between two points.
    pub fn between((x, y): (u32, u32), (other_x, other_y): (u32, u32)) -> Self {
        Self {
            left: x.min(other_x),
            top: y.min(other_y),
            width: x.abs_diff(other_x),
            height: y.abs_diff(other_y),
        }
    }

    /// Whether there is hardly anything of it.
    pub fn is_empty(self) -> bool {
        self.width < 5 || self.height < 5
    }

    /// As it is after a press; it never leaves the picture.
    #[must_use]
    pub fn nudged(self, nudge: Nudge) -> Self {
        let less = |length: u32| length.saturating_sub(STEP);
        let more = |length: u32, beside: u32| length.saturating_add(STEP).min(WHOLE.saturating_sub(beside));
        match nudge {
            Nudge::Left => Self { left: less(self.left), ..self },
            Nudge::Right => Self { left: more(self.left, self.width), ..self },
            Nudge::Up => Self { top: less(self.top), ..self },
            Nudge::Down => Self { top: more(self.top, self.height), ..self },
            Nudge::Wider => Self { width: more(self.width, self.left), ..self },
            Nudge::Narrower => Self { width: less(self.width).max(STEP), ..self },
            Nudge::Higher => Self { height: more(self.height, self.top), ..self },
            Nudge::Lower => Self { height: less(self.height).max(STEP), ..self },
        }
    }

    /// In words: where it begins and how large it is, in hundredths of the picture.
    pub fn words(self) -> String {
        let [left, top, width, height] =
            [self.left, self.top, self.width, self.height].map(|length| length / 10);
        format!("离左边 {left}%、离上边 {top}%，宽 {width}%、高 {height}%")
    }

    /// The pixels of it in a picture of this size, every pixel that it touches: left, top, width, height.
    pub(super) fn pixels(self, (width, height): (u32, u32)) -> [u32; 4] {
        let down = |part: u32, of: u32| u64::from(part).saturating_mul(of.into()) / u64::from(WHOLE);
        let up = |part: u32, of: u32| u64::from(part).saturating_mul(of.into()).div_ceil(WHOLE.into());
        let span = |from: u32, length: u32, of: u32| {
            let (begin, end) = (down(from, of), up(from.saturating_add(length), of).min(of.into()));
            [begin, end.saturating_sub(begin)].map(|pixels| u32::try_from(pixels).unwrap_or(of))
        };
        let [left, wide] = span(self.left, self.width, width);
        let [top, high] = span(self.top, self.height, height);
        [left, top, wide, high]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_drawn_either_way_is_one_area_and_never_outside() {
        let (from, to) = (Area::point((300, -4), (600, 400)), Area::point((90, 999), (600, 400)));
        assert_eq!((from, to), ((500, 0), (150, 1_000)));
        let area = Area { left: 150, top: 0, width: 350, height: 1_000 };
        assert_eq!((Area::between(from, to), Area::between(to, from)), (area, area));
        assert!(!area.is_empty() && Area::between(from, from).is_empty());
        assert_eq!(Area::point((3, 3), (0, 0)), (0, 0), "a picture that is not there yet");
    }

    #[test]
    fn every_pixel_that_an_area_touches_is_in_it() {
        let area = Area { left: 333, top: 1, width: 334, height: 999 };
        assert_eq!(area.pixels((10, 3)), [3, 0, 4, 3]);
        assert_eq!(Area { left: 0, top: 0, width: 1_000, height: 1_000 }.pixels((7, 5)), [0, 0, 7, 5]);
    }

    #[test]
    fn an_area_is_moved_and_resized_within_the_picture() {
        let mut area = Area::middle();
        for _ in 0..50 {
            area = Nudge::ALL
                .iter()
                .filter(|(_, name, _)| matches!(*name, "right" | "down" | "wider"))
                .fold(area, |area, (.., nudge)| area.nudged(*nudge));
        }
        assert_eq!((area.left + area.width, area.top + area.height), (1_000, 1_000));
        for _ in 0..50 {
            area = area.nudged(Nudge::Left).nudged(Nudge::Narrower).nudged(Nudge::Lower).nudged(Nudge::Up);
        }
        assert_eq!(area, Area { left: 0, top: 0, width: 25, height: 25 });
    }
}
