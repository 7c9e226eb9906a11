//! How far a proof of work is, told honestly: it is luck when one is found, so what is known is how long it takes on average,
//! and how long it hardly ever takes.

/// How many seconds have gone before anything is said of it: most proofs are there by then.
const SAID_AFTER_MS: u64 = 1_500;

/// What has been tried on this device so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Tries until now.
    pub tried: u64,
    /// Milliseconds that they took.
    pub millis: u64,
    /// Leading zero bits asked for.
    pub bits: u32,
}

impl Effort {
    /// Tries that it takes on average.
    fn usual(self) -> u64 {
        1_u64.checked_shl(self.bits).unwrap_or(u64::MAX)
    }

    /// Seconds that so many tries take on this device, the last one whole.
    fn seconds(self, tries: u64) -> u64 {
        let millis = u128::from(tries) * u128::from(self.millis) / u128::from(self.tried.max(1));
        u64::try_from(millis.div_ceil(1_000)).unwrap_or(u64::MAX)
    }

    /// In hundredths: half of it is done when as much has been tried as it takes on average, and it never ends before a proof
    /// is there.
    pub fn percent(self) -> u64 {
        let all = u128::from(self.tried) + u128::from(self.usual());
        u64::try_from(u128::from(self.tried) * 100 / all.max(1)).unwrap_or(99)
    }

    /// What a person reads; nothing while it goes fast. Of a hundred, ninety-nine are found within 4.6 times the average.
    pub fn words(self) -> Option<String> {
        if self.millis < SAID_AFTER_MS {
            return None;
        }
        let (so_far, usual) = (self.millis / 1_000, self.seconds(self.usual()));
        let most = self.seconds(self.usual().saturating_mul(46) / 10);
        Some(format!(
            "已经算了 {so_far} 秒。这台设备一般要 {usual} 秒左右，运气不好的要 {most} 秒。提交的人越多，要算得越久。"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_by_what_this_device_does_and_never_said_to_be_over() {
        let effort = Effort { tried: 50_000, millis: 2_000, bits: 18 };
        assert_eq!((effort.percent(), effort.seconds(effort.usual())), (16, 11));
        let words = effort.words().unwrap_or_default();
        assert!(
            words.contains("已经算了 2 秒") && words.contains("11 秒左右") && words.contains("49 秒"),
            "{words}"
        );
        assert_eq!(Effort { millis: 1_499, ..effort }.words(), None);
        assert_eq!(Effort { tried: u64::MAX, ..effort }.percent(), 99);
        assert_eq!(Effort { tried: 0, ..effort }.percent(), 0);
    }
}
