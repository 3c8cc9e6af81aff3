//! Similarity of values: pairs of texts, numbers, dates and places into numbers from 0 (nothing in common) to 1 (equal).
//!
//! Every similarity is symmetric, 1 for equal values and never NaN. Texts are compared as they are given, letter by letter (Unicode scalar
//! values): callers give comparison forms. What is missing is the caller's affair; two empty texts are equal. `at_least` is a cut-off: results
//! below it are 0, which lets an algorithm stop early; 0.0 cuts nothing. Functions that need buffers take a [`Scratch`], one for a whole batch,
//! and allocate nothing once it has grown. Phonetic codes and other forms are appended to a text of the caller's.
//!
//! Which to use for what: `docs/similarity.md`.

mod cologne;
mod company;
mod damerau;
mod date;
mod ends;
mod geo;
mod initials;
mod jaro;
mod letters;
mod levenshtein;
mod masks;
mod metaphone;
mod monge_elkan;
mod nicknames;
mod numeric;
mod osa;
mod overlap;
mod qgram;
mod scratch;
mod soundex;
mod spelling;
mod subsequence;
mod token_ratio;
mod tokens;

pub use cologne::cologne;
pub use company::{company, inverse_frequency, usual_weight, weighted_words};
pub use damerau::{damerau, damerau_distance};
pub use date::{DateDifference, date, date_difference, days_between};
pub use geo::{Place, geo, metres_between};
pub use initials::{initials, initials_agree};
pub use jaro::{jaro, jaro_winkler};
pub use levenshtein::{levenshtein, levenshtein_distance};
pub use metaphone::double_metaphone;
pub use monge_elkan::{WordSimilarity, monge_elkan};
pub use nicknames::{full_names, nicknames};
pub use numeric::{absolute, relative};
pub use osa::{osa, osa_distance};
pub use overlap::Coefficient;
pub use qgram::{Gram, qgram};
pub use scratch::Scratch;
pub use soundex::soundex;
pub use spelling::spelling;
pub use subsequence::indel;
pub use token_ratio::{token_overlap, token_set, token_sort};
