//! Values per second and core of the built-in formats: canonical and comparison form. Values are generated, the same in each run.
//!
//! `cargo bench --bench formats -- person_name` measures one format. Goal: a million values a second for text-like formats, 300,000 for phone.
//! A format is added by a line in [`SUBJECTS`] and a function that makes its nth value.

#![allow(missing_docs, reason = "criterion_group! makes a public function without a doc comment")]

#[path = "formats/codes.rs"]
mod codes;
#[path = "formats/names.rs"]
mod names;
#[path = "../crates/c360-match/tests/support/pipe.rs"]
mod pipe;
#[path = "formats/values.rs"]
mod values;

use std::hint::black_box;

use c360_match::format::{Format, PartsFormat};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Enough different values that no table of the last ones could help.
const VALUES: usize = 10_000;

/// What is measured: the name of the measurement, the pipe, the pipeline's country, and its nth value.
type Subject = (&'static str, &'static str, &'static str, fn(usize) -> String);

const SUBJECTS: &[Subject] = &[
    ("text", "text", "-", names::person),
    ("pipe", "text | upper | strip_prefix(\"DR.\") | lpad(20, \"-\")", "-", names::person),
    ("person_name", "person_name", "-", names::person),
    ("person_name_latin1", "person_name", "DE", names::german),
    ("person_name_han", "person_name", "CN", names::chinese),
    ("company_name", "company_name", "-", names::company),
    ("email", "email(plus: \"drop\")", "-", values::email),
    ("phone", "phone", "DE", values::phone),
    ("postal_address", "postal_address", "DE", values::address),
    ("postal_address_us", "postal_address", "US", values::us_address),
    ("postal_address_varied", "postal_address", "DE", values::address_of_many_countries),
    ("postcode", "postcode", "DE", values::postcode),
    ("country", "country", "-", values::country),
    ("date", "date(\"%d.%m.%Y\")", "-", values::date),
    ("number", "number(decimal: \",\")", "-", values::number),
    ("money", "money(\"EUR\")", "-", values::money),
    ("url", "url", "-", values::url),
    ("bool", "bool", "-", values::yes_or_no),
    ("vat_id", "vat_id", "DE", codes::vat_id),
    ("iban", "iban", "-", codes::iban),
    ("domain", "domain", "-", values::domain),
    ("one_of", "one_of(\"basic\", \"gold\")", "-", values::plan),
];

fn formats(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("formats");
    group.throughput(Throughput::Elements(VALUES as u64));
    for &(name, pipe, country, value) in SUBJECTS {
        let format = pipe::built(pipe, country).expect("the pipe is right");
        let values: Vec<String> = (0..VALUES).map(value).collect();
        group.bench_function(format!("{name}/canonical"), |bencher| bencher.iter(|| canonical(&format, black_box(&values))));
        let fixed = fixed_forms(&format, &values);
        if !fixed.is_empty() {
            group.bench_function(format!("{name}/comparison"), |bencher| bencher.iter(|| comparison(&format, black_box(&fixed))));
        }
    }
    group.finish();
}

/// Normalizes all values; returns how many are valid.
fn canonical(format: &Format, values: &[String]) -> usize {
    let mut text = String::new();
    let mut parts = Parts::new(format);
    let valid = |value: &&String| match format {
        Format::Text(format) => {
            text.clear();
            format.normalize(value, &mut text).is_ok()
        }
        Format::Parts(format) => parts.normalize(format.as_ref(), value),
        Format::Date(format) => format.parse(value).is_ok(),
        Format::DateTime(format) => format.parse(value).is_ok(),
        Format::Decimal { parser, .. } => parser.parse(value).is_ok(),
        Format::Bool(format) => format.parse(value).is_ok(),
    };
    values.iter().filter(valid).count()
}

/// Buffers for the parts of one value.
struct Parts {
    out: Vec<String>,
    inputs: usize,
}

impl Parts {
    fn new(format: &Format) -> Parts {
        match format {
            Format::Parts(format) => Parts { out: vec![String::new(); format.parts().len()], inputs: format.inputs().len() },
            _ => Parts { out: Vec::new(), inputs: 0 },
        }
    }

    fn normalize(&mut self, format: &dyn PartsFormat, value: &str) -> bool {
        let mut inputs = [None; 16];
        inputs[0] = Some(value);
        self.out.iter_mut().for_each(String::clear);
        format.normalize(&inputs[..self.inputs], &mut self.out).is_ok()
    }
}

/// The fixed forms of the valid values: one text, or one per part. Scalars compare as they are.
fn fixed_forms(format: &Format, values: &[String]) -> Vec<Vec<String>> {
    let mut parts = Parts::new(format);
    let fixed = |value: &String| match format {
        Format::Text(format) => {
            let mut text = String::new();
            format.normalize(value, &mut text).ok().map(|()| vec![text])
        }
        Format::Parts(format) => parts.normalize(format.as_ref(), value).then(|| parts.out.clone()),
        _ => None,
    };
    values.iter().filter_map(fixed).collect()
}

/// Makes the comparison forms of all values; returns their length.
fn comparison(format: &Format, fixed: &[Vec<String>]) -> usize {
    let mut out = String::new();
    let mut length = 0;
    for value in fixed {
        out.clear();
        match format {
            Format::Text(format) => format.comparable(&value[0], &mut out),
            Format::Parts(format) => {
                let mut parts = [None; 16];
                parts.iter_mut().zip(value).for_each(|(slot, part)| *slot = Some(part.as_str()).filter(|part| !part.is_empty()));
                format.comparable(&parts[..value.len()], &mut out);
            }
            _ => {}
        }
        length += out.len();
    }
    length
}

criterion_group!(benches, formats);
criterion_main!(benches);
