//! The file of a model: what is read is what was written, and every mistake says where it is and what to do (`model/refused.tsv`).

#[path = "model/any.rs"]
mod any;

use c360_match::model::{Comparison, Group, Level, Model};
use proptest::prelude::*;

const PERSON: &str = include_str!("model/person.json");

#[test]
fn the_example_is_in_the_one_layout() {
    let model = Model::read(PERSON).expect("the example is right");
    assert_eq!(model.write(), PERSON);
}

#[test]
fn the_example_of_the_documentation_is_true() {
    let page = include_str!("../../../docs/models.md");
    let block = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the page has an example");
    assert_eq!(Model::read(block).map(|model| model.write()), Ok(block.to_owned()));
}

#[test]
fn fields_that_may_be_missing() {
    let start = PERSON.find(",\n  \"trained\"").expect("the example has figures");
    let model = Model::read(&format!("{}\n}}", &PERSON[..start])).expect("figures may be missing");
    assert_eq!(model.trained(), None);
    assert_eq!(Model::read(&model.write()), Ok(model));
}

#[test]
fn a_file_with_groups_is_of_version_2() {
    let group = Group { shared: vec![1], prior: 0.000_25 };
    let model = Model::read(PERSON).and_then(|model| model.with_groups(vec![group])).expect("right");
    let text = model.write();
    assert!(text.contains("\"version\": 2") && text.contains("{ \"shared\": [\"born\"], \"prior\": 2.50000e-4 }"), "{text}");
    assert_eq!(Model::read(&text), Ok(model));
    let refused = |from: &str, to: &str| Model::read(&text.replacen(from, to, 1)).map_err(|error| error.to_string());
    let unknown = "groups[0].shared[0]: there is no comparison `age`; write the name of one";
    assert_eq!(refused("[\"born\"]", "[\"age\"]"), Err(unknown.to_owned()));
    assert!(refused("[\"born\"]", "[]").is_err_and(|error| error.starts_with("groups[0].shared: ")));
    assert!(refused("\"shared\"", "\"share\"").is_err_and(|error| error.starts_with("groups[0].share: ")));
}

#[test]
fn mistakes_say_where_they_are_and_what_to_do() {
    let lines = include_str!("model/refused.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    for line in lines {
        let columns: Vec<&str> = line.split('\t').collect();
        let [from, to, message] = columns[..] else { panic!("not three columns: {line}") };
        assert!(PERSON.contains(from), "person.json has no {from}");
        match Model::read(&PERSON.replacen(from, to, 1)) {
            Ok(_) => wrong.push(format!("{to} instead of {from} is taken")),
            Err(error) if error.to_string() != message => wrong.push(format!("{to} instead of {from}: {error}")),
            Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shapes_that_are_no_models() {
    for text in ["", "null", "[]", "7", "{", "{}", "\u{feff}{}", &"[".repeat(100_000)] {
        let error = Model::read(text).expect_err(text);
        assert!(!error.help.is_empty());
    }
}

/// A comparison of this many levels, all alike.
fn comparison(name: usize, levels: usize) -> Comparison {
    let level = |at: usize| Level::new(if at + 1 == levels { "else" } else { "same(x)" }, 1.0 / levels as f64, 1.0 / levels as f64);
    Comparison { name: format!("c{name}"), levels: (0..levels).map(level).collect(), frequencies: None }
}

#[test]
fn there_is_a_limit_to_comparisons_and_levels() {
    let made = |comparisons, levels| {
        let all = (0..comparisons).map(|name| comparison(name, levels)).collect();
        Model::new("e", 0.1, Vec::new(), all, None).map_err(|error| error.to_string())
    };
    assert!(made(16, 15).is_ok());
    assert_eq!(made(0, 2), Err("comparisons: there are 0 comparisons; write 1 to 16".into()));
    assert_eq!(made(17, 2), Err("comparisons: there are 17 comparisons; write 1 to 16".into()));
    let levels = |count| Err(format!("comparisons[0].levels: there are {count} levels; write 2 to 15, the last of which is `else`"));
    assert_eq!(made(1, 16), levels(16));
    assert_eq!(made(1, 1), levels(1));
    assert_eq!(made(1, 0), levels(0));
}

#[test]
fn a_number_that_is_none_is_refused() {
    for prior in [f64::NAN, f64::INFINITY, -0.1, 0.0, 1.0, 0.999_999_9] {
        assert!(Model::new("e", prior, Vec::new(), vec![comparison(0, 2)], None).is_err(), "{prior}");
    }
    let model = Model::new("e", 0.5, Vec::new(), vec![comparison(0, 2)], None).expect("right");
    assert!(model.clone().with_prior(f64::NAN).is_err());
    assert_eq!(model.with_prior(0.25).map(|model| model.prior()), Ok(0.25));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_written_is_read_as_the_same(model in any::model()) {
        let text = model.write();
        let read = Model::read(&text).expect("what we write is right");
        prop_assert_eq!(&read, &model);
        prop_assert_eq!(read.write(), text);
    }

    #[test]
    fn no_text_makes_it_fail_other_than_by_an_error(text in "[\\[\\]{}\",:a-z0-9. \n]{0,80}") {
        prop_assert!(Model::read(&text).is_err());
    }

    #[test]
    fn a_file_that_was_cut_or_changed_is_read_or_refused(at in any::<prop::sample::Index>(), to in any::<char>()) {
        let at = at.index(PERSON.chars().count());
        let changed: String = PERSON.chars().enumerate().map(|(index, letter)| if index == at { to } else { letter }).collect();
        let _ = Model::read(&changed);
        let cut: String = PERSON.chars().take(at).collect();
        prop_assert!(Model::read(&cut).is_err());
    }
}
