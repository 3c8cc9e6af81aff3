//! Functions of `c360-match` over Arrow arrays, as DataFusion knows them. One function per file.

mod among;
mod array;
mod known;
mod match_key;
mod normalize;
mod record_key;
mod row_hash;
mod row_text;
mod told;
mod unread;

pub use among::{NumberSet, Sieved, among};
pub(crate) use known::known;
pub use known::{KnownRows, fill_known};
pub(crate) use match_key::{Comparable, match_forms, match_key, match_text};
pub(crate) use normalize::{Input, normalize};
pub(crate) use record_key::record_key;
pub(crate) use row_hash::row_hash;
pub(crate) use row_text::row_text;
pub(crate) use told::told;
pub(crate) use unread::{unread, unread_nothing};
