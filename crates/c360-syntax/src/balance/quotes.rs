//! Quoted texts and names in backticks; both end on their line.

use super::scanner::Scanner;
use crate::Diagnostic;
use crate::codes::syntax as codes;

impl Scanner<'_, '_> {
    /// At an opening quote or backtick: steps behind the closing one, or closes it at the end of the line.
    pub(super) fn quoted(&mut self, quote: u8) {
        let start = self.at;
        match end_of_quoted(&self.text.as_bytes()[start..], quote) {
            Some(length) => self.word(length),
            None => self.close_quote(start, quote),
        }
    }

    fn close_quote(&mut self, start: usize, quote: u8) {
        let line_end = self.line_end();
        let content = self.text[start + 1..line_end].trim_end();
        self.end = start + 1 + content.len();
        let backslashes = content.bytes().rev().take_while(|byte| *byte == b'\\').count();
        let quote = char::from(quote);
        let escape = if quote != '`' && backslashes % 2 == 1 { "\\" } else { "" };
        self.insert(format!("{escape}{quote}"));
        let (kind, shown) = if quote == '`' { ("name in backticks", "a backtick".to_string()) } else { ("text", format!("`{quote}`")) };
        self.scan.diagnostics.push(
            Diagnostic::new(&codes::UNCLOSED_QUOTE, self.place(start, self.end), format!("the {kind} that starts here is never closed"))
                .label(format!("{shown} is missing in this line"))
                .help(format!("close it with {shown} on the same line")),
        );
        self.close_swallowed(content);
        self.at = line_end;
    }

    /// Brackets of this line whose partner went into the unclosed text are no findings of their own.
    fn close_swallowed(&mut self, content: &str) {
        while let Some(open) = self.stack.last().copied() {
            if open.line != self.line || !content.contains(open.closer) {
                return;
            }
            self.insert(open.closer.to_string());
            self.stack.pop();
        }
    }

    /// At a quote: stops on the byte of the closing one, or before the line break.
    pub(super) fn skip_quotes(&mut self, quote: u8) {
        match end_of_quoted(&self.text.as_bytes()[self.at..], quote) {
            Some(length) => self.at += length - 1,
            None => self.at = self.line_end() - 1,
        }
    }
}

/// Length of the quoted text that `bytes` start with; `None` where its line ends first.
pub(super) fn end_of_quoted(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1);
        match byte {
            b'\n' => return None,
            b'\\' if quote != b'`' && next.is_some_and(|next| *next != b'\n') => at += 2,
            b'`' if quote == b'`' && next == Some(&b'`') => at += 2,
            byte if *byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}
