//! Numbers as a model's file has them: fixed digits, so that a file that was read and written again is the same.

/// The largest probability that has a form of its own below 1.
pub(crate) const LARGEST: f64 = 0.999_999;
/// The smallest probability that estimates give: far below what any number of records can show.
pub(crate) const SMALLEST: f64 = 1e-12;

/// A positive number: six digits behind the point from 0.001 on, six significant digits below.
pub(crate) fn written(number: f64) -> String {
    if number >= 0.001 || number == 0.0 { format!("{number:.6}") } else { format!("{number:.5e}") }
}

/// What a reader of the written number gets.
pub(crate) fn rounded(number: f64) -> f64 {
    written(number).parse().unwrap_or(number)
}

/// A probability that a model may hold: above 0, below 1, in its written form.
pub(crate) fn bounded(probability: f64) -> f64 {
    rounded(probability.clamp(SMALLEST, LARGEST))
}

/// Bits in thousandths: 7793 for 7.7934. Anything that is no number is 0.
pub(crate) fn thousandths(bits: f64) -> i32 {
    // `as` keeps to the range of i32, and NaN is 0.
    (bits * 1000.0).round() as i32
}

/// `7.793` for 7793.
pub(crate) fn written_bits(thousandths: i32) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let size = thousandths.unsigned_abs();
    format!("{sign}{}.{:03}", size / 1000, size % 1000)
}
