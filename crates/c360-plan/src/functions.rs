//! Functions of `c360-match` over Arrow arrays, as DataFusion knows them. One function per file.

mod array;
mod match_key;
mod normalize;
mod pick;
mod record_key;
mod row_text;
mod source_names;
mod value_length;

pub(crate) use match_key::{Comparable, match_key, match_text};
pub(crate) use normalize::{Input, normalize};
pub(crate) use pick::{Outcome, ValueOrder, pick, pick_candidates};
pub(crate) use record_key::record_key;
pub(crate) use row_text::row_text;
pub(crate) use source_names::source_names;
pub(crate) use value_length::value_length;
