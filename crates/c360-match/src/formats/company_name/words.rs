//! The words of a company's name, folded to ASCII, with initials joined. Knows no legal forms.

use crate::formats::fold;

/// Words that are told apart; those behind them are run together with the last.
pub(super) const MOST: usize = 40;

/// A word of the name, folded, as a range of the buffer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Made of single letters (`S.p.A.`), or with the case of an abbreviation (`SpA`).
    pub(super) initials: bool,
    /// Not in Latin letters.
    pub(super) foreign: bool,
    /// Behind a comma.
    pub(super) after_comma: bool,
    /// How many letters of the name it has, and how many of them are small.
    letters: usize,
    small: usize,
    /// What stood between the letters it was joined from.
    joined: Gap,
    before: Gap,
}

impl Word {
    /// Whether a single letter behind `gap` joins it.
    fn takes(&self, gap: Gap) -> bool {
        let open = self.letters == 1 || self.joined != Gap::Sign;
        open && (gap == Gap::Point || (gap == Gap::Space && self.joined != Gap::Point))
    }

    /// Its text.
    pub(super) fn of<'a>(&self, folded: &'a str) -> &'a str {
        &folded[self.start..self.end]
    }
}

/// What stands before a letter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    /// Nothing: it goes on with its word.
    Inside,
    /// A point or slash: initials are joined across it (`S.A.`, `A/S`).
    Point,
    /// A space, maybe behind a point: initials are joined across it, too (`S. A.`), but not to those with points only (`I.B.M. s.r.o.`).
    Space,
    Comma,
    /// Any other sign.
    #[default]
    Sign,
}

/// Folds `name` into `folded`, says where its words are, and returns how many there are.
pub(super) fn read(name: &str, folded: &mut String, words: &mut [Word; MOST]) -> usize {
    let mut reader = Reader { folded, words, count: 0, gap: Gap::Sign };
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            _ if letter.is_alphanumeric() => reader.push(letter),
            '&' | '+' => reader.push_and(),
            '\'' => {}
            // Hebrew abbreviations have a mark before their last letter.
            '"' | '״' if reader.gap == Gap::Inside && letters.peek().is_some_and(|next| next.is_alphabetic() && !is_latin(*next)) => {}
            '.' | '/' if reader.gap == Gap::Inside => reader.gap = Gap::Point,
            ' ' if matches!(reader.gap, Gap::Inside | Gap::Point) => reader.gap = Gap::Space,
            '.' | ' ' if reader.gap != Gap::Sign => {}
            ',' => reader.gap = Gap::Comma,
            _ => reader.gap = Gap::Sign,
        }
    }
    let count = reader.count;
    join_initials(&mut words[..count])
}

fn is_latin(letter: char) -> bool {
    letter < '\u{250}' || matches!(letter, '\u{1e00}'..='\u{1eff}')
}

struct Reader<'a> {
    folded: &'a mut String,
    words: &'a mut [Word; MOST],
    count: usize,
    gap: Gap,
}

impl Reader<'_> {
    fn push(&mut self, letter: char) {
        if self.gap != Gap::Inside && self.count < MOST {
            let start = self.folded.len();
            let before = self.gap;
            self.words[self.count] =
                Word { start, end: start, foreign: !is_latin(letter), after_comma: before == Gap::Comma, before, ..Word::default() };
            self.count += 1;
        }
        fold::squeeze_letter(letter, self.folded);
        let word = &mut self.words[self.count - 1];
        word.end = self.folded.len();
        word.letters += 1;
        word.small += usize::from(letter.is_lowercase());
        word.initials = word.letters > 1 && word.small > 0 && letter.is_uppercase();
        self.gap = Gap::Inside;
    }

    /// `&` is a word of its own.
    fn push_and(&mut self) {
        self.gap = Gap::Sign;
        "and".chars().for_each(|letter| self.push(letter));
        self.gap = Gap::Sign;
    }
}

/// Joins single letters that follow each other; the buffer has nothing between them. Returns how many words are left.
fn join_initials(words: &mut [Word]) -> usize {
    let mut count = 0;
    for at in 0..words.len() {
        let word = words[at];
        match words[..count].last_mut() {
            Some(last) if word.letters == 1 && last.takes(word.before) => {
                last.end = word.end;
                last.initials = true;
                last.joined = if last.joined == Gap::Point { Gap::Point } else { word.before };
            }
            _ => {
                words[count] = word;
                count += 1;
            }
        }
    }
    count
}
