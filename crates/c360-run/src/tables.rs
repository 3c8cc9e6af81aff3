//! Tables of the state as Parquet files in layers: written once, read by plans as one table.

mod chosen;
mod compact;
mod decisions;
mod encoding;
mod layer;
mod read;
mod review;
mod state_table;
mod views;
mod write;

pub(crate) use compact::{compact, compact_all};
pub(crate) use encoding::RowsOf;
pub(crate) use layer::{LayerWriter, Writing};
pub use read::{key_of, tables_of};
pub(crate) use read::{part_of, provider, rows_of};
pub(crate) use views::{ROW_BITS, add_views};
pub(crate) use write::TableWriter;
