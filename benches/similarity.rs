//! Nanoseconds per pair of the similarities, on pairs of names as blocking leaves them: many near each other, ASCII and not. Made up, the same in
//! each run. `strsim` and `rapidfuzz` are measured beside ours.
//!
//! `cargo bench -p c360-benches --bench similarity -- jaro_winkler` measures one. Criterion's time is that of all pairs: its throughput is pairs a
//! second. A function is added by a line in [`FUNCTIONS`].

#![allow(missing_docs, reason = "criterion_group! makes a public function without a doc comment")]

use std::hint::black_box;

use c360_match::similarity::{self as similar, Coefficient, Gram, Scratch};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const PAIRS: usize = 4096;

/// A pair as text, with buffers, into anything that can be added up.
type Function = fn(&str, &str, &mut Scratch) -> f64;

const FUNCTIONS: &[(&str, Function)] = &[
    ("levenshtein", |left, right, scratch| similar::levenshtein(left, right, 0.0, scratch)),
    ("levenshtein/at_least_0.8", |left, right, scratch| similar::levenshtein(left, right, 0.8, scratch)),
    ("levenshtein/strsim", |left, right, _| strsim::normalized_levenshtein(left, right)),
    ("levenshtein/rapidfuzz", |left, right, _| match (left.is_ascii(), right.is_ascii()) {
        (true, true) => rapidfuzz::distance::levenshtein::normalized_similarity(left.bytes(), right.bytes()),
        _ => rapidfuzz::distance::levenshtein::normalized_similarity(left.chars(), right.chars()),
    }),
    ("osa", |left, right, scratch| similar::osa(left, right, 0.0, scratch)),
    ("osa/strsim", |left, right, _| strsim::osa_distance(left, right) as f64),
    ("osa/rapidfuzz", |left, right, _| match (left.is_ascii(), right.is_ascii()) {
        (true, true) => rapidfuzz::distance::osa::normalized_similarity(left.bytes(), right.bytes()),
        _ => rapidfuzz::distance::osa::normalized_similarity(left.chars(), right.chars()),
    }),
    ("damerau", |left, right, scratch| similar::damerau(left, right, 0.0, scratch)),
    ("damerau/at_least_0.8", |left, right, scratch| similar::damerau(left, right, 0.8, scratch)),
    ("damerau/strsim", |left, right, _| strsim::normalized_damerau_levenshtein(left, right)),
    ("jaro", |left, right, scratch| similar::jaro(left, right, 0.0, scratch)),
    ("jaro_winkler", |left, right, scratch| similar::jaro_winkler(left, right, 0.0, scratch)),
    ("jaro_winkler/at_least_0.9", |left, right, scratch| similar::jaro_winkler(left, right, 0.9, scratch)),
    ("jaro_winkler/strsim", |left, right, _| strsim::jaro_winkler(left, right)),
    ("jaro_winkler/rapidfuzz", |left, right, _| match (left.is_ascii(), right.is_ascii()) {
        (true, true) => rapidfuzz::distance::jaro_winkler::similarity(left.bytes(), right.bytes()),
        _ => rapidfuzz::distance::jaro_winkler::similarity(left.chars(), right.chars()),
    }),
    ("indel", |left, right, scratch| similar::indel(left, right, 0.0, scratch)),
    ("qgram_2_dice", |left, right, scratch| similar::qgram(left, right, Gram::Two, Coefficient::Dice, scratch)),
    ("qgram_3_jaccard", |left, right, scratch| similar::qgram(left, right, Gram::Three, Coefficient::Jaccard, scratch)),
    ("qgram_2_dice/strsim", |left, right, _| strsim::sorensen_dice(left, right)),
    ("token_jaccard", |left, right, _| similar::token_overlap(left, right, Coefficient::Jaccard)),
    ("token_sort", |left, right, scratch| similar::token_sort(left, right, 0.0, scratch)),
    ("token_set", |left, right, scratch| similar::token_set(left, right, 0.0, scratch)),
    ("monge_elkan", |left, right, scratch| similar::monge_elkan(left, right, similar::jaro_winkler, scratch)),
    ("company", |left, right, scratch| similar::company(left, right, |word| word.len() as f64, scratch)),
    ("weighted_words", |left, right, scratch| similar::weighted_words(left, right, |word| word.len() as f64, scratch)),
    ("initials_agree", |left, right, _| f64::from(similar::initials_agree(left, right))),
    ("nicknames", |left, right, _| f64::from(similar::nicknames(left, right))),
    ("soundex_of_left", |left, _, _| form(left, similar::soundex)),
    ("cologne_of_left", |left, _, _| form(left, similar::cologne)),
    ("spelling_of_left", |left, _, _| form(left, similar::spelling)),
    ("double_metaphone_of_left", |left, _, _| similar::double_metaphone(left).0.len() as f64),
];

/// The length of a form, made in a new text: a caller would reuse it.
fn form(value: &str, of: fn(&str, &mut String)) -> f64 {
    let mut out = String::with_capacity(64);
    of(value, &mut out);
    out.len() as f64
}

fn similarities(criterion: &mut Criterion) {
    let kinds = [("word", pairs(word)), ("name", pairs(name)), ("marked", pairs(marked)), ("han", pairs(han))];
    let mut group = criterion.benchmark_group("similarity");
    group.throughput(Throughput::Elements(PAIRS as u64));
    for (function_name, function) in FUNCTIONS {
        for (kind, pairs) in &kinds {
            let mut scratch = Scratch::new();
            group.bench_function(format!("{function_name}/{kind}"), |bencher| {
                bencher.iter(|| black_box(pairs).iter().map(|(left, right)| function(left, right, &mut scratch)).sum::<f64>());
            });
        }
    }
    group.finish();
}

/// Half of them mistyped, the others of different people.
fn pairs(value: fn(usize) -> String) -> Vec<(String, String)> {
    let pair = |n: usize| match n % 2 {
        0 => (value(n), mistyped(&value(n), n)),
        _ => (value(n), value(n * 7 + 3)),
    };
    (0..PAIRS).map(pair).collect()
}

fn mistyped(value: &str, n: usize) -> String {
    let mut letters: Vec<char> = value.chars().collect();
    let at = n / 2 % letters.len().max(1);
    match n / 2 % 4 {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, 'e'),
        2 => letters[at] = 'n',
        _ => letters.swap(at, (at + 1) % value.chars().count()),
    }
    letters.into_iter().collect()
}

const FAMILY: [&str; 12] = [
    "Smith",
    "Johnson",
    "Anderson",
    "Kowalski",
    "Thompson",
    "Garcia",
    "McDonald",
    "Schneider",
    "Robinson",
    "Fitzgerald",
    "Lee",
    "Hernandez",
];
const GIVEN: [&str; 11] =
    ["Anna", "Christopher", "Robert", "Elizabeth", "Mohammed", "Sarah", "Maximilian", "Linda", "James", "Alexandra", "Tom"];
const MARKED_FAMILY: [&str; 8] = ["Müller", "Schröder", "Weiß", "Łukaszewicz", "Nuñez", "Çelik", "Größe", "Dvořák"];
const MARKED_GIVEN: [&str; 7] = ["Jürgen", "Bärbel", "Zoë", "José", "Søren", "Anaïs", "Rüdiger"];
const HAN: [&str; 12] = ["王", "李", "张", "伟", "芳", "娜", "秀英", "敏", "静", "小明", "强", "磊"];

fn word(n: usize) -> String {
    FAMILY[n % FAMILY.len()].to_ascii_lowercase()
}

fn name(n: usize) -> String {
    format!("{} {}", GIVEN[n % GIVEN.len()], FAMILY[n / 3 % FAMILY.len()])
}

fn marked(n: usize) -> String {
    format!("{} {}", MARKED_GIVEN[n % MARKED_GIVEN.len()], MARKED_FAMILY[n / 3 % MARKED_FAMILY.len()])
}

fn han(n: usize) -> String {
    format!("{}{}{}", HAN[n % 3], HAN[3 + n / 3 % 9], HAN[n / 5 % 12])
}

criterion_group!(benches, similarities);
criterion_main!(benches);
