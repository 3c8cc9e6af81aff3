//! Tables from words to what they mean, found in any case without an allocation. Built once; knows no words of its own.

use std::collections::HashMap;

/// What short words mean, and with them longer ones. Words are in lower case; ASCII letters of what is looked up may be in any.
#[derive(Debug)]
pub(super) struct Table<T> {
    /// Open addressing; an empty place holds the key 0, which no word has.
    short: Vec<(u128, Option<T>)>,
    long: HashMap<Box<[u8]>, T>,
    /// How long words are that begin with a byte, in lower case, a bit for each length; [`LONG`] where one is too long for `short`. Most of
    /// what is looked up is no word at all.
    lengths: [u16; 256],
}

/// The longest word that is found in any case: a key has a byte more, the length.
pub(super) const SHORT: usize = 15;

/// No word has a length of 0, so that its bit is free.
const LONG: u16 = 1;

impl<T: Copy> Table<T> {
    /// Of equal words the first counts.
    pub(super) fn first_of(words: impl IntoIterator<Item = (String, T)>) -> Table<T> {
        let words: Vec<(String, T)> = words.into_iter().collect();
        let room = (4 * words.len()).next_power_of_two();
        let mut table = Table { short: vec![(0, None); room], long: HashMap::new(), lengths: [0; 256] };
        for (word, value) in words {
            let first = usize::from(word.bytes().next().unwrap_or_default());
            table.lengths[first] |= length_bit(word.as_bytes());
            match key(word.as_bytes()) {
                Some(key) => {
                    table.put(key, value);
                }
                None => {
                    table.long.entry(word.into_bytes().into()).or_insert(value);
                }
            }
        }
        table
    }

    /// Of equal words the last counts.
    pub(super) fn last_of(words: impl IntoIterator<Item = (String, T)>) -> Table<T> {
        let mut words: Vec<(String, T)> = words.into_iter().collect();
        words.reverse();
        Table::first_of(words)
    }

    /// What `word` means. Words of more than 15 bytes are found in lower case only.
    pub(super) fn get(&self, word: &str) -> Option<T> {
        self.get_bytes(word.as_bytes())
    }

    /// As [`Table::get`], of a word whose bytes alone are at hand.
    pub(super) fn get_bytes(&self, word: &[u8]) -> Option<T> {
        let first = word.first()?.to_ascii_lowercase();
        if self.lengths[usize::from(first)] & length_bit(word) == 0 {
            return None;
        }
        match key(word) {
            Some(key) => self.short[self.place(key)].1,
            None => self.long.get(word).copied(),
        }
    }

    /// Whether some word begins with this byte, in lower case, and is of this length; of lengths above 15 one stands for all.
    pub(super) fn has_length(&self, first: u8, length: usize) -> bool {
        self.lengths[usize::from(first)] & if length <= SHORT { 1 << length } else { LONG } != 0
    }

    fn put(&mut self, key: u128, value: T) {
        let place = self.place(key);
        if self.short[place].0 == 0 {
            self.short[place] = (key, Some(value));
        }
    }

    /// Where `key` is, or the empty place where it would be: three of four places are empty.
    fn place(&self, key: u128) -> usize {
        let mask = self.short.len() - 1;
        let mixed = ((key as u64) ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut place = (mixed >> 32) as usize & mask;
        while self.short[place].0 != key && self.short[place].0 != 0 {
            place = (place + 1) & mask;
        }
        place
    }
}

fn length_bit(word: &[u8]) -> u16 {
    if word.len() <= SHORT { 1 << word.len() } else { LONG }
}

/// A word of at most 15 bytes as a number, ASCII letters in lower case. The empty word has the key of no word in a table.
fn key(bytes: &[u8]) -> Option<u128> {
    if bytes.len() > SHORT {
        return None;
    }
    let mut key = [0; 16];
    key[..bytes.len()].copy_from_slice(bytes);
    key.make_ascii_lowercase();
    key[SHORT] = 1 + bytes.len() as u8;
    Some(u128::from_le_bytes(key))
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn words_are_found_in_any_case_and_at_any_length() {
        let words = ["st", "strasse", "кв", "fifteen-letters", "sixteen--letters"];
        let table = Table::first_of(words.iter().enumerate().map(|(at, word)| ((*word).to_owned(), at)));
        for (at, word) in words.iter().enumerate() {
            assert_eq!(table.get(word), Some(at), "{word}");
        }
        assert_eq!(table.get("STRASSE"), Some(1));
        for word in ["", "s", "str", "st\0", "sixteen--lettersx", "КВ"] {
            assert_eq!(table.get(word), None, "{word}");
        }
    }

    #[test]
    fn of_equal_words_the_first_or_the_last_counts() {
        let words = || [("st".to_owned(), 1), ("st".to_owned(), 2)];
        assert_eq!(Table::first_of(words()).get("st"), Some(1));
        assert_eq!(Table::last_of(words()).get("st"), Some(2));
    }

    #[test]
    fn an_empty_table_has_no_words() {
        assert_eq!(Table::<u8>::first_of([]).get("st"), None);
    }
}
