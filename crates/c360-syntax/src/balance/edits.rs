//! Changes to a text that keep the way back to its original offsets.

use std::borrow::Cow;

/// One change. Lists of changes ascend by offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edit {
    /// Puts the text before the byte at the offset.
    Insert(usize, String),
    /// Turns the bytes from the first offset to before the second into spaces.
    Blank(usize, usize),
}

impl Edit {
    /// Where it begins.
    pub(super) fn at(&self) -> usize {
        match self {
            Edit::Insert(at, _) | Edit::Blank(at, _) => *at,
        }
    }
}

/// From offsets in a changed text back to the original.
#[derive(Debug, Default)]
pub(crate) struct Offsets {
    /// Per insertion: where it starts in the changed text, its length, the length of all insertions before it.
    inserts: Vec<(usize, usize, usize)>,
}

impl Offsets {
    /// The original offset; inserted bytes stand where they were inserted.
    pub(crate) fn original(&self, offset: usize) -> usize {
        let before = self.inserts.partition_point(|(start, ..)| *start < offset);
        match before.checked_sub(1).map(|last| self.inserts[last]) {
            None => offset,
            Some((start, length, earlier)) => offset - earlier - length.min(offset - start),
        }
    }
}

/// Carries the changes out.
pub(super) fn apply<'t>(text: &'t str, edits: &[Edit]) -> (Cow<'t, str>, Offsets) {
    if edits.is_empty() {
        return (Cow::Borrowed(text), Offsets::default());
    }
    let mut changed = String::with_capacity(text.len() + edits.len());
    let mut offsets = Offsets::default();
    let (mut done, mut inserted) = (0, 0);
    for edit in edits {
        match edit {
            Edit::Insert(at, new) => {
                changed.push_str(&text[done..*at]);
                offsets.inserts.push((changed.len(), new.len(), inserted));
                changed.push_str(new);
                inserted += new.len();
                done = *at;
            }
            Edit::Blank(start, end) => {
                changed.push_str(&text[done..*start]);
                changed.extend(std::iter::repeat_n(' ', end - start));
                done = *end;
            }
        }
    }
    changed.push_str(&text[done..]);
    (Cow::Owned(changed), offsets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back() {
        let (text, offsets) = apply("a(b c) d", &[Edit::Insert(3, "))".into()), Edit::Blank(5, 6), Edit::Insert(8, "}".into())]);
        assert_eq!(text, "a(b)) c  d}");
        let back: Vec<usize> = (0..=text.len()).map(|at| offsets.original(at)).collect();
        assert_eq!(back, [0, 1, 2, 3, 3, 3, 4, 5, 6, 7, 8, 8]);
    }
}
