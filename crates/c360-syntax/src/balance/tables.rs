//! `given crm { .. }` and `expect customer { .. }`: tables of raw cells, in which quotes and brackets are ordinary characters.

use super::quotes::end_of_quoted;
use super::scanner::Scanner;

const TABLE_WORDS: [&str; 2] = ["given", "expect"];

impl Scanner<'_, '_> {
    /// Where a line starts: opens a table if one stands here.
    pub(super) fn begin_table(&mut self) {
        let Some(length) = head_length(&self.text[self.at..]) else { return };
        // A table inside a table: the outer one was not closed.
        if self.stack.last().is_some_and(|open| open.table) {
            self.abandon(1);
        }
        self.push_table(self.at + length - 1);
        self.skip_to_cell();
    }

    /// One step inside of a table: at most to the next bar, line break or closing brace.
    pub(super) fn step_table(&mut self, byte: u8) {
        match byte {
            b'\n' => {
                self.newline();
                self.skip_to_cell();
            }
            b'}' => {
                self.close('}');
                self.skip_blanks();
                self.begin_table();
            }
            b'|' => {
                self.word(1);
                self.skip_to_cell();
            }
            b' ' | b'\t' | b'\r' => {
                self.at += 1;
                if self.rest_starts_with("//") {
                    self.comment();
                }
            }
            _ => self.word(1),
        }
    }

    /// Steps over blanks, a comment, a cell's leading quoted text.
    fn skip_to_cell(&mut self) {
        self.skip_blanks();
        if self.rest_starts_with("//") {
            return self.comment();
        }
        if let Some(quote @ (b'"' | b'\'')) = self.byte()
            && let Some(length) = end_of_quoted(&self.text.as_bytes()[self.at..], quote)
        {
            self.word(length);
        }
    }
}

/// Length of `given crm {` at the start of the text.
fn head_length(text: &str) -> Option<usize> {
    let behind_word = TABLE_WORDS.iter().find_map(|word| text.strip_prefix(word))?;
    let name = behind_word.trim_start_matches(BLANKS);
    let behind_name = name.trim_start_matches(|letter| !NOT_IN_NAMES.contains(&letter));
    let behind = behind_name.trim_start_matches(BLANKS).strip_prefix('{')?;
    let is_head = name.len() < behind_word.len() && behind_name.len() < name.len();
    is_head.then_some(text.len() - behind.len())
}

/// As `blank` in the grammar.
pub(super) const BLANKS: [char; 3] = [' ', '\t', '\r'];
/// As `table_name` in the grammar.
const NOT_IN_NAMES: [char; 14] = [' ', '\t', '\r', '\n', ',', '"', '\'', '`', '{', '}', '(', ')', '[', ']'];
