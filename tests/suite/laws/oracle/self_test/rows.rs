//! Which rows count and what becomes of the others.

use super::{files, lines, people, value};
use crate::oracle::{Family, Flavour, Op, State, expected};

// shop: id,op,at,no,name,mail,born,level,ref
// web: id,ref,name,mail,born,state
// crm: id,no,name,mail,mail2,born,level,up,boss,at

#[test]
fn the_latest_row_of_a_key_wins_then_the_last_file_then_the_last_row() {
    let facts = people(
        Flavour::Base,
        &[
            ("shop/1.csv", "1,,2026-01-02,,new,,,,\n2,,2026-01-01,,a,,,,\n2,,2026-01-01,,b,,,,\n3,,never,,none,,,,"),
            ("shop/2.csv", "1,,2026-01-01,,old,,,,\n2,,2026-01-01,,c,,,,\n3,,2026-01-01,,some,,,,"),
        ],
    );
    for (label, name) in [("shop:1", "new"), ("shop:2", "c"), ("shop:3", "some")] {
        assert_eq!(value(&facts, "customer.golden", label, "name"), name);
    }
    let duplicates = [
        "shop|1|shop/2.csv|2|shop/1.csv|2",
        "shop|2|shop/1.csv|3|shop/2.csv|3",
        "shop|2|shop/1.csv|4|shop/2.csv|3",
        "shop|3|shop/1.csv|5|shop/2.csv|4",
    ];
    assert_eq!(lines(&facts, "duplicates"), duplicates);
    assert_eq!(lines(&facts, "rejects"), Vec::<&str>::new(), "the refused time is that of a duplicate");
    assert!(lines(&facts, "balance").contains(&"shop|7|3|4|0|0|0"));
}

#[test]
fn a_delete_wins_only_while_it_is_the_latest() {
    let deleted = ("shop/1.csv", "1,,2026-01-01,,Ann,,,,\n1,D,2026-01-02,,,,,,");
    let facts = people(Flavour::Base, &[deleted]);
    assert_eq!(lines(&facts, "customer"), Vec::<&str>::new());
    assert!(lines(&facts, "balance").contains(&"shop|2|0|1|0|0|1"));
    let facts = people(Flavour::Base, &[deleted, ("shop/2.csv", "1,,2026-01-03,,Bö,,,,")]);
    assert_eq!(value(&facts, "customer.golden", "shop:1", "name"), "Bö");
    assert!(lines(&facts, "balance").contains(&"shop|3|1|2|0|0|0"));
}

#[test]
fn rows_and_values_are_rejected_apart() {
    let facts = people(
        Flavour::Base,
        &[
            ("web/1.csv", "1,,Ann,,bad,on\n,1,Ann,,,on\n2,,,,,on\n3,,Bö,,,off\n,,,,,"),
            ("shop/1.csv", "1,,2026-01-01,,,,bad,x,\n2,,never,,Ann,,bad,1,\n2,,2026-01-01,,Ann,,,x,"),
        ],
    );
    let rejects = [
        "shop|shop/1.csv|2||describes nothing",
        "shop|shop/1.csv|4|customer.level|refused",
        "web|web/1.csv|2|customer.born|refused",
        "web|web/1.csv|3||no key",
        "web|web/1.csv|4||describes nothing",
    ];
    assert_eq!(lines(&facts, "rejects"), rejects);
    assert_eq!(lines(&facts, "balance"), ["crm|0|0|0|0|0|0", "shop|3|1|1|1|0|0", "web|5|1|0|2|2|0"]);
}

#[test]
fn an_empty_row_does_not_compete() {
    let facts = people(Flavour::Base, &[("crm/1.csv", "1,A1,,,,,,,,2026-01-01\n1,,,,,,,,,2026-01-02")]);
    assert_eq!(value(&facts, "customer.golden", "crm:1", "number"), "A1");
    assert_eq!(lines(&facts, "duplicates"), Vec::<&str>::new());
}

#[test]
fn a_snapshot_forgets_a_removed_file_and_a_log_does_not() {
    let mut state = State::empty(Family::People);
    let row = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
    let add = |source, path: &str, text| Op::AddFile { source, path: path.to_owned(), rows: vec![row(text)] };
    state.step(&add("crm", "crm/1.csv", "1,A1,,,,,,,,"));
    state.step(&add("web", "web/1.csv", "1,,Ann,,,on"));
    for (source, path) in [("crm", "crm/1.csv"), ("web", "web/1.csv")] {
        state.step(&Op::RemoveFile { source, path: path.to_owned() });
    }
    let count = |state: &State| lines(&expected(state.variant, state.counted()), "customer").join(" ");
    assert_eq!(count(&state), "web:1");
    // Under the same path, other content stands for the old.
    state.step(&add("web", "web/1.csv", "2,,Ann,,,on"));
    assert_eq!(count(&state), "web:2");
    state.step(&Op::RemoveFile { source: "web", path: "web/1.csv".to_owned() });
    state.step(&Op::RemoveSource("web"));
    assert_eq!(count(&state), "");
    state.step(&Op::AddSource("web"));
    assert_eq!(count(&state), "", "a source that was away starts from what exists");
}

#[test]
fn what_was_never_delivered_does_not_count() {
    let mut state = State::empty(Family::People);
    let rows = vec!["1,,Ann,,,on".split(',').map(str::to_owned).collect()];
    state.apply(&Op::AddFile { source: "web", path: "web/1.csv".to_owned(), rows });
    state.step(&Op::RemoveFile { source: "web", path: "web/1.csv".to_owned() });
    assert!(state.counted()["web"].is_empty());
    assert_eq!(files(Family::People, &[]), super::Files::new());
}
