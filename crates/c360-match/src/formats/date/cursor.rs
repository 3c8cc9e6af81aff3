//! A place in a text, moved forward by the parsers of dates. Knows digits, letters and spaces, not what they mean.

/// A place in a text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    pub(super) fn is_at_end(self) -> bool {
        self.at == self.text.len()
    }

    /// The next byte.
    pub(super) fn peek(self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over one byte that equals `byte`, ASCII case aside.
    pub(super) fn byte(&mut self, byte: u8) -> bool {
        let found = self.peek().is_some_and(|next| next.eq_ignore_ascii_case(&byte));
        self.at += usize::from(found);
        found
    }

    /// Steps over `word`, ASCII case aside.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let found = rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes());
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// Steps over the first of `words` that comes next, ASCII case aside.
    pub(super) fn any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.word(word))
    }

    /// Steps over spaces; how many there were.
    pub(super) fn spaces(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        self.at - start
    }

    /// How many digits come next.
    pub(super) fn digits_ahead(self) -> usize {
        self.text.as_bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// Reads at least `min` and at most `max` (up to 9) digits.
    pub(super) fn number(&mut self, min: usize, max: usize) -> Option<u32> {
        let bytes = &self.text.as_bytes()[self.at..];
        let mut value = 0;
        let mut count = 0;
        while count < max && count < bytes.len() && bytes[count].is_ascii_digit() {
            value = value * 10 + u32::from(bytes[count] - b'0');
            count += 1;
        }
        if count < min {
            return None;
        }
        self.at += count;
        Some(value)
    }

    /// Reads all digits that follow as a fraction of a second: micros; what is finer is cut off. `None` without a digit.
    pub(super) fn fraction(&mut self) -> Option<u32> {
        let count = self.digits_ahead();
        let digits = &self.text.as_bytes()[self.at..self.at + count];
        self.at += count;
        let micros = (0..6).fold(0, |micros, place| micros * 10 + digits.get(place).map_or(0, |digit| u32::from(digit - b'0')));
        (count > 0).then_some(micros)
    }

    /// Reads the letters that follow, of any script; empty where there are none.
    pub(super) fn letters(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let length = rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }
}
