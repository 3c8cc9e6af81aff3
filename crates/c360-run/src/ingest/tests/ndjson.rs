//! NDJSON: good, odd and broken; checked against serde_json.

use c360_model::model::ReadFormat;
use proptest::prelude::*;

use super::super::ROW_LIMIT;
use super::{Row, batches, decode, good, rows, text_spec};

fn read(columns: &[&str], content: impl AsRef<[u8]>) -> Vec<Row> {
    decode(&text_spec(ReadFormat::Ndjson, columns), content.as_ref()).expect("lines are never errors")
}

#[test]
fn values_come_out_as_text() {
    for (json, expected) in [
        (r#""x""#, "x"),
        (r#""""#, ""),
        (r#""a\"b\\c\/d\n\t\u00fc\ud83d\ude00""#, "a\"b\\c/d\n\tü😀"),
        ("1", "1"),
        ("-0.10e+5", "-0.10e+5"),
        ("123456789012345678901234567890.5000", "123456789012345678901234567890.5000"),
        ("true", "true"),
        ("null", "-"),
        (r#"[ 1 , "a \" b" , { } ]"#, r#"[1,"a \" b",{}]"#),
        ("{\t\"k\" : [ ]}", r#"{"k":[]}"#),
    ] {
        let line = format!("{{\"other\": [1, {{}}], \"v\" : {json} }}\r\n");
        assert_eq!(read(&["v"], line), [good(1, &[expected])], "{json}");
    }
}

#[test]
fn paths_lead_through_objects() {
    let columns = ["id", "buyer.email", "buyer", "buyer.name.last"];
    for (line, expected) in [
        (r#"{"id":1,"buyer":{"email":"x","name":{"last":"y"}}}"#, ["1", "x", r#"{"email":"x","name":{"last":"y"}}"#, "y"]),
        (r#"{"buyer":{"name":{"last":"y"}},"id":1}"#, ["1", "-", r#"{"name":{"last":"y"}}"#, "y"]),
        (r#"{"id":1,"buyer":"x"}"#, ["1", "-", "x", "-"]),
        (r#"{"id":1,"buyer":[{"email":"x"}]}"#, ["1", "-", r#"[{"email":"x"}]"#, "-"]),
        (r#"{"id":1,"buyer":null}"#, ["1", "-", "-", "-"]),
        (r#"{"id":1}"#, ["1", "-", "-", "-"]),
        (r#"{}"#, ["-", "-", "-", "-"]),
        (r#"{"i\u0064":1,"\u0062uyer":{"email":2}}"#, ["1", "2", r#"{"email":2}"#, "-"]),
        (r#"{"id":1,"id":2,"buyer":{"email":"x"},"buyer":{}}"#, ["2", "-", "{}", "-"]),
    ] {
        assert_eq!(read(&columns, line), [good(1, &expected)], "{line}");
    }
}

#[test]
fn lines_that_are_no_object_are_rejected_alone() {
    let deep = format!("{{\"v\":{}1{}}}", "[".repeat(200), "]".repeat(200));
    for line in [
        "[1]",
        "1",
        "x",
        r#"{"v":1"#,
        r#"{"v":}"#,
        r#"{"v":1,}"#,
        r#"{"v" 1}"#,
        r#"{v:1}"#,
        r#"{"v":1} x"#,
        r#"{"v":1}{"v":2}"#,
        r#"{"v":01}"#,
        r#"{"v":1.}"#,
        r#"{"v":-}"#,
        r#"{"v":1e}"#,
        r#"{"v":nul}"#,
        r#"{"v":truex}"#,
        r#"{"v":"x}"#,
        r#"{"v":"\x"}"#,
        r#"{"v":"\ud800"}"#,
        r#"{"v":"\udc00x"}"#,
        r#"{"v":"\u12g4"}"#,
        "{\"v\":\"a\tb\"}",
        r#"{"v":[1,]}"#,
        r#"{"v":[1"#,
        &deep,
    ] {
        let found = read(&["v"], format!("{{\"v\":0}}\n{line}\n\n {{\"v\":9}}"));
        let [first, Row::Reject(2, reason, raw), last] = found.as_slice() else { panic!("{line}: {found:?}") };
        assert_eq!((first, last), (&good(1, &["0"]), &good(4, &["9"])));
        assert!(reason.starts_with("not a JSON object: "), "{reason}");
        assert_eq!(raw, line);
    }
    let malformed = read(&["v"], b"\xef\xbb\xbf{\"v\":1}\n{\"v\":\"\xff\"}\n");
    assert_eq!(malformed, [good(1, &["1"]), super::reject(2, "not valid UTF-8", "{\"v\":\"\u{fffd}\"}")]);
}

#[test]
fn columns_that_no_row_has_are_told() {
    let spec = text_spec(ReadFormat::Ndjson, &["a", "b.c", "d"]);
    let (_, counts) = batches(&spec, b"{\"a\":null}\n{\"b\":1}\n{\"x\":{\"d\":1}}\n", 5).expect("lines are never errors");
    assert_eq!(counts.unseen, ["d"]);
}

#[test]
fn a_line_beyond_the_limit_is_rejected_alone() {
    let spec = text_spec(ReadFormat::Ndjson, &["v"]);
    let content = format!("{{\"v\":\"{}\"}}\n{{\"v\":1}}\n", "x".repeat(ROW_LIMIT));
    let (found, _) = batches(&spec, content.as_bytes(), 1 << 20).expect("lines are never errors");
    let found = rows(&found);
    assert!(matches!(&found[0], Row::Reject(1, reason, _) if reason.starts_with("longer than")), "{:?}", found.len());
    assert_eq!(found[1..], [good(2, &["1"])]);
}

fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        ".{0,8}".prop_map(serde_json::Value::from),
    ];
    let value = leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::vec(("[vx\"\\\\]{1,2}", inner), 0..4).prop_map(|members| members.into_iter().collect()),
        ]
    });
    value.prop_map(|value| serde_json::json!({ "v": value }).to_string())
}

proptest! {
    #[test]
    fn what_serde_json_takes_is_taken_and_reads_the_same(line in json_text()) {
        let value = serde_json::from_str::<serde_json::Value>(&line).expect("it was written by serde_json")["v"].take();
        let expected = match &value {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        prop_assert_eq!(read(&["v"], &line), [Row::Good(1, vec![expected])]);
    }

    /// Exponents are left out: serde_json refuses numbers that no f64 can hold, as text they are fine.
    #[test]
    fn what_serde_json_refuses_is_rejected(
        line in json_text(),
        at in any::<prop::sample::Index>(),
        byte in (0x20u8..0x7f).prop_filter("no exponents", |byte| !byte.eq_ignore_ascii_case(&b'e')),
    ) {
        let mut bytes = line.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let expected = serde_json::from_slice::<serde_json::Value>(&bytes).is_ok_and(|value| value.is_object());
        let found = read(&["v"], &bytes);
        let blank = bytes.trim_ascii().is_empty();
        prop_assert!(blank || matches!(found.as_slice(), [Row::Good(..)]) == expected, "{:?}", String::from_utf8_lossy(&bytes));
    }
}
