//! Settings of Splink: a file as its users write them, and tables of conditions and blocking rules.
//!
//! `C360_BLESS=1` writes anew what the file becomes.

use std::fs;
use std::path::Path;

use c360_match::model::{Columns, Imported, Wanted, import_splink};
use proptest::prelude::*;

const PERSONS: &str = include_str!("model/splink/persons.json");

/// What the columns of the tables and the file stand for.
fn term(column: &str) -> Option<String> {
    let term = match column {
        "first_name" => "name.first",
        "surname" | "name" => "name.last",
        "dob" => "born",
        "postcode" => "address.postcode",
        "tags" => "tag",
        "odd \"column\"" => "odd",
        "regexp_extract(name, '^[^@]+', 0)" => "user",
        "regexp_extract(postcode, '^[A-Za-z]{1,2}', 0)" => "address.area",
        "a" | "b" => column,
        _ => return None,
    };
    Some(term.to_owned())
}

fn import(text: &str) -> Result<Imported, Vec<String>> {
    import_splink(text, "person", &term).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

#[test]
fn settings_become_a_model() {
    let imported = import(PERSONS).expect("all of it has a counterpart");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/model/splink/persons.out.json");
    if std::env::var_os("C360_BLESS").is_some() {
        fs::write(&file, imported.model.write()).expect("the file can be written");
    }
    assert_eq!(imported.model.write(), fs::read_to_string(&file).expect("the file is there"));
    let wanted = |comparison, term: &str, share| Wanted { comparison, term: term.into(), share };
    assert_eq!(imported.frequencies, [wanted(1, "born", 0.25), wanted(2, "address.postcode", 1.0)]);
    let note = |letter| format!("`postcode` has no `{letter}` for every level: what is usual was assumed; train the model");
    let left_out = "`forename_surname` is adjusted for frequent values of `name.last` at level 4, which was left out: only level 1 can be";
    assert_eq!(imported.notes, [left_out.to_owned(), note("m"), note("u")]);
}

/// Settings with one comparison that has this condition.
fn settings(sql: &str, rules: &str) -> String {
    let sql = serde_json::Value::from(sql);
    let levels = format!(r#"{{"sql_condition": {sql}}}, {{"sql_condition": "x_l = x_r"}}, {{"sql_condition": "ELSE"}}"#);
    let comparison = format!(r#"{{"output_column_name": "c", "comparison_levels": [{levels}]}}"#);
    format!(r#"{{"comparisons": [{comparison}], "blocking_rules_to_generate_predictions": [{rules}]}}"#)
}

#[test]
fn conditions_are_what_the_table_says() {
    let known = |column: &str| if column == "x" { Some("x".to_owned()) } else { term(column) };
    let mut wrong = Vec::new();
    for line in include_str!("model/splink/conditions.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (sql, expected) = line.split_once('\t').expect("two columns");
        let actual = match import_splink(&settings(sql, ""), "person", &known) {
            Ok(imported) => imported.model.comparisons()[0].levels[0].when.clone(),
            Err(errors) => {
                let problem = &errors[0].problem;
                let said = format!("in `c`, `{sql}` cannot be translated: ");
                problem.strip_prefix(&said).map_or_else(|| errors[0].to_string(), |why| format!("! {why}"))
            }
        };
        // `else` before the last level is refused by the model: that is what it was translated to.
        let is_else = expected == "else" && actual.contains("a level follows `else`");
        if actual != expected && !is_else {
            wrong.push(format!("{sql}\n  is {actual}\n not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Columns of which one is a date.
struct Dated;

impl Columns for Dated {
    fn term(&self, column: &str) -> Option<String> {
        term(column)
    }

    fn is_date(&self, term: &str) -> bool {
        term == "born"
    }
}

#[test]
fn dates_that_are_compared_as_texts() {
    let of = |sql: &str, rules: &str| import_splink(&settings(sql, rules).replace("x_l = x_r", "a_l = a_r"), "person", &Dated);
    for sql in ["levenshtein(dob_l, dob_r) <= 1", "damerau_levenshtein(\"dob_l\", \"dob_r\") < 2"] {
        let imported = of(sql, "\"substr(l.dob, 1, 4) = substr(r.dob, 1, 4)\", \"left(l.dob, 7) = left(r.dob, 7)\"").expect("all of it");
        assert_eq!(imported.model.comparisons()[0].levels[0].when, "date(born) >= 0.9");
        assert_eq!(imported.model.blocks(), ["year(born)", "month(born)"]);
        assert!(imported.notes[0].contains("taken as `date(born) >= 0.9`"), "{:?}", imported.notes);
    }
    let two = of("levenshtein(dob_l, dob_r) <= 2", "").expect_err("two mistakes");
    assert!(two[0].problem.ends_with("`born` is a date, of which one mistake at most can be asked for"), "{}", two[0]);
}

#[test]
fn blocking_rules() {
    let blocks = |rules: &str| {
        let text = PERSONS.replace("\"l.dob = r.dob\"", rules);
        import(&text).map(|imported| imported.model.blocks()[2..].to_vec())
    };
    let of = |sql: &str| blocks(&format!("\"{sql}\""));
    assert_eq!(of("l.dob = r.dob and soundex(l.surname) = soundex(r.surname)"), Ok(vec!["born & soundex(name.last)".into()]));
    assert_eq!(of("l.a = r.a or (l.b = r.b and l.dob = r.dob)"), Ok(vec!["a".into(), "b & born".into()]));
    assert_eq!(of("r.a = l.a"), Ok(vec!["a".into()]));
    assert_eq!(blocks("\"l.a = r.a\", \"l.a = r.a\""), Ok(vec!["a".into()]));
    let place = "blocking_rules_to_generate_predictions[2]";
    let refused =
        |sql: &str, why: &str| assert_eq!(of(sql), Err(vec![format!("{place}: in `blocking rule`, `{sql}` cannot be translated: {why}")]));
    refused("l.a = r.b", "`a` and `b` are different attributes; write it in another way, or take the level or rule out and train again");
    refused("levenshtein(l.a, r.a) < 2", "a block is of equal values only; block by expressions that both records share");
    refused("1 = 1", "it compares with a fixed value; write it in another way, or take the level or rule out and train again");
}

#[test]
fn all_that_cannot_be_translated_is_said_at_once() {
    let text = PERSONS.replace("damerau_levenshtein", "hamming").replace(r#"\"postcode_l\" = \"postcode_r\""#, r#"\"zip_l\" = \"zip_r\""#);
    let expected = [
        "comparisons[1].comparison_levels[2].sql_condition: in `dob`, `hamming(\"dob_l\", \"dob_r\") <= 1` cannot be translated: `hamming` has no \
         counterpart; write it in another way, or take the level or rule out and train again",
        "comparisons[2].comparison_levels[1].sql_condition: in `postcode`, `\"zip_l\" = \"zip_r\"` cannot be translated: nothing says which \
         attribute `zip` is; say which expression `zip` stands for",
    ];
    assert_eq!(import(&text).expect_err("two conditions"), expected);
}

#[test]
fn settings_that_are_broken() {
    let message = |from: &str, to: &str| import(&PERSONS.replacen(from, to, 1)).expect_err(from).join("\n");
    assert_eq!(
        message("0.52,", "1.52,"),
        "comparisons[0].comparison_levels[1].m_probability: 1.52 is not between 0 and 1; write a probability, or leave it out"
    );
    assert_eq!(
        message("0.00031", "0"),
        "probability_two_random_records_match: 0 is not above 0 and below 1; write the probability that two records match of which nothing is known, such as 0.0001"
    );
    assert_eq!(
        message("\"tf_adjustment_weight\": 0.5", "\"tf_adjustment_weight\": 2"),
        "comparisons[0].comparison_levels[4].tf_adjustment_weight: 2 is not between 0 and 1; write how much of the adjustment is made, such as 1.0"
    );
    assert_eq!(message("\"comparisons\"", "\"comparison\""), "`comparisons` is missing; write it");
    assert_eq!(
        message("\"output_column_name\": \"dob\"", "\"output_column_name\": \"postcode\""),
        "comparisons[2].name: `postcode` is the name of comparisons[1], too; give it another name, or take one of them out"
    );
    for text in ["", "[]", "7", "{\"comparisons\": 7}", "{\"comparisons\": [7]}", "{\"comparisons\": []}"] {
        assert!(import(text).is_err(), "{text}");
    }
    assert!(import(&settings(&"(".repeat(100_000), "")).is_err());
}

proptest! {
    #[test]
    fn no_sql_makes_it_fail_other_than_by_an_error(words in prop::collection::vec(0..WORDS.len(), 0..25), text in any::<String>()) {
        let words: Vec<&str> = words.into_iter().map(|word| WORDS[word]).collect();
        for sql in [words.join(" "), text] {
            let _ = import(&settings(&sql, ""));
            let _ = import(&settings("a_l = a_r", &serde_json::Value::from(sql).to_string()));
        }
    }
}

/// What SQL is made of.
const WORDS: [&str; 24] = [
    "a_l",
    "a_r",
    "l.a",
    "r.b",
    "\"dob_l\"",
    "'x'",
    "0.9",
    "1",
    "(",
    ")",
    ",",
    "=",
    "<=",
    ">=",
    "-",
    "::",
    "AND",
    "OR",
    "CAST",
    "AS",
    "abs",
    "epoch",
    "levenshtein",
    "ö'",
];
