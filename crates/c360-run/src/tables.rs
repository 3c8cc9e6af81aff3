//! Tables of the state as Parquet files: written once, read by plans.

mod read;
mod write;

pub(crate) use read::provider;
pub use read::tables_of;
pub(crate) use write::{RowsOf, TableWriter};
