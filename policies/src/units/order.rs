//! Sorting short lists with little code: everybody downloads it.

use std::collections::BinaryHeap;

/// The same things in ascending order. A heap sort: the lists here are short, and the code that the standard library's
/// sort would add for each kind of thing is many times as long.
pub(crate) fn sorted<T: Ord>(things: impl IntoIterator<Item = T>) -> Vec<T> {
    things.into_iter().collect::<BinaryHeap<T>>().into_sorted_vec()
}

/// The same things in ascending order, each once.
pub(crate) fn sorted_once<T: Ord>(things: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut things = sorted(things);
    things.dedup();
    things
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order_and_each_once() {
        assert_eq!(sorted([3, 1, 2, 1]), [1, 1, 2, 3]);
        assert_eq!(sorted_once([3, 1, 2, 1, 3]), [1, 2, 3]);
        assert!(sorted_once(Vec::<i64>::new()).is_empty());
    }
}
