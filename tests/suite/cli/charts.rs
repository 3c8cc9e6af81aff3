//! Pages with charts: they hold the figures of the other answers, need nothing from elsewhere, and what comes from data is text.

use super::explain_pairs::people;
use super::project::{Answer, Project};
use serde_json::{Value, json};

/// A page as all of them are; the places of its charts.
fn page(answer: &Answer) -> &str {
    let page = &answer.is(0).out;
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"), "{page}");
    for outside in ["<script", "http:", "https:", "<link", "@import", "url(", "NaN", "inf"] {
        assert!(!page.contains(outside), "the page has {outside}:\n{page}");
    }
    for tag in ["svg", "table", "tr", "td", "th", "h1", "h2", "h3", "p", "text", "body"] {
        let (open, close) = (page.matches(&format!("<{tag}")).count(), page.matches(&format!("</{tag}>")).count());
        assert!(open >= close && close > 0 || open == 0, "{open} <{tag} and {close} </{tag}>");
    }
    page
}

fn holds(page: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(page.contains(piece), "no `{piece}` in\n{page}");
    }
}

#[test]
fn a_pair_is_a_waterfall() {
    let project = people();
    let answer = project.c360(&["explain", "person", "crm:1", "web:11", "--output", "html"]);
    holds(
        page(&answer),
        &[
            "<title>person crm:1 and web:11</title>",
            "They are one person: 1.",
            "Score 6.809 bits, probability 0.991; accepted from 4.248 bits, 0.950.",
            "aria-label=\"Waterfall of crm:1 and web:11\"",
            ">+6.32, -3.64 so far<",
            ">-2.00, -5.64 so far<",
            ">+3.81, 6.81 so far<",
            ">born: missing<",
            "class=\"limit\"",
            ">accept<",
            ">review<",
            ">Schneider<",
        ],
    );
    let apart = project.c360(&["why-not", "person", "crm:2", "web:9", "--output", "html"]);
    holds(page(&apart), &["They are two: ", "probability 0.016", "compared by soundex(name.last) `K450`", "does not hold"]);
    let object = project.c360(&["explain", "person", "crm:1", "--output", "html"]);
    holds(page(&object), &["Joined pair by pair", "Score 13.623 bits", "Weakest link", "Without it, these would be apart: web:11."]);
}

/// The waterfall's bars hang from each other: each begins where the one before ended.
#[test]
fn bars_of_a_waterfall_hang_together() {
    let project = people();
    let answer = project.c360(&["explain", "person", "crm:1", "web:11", "--output", "html"]);
    let svg = answer.out.split("aria-label=\"Waterfall of").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a chart");
    let number = |bar: &str, name: &str| -> f64 {
        let text = bar.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).expect("an attribute");
        text.parse().expect("a number")
    };
    let bars: Vec<(bool, f64, f64)> = svg
        .split("<rect ")
        .skip(1)
        .map(|bar| (bar.starts_with("class=\"b\""), number(bar, "x"), number(bar, "x") + number(bar, "width")))
        .collect();
    assert_eq!(bars.len(), 6, "the prior, four comparisons, an adjustment: {svg}");
    let ends: Vec<(f64, f64)> =
        bars.iter().map(|(against, left, right)| if *against { (*right, *left) } else { (*left, *right) }).collect();
    for pair in ends.windows(2) {
        assert!((pair[0].1 - pair[1].0).abs() < 1.1, "{ends:?}");
    }
}

const LABELS: &str = "source,key,entity_id\ncrm,1,anna\nweb,7,anna\nweb,11,other\ncrm,2,bert\nweb,9,berta\n";

#[test]
fn thresholds_of_a_model_are_those_of_its_pairs() {
    let project = people();
    project.write("labels.csv", LABELS);
    let found = project.c360(&["evaluate", "person", "labels.csv", "--output", "json"]).is(0).json("evaluate");
    let model = &found["models"][0];
    assert_eq!((&model["rule"], &model["accept"], &model["review"]), (&json!("model person.model.json"), &json!(4.248), &json!(1.223)));
    // Among the labelled records it compares four pairs: 13.623 (the true one), 6.809, 3.809 and -5.981 bits.
    let points = model["thresholds"].as_array().expect("points");
    let at = |bits: f64| {
        points.iter().find(|point| point["bits"] == bits).map(|point| [&point["pairs"], &point["right_pairs"]].map(Value::clone))
    };
    assert_eq!(points.len(), 40, "from -6 to 13.5, by halves");
    for (bits, pairs) in [(13.5, 1), (7.0, 1), (6.5, 2), (4.0, 2), (3.5, 3), (-5.5, 3), (-6.0, 4)] {
        assert_eq!(at(bits), Some([json!(pairs), json!(1)]), "{bits}");
    }
    assert_eq!((at(14.0), at(-6.5)), (None, None));
    let recall: Vec<f64> = points.iter().map(|point| point["shares"]["recall"].as_f64().expect("a share")).collect();
    assert!(recall.is_sorted_by(|a, b| a >= b), "{recall:?}");
    let text = project.c360(&["evaluate", "person", "labels.csv"]);
    text.is(0).answers(&[
        "model person.model.json by itself, of the labelled pairs that it compares; it accepts from 0.950",
        "| 0.95   | 2     | 1",
    ]);
    // The same of pairs that are labelled one by one; of others nothing is known.
    project.write("pairs.csv", "source_l,key_l,source_r,key_r,match\nweb,7,crm,1,1\ncrm,1,web,11,0\n");
    let found = project.c360(&["evaluate", "person", "pairs.csv", "--output", "json"]).is(0).json("evaluate");
    let last = found["models"][0]["thresholds"].as_array().expect("points").first().cloned().expect("a point");
    assert_eq!((&last["bits"], &last["pairs"]), (&json!(6.5), &json!(2)));
}

#[test]
fn rules_that_compare_pairs_are_named() {
    let project = people();
    project.write("labels.csv", "source,key,entity_id\ncrm,1,anna\nweb,7,anna\nweb,11,anna\ncrm,2,bert\nweb,8,bert\n");
    let found = project.c360(&["evaluate", "person", "labels.csv", "--output", "json"]).is(0).json("evaluate");
    let rules: Vec<(&str, u64)> = found["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| (rule["rule"].as_str().expect("a name"), rule["pairs"].as_u64().expect("pairs")))
        .collect();
    let rest = found["pairs"].as_u64().expect("pairs") - 1;
    assert_eq!(rules, [("exact number", 0), ("exact phone at most 2", 0), ("fuzzy same_person", 1), ("model person.model.json", rest)]);
    assert!(rest >= 2, "the model brought web:11 to both");
}

#[test]
fn the_page_of_an_evaluation_has_every_chart() {
    let project = people();
    project.write("labels.csv", LABELS);
    let answer = project.c360(&["evaluate", "person", "labels.csv", "--output", "html"]);
    holds(
        page(&answer),
        &[
            "aria-label=\"Sizes of clusters\"",
            "aria-label=\"Pairs by rule\"",
            "Thresholds of model person.model.json",
            "<polyline class=\"a\" points=\"",
            "aria-label=\"Pairs by rule and block\"",
            "fuzzy same_person: block city",
            "Clusters that hold several true entities: 1",
            "aria-label=\"Waterfall of ",
        ],
    );
}

#[test]
fn a_model_has_a_page() {
    let project = Project::empty();
    super::train::write_club(&project);
    let answer = project.c360(&["train", "member", "--output", "html"]);
    holds(
        page(&answer),
        &[
            "The model of member",
            "aria-label=\"Weights of name.last\"",
            "aria-label=\"m and u of born\"",
            "same(name.last)",
            "Frequent values",
            "240 records",
        ],
    );
    assert!(project.path("member.model.json").exists(), "a page is another way to tell");
}

#[test]
fn what_comes_from_data_is_text() {
    let project = people();
    project.change("data/crm.csv", "1,,Anna Schneider,Berlin", "1,,Anna Schneider,<script>x</script>");
    project.c360(&["run"]).is(0);
    for arguments in
        [&["explain", "person", "crm:1", "web:11"][..], &["explain", "person", "crm:1"], &["why-not", "person", "crm:1", "crm:2"]]
    {
        let answer = project.c360(&[arguments, &["--output", "html"]].concat());
        holds(page(&answer), &["&lt;script&gt;x&lt;/script&gt;"]);
    }
}
