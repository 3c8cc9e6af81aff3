//! How a file is written that no pipeline describes: the format by its ending, delimiter and encoding of CSV by its beginning.

use std::io::Read;
use std::sync::Arc;

use c360_model::model::ReadFormat;
use object_store::ObjectStore;

use super::{InputError, InputFile, schema};

/// How much of a file is looked at.
const LOOKED_AT: u64 = 64 << 10;

/// What may stand between fields; the first counts where none stands in the header.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

const ENDINGS: [(&str, ReadFormat); 6] = [
    ("ndjson", ReadFormat::Ndjson),
    ("jsonl", ReadFormat::Ndjson),
    ("json", ReadFormat::Ndjson),
    ("parquet", ReadFormat::Parquet),
    ("avro", ReadFormat::Avro),
    ("arrow", ReadFormat::Arrow),
];

/// How `file` is most likely written.
///
/// # Errors
/// An ending that says nothing; a file that cannot be opened.
pub async fn guess(store: &Arc<dyn ObjectStore>, file: &InputFile) -> Result<ReadFormat, InputError> {
    let name = file.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let bare = ["gz", "zst", "bz2"].iter().find_map(|packing| name.strip_suffix(packing)?.strip_suffix('.')).unwrap_or(&name);
    let ending = bare.rsplit_once('.').map_or("", |(_, ending)| ending);
    if let Some((_, format)) = ENDINGS.iter().find(|(known, _)| *known == ending) {
        return Ok(format.clone());
    }
    if !matches!(ending, "csv" | "tsv" | "txt") {
        let reason = "its ending says nothing of its format; name it .csv, .tsv, .ndjson, .parquet, .avro or .arrow".to_owned();
        return Err(InputError::Unsupported { place: file.name.clone(), reason });
    }
    let head = schema::on_bytes(store, file, |file, bytes| {
        let mut head = Vec::new();
        let read = bytes.take(LOOKED_AT).read_to_end(&mut head);
        read.map_err(|error| super::open::damaged(file, 0, &error)).map(|_| head)
    });
    let head = head.await?;
    Ok(ReadFormat::Csv { delimiter: delimiter(&head), quote: b'"', encoding: encoding(&head).to_owned(), null: Vec::new() })
}

/// The delimiter that stands most often in the first line, outside of quotes.
fn delimiter(head: &[u8]) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in head.iter().take_while(|byte| **byte != b'\n') {
        match DELIMITERS.iter().position(|delimiter| delimiter == byte) {
            Some(which) if !quoted => counts[which] += 1,
            _ => quoted ^= *byte == b'"',
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    counts.iter().position(|count| *count == most).map_or(b',', |which| DELIMITERS[which])
}

fn encoding(head: &[u8]) -> &'static str {
    match head {
        // A byte order mark; without one, an ASCII letter is one of two bytes, and the other is 0.
        [0xFF, 0xFE, ..] | [1..=255, 0, ..] => "utf-16le",
        [0xFE, 0xFF, ..] | [0, 1..=255, ..] => "utf-16be",
        _ => match std::str::from_utf8(head) {
            // The last character may be cut.
            Err(error) if error.error_len().is_some() => "windows-1252",
            _ => "utf-8",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{delimiter, encoding};

    #[test]
    fn the_header_tells_the_delimiter() {
        for (head, expected) in
            [("id,name\n1;2;3;4", b','), ("id;\"a,b,c\";x\n", b';'), ("id\tname", b'\t'), ("id|name", b'|'), ("id", b','), ("", b',')]
        {
            assert_eq!(delimiter(head.as_bytes()), expected, "{head:?}");
        }
    }

    #[test]
    fn the_beginning_tells_the_encoding() {
        for (head, expected) in [
            (&b"id,name\nM\xC3\xBCller"[..], "utf-8"),
            (b"id,name\nM\xFCller", "windows-1252"),
            (b"cut M\xC3", "utf-8"),
            (b"\xFF\xFEi\0d\0", "utf-16le"),
            (b"i\0d\0", "utf-16le"),
            (b"\0i\0d", "utf-16be"),
        ] {
            assert_eq!(encoding(head), expected, "{head:?}");
        }
    }
}
