//! Double Metaphone: how a name sounds to English ears, and a second code for how it may sound where it comes from.
//!
//! Philips, "The double metaphone search algorithm", C/C++ Users Journal, 2000, as the crate `rphonetic` ports it from Apache Commons Codec.

use rphonetic::{DoubleMetaphone, Encoder as _};

use super::letters;

/// The two codes of `name`, of up to four letters each: `SM0` and `XMT` for Smith; equal where there is one way to say it, empty where it has
/// no letters. Any script is transliterated first, and all letters are read as one word. Allocates: codes are made per value, not per pair.
#[must_use]
pub fn double_metaphone(name: &str) -> (String, String) {
    let mut text = String::with_capacity(name.len());
    letters::push(name, &mut text);
    let encoder = DoubleMetaphone::default();
    (encoder.encode(&text), encoder.encode_alternate(&text))
}
