//! A list of a few words, kept in place: most addresses have so few that a list of them needs no allocation. Holds any number.

use std::ops::{Deref, DerefMut, Range};

/// Words of a text. Up to `N` stay in place.
#[derive(Debug)]
pub(super) enum List<'a, const N: usize> {
    Few([&'a str; N], usize),
    Many(Vec<&'a str>),
}

impl<'a, const N: usize> List<'a, N> {
    pub(super) fn push(&mut self, word: &'a str) {
        match self {
            List::Few(words, count) if *count < N => {
                words[*count] = word;
                *count += 1;
            }
            List::Few(words, _) => {
                let mut many = words.to_vec();
                many.push(word);
                *self = List::Many(many);
            }
            List::Many(words) => words.push(word),
        }
    }

    pub(super) fn pop(&mut self) -> Option<&'a str> {
        let last = *self.last()?;
        self.truncate(self.len() - 1);
        Some(last)
    }

    pub(super) fn truncate(&mut self, length: usize) {
        match self {
            List::Few(_, count) => *count = length.min(*count),
            List::Many(words) => words.truncate(length),
        }
    }

    pub(super) fn remove(&mut self, at: usize) -> &'a str {
        let word = self[at];
        self.cut(at..at + 1);
        word
    }

    /// Takes the words in `range` out.
    pub(super) fn cut(&mut self, range: Range<usize>) {
        self.copy_within(range.end.., range.start);
        self.truncate(self.len() - range.len());
    }

    /// Moves the words in `range` behind those of `to`.
    pub(super) fn move_to<const M: usize>(&mut self, range: Range<usize>, to: &mut List<'a, M>) {
        self[range.clone()].iter().for_each(|word| to.push(word));
        self.cut(range);
    }
}

impl<const N: usize> Default for List<'_, N> {
    fn default() -> Self {
        List::Few([""; N], 0)
    }
}

impl<'a, const N: usize> Deref for List<'a, N> {
    type Target = [&'a str];

    fn deref(&self) -> &[&'a str] {
        match self {
            List::Few(words, count) => &words[..*count],
            List::Many(words) => words,
        }
    }
}

impl<const N: usize> DerefMut for List<'_, N> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            List::Few(words, count) => &mut words[..*count],
            List::Many(words) => words,
        }
    }
}

impl<'a, const N: usize> Extend<&'a str> for List<'a, N> {
    fn extend<I: IntoIterator<Item = &'a str>>(&mut self, words: I) {
        words.into_iter().for_each(|word| self.push(word));
    }
}

impl<'a, const N: usize> FromIterator<&'a str> for List<'a, N> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let mut list = List::default();
        list.extend(words);
        list
    }
}

#[cfg(test)]
mod tests {
    use super::List;

    #[test]
    fn a_list_is_the_same_in_place_and_not() {
        let words = ["a", "b", "c", "d", "e"];
        let mut few: List<'_, 8> = words.into_iter().collect();
        let mut many: List<'_, 2> = words.into_iter().collect();
        assert_eq!(*few, *many);
        assert_eq!((few.remove(1), many.remove(1)), ("b", "b"));
        let (mut front, mut also) = (List::<'_, 2>::default(), List::<'_, 2>::default());
        few.move_to(1..3, &mut front);
        many.move_to(1..3, &mut also);
        assert_eq!((&*front, &*also), (&["c", "d"][..], &["c", "d"][..]));
        assert_eq!((&*few, &*many), (&["a", "e"][..], &["a", "e"][..]));
        assert_eq!((few.pop(), many.pop()), (Some("e"), Some("e")));
        few.truncate(0);
        assert_eq!(few.pop(), None);
    }
}
