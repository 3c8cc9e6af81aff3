//! Identifiers without their typography: capitals and digits only, on the stack. Knows no identifier.

use super::narrow::narrow;

/// Letters and digits of an identifier, at most 48.
#[derive(Clone, Copy)]
pub(super) struct Compact {
    bytes: [u8; Compact::ROOM],
    length: usize,
}

impl Compact {
    const ROOM: usize = 48;

    /// The ASCII letters, in capitals, and digits of `raw`, without spaces, points, dashes, slashes, underscores. `None` if it has any other
    /// character or is too long to be an identifier.
    pub(super) fn new(raw: &str) -> Option<Compact> {
        let mut compact = Compact { bytes: [0; Compact::ROOM], length: 0 };
        for byte in narrow(raw).bytes() {
            match byte {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => compact.push(byte.to_ascii_uppercase())?,
                b' ' | b'\t' | b'\n' | b'\r' | b'.' | b'-' | b'/' | b'_' => {}
                _ => return None,
            }
        }
        Some(compact)
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length += 1;
        Some(())
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).expect("only ASCII was pushed")
    }
}
