//! Rows as bytes: delimited text with quotes where they are needed, in UTF-8 or Latin-1, and JSON strings.

use super::corrupt;

/// The bytes of a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8.
    Utf8,
    /// ISO 8859-1; letters that it lacks lose their marks.
    Latin1,
}

/// Writes the fields of delimited rows.
#[derive(Debug)]
pub(crate) struct Fields<'o> {
    out: &'o mut Vec<u8>,
    delimiter: u8,
    line_end: &'static str,
    encoding: Encoding,
    start: usize,
}

impl<'o> Fields<'o> {
    pub(crate) fn new(out: &'o mut Vec<u8>, delimiter: u8, line_end: &'static str, encoding: Encoding) -> Self {
        let start = out.len();
        Self { out, delimiter, line_end, encoding, start }
    }

    /// One field.
    pub(crate) fn field(&mut self, text: &str) {
        if self.out.len() > self.start {
            self.out.push(self.delimiter);
        }
        // An empty first field still has to count as a field, which the delimiter of the next one does only behind something.
        debug_assert!(self.out.len() > self.start || !text.is_empty(), "the first field of a row is its key");
        if text.bytes().any(|byte| byte == self.delimiter || byte == b'"' || byte == b'\n' || byte == b'\r') {
            self.out.push(b'"');
            self.encode(&text.replace('"', "\"\""));
            self.out.push(b'"');
        } else {
            self.encode(text);
        }
    }

    /// Several fields.
    pub(crate) fn fields(&mut self, texts: &[&str]) {
        texts.iter().for_each(|text| self.field(text));
    }

    /// The end of the row.
    pub(crate) fn end(&mut self) {
        self.out.extend_from_slice(self.line_end.as_bytes());
        self.start = self.out.len();
    }

    fn encode(&mut self, text: &str) {
        if self.encoding == Encoding::Utf8 || text.is_ascii() {
            return self.out.extend_from_slice(text.as_bytes());
        }
        let mut latin = String::with_capacity(text.len());
        corrupt::latin1(text, &mut latin);
        self.out.extend(latin.chars().map(|letter| u8::try_from(letter).expect("the text was cut to Latin-1")));
    }
}

/// Appends a text as a JSON string with its quotes.
pub(crate) fn json_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    // What needs no escape is copied in one go.
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) {
        out.extend_from_slice(&rest[..at]);
        match rest[at] {
            escaped @ (b'"' | b'\\') => out.extend_from_slice(&[b'\\', escaped]),
            control => out.extend_from_slice(format!("\\u{control:04x}").as_bytes()),
        }
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Fields, json_string};

    #[test]
    fn quotes_where_needed_and_latin1() {
        let mut out = Vec::new();
        let mut fields = Fields::new(&mut out, b';', "\r\n", Encoding::Latin1);
        fields.fields(&["a;b", "say \"no\"", "Müller", "Łódź", ""]);
        fields.end();
        fields.fields(&["2", ""]);
        fields.end();
        assert_eq!(out, b"\"a;b\";\"say \"\"no\"\"\";M\xFCller;L\xF3dz;\r\n2;\r\n");
    }

    #[test]
    fn json_escapes() {
        let mut out = Vec::new();
        json_string("a\"b\\c\n王", &mut out);
        assert_eq!(String::from_utf8(out).as_deref(), Ok("\"a\\\"b\\\\c\\u000a王\""));
    }
}
