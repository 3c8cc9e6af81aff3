//! What a word can mean, all of it found with one lookup: most words of a name mean nothing, and those that do can mean several things.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::romanized;
use super::{FORMER, Key, MARIA, particle, placeholder, suffix, title};
use crate::formats::table::Table;

/// What a word can mean.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::formats::person_name) struct Meaning {
    marks: u32,
    /// Places in the lists of spellings, from 1; 0 where the word is none.
    title: u8,
    suffix: u8,
}

/// One thing that a word can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats::person_name) struct Mark(u32);

impl Mark {
    pub(in crate::formats::person_name) const GENERATION: Mark = Mark(1);
    pub(in crate::formats::person_name) const DOUBTFUL_GENERATION: Mark = Mark(1 << 1);
    pub(in crate::formats::person_name) const SPELLED_GENERATION: Mark = Mark(1 << 2);
    pub(in crate::formats::person_name) const DEGREE: Mark = Mark(1 << 3);
    pub(in crate::formats::person_name) const DOUBTFUL_DEGREE: Mark = Mark(1 << 4);
    /// Before a last name, to which it belongs: `von`, `de la`, `bin`.
    pub(in crate::formats::person_name) const PARTICLE: Mark = Mark(1 << 5);
    pub(in crate::formats::person_name) const DOUBTFUL_PARTICLE: Mark = Mark(1 << 6);
    pub(in crate::formats::person_name) const SMALL_PARTICLE: Mark = Mark(1 << 7);
    /// Before the particle of a last name: `Freiherr von`.
    pub(in crate::formats::person_name) const NOBLE_RANK: Mark = Mark(1 << 8);
    /// At the beginning of a first name of two words: `Abdul Rahman`.
    pub(in crate::formats::person_name) const COMPOUND_FIRST: Mark = Mark(1 << 9);
    pub(in crate::formats::person_name) const DOCTORAL: Mark = Mark(1 << 10);
    /// What follows is an earlier name or another name.
    pub(in crate::formats::person_name) const FORMER: Mark = Mark(1 << 11);
    /// A Chinese family name in pinyin.
    pub(in crate::formats::person_name) const PINYIN: Mark = Mark(1 << 12);
    /// A family name in Korean or Taiwanese spelling.
    pub(in crate::formats::person_name) const HYPHENATED: Mark = Mark(1 << 13);
    pub(in crate::formats::person_name) const VIETNAMESE: Mark = Mark(1 << 14);
    pub(in crate::formats::person_name) const VIETNAMESE_PLAIN: Mark = Mark(1 << 15);
    pub(in crate::formats::person_name) const PLACEHOLDER: Mark = Mark(1 << 16);
    pub(in crate::formats::person_name) const DOUBTFUL_PLACEHOLDER: Mark = Mark(1 << 17);
    pub(in crate::formats::person_name) const MARIA: Mark = Mark(1 << 18);
    pub(in crate::formats::person_name) const HONORIS_CAUSA: Mark = Mark(1 << 19);
}

impl Meaning {
    /// What the word with this key means.
    pub(in crate::formats::person_name) fn of(key: &Key) -> Meaning {
        MEANINGS.get_bytes(key.as_bytes()).unwrap_or_default()
    }

    /// Whether the word means this.
    pub(in crate::formats::person_name) fn is(self, mark: Mark) -> bool {
        self.marks & mark.0 != 0
    }

    /// The canonical spelling of a title that stands before a name.
    pub(in crate::formats::person_name) fn title(self) -> Option<&'static str> {
        Some(title::TITLES[usize::from(self.title.checked_sub(1)?)].1)
    }

    /// The canonical spelling of what stands behind a name; a generation before a degree, this before a doubtful one.
    pub(in crate::formats::person_name) fn suffix(self) -> Option<&'static str> {
        let at = usize::from(self.suffix.checked_sub(1)?);
        let (list, _) = suffix_lists().into_iter().find(|(_, mark)| self.is(*mark))?;
        Some(list[at].1)
    }
}

/// Spellings of several words each, separated by spaces.
type Spellings = &'static [(&'static str, &'static str)];

/// What stands behind names; a word of several lists has the spelling of the first.
fn suffix_lists() -> [(Spellings, Mark); 3] {
    [(&suffix::GENERATIONS, Mark::GENERATION), (&suffix::DEGREES, Mark::DEGREE), (&suffix::DOUBTFUL_DEGREES, Mark::DOUBTFUL_DEGREE)]
}

static MEANINGS: LazyLock<Table<Meaning>> = LazyLock::new(|| {
    let mut words = BTreeMap::<&str, Meaning>::new();
    for (list, mark) in lists() {
        list.iter().for_each(|word| words.entry(word).or_default().marks |= mark.0);
    }
    for (at, (spelled, _)) in (1..).zip(&title::TITLES) {
        spelled.split(' ').for_each(|word| first(at, &mut words.entry(word).or_default().title));
    }
    for (list, mark) in suffix_lists() {
        for (at, (spelled, _)) in (1..).zip(list) {
            for word in spelled.split(' ') {
                let meaning = words.entry(word).or_default();
                meaning.marks |= mark.0;
                first(at, &mut meaning.suffix);
            }
        }
    }
    Table::first_of(words.into_iter().map(|(word, meaning)| (word.to_owned(), meaning)))
});

/// Of several spellings of a word the first counts.
fn first(at: u8, place: &mut u8) {
    if *place == 0 {
        *place = at;
    }
}

/// The lists of words that have no spelling of their own.
fn lists() -> [(&'static [&'static str], Mark); 17] {
    [
        (&suffix::DOUBTFUL_GENERATIONS, Mark::DOUBTFUL_GENERATION),
        (&suffix::SPELLED_GENERATIONS, Mark::SPELLED_GENERATION),
        (&particle::PARTICLES, Mark::PARTICLE),
        (&particle::DOUBTFUL_PARTICLES, Mark::DOUBTFUL_PARTICLE),
        (&particle::SMALL_PARTICLES, Mark::SMALL_PARTICLE),
        (&particle::NOBLE_RANKS, Mark::NOBLE_RANK),
        (&particle::COMPOUND_FIRSTS, Mark::COMPOUND_FIRST),
        (&title::DOCTORAL, Mark::DOCTORAL),
        (&["hc"], Mark::HONORIS_CAUSA),
        (&FORMER, Mark::FORMER),
        (&MARIA, Mark::MARIA),
        (&romanized::PINYIN, Mark::PINYIN),
        (&romanized::HYPHENATED, Mark::HYPHENATED),
        (&romanized::VIETNAMESE, Mark::VIETNAMESE),
        (&romanized::VIETNAMESE_PLAIN, Mark::VIETNAMESE_PLAIN),
        (&placeholder::PLACEHOLDERS, Mark::PLACEHOLDER),
        (&placeholder::DOUBTFUL, Mark::DOUBTFUL_PLACEHOLDER),
    ]
}
