//! The words of a company's name, folded to ASCII, with initials joined. Knows no legal forms.

use crate::formats::{fold, letter};

/// Words that are told apart; those behind them are run together with the last.
pub(super) const MOST: usize = 40;

/// A word of the name, folded, as a range of the buffer. Small, since a name's words are made anew for each name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    start: u32,
    end: u32,
    /// How many letters of the name it has, and how many of them are small.
    letters: u32,
    small: u32,
    /// Made of single letters (`S.p.A.`), or with the case of an abbreviation (`SpA`).
    pub(super) initials: bool,
    /// Not in Latin letters.
    pub(super) foreign: bool,
    /// Behind a comma.
    pub(super) after_comma: bool,
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
        &folded[self.start as usize..self.end as usize]
    }

    /// Makes it a word without a text.
    pub(super) fn clear(&mut self) {
        self.end = self.start;
    }

    /// Whether it has no text.
    pub(super) fn is_empty(&self) -> bool {
        self.end == self.start
    }
}

/// What stands before a letter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    /// Any sign but those below.
    #[default]
    Sign,
    /// Nothing: it goes on with its word.
    Inside,
    /// A point or slash: initials are joined across it (`S.A.`, `A/S`).
    Point,
    /// A space, maybe behind a point: initials are joined across it, too (`S. A.`), but not to those with points only (`I.B.M. s.r.o.`).
    Space,
    Comma,
}

/// Folds `name` into `folded`, says where its words are, and returns how many there are.
pub(super) fn read(name: &str, folded: &mut String, words: &mut [Word; MOST]) -> usize {
    let mut reader = Reader { folded, words, count: 0, gap: Gap::Sign };
    let mut rest = name;
    loop {
        let (run, behind) = rest.split_at(plain_length(rest));
        if !run.is_empty() {
            reader.push_plain(run);
        }
        let mut letters = behind.chars();
        let Some(letter) = letters.next() else { break };
        rest = letters.as_str();
        match letter {
            '&' | '+' => reader.push_and(),
            '\'' => {}
            // Hebrew abbreviations have a mark before their last letter.
            '"' | '״' if reader.gap == Gap::Inside && letters.next().is_some_and(|next| next.is_alphabetic() && !is_latin(next)) => {}
            '.' | '/' if reader.gap == Gap::Inside => reader.gap = Gap::Point,
            ' ' if matches!(reader.gap, Gap::Inside | Gap::Point) => reader.gap = Gap::Space,
            '.' | ' ' if reader.gap != Gap::Sign => {}
            ',' => reader.gap = Gap::Comma,
            _ if letter::is_alphanumeric(letter) => reader.push(letter),
            _ => reader.gap = Gap::Sign,
        }
    }
    let count = reader.count;
    join_initials(&mut words[..count])
}

/// How many ASCII letters and digits stand at the front: most of a name is such runs.
fn plain_length(text: &str) -> usize {
    text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len())
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
        self.begin(!is_latin(letter));
        fold::squeeze_letter(letter, self.folded);
        self.go_on(1, usize::from(letter::is_lowercase(letter)), letter::is_uppercase(letter));
    }

    /// Pushes ASCII letters and digits.
    fn push_plain(&mut self, run: &str) {
        self.begin(false);
        let start = self.folded.len();
        self.folded.push_str(run);
        self.folded[start..].make_ascii_lowercase();
        let small = run.bytes().filter(u8::is_ascii_lowercase).count();
        self.go_on(run.len(), small, run.bytes().next_back().is_some_and(|last| last.is_ascii_uppercase()));
    }

    /// `&` is a word of its own.
    fn push_and(&mut self) {
        self.gap = Gap::Sign;
        self.push_plain("and");
        self.gap = Gap::Sign;
    }

    /// Begins a word, where the next letter does not go on with one.
    fn begin(&mut self, foreign: bool) {
        if self.gap != Gap::Inside && self.count < MOST {
            let start = self.folded.len() as u32;
            let before = self.gap;
            self.words[self.count] = Word { start, end: start, foreign, after_comma: before == Gap::Comma, before, ..Word::default() };
            self.count += 1;
        }
        self.gap = Gap::Inside;
    }

    /// Counts letters that were pushed, the last of which is a capital or not.
    fn go_on(&mut self, letters: usize, small: usize, last_is_capital: bool) {
        let word = &mut self.words[self.count - 1];
        word.end = self.folded.len() as u32;
        word.letters += letters as u32;
        word.small += small as u32;
        word.initials = word.letters > 1 && word.small > 0 && last_is_capital;
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
