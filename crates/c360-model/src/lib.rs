//! Turns [`c360_syntax::ast::File`]s into a [`model::Model`]: names, types, all checks; or into diagnostics.
//!
//! Opens no files and knows no DataFusion: the names of its scalar functions are handed in.

mod check;
pub mod model;
mod trained;

pub use c360_syntax::Span;
pub use check::{Functions, check, check_columns, drop_cascades};
pub use trained::{ModelFile, ReadModel, TrainedModels, read_model};
