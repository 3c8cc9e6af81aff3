//! CSV as another program writes it comes back the same, however it is cut; and of broken CSV nothing is lost.

use proptest::prelude::*;

use super::{Row, batches, csv_format, rows, text_spec};

/// Short texts full of what matters to CSV.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof!["[ab,;\"\r\n \tü張]{0,6}", Just(String::new()), "[a-z]{1,12}"]
}

fn table() -> impl Strategy<Value = Vec<[String; 3]>> {
    prop::collection::vec([cell(), cell(), cell()], 0..12)
}

fn written(table: &[[String; 3]], terminator: csv::Terminator, quotes: csv::QuoteStyle) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(terminator).quote_style(quotes).from_writer(Vec::new());
    writer.write_record(["a", "b", "c"]).expect("writing to memory");
    table.iter().for_each(|row| writer.write_record(row).expect("writing to memory"));
    writer.into_inner().expect("writing to memory")
}

fn physical_line(bytes_before: &[u8]) -> i64 {
    i64::try_from(bytes_before.iter().filter(|byte| **byte == b'\n').count()).expect("few lines") + 1
}

proptest! {
    #[test]
    fn rows_of_the_csv_crate_come_back_the_same(
        table in table(),
        terminator in prop_oneof![Just(csv::Terminator::CRLF), Just(csv::Terminator::Any(b'\n'))],
        quotes in prop_oneof![Just(csv::QuoteStyle::Necessary), Just(csv::QuoteStyle::Always), Just(csv::QuoteStyle::NonNumeric)],
        piece in 1usize..40,
    ) {
        let bytes = written(&table, terminator, quotes);
        let spec = text_spec(csv_format(), &["c", "a", "b"]);
        let (found, counts) = batches(&spec, &bytes, piece).expect("the header is fine");
        let (whole, _) = batches(&spec, &bytes, bytes.len()).expect("the header is fine");
        prop_assert_eq!(&found, &whole);
        let text = |value: &String| (!value.is_empty()).then(|| value.clone());
        let mut expected = Vec::new();
        for (index, [a, b, c]) in table.iter().enumerate() {
            let line = physical_line(&written(&table[..index], terminator, quotes));
            expected.push(Row::Good(line, vec![text(c), text(a), text(b)]));
        }
        prop_assert_eq!(rows(&found), expected);
        prop_assert_eq!(counts.rejects, 0);
    }

    /// Any bytes: the same rows for any pieces; every line that is not blank belongs to exactly one row or reject.
    #[test]
    fn nothing_is_lost_of_broken_csv(content in "([ab,\"\r]{0,5}\n){0,12}[ab,\"\r]{0,5}", piece in 1usize..40) {
        let spec = text_spec(csv_format(), &["a", "b"]);
        let bytes = format!("a,b\n{content}").into_bytes();
        let (whole, counts) = batches(&spec, &bytes, bytes.len()).expect("the header is fine");
        let (pieces, _) = batches(&spec, &bytes, piece).expect("the header is fine");
        prop_assert_eq!(&pieces, &whole);
        let found = rows(&whole);
        prop_assert_eq!(counts.rows, found.len() as u64);

        let lines: Vec<&str> = content.split('\n').collect();
        let mut covered = 2;
        for row in &found {
            let (start, length) = match row {
                Row::Good(line, values) => (*line, 1 + values.iter().flatten().map(|value| value.matches('\n').count()).sum::<usize>()),
                Row::Reject(line, _, raw) => (*line, 1 + raw.matches('\n').count()),
            };
            for skipped in covered..start {
                let text = lines[usize::try_from(skipped - 2).expect("lines start at 2")];
                prop_assert!(text.trim_end_matches('\r').is_empty(), "line {} was lost: {:?}", skipped, text);
            }
            prop_assert!(start >= covered, "line {} was read twice", start);
            covered = start + i64::try_from(length).expect("few lines");
        }
        for text in lines.iter().skip(usize::try_from(covered - 2).expect("lines start at 2")) {
            prop_assert!(text.trim_end_matches('\r').is_empty(), "{:?} was lost at the end", text);
        }
    }
}
