//! What holds for every text: the parser is total, `fmt` is idempotent and keeps the meaning, work grows with the length only.

use std::fmt::Write;

use c360_syntax::{Diagnostic, Sources, format_text, parse};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../../../../tests/suite/syntax/whole-language.c360");
const EXPRESSIONS: &str = include_str!("../../../../tests/suite/syntax/expressions.c360");
const LAYOUT: &str = include_str!("../../../../tests/suite/syntax/fmt-layout.c360");

/// Tree and findings without places.
fn meaning(text: &str) -> (String, Vec<(&'static str, String)>) {
    let mut sources = Sources::new();
    let id = sources.add("x.c360", text);
    let (file, diagnostics) = parse(&sources, id);
    for diagnostic in &diagnostics {
        places_exist(&sources, diagnostic);
    }
    (without_spans(&format!("{file:?}")), diagnostics.into_iter().map(|diagnostic| (diagnostic.code.id, diagnostic.message)).collect())
}

/// Every place of a finding is a range of whole characters.
fn places_exist(sources: &Sources, diagnostic: &Diagnostic) {
    let related = diagnostic.related.iter().map(|(span, _)| *span);
    let suggested = diagnostic.suggestion.iter().map(|(span, _)| *span);
    for span in std::iter::once(diagnostic.span).chain(related).chain(suggested) {
        assert!(sources.text(span.file).get(span.start as usize..span.end as usize).is_some(), "{diagnostic:?}");
    }
}

/// Cuts `Span { .. }` out of a debug text.
fn without_spans(debug: &str) -> String {
    let mut parts = debug.split("Span { file: FileId(");
    let mut text = parts.next().unwrap_or_default().to_string();
    for part in parts {
        text.push_str(part.split_once('}').map_or(part, |(_, behind)| behind));
    }
    text
}

fn fmt_keeps_its_laws(text: &str) {
    let Ok(once) = format_text(text) else { return };
    let twice = format_text(&once);
    assert_eq!(twice.as_ref(), Ok(&once), "not idempotent for:\n{text}");
    assert_eq!(meaning(&once), meaning(text), "another meaning:\n{text}\n-- became\n{once}");
    let comments = |text: &str| text.matches("//").count();
    assert_eq!(comments(&once), comments(text), "comments:\n{text}\n-- became\n{once}");
}

/// Pieces that texts of the language are made of, and some that they are not.
fn piece() -> impl Strategy<Value = String> {
    let words = "pipeline|use|format|entity|source|publish|test|given|expect|metric|match|golden|exact|fuzzy|never|ignore|key|read|where|is|and|or|not|in|case|when|then|else|end|null|like|between|many|pii|strong|at|most|first|of|latest|a|b|crm";
    let words: Vec<&str> = words.split('|').collect();
    let marks = [
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ",",
        "\n",
        "\n  ",
        "\n    ",
        " ",
        " ",
        "\"",
        "'",
        "`",
        "//",
        "// c\n",
        "\\",
        "|",
        "||",
        "&",
        "=",
        "==",
        "->",
        "-",
        "<",
        ">",
        "<>",
        "%",
        ":",
        ".",
        "5",
        "0.5",
        "90%",
        "2024-01-01",
        "\"x\"",
        "'y'",
        "`z z`",
        "ü",
        "🦀",
        "\t",
        "\r\n",
        "\u{FEFF}",
        "@",
        ";",
    ];
    prop_oneof![3 => prop::sample::select(words).prop_map(|word| format!("{word} ")), 4 => prop::sample::select(marks.to_vec()).prop_map(String::from)]
}

/// The examples with lines taken out, doubled, swapped, and pieces put in or characters taken away.
fn mutated() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0..4_u8, piece());
    (window(), prop::collection::vec(edit, 1..6))
        .prop_map(|(example, edits)| edits.iter().fold(example, |text, (at, kind, piece)| edited(&text, at, *kind, piece)))
}

/// Up to forty lines of an example.
fn window() -> impl Strategy<Value = String> {
    let example = prop::sample::select(vec![EXAMPLE, EXPRESSIONS, LAYOUT]);
    (example, any::<prop::sample::Index>(), 1..40_usize).prop_map(|(example, at, length)| {
        let lines: Vec<&str> = example.lines().collect();
        let start = at.index(lines.len());
        lines[start..(start + length).min(lines.len())].join("\n")
    })
}

fn edited(text: &str, at: &prop::sample::Index, kind: u8, piece: &str) -> String {
    if text.is_empty() {
        return piece.to_string();
    }
    let mut at = at.index(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let behind = text[at..].chars().next().map_or(0, char::len_utf8);
    let line = text[at..].find('\n').map_or(text.len(), |length| at + length);
    match kind {
        0 => format!("{}{piece}{}", &text[..at], &text[at..]),
        1 => format!("{}{}", &text[..at], &text[at + behind..]),
        2 => format!("{}{}", &text[..at], &text[line..]),
        _ => format!("{}{piece}{}", &text[..at], &text[at + behind..]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_parses(text in any::<String>()) {
        meaning(&text);
        fmt_keeps_its_laws(&text);
    }

    #[test]
    fn any_pieces_parse_and_format(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        let (_, findings) = meaning(&text);
        prop_assert!(findings.iter().all(|(_, message)| message != "the text cannot be read from here on"), "{text}");
        fmt_keeps_its_laws(&text);
    }

    #[test]
    fn mutations_parse_and_format(text in mutated()) {
        let (_, findings) = meaning(&text);
        prop_assert!(findings.iter().all(|(_, message)| message != "the text cannot be read from here on"), "{text}");
        fmt_keeps_its_laws(&text);
    }
}

#[test]
fn the_example_keeps_its_meaning() {
    for text in [EXAMPLE, EXPRESSIONS, LAYOUT] {
        let formatted = format_text(text).expect("the example has a shape");
        assert!(!formatted.is_empty());
        fmt_keeps_its_laws(text);
        fmt_keeps_its_laws(&text.replace('\n', "\r\n"));
    }
}

/// Endless nesting and endless chains end in one finding each, not in a stack overflow. Test threads have 2 MiB of stack.
#[test]
fn depth_is_bounded() {
    let (many, some) = (100_000, 3_000);
    let inputs = [
        "(".repeat(many),
        ")".repeat(many),
        "[".repeat(many),
        "{".repeat(many),
        "{[(".repeat(many),
        format!("source a {{\n where {}\n}}\n", "(".repeat(many)),
        format!("source a {{\n where {}x{}\n}}\n", "(".repeat(many), ")".repeat(many)),
        format!("source a {{\n where {}x\n}}\n", "not ".repeat(some)),
        format!("source a {{\n where {}x\n}}\n", "- ".repeat(some)),
        format!("source a {{\n where x{}\n}}\n", " + 1".repeat(some)),
        format!("source a {{\n where {}x\n}}\n", "case when ".repeat(some)),
        format!("source a {{\n where {}x\n}}\n", "a and not (b or ".repeat(some)),
        format!("entity a {{\n {}\n}}\n", "match { golden { ".repeat(many)),
        "test \"x\" {\n given a { ".repeat(some),
        "\"\\u{".repeat(some),
        "'".repeat(some),
        "``".repeat(some),
        "a.".repeat(some),
        "@".repeat(some),
        "a and\n ".repeat(some),
        "use\n".repeat(some),
    ];
    for input in inputs {
        // The declaration behind it is still read.
        let (tree, findings) = meaning(&format!("{input}\nuse \"behind.c360\"\n"));
        assert!(!findings.is_empty() && tree.contains("behind.c360"), "{}", &input[..40]);
    }
}

/// Deep but allowed nesting stays far from the end of a test thread's stack.
#[test]
fn allowed_depth_works() {
    let nested = format!("source a {{\n where {}x{}\n}}\n", "f(".repeat(60), ")".repeat(60));
    assert_eq!(meaning(&nested).1, [], "60 brackets are fine");
    let mixed = format!("source a {{\n where {}x{}\n}}\n", "not f(- ".repeat(30), ")".repeat(30));
    assert_eq!(meaning(&mixed).1, []);
    let cases = format!("source a {{\n where {}x{}\n}}\n", "case when a then b else ".repeat(60), " end".repeat(60));
    assert_eq!(meaning(&cases).1, []);
    let chain = format!("source a {{\n where x{}\n}}\n", " and x".repeat(250));
    assert_eq!(meaning(&chain).1, []);
}

/// Counts instead of timing: a text n times as long gives n times the items and findings.
#[test]
fn work_grows_with_length() {
    let wrong = "source crm {\n  raed csv(\"x\")\n  key \"a\" \"b\"\n}\n";
    let count = |times: usize| {
        let mut text = String::new();
        for number in 0..times {
            writeln!(text, "{EXAMPLE}\n{wrong}\nuse \"{number}\"").expect("a String takes all");
        }
        let mut sources = Sources::new();
        let id = sources.add("x", text);
        let (file, findings) = parse(&sources, id);
        (file.items.len(), findings.len())
    };
    let (items, findings) = count(1);
    assert_eq!(count(40), (40 * items, 40 * findings));
}
