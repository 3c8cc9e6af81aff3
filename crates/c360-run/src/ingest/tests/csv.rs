//! CSV: good, odd and broken.

use c360_model::model::ReadFormat;

use super::super::{InputError, RAW_LIMIT, ROW_LIMIT};
use super::{Row, batches, csv_format, decode, good, reject, rows, text_spec};

const AFTER_QUOTE: &str = "broken quoting: text after a closing quote";
const UNCLOSED: &str = "broken quoting: a quote is never closed";
const ENCODING: &str = "not valid in the encoding of the file";

/// Reads columns `a` and `b`.
fn ab(content: impl AsRef<[u8]>) -> Vec<Row> {
    decode(&text_spec(csv_format(), &["a", "b"]), content.as_ref()).expect("the header is fine")
}

fn with(delimiter: u8, encoding: &str, null: &[&str]) -> ReadFormat {
    ReadFormat::Csv { delimiter, quote: b'"', encoding: encoding.to_owned(), null: null.iter().map(|&text| text.to_owned()).collect() }
}

#[test]
fn rows_come_out_as_written() {
    for (content, expected) in [
        ("a,b\n1,2\n", vec![good(2, &["1", "2"])]),
        ("a,b\n1,2", vec![good(2, &["1", "2"])]),
        ("a,b\r\n1,2\r\n3,4\r\n", vec![good(2, &["1", "2"]), good(3, &["3", "4"])]),
        ("a,b\r1,2\r3,4\r", vec![good(2, &["1", "2"]), good(3, &["3", "4"])]),
        ("a,b\r\"1\r2\",x\r3,4", vec![good(2, &["1\r2", "x"]), good(4, &["3", "4"])]),
        ("a,b\r\r\n1,2\r\r\n", vec![good(2, &["1", "2"])]),
        ("b,x,a\n1,2,3\n", vec![good(2, &["3", "1"])]),
        ("\u{feff}a,b\n1,2\n", vec![good(2, &["1", "2"])]),
        ("\u{feff}\"a\",b\n1,2\n", vec![good(2, &["1", "2"])]),
        (" a ,\tb\n1,2\n", vec![good(2, &["1", "2"])]),
        ("\n\na,b\n\n1,2\n\r\n\n3,4\n\n", vec![good(5, &["1", "2"]), good(8, &["3", "4"])]),
        ("sep=,\na,b\n1,2\n", vec![good(3, &["1", "2"])]),
        ("a,b\n,\n\"\",2\n", vec![good(2, &["-", "-"]), good(3, &["-", "2"])]),
        ("a,b\n\"x,y\",\"z\"\n", vec![good(2, &["x,y", "z"])]),
        ("a,b\n\"x\ny\",\"\r\n\"\n1,2\n", vec![good(2, &["x\ny", "\r\n"]), good(5, &["1", "2"])]),
        ("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", vec![good(2, &["say \"hi\"", "\""])]),
        ("a,b\n\"\"\"\"\"\",\"a\"\"\"\n", vec![good(2, &["\"\"", "a\""])]),
        ("a,b\n5\" pipe, \"x\"\n", vec![good(2, &["5\" pipe", " \"x\""])]),
        ("a,b\n 1 ,2 \n", vec![good(2, &[" 1 ", "2 "])]),
        ("a,b\n\"1\",\"2\"\r\n3,\"4\"", vec![good(2, &["1", "2"]), good(3, &["3", "4"])]),
        ("a,b\nMüller,张\n", vec![good(2, &["Müller", "张"])]),
        ("a,b\n1,x\ry\n", vec![good(2, &["1", "x\ry"])]),
        ("a,b\n", vec![]),
        ("a,b", vec![]),
        ("", vec![]),
        ("\u{feff}", vec![]),
        ("\n\n", vec![]),
    ] {
        assert_eq!(ab(content), expected, "{content:?}");
    }
}

#[test]
fn a_row_that_cannot_be_used_is_rejected_alone() {
    for (content, expected) in [
        (&b"a,b\n1\n2,3\n"[..], vec![reject(2, "1 fields, the header has 2", "1"), good(3, &["2", "3"])]),
        (b"a,b\r\n1,2,3\r\n", vec![reject(2, "3 fields, the header has 2", "1,2,3")]),
        (b"a,b\n\"x\ny\"\n1,2\n", vec![reject(2, "1 fields, the header has 2", "\"x\ny\""), good(4, &["1", "2"])]),
        (b"a,b\n\"x\" y,2\n1,2\n", vec![reject(2, AFTER_QUOTE, "\"x\" y,2"), good(3, &["1", "2"])]),
        (b"a,b\n\"x\"\r1,2\n3,4\n", vec![reject(2, AFTER_QUOTE, "\"x\"\r1,2"), good(3, &["3", "4"])]),
        // The stray quote of the first row finds the opening one of the second: the first row is lost, the second is not.
        (b"a,b\n\"x,1\n\"y\",2\n3,4\n", vec![reject(2, AFTER_QUOTE, "\"x,1"), good(3, &["y", "2"]), good(4, &["3", "4"])]),
        (b"a,b\n\"x,1\n2,3\n4,5\n", vec![reject(2, UNCLOSED, "\"x,1"), good(3, &["2", "3"]), good(4, &["4", "5"])]),
        (b"a,b\n1,\"", vec![reject(2, UNCLOSED, "1,\"")]),
        (b"a,b\n1,\"\"\"", vec![reject(2, UNCLOSED, "1,\"\"\"")]),
        (b"a,b\n\xffx,1\n2,3\n", vec![reject(2, ENCODING, "\u{fffd}x,1"), good(3, &["2", "3"])]),
        (b"a,b\nM\xfcller,\"1\n2\"\n3,4\n", vec![reject(2, ENCODING, "M\u{fffd}ller,\"1\n2\""), good(4, &["3", "4"])]),
        (b"a,b\n1,\0\n2,3\n", vec![reject(2, "holds a NUL byte", "1,\0"), good(3, &["2", "3"])]),
        (b"a,b\n1,2\n\0\0\0\0", vec![good(2, &["1", "2"]), reject(3, "1 fields, the header has 2", "\0\0\0\0")]),
    ] {
        assert_eq!(ab(content), expected, "{:?}", String::from_utf8_lossy(content));
    }
}

#[test]
fn a_column_of_ones_own_name_may_be_joined_with_dots() {
    let spec = text_spec(csv_format(), &["buyer.email"]);
    assert_eq!(decode(&spec, b"id,buyer.email\n1,x@example.com\n").expect("it is there"), [good(2, &["x@example.com"])]);
}

#[test]
fn delimiters_and_texts_for_no_value() {
    let spec = text_spec(with(b';', "utf-8", &["NULL", "-"]), &["a", "b"]);
    let content = b"a;b\nNULL;x,y\n\"NULL\";-\nnull; NULL\n";
    let expected = [good(2, &["-", "x,y"]), good(3, &["-", "-"]), good(4, &["null", " NULL"])];
    assert_eq!(decode(&spec, content).expect("the header is fine"), expected);
    let tabs = text_spec(with(b'\t', "utf-8", &[]), &["a", "b"]);
    assert_eq!(decode(&tabs, b"a\tb\n1,2\t\"x\ty\"\n").expect("the header is fine"), [good(2, &["1,2", "x\ty"])]);
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn encodings_are_decoded_and_a_byte_order_mark_wins() {
    let text = "a,b\r\nMüller,張😀\r\n";
    let expected = [good(2, &["Müller", "張😀"])];
    let marked = |mark: &[u8], content: Vec<u8>| [mark, &content].concat();
    for (encoding, bytes) in [
        ("utf-16le", utf16(text, u16::to_le_bytes)),
        ("utf-16be", utf16(text, u16::to_be_bytes)),
        ("utf-8", marked(b"\xff\xfe", utf16(text, u16::to_le_bytes))),
        ("latin1", marked(b"\xfe\xff", utf16(text, u16::to_be_bytes))),
        ("latin1", marked(b"\xef\xbb\xbf", text.as_bytes().to_vec())),
        ("gb18030", encoding_rs::GB18030.encode(text).0.into_owned()),
    ] {
        assert_eq!(decode(&text_spec(with(b',', encoding, &[]), &["a", "b"]), &bytes).expect("the header is fine"), expected, "{encoding}");
    }
    let latin1 = text_spec(with(b',', "latin1", &[]), &["a", "b"]);
    assert_eq!(decode(&latin1, b"a,b\nM\xfcller,\x80\n").expect("the header is fine"), [good(2, &["Müller", "€"])]);
}

#[test]
fn what_is_malformed_in_another_encoding_is_rejected_alone() {
    let spec = text_spec(with(b',', "shift_jis", &[]), &["a", "b"]);
    let content = b"a,b\n\x93\xfa,1\n\xfd\xfe,2\n3,4\n";
    assert_eq!(
        decode(&spec, content).expect("the header is fine"),
        [good(2, &["日", "1"]), reject(3, ENCODING, "\u{fffd}\u{fffd},2"), good(4, &["3", "4"])]
    );
}

#[test]
fn a_header_that_cannot_be_used_says_what_to_do() {
    for (content, expected) in [
        (&b"a;b\n1;2\n"[..], "in.csv: no column `a`; it has `a;b`; the header is one field; is the delimiter `;`?"),
        (b"a\tb\n", "in.csv: no column `a`; it has `a\tb`; the header is one field; is the delimiter `\\t`?"),
        (b"sep=;\na;b\n", "in.csv: no column `a`; it has `sep=;`; the header is one field; is the delimiter `;`?"),
        (b"A,c\n1,2\n", "in.csv: no column `a`, did you mean `A`?; it has `A`, `c`"),
        (b"x,c\n1,2\n", "in.csv: no column `a`; it has `x`, `c`"),
        (b"a,a,b\n", "in.csv: column `a` stands in the header twice, as 1 and 2; rename one"),
        (
            b"17,eve@example.com\n",
            "in.csv: no column `a`; its first line looks like a row, not like a header; does the file have a header?",
        ),
        (b"\xfc,b\n", "in.csv: the header cannot be read: it is not valid in the encoding of the file; declare `encoding`"),
        (b"a\0,\0b\0\n\0", "in.csv: the header cannot be read: it holds NUL bytes, as UTF-16 does; write `encoding: \"utf-16le\"`"),
        (b"\0a\0,\0b\0\n", "in.csv: the header cannot be read: it holds NUL bytes, as UTF-16 does; write `encoding: \"utf-16be\"`"),
        (b"\"a,b\n1,2\n", "in.csv: the header cannot be read: broken quoting: a quote is never closed"),
    ] {
        let error = decode(&text_spec(csv_format(), &["a", "b"]), content).expect_err("the header is broken");
        assert_eq!(error.to_string(), expected);
    }
    let unwanted_twice = decode(&text_spec(csv_format(), &["b"]), b"a,a,b\n1,2,3\n").expect("nobody wants `a`");
    assert_eq!(unwanted_twice, [good(2, &["3"])]);
}

#[test]
fn options_that_cannot_be_are_refused() {
    for format in [with(b',', "klingon", &[]), with(b'"', "utf-8", &[]), with(0xa7, "utf-8", &[])] {
        assert!(matches!(decode(&text_spec(format, &["a"]), b"a\n"), Err(InputError::Unsupported { .. })));
    }
}

#[test]
fn a_cell_of_ten_megabytes_is_read_and_one_beyond_the_limit_is_rejected_alone() {
    let spec = text_spec(csv_format(), &["a", "b"]);
    let long = "x\n".repeat(5 << 20);
    let content = format!("a,b\n\"{long}\",1\n2,3\n");
    let (found, _) = batches(&spec, content.as_bytes(), 8192).expect("the header is fine");
    assert_eq!(rows(&found), [good(2, &[&long, "1"]), good((5 << 20) + 3, &["2", "3"])]);

    let too_long = "x".repeat(ROW_LIMIT + 1);
    let content = format!("a,b\n{too_long},1\n2,3\n");
    for piece in [content.len(), 100_000] {
        let (found, counts) = batches(&spec, content.as_bytes(), piece).expect("the header is fine");
        let reason = format!("longer than {ROW_LIMIT} bytes");
        assert_eq!(rows(&found), [reject(2, &reason, &"x".repeat(RAW_LIMIT)), good(3, &["2", "3"])]);
        assert_eq!((counts.rows, counts.rejects), (2, 1));
    }
}

#[test]
fn a_quote_is_followed_no_further_than_the_limit() {
    let spec = text_spec(csv_format(), &["a", "b"]);
    let line = "1,2345678901234567890\n";
    let lines = ROW_LIMIT / line.len() + 10;
    let content = format!("a,b\n\"x,1\n{}\"y,1\n", line.repeat(lines));
    let (found, counts) = batches(&spec, content.as_bytes(), 1 << 20).expect("the header is fine");
    assert_eq!((counts.rows, counts.rejects), (lines as u64 + 2, 2));
    assert_eq!(rows(&found[..1])[..2], [reject(2, UNCLOSED, "\"x,1"), good(3, &["1", "2345678901234567890"])]);
}

#[test]
fn the_raw_text_is_cut_between_characters() {
    let long = "ü".repeat(RAW_LIMIT);
    let content = format!("a,b\nx{long}\n");
    let expected = format!("x{}", "ü".repeat((RAW_LIMIT - 1) / 2));
    assert_eq!(ab(content), [reject(2, "1 fields, the header has 2", &expected)]);
}

#[test]
fn only_the_projected_columns_are_built_but_all_wanted_ones_are_checked() {
    let mut spec = text_spec(csv_format(), &["a", "b"]);
    spec.projection = Some(vec![5, 1]);
    let (found, _) = batches(&spec, b"a,b\n1,2\n", 3).expect("the header is fine");
    let names: Vec<&str> = found[0].schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, ["b", "_row"]);
    assert!(matches!(batches(&spec, b"b\n1\n", 3), Err(InputError::MissingColumn { .. })));
    spec.projection = Some(Vec::new());
    let (found, _) = batches(&spec, b"a,b\n1,2\n3,4\n", 3).expect("the header is fine");
    assert_eq!((found[0].num_rows(), found[0].num_columns()), (2, 0));
}
