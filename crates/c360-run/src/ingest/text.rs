//! Bytes of a file of text into a window of UTF-8 over rows not yet read: transcodes, strips the byte order mark, keeps the
//! memory bounded. Does not know where rows end.
//!
//! A byte order mark wins over the declared encoding, as in the WHATWG encoding standard. What is malformed in another
//! encoding comes out as a byte that UTF-8 never has, so that the row which holds it is rejected like one of malformed UTF-8.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ROW_LIMIT;

/// Never part of UTF-8.
const MALFORMED: u8 = 0xFF;

/// What follows the bytes of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    /// More bytes will come.
    More,
    /// The file ends here.
    End,
    /// Possibly more, but no row may be longer than the window.
    Limit,
}

/// The part of a file that was fed and not yet consumed.
pub(super) struct TextWindow {
    encoding: &'static Encoding,
    state: State,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
    retry_at: usize,
}

enum State {
    /// The first bytes, until a byte order mark can be told.
    Start(Vec<u8>),
    Utf8,
    Other(Box<Decoder>),
}

impl TextWindow {
    /// For a file in `encoding`, unless its byte order mark says otherwise.
    pub(super) fn new(encoding: &'static Encoding) -> TextWindow {
        TextWindow { encoding, state: State::Start(Vec::new()), buffer: Vec::new(), start: 0, ended: false, retry_at: 0 }
    }

    /// Adds the next bytes of the file. Says whether it makes sense to look for rows: a row that is still incomplete is looked at
    /// again only when there is twice as much, so that a long one costs linear time however small the pieces are.
    pub(super) fn push(&mut self, bytes: &[u8]) -> bool {
        match &mut self.state {
            State::Start(head) => {
                head.extend_from_slice(bytes);
                if head.len() >= 3 {
                    self.begin();
                }
            }
            State::Utf8 => self.buffer.extend_from_slice(bytes),
            State::Other(decoder) => transcode(decoder, bytes, &mut self.buffer, Last::No),
        }
        self.buffer.len() - self.start >= self.retry_at
    }

    /// The file ends.
    pub(super) fn end(&mut self) {
        if let State::Start(_) = self.state {
            self.begin();
        }
        if let State::Other(decoder) = &mut self.state {
            transcode(decoder, &[], &mut self.buffer, Last::Yes);
        }
        self.ended = true;
    }

    fn begin(&mut self) {
        let State::Start(head) = std::mem::replace(&mut self.state, State::Utf8) else { return };
        let (encoding, mark) = Encoding::for_bom(&head).unwrap_or((self.encoding, 0));
        if encoding == UTF_8 {
            self.buffer.extend_from_slice(&head[mark..]);
        } else {
            let mut decoder = Box::new(encoding.new_decoder_without_bom_handling());
            transcode(&mut decoder, &head[mark..], &mut self.buffer, Last::No);
            self.state = State::Other(decoder);
        }
    }

    /// The text not yet consumed, at most [`ROW_LIMIT`] bytes, and what follows it.
    pub(super) fn rest(&self) -> (&[u8], Beyond) {
        let rest = &self.buffer[self.start..];
        match (rest.len() > ROW_LIMIT, self.ended) {
            (true, _) => (&rest[..ROW_LIMIT], Beyond::Limit),
            (false, true) => (rest, Beyond::End),
            (false, false) => (rest, Beyond::More),
        }
    }

    /// Rows of this many bytes were read.
    pub(super) fn consume(&mut self, bytes: usize) {
        self.start += bytes;
    }

    /// No row is complete in what is left: frees what was consumed.
    pub(super) fn wait(&mut self) {
        self.buffer.drain(..self.start);
        self.start = 0;
        self.retry_at = (self.buffer.len() * 2).min(ROW_LIMIT + 1);
    }
}

/// The encoding with this label of the WHATWG standard.
pub(super) fn encoding(label: &str) -> Option<&'static Encoding> {
    // The standard's label `utf-16` means little endian; both are only ever chosen by name or byte order mark.
    match label {
        "utf-16le" => Some(UTF_16LE),
        "utf-16be" => Some(UTF_16BE),
        other => Encoding::for_label_no_replacement(other.as_bytes()),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Last {
    Yes,
    No,
}

fn transcode(decoder: &mut Decoder, mut bytes: &[u8], out: &mut Vec<u8>, last: Last) {
    loop {
        let filled = out.len();
        let room =
            decoder.max_utf8_buffer_length_without_replacement(bytes.len()).expect("pieces of files are far below the address space");
        out.resize(filled + room, 0);
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(bytes, &mut out[filled..], last == Last::Yes);
        out.truncate(filled + written);
        bytes = &bytes[read..];
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => out.push(MALFORMED),
        }
    }
}
