//! A name in its parts while it is read: slices of the tidied text, nothing copied.

use std::ops::Deref;

use super::word::Word;
use crate::format::Reason;

/// More words than the longest real names have, titles included.
const MOST: usize = 16;

/// A few words, on the stack.
pub(super) type Words<'a> = List<Word<'a>>;

/// A short list, on the stack.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct List<T> {
    list: [T; MOST],
    count: usize,
}

impl<T: Copy> List<T> {
    /// Appends a word.
    pub(super) fn push(&mut self, word: T) -> Result<(), Reason> {
        let slot = self.list.get_mut(self.count).ok_or(Reason::new("too many words for a name"))?;
        *slot = word;
        self.count += 1;
        Ok(())
    }

    /// Appends words.
    pub(super) fn extend(&mut self, words: &[T]) -> Result<(), Reason> {
        words.iter().try_for_each(|word| self.push(*word))
    }

    /// Puts words before those that are there.
    pub(super) fn prepend(&mut self, words: &[T]) -> Result<(), Reason> {
        if !words.is_empty() {
            self.extend(words)?;
            self.list[..self.count].rotate_right(words.len());
        }
        Ok(())
    }

    /// Takes the first `count` words away.
    pub(super) fn drop_first(&mut self, count: usize) {
        if count > 0 {
            self.list.copy_within(count..self.count, 0);
            self.count -= count;
        }
    }

    /// Keeps the words that `keep` says.
    pub(super) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        let mut kept = 0;
        for at in 0..self.count {
            if keep(&self.list[at]) {
                self.list[kept] = self.list[at];
                kept += 1;
            }
        }
        self.count = kept;
    }

    /// Keeps the first `count` words.
    pub(super) fn truncate(&mut self, count: usize) {
        self.count = self.count.min(count);
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.list[..self.count]
    }
}

/// How the words of a first or last name are written together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Joint {
    /// With a space.
    #[default]
    Space,
    /// As one word: `Xiao Ming` is `Xiaoming`.
    Solid,
}

/// A name in its parts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Name<'a> {
    pub(super) title: Words<'a>,
    pub(super) first: Words<'a>,
    pub(super) middle: Words<'a>,
    pub(super) last: Words<'a>,
    pub(super) suffix: Words<'a>,
    /// Of the first name.
    pub(super) joint: Joint,
}
